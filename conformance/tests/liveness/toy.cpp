// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/liveness/toy.hpp"

#include <algorithm>
#include <fstream>

#include "model/verdict.hpp"
#include "tlc/driver.hpp"

namespace lockstep::testing {
namespace {

const std::string_view head =
    "---- MODULE Toy ----\nEXTENDS Integers, FiniteSets\nCONSTANTS S, Z, Tasks, Null\n"
    "VARIABLES x, y, n, pc\nvars == <<x, y, n, pc>>\n"
    "X == x[CHOOSE z \\in Z : TRUE]\nY == y[CHOOSE z \\in Z : TRUE]\n"
    "SetX(e) == x' = [z \\in Z |-> e]\nSetY(e) == y' = [z \\in Z |-> e]\n"
    "Init == /\\ x = [z \\in Z |-> 0] /\\ y = [z \\in Z |-> 0]\n"
    "        /\\ n = [s \\in S |-> 0] /\\ pc = [w \\in Tasks |-> \"a\"]\n";

World toy_world() {
  WorldSpec spec;
  spec.kinds = {{"Z", {"z1"}}, {"S", {"s1", "s2"}}};
  spec.fields = {{"x", "Z", "", Sort::integer, 0, ""},
                 {"y", "Z", "", Sort::integer, 0, ""},
                 {"n", "S", "", Sort::integer, 0, ""}};
  spec.roles = {{"worker", {"w1", "w2"}, {}, false, {}}};
  return World{spec};
}

std::vector<std::pair<std::string, std::string>> constants() {
  return {{"S", "{s1, s2}"}, {"Z", "{z1}"}, {"Tasks", "{w1, w2}"}, {"Null", "Null"}};
}

std::string without_file(std::string_view what) {
  const std::size_t end = what.find(".tla:");
  return std::string{end == std::string_view::npos ? what : what.substr(end + 5)};
}

class Steps final : public System::Visitor {
 public:
  explicit Steps(const System& system) : system_(system) {}
  void step(const Step& taken) override {
    found.emplace_back(taken, State(system_.state().begin(), system_.state().end()));
  }
  void fault(const Step&, const std::string&) override {}
  std::vector<std::pair<Step, State>> found;

 private:
  const System& system_;
};

}  // namespace

Toy::Toy(std::string_view units) {
  std::ofstream{scratch_ / "Toy.tla", std::ios::binary} << head << units << "\n====\n";
  module_ = std::make_unique<tla::Module>(tla::Module::read("Toy", {scratch_ / "."}));
}

std::unique_ptr<System> Toy::system() const {
  return std::make_unique<tla::SpecSystem>(toy_world(), tla::SpecSource{*module_, constants(), {}});
}

liveness::Source Toy::source(const std::vector<std::string>& properties,
                             const std::string& fairness, const std::string& view) const {
  return {*module_, constants(), fairness, properties, view};
}

std::string Toy::engine(const std::string& view) const {
  try {
    const auto graph = system();
    const liveness::Source asked = source({"P"}, "Fairness", view);
    const liveness::Result result = liveness::judge(*graph, asked);
    if (!result.violation) return "holds";
    const std::string wrong =
        view.empty() ? no_counterexample(*graph, asked, *result.violation) : "";
    return wrong.empty() ? "violated" : wrong;
  } catch (const InputError& error) {
    return without_file(error.what());
  }
}

std::string Toy::tlc(const std::string& view) const {
  tlc::ModelRun run;
  run.spec_module = "Toy";
  run.spec_directories = {scratch_ / "."};
  for (const auto& [name, value] : constants()) run.constants.push_back({name, value});
  run.model_values = {"Null", "s1", "s2", "w1", "w2", "z1"};
  std::erase(run.model_values, "Null");  // a constant of the module
  run.actions = {tlc::instance("Next", "", {})};
  run.own_next = true;
  run.fairness = "Fairness";
  run.properties = {"P"};
  run.view = view;
  tlc::Options options;
  options.scratch_root = scratch_ / "tlc";
  options.brief = true;
  Layout layout = toy_world().layout();
  return tlc::check(run, layout, options).holds() ? "holds" : "violated";
}

std::string no_counterexample(System& system, const liveness::Source& source,
                              const liveness::Violation& violation) {
  liveness::Asked asked{system.world(), source};
  const auto clause = std::ranges::find_if(asked.clauses(), [&](const liveness::Clause& c) {
    return c.property == violation.property && c.bound == violation.bound &&
           c.place.line == violation.place.line && c.place.column == violation.place.column;
  });
  if (clause == asked.clauses().end()) return "no such clause";
  const std::vector<State>& states = violation.behaviour.states;
  const std::size_t last = states.size() - 1, back = violation.behaviour.back_to;
  if (states[back] != states[last]) return "the loop does not close";
  std::vector<std::byte> snapshot(system.snapshot_bytes());
  system.initial(snapshot.data());
  if (!std::ranges::equal(
          states[0], StateView{reinterpret_cast<const Atom*>(snapshot.data()), states[0].size()})) {
    return "the first state is not the start";
  }
  // Of every state, and of the step that leaves it: in the last one the behaviour stays.
  std::vector<std::vector<bool>> of_state, of_step;
  for (std::size_t i = 0; i <= last; ++i) {
    asked.look(states[i]);
    auto& here = of_state.emplace_back();
    for (std::size_t q = 0; q < asked.of_states(); ++q) here.push_back(asked.of_state(q));
    if (i == last) break;
    auto& step = of_step.emplace_back();
    for (std::size_t q = 0; q < asked.of_steps(); ++q) {
      step.push_back(asked.of_step(q, states[i + 1]));
    }
    Steps steps{system};
    system.expand(reinterpret_cast<const std::byte*>(states[i].data()), steps);
    if (std::ranges::find(steps.found, states[i + 1], &std::pair<Step, State>::second) ==
        steps.found.end()) {
      return "step " + std::to_string(i + 1) + " is none of the specification's";
    }
  }
  const auto state_again = [&](std::size_t q, bool value) {
    for (std::size_t i = back; i <= last; ++i) {
      if (of_state[i][q] == value) return true;
    }
    return false;
  };
  const auto step_again = [&](std::size_t q) {
    for (std::size_t i = back; i < last; ++i) {
      if (of_step[i][q]) return true;
    }
    return false;
  };
  for (const liveness::Fair& fair : asked.fair()) {
    if (step_again(fair.taken)) continue;
    if (fair.strong ? state_again(fair.enabled, true) : !state_again(fair.enabled, false)) {
      return "not fair: " + std::to_string(fair.place.line) + " " + fair.bound;
    }
  }
  for (const std::size_t q : clause->always) {
    if (state_again(q, false)) return "a state of the loop is none that it has to be";
  }
  for (const std::size_t q : clause->again) {
    if (!state_again(q, true)) return "a state does not come again and again";
  }
  for (const std::size_t q : clause->never_steps) {
    if (step_again(q)) return "a step of the loop must not be";
  }
  for (const std::size_t q : clause->again_steps) {
    if (!step_again(q)) return "a step does not come again and again";
  }
  for (std::size_t i = 0; i <= last; ++i) {
    if (!clause->from && i > 0) break;
    if (clause->from && !of_state[i][*clause->from]) continue;
    bool stays = true;
    for (std::size_t j = i; j <= last && clause->stays; ++j) {
      stays = stays && of_state[j][*clause->stays];
    }
    if (stays) return "";
  }
  return "the property is not violated";
}

}  // namespace lockstep::testing
