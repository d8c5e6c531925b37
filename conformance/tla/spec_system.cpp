// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/spec_system.hpp"

#include <algorithm>
#include <cstring>

#include "model/verdict.hpp"
#include "tla/model_constants.hpp"
#include "tla/where.hpp"

namespace lockstep::tla {

SpecSystem::SpecSystem(World world, const SpecSource& source)
    : world_(std::make_shared<World>(std::move(world))),
      evaluate_(*world_, {}, {}),
      start_(world_->layout().size()),
      before_(start_),
      state_(start_) {
  const ModelConstants given = ModelConstants::of(source.constants);
  const Ground ground{world_->layout(), given.members};
  const ActionReader reader{source.module, given.constants, ground};
  const ActionTree init = reader.start(source.init);
  const std::vector<NamedAction> named = reader.actions(source.next, source.actions);
  // Every name gets its atom before anything is asked of a state.
  intern(init, world_->symbols());
  for (const NamedAction& action : named) {
    for (const Expr& arg : action.args) intern(arg, world_->symbols());
    world_->symbols().intern(action.name);
    intern(action.tree, world_->symbols());
  }
  for (const World::Task& task : world_->tasks()) by_pc_.push_back({task.pc, {}});
  for (AtPc& at : by_pc_) at.actions.resize(world_->layout().symbols.size());
  for (const NamedAction& action : named) {
    actions_.push_back({step_of(action), {action.tree, evaluate_, world_->layout()}});
    index(actions_.size() - 1, action.tree);
  }
  start(init, source.module.place(source.init));
}

Step SpecSystem::step_of(const NamedAction& action) {
  const Symbols& symbols = world_->layout().symbols;
  Step step{symbols.find(action.name), null_atom, 0, {}};
  for (std::size_t i = 0; i < action.args.size(); ++i) {
    const Expr& arg = action.args[i];
    const bool number = arg->form == Form::integer || arg->form == Form::boolean;
    const Atom atom = number ? static_cast<Atom>(arg->number) : symbols.find(arg->name);
    const bool task =
        std::ranges::any_of(world_->tasks(), [&](const World::Task& t) { return t.name == atom; });
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
    const auto found = at.find(world_->layout()[task.slot].text());
    if (found == at.end()) continue;
    for (const std::string& site : found->second) {
      const Atom name = world_->layout().symbols.find(site);
      task.actions.at(static_cast<std::size_t>(name - first_symbol)).push_back(number);
    }
    return;
  }
  anywhere_.push_back(number);
}

void SpecSystem::start(const ActionTree& tree, const Place& place) {
  std::vector<State> found;
  const CompiledAction init{tree, evaluate_, world_->layout()};
  init.each(evaluate_, before_, state_, [&] { found.push_back(state_); });
  if (found.size() != 1) {
    throw InputError{place.file, place.line, place.column,
                     "'Init' has " + std::to_string(found.size()) +
                         " states; expected one: Init has one state, in which the reference "
                         "starts too"};
  }
  start_ = found.front();
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
  action.does.each(evaluate_, before_, state_, [&] { visitor.step(action.step); });
}

}  // namespace lockstep::tla
