// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/verdict.hpp"
#include "orders/encode/encode.hpp"
#include "orders/encode/races.hpp"
#include "orders/program/question.hpp"
#include "orders/witness/columns.hpp"

namespace lockstep::orders {

/// The answer to a question under one model.
struct Judgement {
  std::string question;
  std::string model;
  Overrides overrides;
  Outcome outcome = Outcome::unknown;
  bool interleaving = false;  ///< reachable already under SC: no question of memory orders
  std::string reason;         ///< of `unknown`
  /// No model reaches the end, with all orders taken away either: then `unknown`, and a fault of
  /// the question, expected or not.
  bool vacuous = false;
  std::optional<bool> expected;  ///< reachable? Absent where the question does not say
  Verdict verdict = Verdict::unknown;
  int visits = 1;  ///< the bound
  std::size_t events = 0;
  double seconds = 0;
  std::optional<Columns> columns;  ///< of a witness
};

/// SC is decided first: what it reaches, every model reaches, and no order can mend.
Judgement judge(const Question& question, const Automata& automata, const MemoryModel& model,
                const Symbols& symbols, const Overrides& overrides = {}, const Limits& limits = {});

/// What races in a question's executions with the declared orders: what it assumes, Linux does not
/// have. `overrides` are another's.
Races races_of(const Question& question, const Automata& automata, const MemoryModel& model,
               const Symbols& symbols, const Overrides& overrides = {});

/// One step down from a declared order.
struct Weakening {
  std::string site;
  Order declared = Order::plain;
  Order weakened_to = Order::plain;
  Outcome outcome = Outcome::unknown;  ///< reachable: the declared order is needed
  std::string question;                ///< the one that it breaks, or that was not decided
  std::string reason;
  std::optional<Columns> columns;
};

/// What each declared order is good for, by the questions that are Never under the model; the first
/// one that a step down breaks is named. Where it breaks none of those that come to the site, the
/// order is stronger than needed, for these questions.
std::vector<Weakening> needed_orders(const std::vector<Question>& questions,
                                     const Automata& automata, const MemoryModel& model,
                                     const Symbols& symbols, const Limits& limits = {});

/// Every access and fence of any role whose order is above the bottom, each once: also where no
/// question comes to it.
struct Declared {
  std::string site;
  Kind kind = Kind::load;
  Order order = Order::plain;
};
std::vector<Declared> declared_orders(const Automata& automata);

nlohmann::json to_json(const Judgement& judgement);
/// `{site, weakened_to, model, columns}`
nlohmann::json to_json(const Weakening& weakening, const std::string& model);

}  // namespace lockstep::orders
