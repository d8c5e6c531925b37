// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <vector>

#include "unbounded/engine.hpp"
#include "unbounded/views.hpp"

namespace lockstep::unbounded {

/// Which values each feature has in a set of views, and the set as a diagram that decides one
/// feature after the other: what views have in common is there once.
class ViewSet {
 public:
  explicit ViewSet(const Views& views);

  /// The values that each feature has.
  const std::vector<std::set<Atom>>& values() const { return values_; }
  /// `holds(feature, value)`: the condition that a feature has the value. True iff the view is in
  /// the set.
  z3::expr formula(z3::context& context,
                   const std::function<z3::expr(std::size_t feature, Atom value)>& holds) const;

 private:
  struct Node {
    std::size_t feature = 0;
    std::vector<std::pair<Atom, std::size_t>> below;  ///< node numbers; 0 = the set's end
  };
  std::size_t add(const std::vector<const View*>& views, std::size_t feature);

  std::vector<std::set<Atom>> values_;
  std::vector<Node> nodes_;
  std::map<std::pair<std::size_t, std::vector<std::pair<Atom, std::size_t>>>, std::size_t> known_;
  std::size_t root_ = 0;
};

/// The condition that a feature has a value, for some objects, in the state before or after a step.
class FeatureTerms {
 public:
  FeatureTerms(Engine& engine, const ViewSpec& spec) : engine_(engine), spec_(spec) {}

  /// `objects`: in the order of the spec's sets. `way`: in the state after its step; none: before.
  z3::expr holds(std::size_t feature, Atom value, const std::vector<z3::expr>& objects,
                 std::optional<std::size_t> way) const;
  z3::expr in(const ViewSet& set, const std::vector<z3::expr>& objects,
              std::optional<std::size_t> way) const;
  /// What a model of the solver shows; `other` where it is no value of the set's.
  View shown(const z3::model& model, const ViewSet& set, const std::vector<z3::expr>& objects,
             std::optional<std::size_t> way) const;
  z3::expr is(const View& view, const std::vector<z3::expr>& objects,
              std::optional<std::size_t> way) const;

 private:
  Engine& engine_;
  const ViewSpec& spec_;
};

}  // namespace lockstep::unbounded
