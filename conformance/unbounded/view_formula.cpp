// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/view_formula.hpp"

namespace lockstep::unbounded {

ViewSet::ViewSet(const Views& views) {
  nodes_.push_back({});
  std::vector<const View*> all;
  for (const auto& [view, origin] : views) {
    all.push_back(&view);
    values_.resize(view.size());
    for (std::size_t i = 0; i < view.size(); ++i) values_[i].insert(view[i]);
  }
  root_ = add(all, 0);
}

std::size_t ViewSet::add(const std::vector<const View*>& views, std::size_t feature) {
  if (views.empty() || feature == views.front()->size()) return 0;
  std::map<Atom, std::vector<const View*>> by_value;
  for (const View* view : views) by_value[(*view)[feature]].push_back(view);
  std::vector<std::pair<Atom, std::size_t>> below;
  for (const auto& [value, some] : by_value) below.emplace_back(value, add(some, feature + 1));
  const auto [at, added] = known_.try_emplace({feature, below}, nodes_.size());
  if (added) nodes_.push_back({feature, below});
  return at->second;
}

z3::expr ViewSet::formula(z3::context& context,
                          const std::function<z3::expr(std::size_t, Atom)>& holds) const {
  if (root_ == 0) return context.bool_val(false);
  std::map<std::pair<std::size_t, Atom>, z3::expr> conditions;
  std::vector<z3::expr> terms{context.bool_val(true)};
  for (std::size_t n = 1; n < nodes_.size(); ++n) {  // what is below was added before
    const Node& node = nodes_[n];
    z3::expr_vector ways(context);
    for (const auto& [value, below] : node.below) {
      auto known = conditions.find({node.feature, value});
      if (known == conditions.end()) {
        known =
            conditions.emplace(std::pair{node.feature, value}, holds(node.feature, value)).first;
      }
      ways.push_back(known->second && terms[below]);
    }
    terms.push_back(z3::mk_or(ways));
  }
  return terms[root_];
}

z3::expr FeatureTerms::holds(std::size_t feature, Atom value, const std::vector<z3::expr>& objects,
                             std::optional<std::size_t> way) const {
  const Feature& f = spec_.features[feature];
  Translator::Scope scope;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    scope.insert_or_assign(spec_.sets[i].first, objects[i]);
  }
  const z3::expr seen =
      f.when ? engine_.says(f.when, scope, way) : engine_.signature().context().bool_val(true);
  return value == hidden ? !seen : seen && engine_.equals(f.see, value, scope, way);
}

z3::expr FeatureTerms::in(const ViewSet& set, const std::vector<z3::expr>& objects,
                          std::optional<std::size_t> way) const {
  return set.formula(engine_.signature().context(), [&](std::size_t feature, Atom value) {
    return holds(feature, value, objects, way);
  });
}

View FeatureTerms::shown(const z3::model& model, const ViewSet& set,
                         const std::vector<z3::expr>& objects,
                         std::optional<std::size_t> way) const {
  View out;
  for (std::size_t i = 0; i < spec_.features.size(); ++i) {
    out.push_back(other);
    for (const Atom value : set.values()[i]) {
      if (model.eval(holds(i, value, objects, way), true).is_true()) out.back() = value;
    }
  }
  return out;
}

z3::expr FeatureTerms::is(const View& view, const std::vector<z3::expr>& objects,
                          std::optional<std::size_t> way) const {
  z3::expr_vector all(engine_.signature().context());
  for (std::size_t i = 0; i < view.size(); ++i) all.push_back(holds(i, view[i], objects, way));
  return z3::mk_and(all);
}

}  // namespace lockstep::unbounded
