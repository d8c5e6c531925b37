// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tla/action.hpp"

namespace lockstep::tla {

/// WF_v(A), or SF_v(A) if it is strong: <<A>>_v is taken again and again if it is enabled from some
/// time on (weak), if it is enabled again and again (strong).
struct FairAction {
  bool strong = false;
  ActionTree action;
  std::vector<std::string> changes;  ///< the variables of v
  std::string bound;                 ///< "r = r1": of the quantifiers around it
  Place place;
};

/// A step that changes one of the variables and for which `holds`, over the state before and, by
/// primed variables, the state after.
struct StepCondition {
  Expr holds;
  std::vector<std::string> changes;
};

/// One way in which a behaviour may violate a property. It is violated by one that, from a state on
/// in which `from` holds (null: from the start), stays in states in which `stays` holds (null: in
/// any), and that in the end
struct LiveClause {
  Expr from, stays;
  std::vector<Expr> always;                ///< is in such states alone,
  std::vector<Expr> again;                 ///< is in such a state again and again,
  std::vector<StepCondition> never_steps;  ///< takes no such step,
  std::vector<StepCondition> again_steps;  ///< takes such a step again and again.
  std::string bound;                       ///< "m = m1, v = v2": of the quantifiers around it
  Place place;
};

/// Reads formulas of behaviours at one size. Throws InputError with the place of what is not
/// understood, and says what is.
class TemporalReader {
 public:
  /// All three are kept by reference.
  TemporalReader(const Module& module, const Constants& constants, const Ground& ground)
      : module_(module), constants_(constants), ground_(ground) {}

  /// A conjunction, also by names and \A over constant sets, of WF_v(A) and SF_v(A).
  std::vector<FairAction> fairness(std::string_view definition) const;
  /// A conjunction, also by names and \A over constant sets, of P ~> Q, [](P => <>Q), []<>P, <>[]P,
  /// []P, <>P, []<><<A>>_v and <>[][A]_v; each also as F => G, where F is a conjunction of []<>P,
  /// <>[]P, []<><<A>>_v and <>[][A]_v. It is violated where one of its clauses is.
  std::vector<LiveClause> property(std::string_view definition) const;
  /// The values that a VIEW consists of.
  std::vector<Expr> view(std::string_view definition) const;

 private:
  const Module& module_;
  const Constants& constants_;
  const Ground& ground_;
};

}  // namespace lockstep::tla
