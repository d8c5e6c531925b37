// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/spec_system.hpp"

#include <algorithm>
#include <cstring>

#include "model/verdict.hpp"
#include "tla/assigned_sort.hpp"
#include "tla/model_constants.hpp"
#include "tla/where.hpp"

namespace lockstep::tla {

SpecSystem::SpecSystem(World world, const SpecSource& source)
    : world_(std::move(world)),
      evaluate_(world_, {}, {}),
      start_(world_.layout().size()),
      before_(start_),
      state_(start_) {
  const ModelConstants given = ModelConstants::of(source.constants);
  Ground ground{world_.layout()};
  ground.members = given.members;
  const ActionReader reader{source.module, given.constants, ground};
  const ActionTree init = reader.start(source.init);
  const std::vector<NamedAction> named = reader.actions(source.next, source.actions);
  // Every name gets its atom before anything is asked of a state.
  intern(init);
  for (const NamedAction& action : named) {
    for (const Expr& arg : action.args) intern(arg);
    world_.symbols().intern(action.name);
    intern(action.tree);
  }
  for (const World::Task& task : world_.tasks()) by_pc_.push_back({task.pc, {}});
  for (AtPc& at : by_pc_) at.actions.resize(world_.layout().symbols.size());
  for (const NamedAction& action : named) {
    actions_.push_back({step_of(action), way(action.tree), false});
    actions_.back().branches = branches(actions_.back().way);
    index(actions_.size() - 1, action.tree);
  }
  start(init, source.module.place(source.init));
}

void SpecSystem::intern(const ActionTree& tree) {
  for (const Expr& guard : tree.guards) intern(guard);
  if (tree.condition) intern(tree.condition);
  for (const Assignment& assignment : tree.assignments) intern(assignment.value);
  for (const ActionTree& next : tree.next) intern(next);
}

void SpecSystem::intern(const Expr& e) {
  if (e->form == Form::string || e->form == Form::model_value) world_.symbols().intern(e->name);
  for (const Expr& arg : e->args) intern(arg);
}

SpecSystem::Way SpecSystem::way(const ActionTree& tree) {
  Way out;
  out.kind = tree.kind;
  for (const Expr& guard : tree.guards) out.guards.push_back(evaluate_.compile(guard));
  if (tree.condition) out.condition = evaluate_.compile(tree.condition);
  for (const ActionTree& next : tree.next) out.next.push_back(way(next));
  for (const Assignment& assignment : tree.assignments) {
    std::vector<std::string> keys;
    for (const Expr& key : assignment.keys) keys.push_back(key->name);
    const std::size_t slot = world_.layout().find(assignment.variable, keys).value();
    check_sort(assignment.value, world_.layout(), world_.layout()[slot]);
    out.assignments.emplace_back(slot, evaluate_.compile(assignment.value));
  }
  return out;
}

bool SpecSystem::branches(const Way& way) {
  return (way.kind == ActionTree::Kind::either && way.next.size() > 1) ||
         std::ranges::any_of(way.next, branches);
}

Step SpecSystem::step_of(const NamedAction& action) {
  const Symbols& symbols = world_.layout().symbols;
  Step step{symbols.find(action.name), null_atom, 0, {}};
  for (std::size_t i = 0; i < action.args.size(); ++i) {
    const Expr& arg = action.args[i];
    const bool number = arg->form == Form::integer || arg->form == Form::boolean;
    const Atom atom = number ? static_cast<Atom>(arg->number) : symbols.find(arg->name);
    const bool task = std::ranges::any_of(world_.tasks(), [&](const World::Task& t) {
      return t.name == atom;
    });
    if (i == 0 && task) {
      step.task = atom;
    } else if (step.arg_count == Step::max_args) {
      throw InputError{action.place.file, action.place.line, action.place.column,
                       action.text() + " has more arguments than a step can hold: " +
                           std::to_string(Step::max_args) + " after the task"};
    } else {
      step.args[step.arg_count++] = atom;
    }
  }
  return step;
}

void SpecSystem::index(std::size_t number, const ActionTree& tree) {
  const Allowed at = allowed(tree, "pc");
  for (AtPc& task : by_pc_) {
    const auto found = at.find(world_.layout()[task.slot].text());
    if (found == at.end()) continue;
    for (const std::string& site : found->second) {
      const Atom name = world_.layout().symbols.find(site);
      task.actions.at(static_cast<std::size_t>(name - first_symbol)).push_back(number);
    }
    return;
  }
  anywhere_.push_back(number);
}

void SpecSystem::start(const ActionTree& tree, const Place& place) {
  class Starts final : public Visitor {
   public:
    explicit Starts(const SpecSystem& system) : system_(system) {}
    void step(const Step&) override { found.push_back(system_.state_); }
    void fault(const Step&, const std::string&) override {}
    std::vector<State> found;

   private:
    const SpecSystem& system_;
  } starts{*this};
  Action init{{}, way(tree), true};
  take(init, starts);
  if (starts.found.size() != 1) {
    throw InputError{place.file, place.line, place.column,
                     "the specification starts in " + std::to_string(starts.found.size()) +
                         " states; expected one, as the reference does"};
  }
  start_ = starts.found.front();
}

void SpecSystem::initial(std::byte* out) {
  std::memcpy(out, start_.data(), snapshot_bytes());
}

std::vector<Step> SpecSystem::steps() const {
  std::vector<Step> out;
  for (const Action& action : actions_) out.push_back(action.step);
  return out;
}

void SpecSystem::save(std::byte* out) const {
  std::memcpy(out, state_.data(), snapshot_bytes());
}

void SpecSystem::expand(const std::byte* snapshot, Visitor& visitor) {
  std::memcpy(before_.data(), snapshot, snapshot_bytes());
  for (const AtPc& task : by_pc_) {
    const Atom pc = before_[task.slot];
    const auto site = static_cast<std::size_t>(pc - first_symbol);
    if (!is_symbol(pc) || site >= task.actions.size()) continue;
    for (const std::size_t number : task.actions[site]) take(actions_[number], visitor);
  }
  for (const std::size_t number : anywhere_) take(actions_[number], visitor);
}

void SpecSystem::take(const Action& action, Visitor& visitor) {
  reached_.clear();
  take(action, action.way, visitor);
}

/// Where TLC would stop with an error, the specification is what is wrong.
Atom SpecSystem::value(Compiled expression) const {
  try {
    return evaluate_(expression, before_.data());
  } catch (const CannotEvaluate& error) {
    throw InputError{error.place.file, error.place.line, error.place.column, error.what_is_wrong};
  }
}

void SpecSystem::take(const Action& action, const Way& way, Visitor& visitor) {
  for (const Compiled guard : way.guards) {
    if (!holds(guard)) return;
  }
  switch (way.kind) {
    case ActionTree::Kind::either:
      for (const Way& next : way.next) take(action, next, visitor);
      return;
    case ActionTree::Kind::choose:
      take(action, way.next[holds(way.condition) ? 0 : 1], visitor);
      return;
    case ActionTree::Kind::assign:
      state_ = before_;
      for (const auto& [slot, assigned] : way.assignments) {
        state_[slot] = value(assigned);
      }
      if (action.branches) {
        if (std::ranges::find(reached_, state_) != reached_.end()) return;
        reached_.push_back(state_);
      }
      visitor.step(action.step);
      return;
  }
}

}  // namespace lockstep::tla
