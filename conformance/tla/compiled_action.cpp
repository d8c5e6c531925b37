// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/compiled_action.hpp"

#include <algorithm>

#include "model/verdict.hpp"
#include "tla/assigned_sort.hpp"
#include "tla/where.hpp"

namespace lockstep::tla {

void intern(const Expr& e, Symbols& symbols) {
  if (e->form == Form::string || e->form == Form::model_value) symbols.intern(e->name);
  for (const Expr& arg : e->args) intern(arg, symbols);
}

void intern(const ActionTree& tree, Symbols& symbols) {
  for (const Expr& guard : tree.guards) intern(guard, symbols);
  if (tree.condition) intern(tree.condition, symbols);
  for (const Assignment& assignment : tree.assignments) intern(assignment.value, symbols);
  for (const ActionTree& next : tree.next) intern(next, symbols);
}

Atom value_of(const Evaluator& evaluate, Evaluator::Handle expression, const Atom* state,
              const Atom* after) {
  try {
    return evaluate(expression, state, after);
  } catch (const CannotEvaluate& error) {
    throw InputError{error.place.file, error.place.line, error.place.column, error.what_is_wrong};
  }
}

CompiledAction::CompiledAction(const ActionTree& tree, Evaluator& evaluate, const Layout& layout)
    : way_(compiled(tree, evaluate, layout)), branches_(branches(way_)) {}

CompiledAction::Way CompiledAction::compiled(const ActionTree& tree, Evaluator& evaluate,
                                             const Layout& layout) {
  Way out;
  out.kind = tree.kind;
  for (const Expr& guard : tree.guards) out.guards.push_back(evaluate.compile(guard));
  if (tree.condition) out.condition = evaluate.compile(tree.condition);
  for (const ActionTree& next : tree.next) {
    out.next.push_back(compiled(next, evaluate, layout));
    if (tree.kind == ActionTree::Kind::either) out.next.back().stands = stands(next, layout);
  }
  for (const Assignment& assignment : tree.assignments) {
    std::vector<std::string> keys;
    for (const Expr& key : assignment.keys) keys.push_back(key->name);
    const std::size_t slot = layout.find(assignment.variable, keys).value();
    check_sort(assignment.value, layout, layout[slot]);
    out.assignments.emplace_back(slot, evaluate.compile(assignment.value));
  }
  return out;
}

std::vector<CompiledAction::Stand> CompiledAction::stands(const ActionTree& tree,
                                                          const Layout& layout) {
  std::vector<Stand> out;
  const Allowed at = allowed(tree, "pc");
  for (std::size_t slot = 0; slot < layout.size(); ++slot) {
    const auto found = at.find(layout[slot].text());
    if (found == at.end()) continue;
    Stand& stand = out.emplace_back(Stand{slot, std::vector<bool>(layout.symbols.size())});
    for (const std::string& site : found->second) {
      stand.may.at(static_cast<std::size_t>(layout.symbols.find(site) - first_symbol)) = true;
    }
  }
  return out;
}

bool CompiledAction::is_ruled_out(const Way& way, const State& before) {
  return std::ranges::any_of(way.stands, [&](const Stand& stand) {
    const auto site = static_cast<std::size_t>(before[stand.slot] - first_symbol);
    return is_symbol(before[stand.slot]) && site < stand.may.size() && !stand.may[site];
  });
}

bool CompiledAction::branches(const Way& way) {
  return (way.kind == ActionTree::Kind::either && way.next.size() > 1) ||
         std::ranges::any_of(way.next, branches);
}

void CompiledAction::take(const Way& way, const Evaluator& evaluate, const State& before,
                          State& after, std::vector<State>& reached, const Found& found) const {
  const auto value = [&](Compiled e) { return value_of(evaluate, e, before.data()); };
  for (const Compiled guard : way.guards) {
    if (value(guard) == 0) return;
  }
  switch (way.kind) {
    case ActionTree::Kind::either:
      for (const Way& next : way.next) {
        if (!is_ruled_out(next, before)) take(next, evaluate, before, after, reached, found);
      }
      return;
    case ActionTree::Kind::choose: {
      const Way& chosen = way.next[value(way.condition) != 0 ? 0 : 1];
      return take(chosen, evaluate, before, after, reached, found);
    }
    case ActionTree::Kind::assign:
      after = before;
      for (const auto& [slot, assigned] : way.assignments) after[slot] = value(assigned);
      if (branches_) {
        if (std::ranges::find(reached, after) != reached.end()) return;
        reached.push_back(after);
      }
      found();
      return;
  }
}

}  // namespace lockstep::tla
