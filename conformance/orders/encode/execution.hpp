// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "orders/models/model.hpp"
#include "orders/program/event.hpp"

namespace lockstep::orders {

/// One execution of a program: a witness.
struct Execution {
  std::vector<bool> happened;  ///< by event
  std::vector<Atom> values;    ///< what it read or wrote, by event
  std::map<std::string, Atom> choices;
  std::map<int, int> reads_from;           ///< read -> write
  std::set<std::pair<int, Order>> open;    ///< orders that open sites have, above the weakest
  std::vector<std::pair<int, int>> order;  ///< co: write, later write of the same cell
};

/// The value of a term over what was read and chosen; of null, 0.
Atom value_in(const Execution& execution, const Term& t);

/// Which law of `model` an execution breaks, and by which events; no name = none. The orders are
/// those of `program`, which may differ from the ones under which the execution was found.
struct Breach {
  std::string axiom;
  Axiom::Check check = Axiom::Check::acyclic;
  std::vector<int> events;                        ///< the cycle, in order; or the pair
  std::shared_ptr<const MemoryModel> model = {};  ///< whose law it is
};
Breach breach(const Program& program, const Execution& execution, const MemoryModel& model);

}  // namespace lockstep::orders
