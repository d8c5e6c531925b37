// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/atom.hpp"
#include "orders/program/unroll.hpp"

namespace lockstep::orders {

/// A question about memory orders; see question_file.hpp. `expected` says of each model whether the
/// forbidden end is reachable. `orders` are assumed instead of the declared ones; what a caller
/// overrides comes before them. A cell that is not given has no value, and a task that reads it
/// makes the verdict UNKNOWN.
struct Question {
  std::string name;
  std::string file;  ///< where it stands
  /// Line and column of an entry: `cells`, `reader` (its first line), `reader.next`; and of what it
  /// names: `cells:vm_mm`, `reader.until:Use`. Where a name stands twice, of the first.
  std::map<std::string, std::pair<std::size_t, std::size_t>> places;
  std::vector<std::string> ids;
  std::vector<TaskSpec> tasks;
  std::vector<std::pair<CellTerm, Term>> cells;
  Overrides orders;  ///< assumed, not declared
  std::string words;
  std::map<std::string, Atom> constants;  ///< names in `forbidden` that stand for numbers
  std::string forbidden;
  std::string forbidden_there;  ///< the same with a line and column for each as in the file
  std::map<std::string, bool> expected;  ///< by model: reachable?
  int visits() const;                    ///< the largest bound of its tasks
};

using Automata = std::map<std::string, Automaton>;  ///< by role

/// What overrides may name: each site, and `SITE.cell` for the writes of a group.
std::vector<std::string> sites_of(const Automata& automata);

/// Throws InputError at `at` where there is no such site, or its kind of access cannot have this
/// order.
struct OrderPlace {
  std::string file;  ///< or what was given: "--weaken"
  std::size_t line = 0, column = 0;
};
void check_order(const OrderPlace& at, const std::string& site, Order order,
                 const Automata& automata);

/// The question as a program of events. Throws InputError for a name that the automata lack.
Program make_program(const Question& question, const Automata& automata, const Symbols& symbols,
                     const Overrides& overrides = {});

/// `SITE=ORDER`, as `--weaken` takes it; throws InputError naming what is expected.
std::pair<std::string, Order> parse_override(std::string_view text);

}  // namespace lockstep::orders
