// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "model/atom.hpp"
#include "orders/unroll.hpp"

namespace lockstep::orders {

/// A question about memory orders, as it stands in the manifest:
///
///     { "name": "publication_at_attach", "ids": ["D15"],
///       "tasks": [ { "name": "writer", "role": "writer", "start": "Attach_SetMm",
///                    "locals": {"wvma": "v1"}, "stop_at": ["Attach_Done"],
///                    "self": "m1", "choices": {"Lookup.arg0": "a0"}, "visits": 1,
///                    "next": {"Writer_Section": "MmapUnlock_Wmb"} } ],
///       "cells": { "vm_refcnt[v1]": 0, "slot[m1][0]": "v1", "mm_lock_seq[m1]": 2 },
///       "orders": { "MmapUnlock_SeqEnd": "once" },
///       "words": "why the question is asked; with `orders`, why they are assumed",
///       "forbidden": "reader@Use /\\ reader.Use # 7",
///       "expected": { "sc": false, "lkmm": false } }
///
/// `self` is by default the task's own name. A number is itself, a text is a name, true and false
/// are 1 and 0, null is the name `Null`. `expected` says of each model whether the forbidden end is
/// reachable. `orders` are assumed instead of the declared ones; what a caller overrides comes
/// before them. Unlike elsewhere, a cell that is not given here has no value, and a task that reads
/// it makes the verdict UNKNOWN.
struct Question {
  std::string name;
  std::vector<std::string> ids;
  std::vector<TaskSpec> tasks;
  std::vector<std::pair<CellTerm, Term>> cells;
  Overrides orders;  ///< assumed, not declared
  std::string words;
  std::string forbidden;
  std::map<std::string, bool> expected;  ///< by model: reachable?
  int visits() const;                    ///< the largest bound of its tasks
};

using Automata = std::map<std::string, Automaton>;  ///< by role

/// Throws InputError, which names the question and the member that is wrong.
Question parse_question(const nlohmann::json& json, Symbols& symbols, std::string_view file);
std::vector<Question> parse_questions(const nlohmann::json& array, Symbols& symbols,
                                      std::string_view file);

/// What overrides may name: each site, and `SITE.cell` for the writes of a group.
std::vector<std::string> sites_of(const Automata& automata);

/// The question as a program of events. Throws InputError for a name that the automata lack.
Program make_program(const Question& question, const Automata& automata, const Symbols& symbols,
                     const Overrides& overrides = {});

/// `SITE=ORDER`, as `--weaken` takes it; throws InputError naming what is expected.
std::pair<std::string, Order> parse_override(std::string_view text);

}  // namespace lockstep::orders
