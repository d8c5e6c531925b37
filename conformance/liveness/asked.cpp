// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "liveness/asked.hpp"

#include <algorithm>

#include "model/verdict.hpp"
#include "tla/model_constants.hpp"

namespace lockstep::liveness {
namespace {

std::string place_text(const tla::Place& place, const std::string& bound) {
  return text(place) + (bound.empty() ? "" : ", " + bound);
}

void intern(const std::vector<tla::Expr>& all, Symbols& symbols) {
  for (const tla::Expr& one : all) tla::intern(one, symbols);
}
void intern(const std::vector<tla::StepCondition>& all, Symbols& symbols) {
  for (const tla::StepCondition& one : all) tla::intern(one.holds, symbols);
}
void intern(const tla::LiveClause& clause, Symbols& symbols) {
  if (clause.from) tla::intern(clause.from, symbols);
  if (clause.stays) tla::intern(clause.stays, symbols);
  intern(clause.always, symbols);
  intern(clause.again, symbols);
  intern(clause.never_steps, symbols);
  intern(clause.again_steps, symbols);
}

}  // namespace

Asked::Asked(const World& world, const Source& source) : world_(world), evaluate_(world_, {}, {}) {
  const tla::ModelConstants given = tla::ModelConstants::of(source.constants);
  const tla::Ground ground{world_.layout(), given.members};
  const tla::TemporalReader reader{source.module, given.constants, ground};
  std::vector<tla::FairAction> fair;
  if (!source.fairness.empty()) fair = reader.fairness(source.fairness);
  std::vector<std::pair<std::string, std::vector<tla::LiveClause>>> properties;
  for (const std::string& name : source.properties) {
    properties.emplace_back(name, reader.property(name));
  }
  std::vector<tla::Expr> view;
  if (!source.view.empty()) view = reader.view(source.view);

  for (const tla::FairAction& one : fair) tla::intern(one.action, world_.symbols());
  for (const auto& [name, clauses] : properties) {
    for (const tla::LiveClause& clause : clauses) intern(clause, world_.symbols());
  }
  intern(view, world_.symbols());

  for (const auto& [name, clauses] : properties) {
    for (const tla::LiveClause& clause : clauses) add(clause, name);
  }
  for (const tla::FairAction& one : fair) {
    const std::string at = place_text(one.place, one.bound);
    actions_.push_back(
        {{one.action, evaluate_, world_.layout()}, slots_of(one.changes), "ENABLED at " + at, {}});
    fair_.push_back({one.strong, states_.size() + fair_.size(), steps_.size() + fair_.size(),
                     one.bound, one.place});
  }
  has_view_ = !source.view.empty();
  for (const tla::Expr& value : view) see(value);
  state_.resize(world_.layout().size());
  after_.resize(state_.size());
  shown_.resize(has_view_ ? seen_.size() : state_.size());
  answers_.resize(of_states());
}

std::size_t Asked::add(const tla::Expr& state, const tla::Place& place, const std::string& bound) {
  const bool on_place = state->place.line != 0;
  states_.push_back({evaluate_.compile_truth(state),
                     "the condition at " + place_text(on_place ? state->place : place, bound)});
  return states_.size() - 1;
}

std::size_t Asked::add(const tla::StepCondition& step) {
  steps_.push_back({evaluate_.compile_truth(step.holds), slots_of(step.changes)});
  return steps_.size() - 1;
}

void Asked::add(const tla::LiveClause& clause, const std::string& property) {
  Clause out;
  out.property = property;
  out.bound = clause.bound;
  out.place = clause.place;
  const auto state = [&](const tla::Expr& e) { return add(e, clause.place, clause.bound); };
  if (clause.from) out.from = state(clause.from);
  if (clause.stays) out.stays = state(clause.stays);
  for (const tla::Expr& e : clause.always) out.always.push_back(state(e));
  for (const tla::Expr& e : clause.again) out.again.push_back(state(e));
  for (const tla::StepCondition& s : clause.never_steps) out.never_steps.push_back(add(s));
  for (const tla::StepCondition& s : clause.again_steps) out.again_steps.push_back(add(s));
  clauses_.push_back(std::move(out));
}

void Asked::see(const tla::Expr& value) {
  Seen seen;
  if (value->form == tla::Form::variable && std::ranges::all_of(value->args, tla::is_constant)) {
    std::vector<std::string> keys;
    for (const tla::Expr& key : value->args) keys.push_back(key->name);
    seen.slot = world_.layout().find(value->name, keys);
  }
  if (!seen.slot) seen.value = evaluate_.compile(value);
  seen_.push_back(seen);
}

Asked::Slots Asked::slots_of(const std::vector<std::string>& variables) const {
  Slots out;
  const std::vector<Slot>& slots = world_.layout().slots();
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (std::ranges::find(variables, slots[i].variable) != variables.end()) out.push_back(i);
  }
  return out;
}

bool Asked::differ(const Slots& slots, const State& before, StateView after) {
  return std::ranges::any_of(slots, [&](std::size_t i) { return before[i] != after[i]; });
}

void Asked::look(StateView state) {
  std::ranges::copy(state, state_.begin());
  for (std::size_t i = 0; i < states_.size(); ++i) {
    answers_[i] = tla::value_of(evaluate_, states_[i].holds, state_.data()) != 0;
  }
  for (std::size_t i = 0; i < actions_.size(); ++i) {
    Action& action = actions_[i];
    action.leads_to.clear();
    action.does.each(evaluate_, state_, after_, [&] {
      if (differ(action.changes, state_, after_)) action.leads_to.push_back(after_);
    });
    answers_[states_.size() + i] = !action.leads_to.empty();
  }
}

bool Asked::of_step(std::size_t question, StateView after) const {
  if (question >= steps_.size()) {
    const std::vector<State>& reached = actions_[question - steps_.size()].leads_to;
    return std::ranges::any_of(reached,
                               [&](const State& s) { return std::ranges::equal(s, after); });
  }
  const StepQuestion& step = steps_[question];
  return differ(step.changes, state_, after) &&
         tla::value_of(evaluate_, step.holds, state_.data(), after.data()) != 0;
}

const State& Asked::view(StateView state) {
  if (!has_view_) {
    std::ranges::copy(state, shown_.begin());
    return shown_;
  }
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    shown_[i] = seen_[i].slot ? state[*seen_[i].slot]
                              : tla::value_of(evaluate_, seen_[i].value, state.data());
  }
  return shown_;
}

std::vector<bool> Asked::hidden() const {
  std::vector<bool> out(state_.size(), has_view_);
  for (const Seen& seen : seen_) {
    if (seen.slot) out[*seen.slot] = false;
  }
  return out;
}

std::vector<std::size_t> Asked::slots_read(std::size_t question, StateView state) const {
  if (question >= states_.size()) return {};
  return evaluate_.slots_read(states_[question].holds, state.data());
}

std::string Asked::text_of_state(std::size_t question) const {
  return question < states_.size() ? states_[question].text
                                   : actions_[question - states_.size()].text;
}

}  // namespace lockstep::liveness
