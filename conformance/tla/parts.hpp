// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tla/syntax.hpp"

namespace lockstep::tla {

/// Something that a definition consists of, and what the definition is without it.
struct PropertyPart {
  std::string of;          ///< the definition that it stands in: "ExclOK", "Marked"
  std::size_t number = 0;  ///< of the parts of that definition, from 1 on
  std::string text;        ///< what is written there
  std::string change;      ///< what is taken away: "conjunct", "fairness", ...
  Place place;
  const Node* node = nullptr;
  NodePtr instead;

  /// "ExclOK 2"
  std::string name() const { return of + " " + std::to_string(number); }
};

/// The parts of a definition of truth values that is a property: each conjunct, also below a
/// quantifier, LET, IF and CASE, right of `=>` and of `~>`, and within a disjunct; of what is
/// negated, or stands left of `=>`, each disjunct. Without it there is TRUE in the place of a
/// conjunct and FALSE in that of a disjunct: the property says less. Of a property of steps, those
/// of its action; of a refinement `A!Spec`, each line of A's mapping, which keeps the value that
/// `Init` of the abstract module has, and each arm of an IF in it, in whose place another stands.
std::vector<PropertyPart> parts_of_property(const ModuleText& module, const std::string& name);
/// Of a definition that properties use, wherever they use it: each conjunct and each disjunct.
std::vector<PropertyPart> parts_of_helper(const ModuleText& module, const std::string& name);
/// Of fairness: each WF and SF, each SF made a WF, and each condition under which an action is fair
/// (without it somebody has to begin what nobody needs to).
std::vector<PropertyPart> parts_of_fairness(const ModuleText& module, const std::string& name);

/// Every definition that a definition of the module names, itself among them, through others.
std::set<std::string> used_by(const ModuleText& module, const std::string& name);

/// The module with another node in the place of one of its own.
std::shared_ptr<const ModuleText> changed(const ModuleText& module, const PropertyPart& part);

}  // namespace lockstep::tla
