// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "relation.hpp"

#include <set>
#include <stdexcept>

#include "subject.hpp"

namespace lockstep::testing {

using unbounded::Obligation;
using unbounded::SymbolicStep;
using unbounded::Way;

namespace {

/// "use after free" of "SITE: use after free" and of "FIELD: use after free".
std::string kind_of_fault(const std::string& what) {
  return what.substr(what.find(": ") + 2);
}

}  // namespace

Relation::Relation(const std::string& size, const std::string& variant)
    : Relation(model_of(size, variant)) {}

Relation::Relation(const std::string& size, const std::string& variant,
                   const std::vector<Automaton>& open)
    : Relation(model_of(size, variant), open) {}

Relation::Relation(std::unique_ptr<Model> model)
    : Relation(std::move(model), std::vector<Automaton>{}) {}

Relation::Relation(std::unique_ptr<Model> model, const std::vector<Automaton>& open)
    : model_(std::move(model)),
      machine_(model_->world(), model_->automata()),
      open_(open.empty() ? model_->automata(Parameters::open) : open),
      ways_(unbounded::ways_of(open_)),
      signature_(context_, machine_.world(), open_, unbounded::places_of(open_, ways_), 0),
      pinned_(signature_, machine_.world()),
      before_(signature_),
      solver_(context_) {
  for (const Way& way : ways_) {
    relation_.push_back(unbounded::perform(signature_, open_[way.role], way));
  }
  const auto stops = unbounded::places_of(open_, ways_);
  for (std::size_t role = 0; role < stops.size(); ++role) {
    auto& names = stops_.emplace_back();
    for (const std::string& place : stops[role]) {
      names.push_back(world().layout().symbols.find(place));
    }
  }
  for (const z3::expr& fact : signature_.facts()) solver_.add(fact);
  for (const z3::expr& fact : pinned_.closure()) solver_.add(fact);
  for (const Automaton& automaton : open_) {
    for (const auto& [name, value] : automaton.parameters) {
      solver_.add(signature_.parameter(name) == value);
    }
  }
}

bool Relation::possible(const z3::expr& what) {
  solver_.push();
  solver_.add(what);
  const z3::check_result found = solver_.check();
  solver_.pop();
  if (found == z3::unknown) throw std::runtime_error("unknown: " + solver_.reason_unknown());
  return found == z3::sat;
}

/// A freed page stays although no section is open that must end first. The machines let it go at
/// the first moment; the relation says no more than that it may go then.
z3::expr Relation::lingers(const SymbolicStep& step, const Node& site) const {
  z3::expr_vector any(signature_.context());
  const bool frees = site.kind == Kind::free || site.kind == Kind::call_rcu;
  if (site.kind != Kind::rcu_unlock && !frees) return z3::mk_or(any);
  const z3::expr stays = signature_.context().int_val(signature_.code("free"));
  std::vector<z3::expr> pages;
  for (const auto& kind : world().spec().kinds) {
    if (!kind.waits()) continue;
    const auto objects = pinned_.objects_of(signature_.kind(kind.name));
    pages.insert(pages.end(), objects.begin(), objects.end());
  }
  for (const z3::expr& page : pages) {
    const std::size_t slab = signature_.get("slab", page.get_sort());
    z3::expr here = step.after.read(slab, {page}).term == stays;
    // Who frees a page looks at that one alone.
    if (frees) here = here && before_.read(slab, {page}).term != stays;
    for (std::size_t f = 0; f < signature_.size(); ++f) {
      const unbounded::Function& grace = signature_.functions()[f];
      if (grace.variable != "grace" || !z3::eq(grace.arguments[0], page.get_sort())) continue;
      for (const z3::expr& task : pinned_.objects_of(signature_.functions()[f].arguments[1])) {
        here = here && !step.after.read(f, {page, task}).term;
      }
    }
    any.push_back(here);
  }
  return z3::mk_or(any);
}

std::string Relation::difference(const State& state) {
  ++states;
  Steps steps_of;
  const std::vector<Taken> taken = steps_of.of(machine_, state);
  solver_.push();
  solver_.add(pinned_.is(before_, state.data()));
  std::string out;
  if (!possible(context_.bool_val(true))) out = "the state is none of the prover's";
  for (const World::Task& task : world().tasks()) {
    if (out.empty()) out = at_task(state, task, taken);
  }
  solver_.pop();
  return out;
}

std::string Relation::at_task(const State& state, const World::Task& task,
                              const std::vector<Taken>& taken) {
  const Symbols& symbols = world().layout().symbols;
  std::set<const Taken*> missing;
  std::set<std::pair<Atom, std::string>> faulted, expected;
  for (const Taken& t : taken) {
    if (t.step.task != task.name) continue;
    ++steps;
    if (t.fault.empty()) {
      missing.insert(&t);
    } else {
      expected.emplace(t.step.site, kind_of_fault(t.fault));
    }
  }
  for (std::size_t w = 0; w < ways_.size(); ++w) {
    const Way& way = ways_[w];
    const auto& nodes = open_[way.role].nodes;
    if (way.role != task.role || nodes[way.from].name != symbols.name(state[task.pc])) continue;
    const SymbolicStep& step = relation_[w];
    const Atom site = symbols.find(nodes[way.site].name), to = symbols.find(nodes[way.to].name);
    solver_.push();
    solver_.add(step.task == pinned_.object(task.name));
    for (const Obligation& o : step.obligations) {
      const z3::expr violated = z3::mk_and(o.when) && !o.holds;
      if (possible(violated)) faulted.emplace(site, kind_of_fault(o.what));
    }
    for (const z3::expr& condition : step.conditions) solver_.add(condition);
    const z3::expr linger = lingers(step, nodes[way.site]);
    if (possible(linger)) ++lingering[nodes[way.site].name];
    solver_.add(!linger);
    // Each step of the machine along this way's sites, and then nothing besides them.
    bool any = false;
    for (const Taken& t : taken) {
      if (t.step.task != task.name || t.step.site != site || !t.fault.empty()) continue;
      if (t.after[task.pc] != to) continue;
      const z3::expr same = pinned_.is(step.after, t.after.data());
      if (possible(same)) {
        missing.erase(&t);
        any = true;
      }
      solver_.add(!same);
    }
    if (!any) ++disabled;
    const bool more = possible(context_.bool_val(true));
    solver_.pop();
    if (more) return way.name + " of " + symbols.name(task.name) + " leads to more states";
  }
  faults += expected.size();
  if (!missing.empty()) {
    return (*missing.begin())->step.text(symbols) + " is not allowed";
  }
  for (const auto& [site, what] : expected) {
    if (!faulted.contains({site, what})) return symbols.name(site) + ": not obliged: " + what;
  }
  for (const auto& [site, what] : faulted) {
    if (!expected.contains({site, what})) return symbols.name(site) + ": obliged: " + what;
  }
  return "";
}

void Relation::corrupt(State& state, std::mt19937_64& random) {
  for (;;) {
    const Pinned::Cell& cell = pinned_.cells()[random() % pinned_.cells().size()];
    const auto others = pinned_.others(cell, state[cell.slot], stops_);
    if (others.empty()) continue;
    state[cell.slot] = others[random() % others.size()];
    return;
  }
}

}  // namespace lockstep::testing
