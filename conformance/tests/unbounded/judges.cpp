// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "judges.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>

#include "claims/judges.hpp"
#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "machines/automaton_text.hpp"
#include "machines/protocol.hpp"
#include "mistakes.hpp"
#include "subject.hpp"
#include "unbounded/asking.hpp"
#include "unbounded/engine.hpp"

namespace lockstep::testing {

using unbounded::CountedSet;
using unbounded::Engine;
using unbounded::Goal;
using unbounded::Named;
using unbounded::Question;
using unbounded::Way;

namespace {

std::string text_of(const Question& question, const Way& way) {
  const Automaton& automaton = question.automata[way.role];
  const auto node_text = [&](std::uint32_t n) {
    return automaton.nodes[n].name + ": " +
           text(automaton.nodes[n], question.world->layout().symbols);
  };
  std::string out = node_text(way.from);
  for (const std::size_t e : way.edges) {
    const AutomatonEdge& edge = automaton.edges[e];
    out += "; " + text(edge, automaton, *question.world) + "; " + node_text(edge.to);
  }
  return out;
}

std::set<std::string> texts_of(const Question& question) {
  std::set<std::string> out;
  for (const Way& way : unbounded::ways_of(question.automata)) out.insert(text_of(question, way));
  return out;
}

/// Asks one query after another until one is not answered "no".
class Asking {
 public:
  Asking(const Question& proved, const std::vector<Automaton>& changed, unsigned milliseconds)
      : question_(with(proved, changed)), milliseconds_(milliseconds), known_(texts_of(proved)) {}

  Queries run() {
    try {
      Engine engine(question_, 0);
      for (const Named& c : question_.conjuncts) {
        z3::solver start = engine.solver();
        for (const Goal& goal : engine.initially(c)) show(start, goal.denial, "Init", c.name);
      }
      z3::solver solver = engine.solver();
      engine.assume_invariant(solver, {});
      for (std::size_t way = 0; way < engine.ways().size(); ++way) {
        if (known_.contains(text_of(question_, engine.ways()[way]))) continue;
        ++out_.ways;
        of_way(engine, solver, way);
      }
    } catch (const Done&) {
    } catch (const std::exception& error) {
      out_.answer = Queries::Answer::refused;
      out_.where = error.what();
    }
    return out_;
  }

 private:
  void of_step(Engine& engine, z3::solver& solver, std::size_t way) {
    const std::string& edge = engine.ways()[way].name;
    for (const Named& c : question_.conjuncts) {
      for (const Goal& goal : engine.kept(way, c)) show(solver, goal.denial, edge, c.name);
    }
    for (const Named& a : question_.actions) {
      for (const Goal& goal : engine.done(way, a)) show(solver, goal.denial, edge, a.name);
    }
  }
  void show(z3::solver& solver, const z3::expr_vector& denial, const std::string& edge,
            const std::string& what) {
    solver.push();
    for (const z3::expr& e : denial) solver.add(e);
    unbounded::limit(solver, milliseconds_);
    const z3::check_result result = unbounded::check(solver, milliseconds_);
    solver.pop();
    if (result == z3::unsat) return;
    out_.answer = result == z3::sat ? Queries::Answer::open : Queries::Answer::unknown;
    out_.where = edge + ", " + what;
    throw Done{};
  }

  struct Done {};
  static Question with(Question question, const std::vector<Automaton>& changed) {
    question.automata = changed;
    return question;
  }
  void of_way(Engine& engine, z3::solver& solver, std::size_t way) {
    for (const auto& [what, goal] : engine.no_fault(way)) {
      show(solver, goal.denial, engine.ways()[way].name, what);
    }
    solver.push();
    engine.assume_step(solver, way);
    of_step(engine, solver, way);
    solver.pop();
  }

  Question question_;
  unsigned milliseconds_;
  std::set<std::string> known_;
  Queries out_;
};

}  // namespace

Queries ask(const Question& proved, const std::vector<Automaton>& changed, unsigned milliseconds) {
  return Asking(proved, changed, milliseconds).run();
}

namespace {

/// A machine that stays as it is where it can do nothing: a deadlock is not what is looked for.
class Endless final : public System, private System::Visitor {
 public:
  explicit Endless(System& system) : system_(system) {}
  const World& world() const override { return system_.world(); }
  std::size_t snapshot_bytes() const override { return system_.snapshot_bytes(); }
  void initial(std::byte* out) override { system_.initial(out); }
  void save(std::byte* out) const override { system_.save(out); }
  StateView state() const override { return system_.state(); }
  void expand(const std::byte* snapshot, System::Visitor& visitor) override {
    visitor_ = &visitor;
    any_ = false;
    system_.expand(snapshot, *this);
    if (!any_) visitor.step({});
  }

 private:
  void step(const Step& step) override {
    any_ = true;
    visitor_->step(step);
  }
  void fault(const Step& step, const std::string& what) override {
    any_ = true;
    visitor_->fault(step, what);
  }
  System& system_;
  System::Visitor* visitor_ = nullptr;
  bool any_ = false;
};

/// A model of some size with all the mistakes in its automata, which are made once.
struct Sized {
  std::unique_ptr<Model> model;
  std::map<std::string, Mutant> mutants;

  explicit Sized(const std::string& size) : model(model_of(size)) {
    for (Mutant& m : mistakes(model->world(), model->automata(Parameters::open))) {
      mutants.emplace(m.name, std::move(m));
    }
  }
  static const Sized& of(const std::string& size) {
    static std::map<std::string, Sized> all;
    return all.try_emplace(size, size).first->second;
  }
};

struct TooManyStates {};

/// Visits every step of automata, by a number that stands for the states before and after it.
void for_each_step(const Sized& sized, const std::vector<Automaton>& automata,
                   const std::function<void(std::size_t, const Atom*, const Atom*)>& visit) {
  AutomatonSystem system(sized.model->world(), automata);
  Endless endless(system);
  const std::size_t atoms = system.world().layout().size();
  SearchOptions options;
  options.step_monitors = {{"here", [&](const Atom* before, const Atom* after) {
                              const auto bytes = [&](const Atom* state) {
                                return std::string_view(reinterpret_cast<const char*>(state),
                                                        atoms * sizeof(Atom));
                              };
                              if (bytes(before) == bytes(after)) return true;
                              const std::hash<std::string_view> hash;
                              visit(hash(bytes(before)) * 31 + hash(bytes(after)), before, after);
                              return true;
                            }}};
  options.on_progress = [](const SearchProgress& at) {
    if (at.states > 200'000) throw TooManyStates{};
  };
  try {
    search(endless, options);
  } catch (const TooManyStates&) {
  }
}

}  // namespace

std::string explored(const Question& question, const std::string& mutant,
                     const std::vector<std::string>& sizes) {
  std::set<std::string> asked;
  for (const auto* all : {&question.conjuncts, &question.properties, &question.actions}) {
    for (const Named& named : *all) asked.insert(named.name);
  }
  for (const std::string& size : sizes) {
    const Sized& sized = Sized::of(size);
    const auto found = sized.mutants.find(mutant);
    if (found == sized.mutants.end()) continue;
    AutomatonSystem automata(sized.model->world(), found->second.automata);
    Endless system(automata);
    SearchOptions options;
    std::vector<std::string> names = properties_of(proved(), kinds_of("safe"));
    std::erase_if(names, [&](const std::string& name) { return !asked.contains(name); });
    Subject subject;
    subject.protocol = &proved();
    subject.model = model_of(size);
    AskedProperties properties(subject, system.world(), names);
    options.properties = &properties.properties;
    options.on_progress = [](const SearchProgress& at) {
      if (at.states > 3'000'000) throw TooManyStates{};
    };
    try {
      const auto violation = search(system, options).violation;
      if (violation) return violation->property + " at " + size;
    } catch (const TooManyStates&) {
      // Of a number that grows without end; what has been seen was right.
    }
  }
  return "";
}

std::string compared(const std::string& mutant, const std::string& size) {
  const Sized& sized = Sized::of(size);
  const auto found = sized.mutants.find(mutant);
  if (found == sized.mutants.end()) return "no such mutant";
  static std::map<std::string, std::set<std::size_t>> references;
  std::set<std::size_t>& reference = references[size];
  if (reference.empty()) {
    for_each_step(sized, without_fences(sized.model->automata(Parameters::open)),
                  [&](std::size_t step, const Atom*, const Atom*) { reference.insert(step); });
  }
  std::set<std::size_t> own;
  std::string more;
  const World& world = sized.model->world();
  for_each_step(sized, found->second.automata,
                [&](std::size_t step, const Atom* before, const Atom* after) {
                  own.insert(step);
                  if (!more.empty() || reference.contains(step)) return;
                  for (const World::Task& task : world.tasks()) {
                    if (before[task.pc] == after[task.pc]) continue;
                    more = world.layout().symbols.text(before[task.pc]);
                  }
                  if (more.empty()) more = "the same place";
                });
  if (!more.empty()) return "does more at " + more + ", and no property minds";
  return own.size() == reference.size() ? "does the same" : "does less";
}

}  // namespace lockstep::testing
