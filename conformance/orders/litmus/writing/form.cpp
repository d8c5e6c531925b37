// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/writing/form.hpp"

#include <algorithm>
#include <set>

#include "orders/litmus/writing/terms.hpp"

namespace lockstep::orders::litmus::writing {

namespace {

bool same(const Dependency& a, const Dependency& b) {
  return a.read == b.read &&
         (b.when == nullptr || (a.when != nullptr && term::equal(a.when, b.when)));
}

bool among(const Dependency& d, const std::vector<Dependency>& all) {
  return std::ranges::any_of(all, [&d](const Dependency& known) { return same(d, known); });
}

/// What a branch depends on must be no more and no less than the program says.
class Around {
 public:
  explicit Around(Form& form) : form_{form} {}

  void add(const Event& e) {
    // No model asks what a read depends on by control, or a fence that is no acquire.
    const bool acquires = e.act == Act::fence && e.order == Order::acquire;
    const bool writes = e.act == Act::write || e.in_rmw || acquires;
    if (!writes) {
      form_.around[e.id] = conjuncts(e.guard);
      return;
    }
    std::vector<Term> conditions;
    std::vector<Dependency> covered;
    for (const Term& c : conjuncts(e.guard)) {
      const std::vector<Dependency> reads = reads_of(c, form_.program);
      const bool depends =
          std::ranges::all_of(reads, [&e](const Dependency& d) { return among(d, e.control); });
      conditions.push_back(depends ? c : guessed(e, c));
      if (depends) covered.insert(covered.end(), reads.begin(), reads.end());
    }
    for (const Dependency& d : e.control) {
      if (among(d, covered)) continue;
      conditions.push_back(always(e, d));
      for (const Dependency& more : reads_of(conditions.back(), form_.program)) {
        covered.push_back(more);
      }
    }
    form_.around[e.id] = std::move(conditions);
  }

 private:
  Term guessed(const Event& e, const Term& condition) {
    Term positive = condition;
    const Term opposite = term::negate(condition);
    for (const Term& known : known_[e.thread]) {
      if (term::equal(known, opposite)) positive = known;
    }
    std::vector<Term>& all = known_[e.thread];
    const auto found =
        std::ranges::find_if(all, [&](const Term& t) { return term::equal(t, positive); });
    const std::string name =
        form_.program.threads[e.thread] + " branch " + std::to_string(found - all.begin());
    const Term taken = guess(form_, e.thread, name, "a branch on which nothing depends", {0, 1});
    if (found == all.end()) {
      all.push_back(positive);
      // Right or wrong, as one equation: the guess is 1 where the condition holds.
      form_.program.assumptions.push_back(
          term::either(term::both(positive, term::eq(taken, term::constant(1))),
                       term::both(term::negate(positive), term::eq(taken, term::constant(0)))));
    }
    return term::eq(taken, term::constant(term::equal(positive, condition) ? 1 : 0));
  }

  /// A condition that depends on this read and always holds: what is assumed of it, or a
  /// comparison of nothing with nothing.
  Term always(const Event& e, const Dependency& d) const {
    if (d.when != nullptr) {
      unwritable(form_.program, e, "a branch that depends on a read only now and then");
    }
    for (const Term& assumed : form_.program.assumptions) {
      for (const Term& part : disjuncts(assumed)) {
        const std::vector<Dependency> reads = reads_of(part, form_.program);
        const bool mine = !reads.empty() && std::ranges::all_of(reads, [&](const Dependency& r) {
          return among(r, e.control);
        });
        if (!mine || !among(d, reads)) continue;
        // Everything else in the assumption must be false where the event happens.
        const Term rest = simplified(assumed, conjuncts(e.guard));
        if (term::equal(rest, part)) return part;
      }
    }
    const Term read = read_value(form_.program.events[d.read].site, d.read);
    return term::eq(term::make(Op::band, {read, term::constant(0)}), term::constant(0));
  }

  Form& form_;
  std::map<int, std::vector<Term>> known_;  ///< conditions with a guess, by thread
};

void check_dependencies(const Program& p, const Event& e) {
  const auto equal = [](const std::vector<Dependency>& a, const std::vector<Dependency>& b) {
    return std::ranges::all_of(a, [&b](const Dependency& d) { return among(d, b); }) &&
           std::ranges::all_of(b, [&a](const Dependency& d) { return among(d, a); });
  };
  std::vector<Dependency> address = reads_of(e.cell.object, p);
  for (const Dependency& d : reads_of(e.cell.index, p)) address.push_back(d);
  if (!equal(address, e.address)) unwritable(p, e, "an address dependency that no address has");
  if (e.act == Act::write && !equal(reads_of(e.value, p), e.data)) {
    unwritable(p, e, "a data dependency that no value has");
  }
}

}  // namespace

void unwritable(const Program& program, const Event& event, const std::string& what) {
  const std::string task =
      event.thread == initial_thread ? "" : program.threads[event.thread] + " ";
  throw Unwritable{task + event.site + ": a litmus test cannot say " + what};
}

Term guess(Form& form, int thread, const std::string& name, const std::string& why,
           std::vector<Atom> values) {
  const bool known =
      std::ranges::any_of(form.guesses, [&](const Guess& g) { return g.name == name; });
  if (!known) form.guesses.push_back({thread, name, std::move(values), why});
  return term::variable(name);
}

Form form_of(const Program& program) {
  Form form;
  form.program = program;
  decide_edges(form.program);
  for (Event& e : form.program.events) {
    if (e.open >= 0) unwritable(program, e, "an order that is asked for");
    if (e.has(Mark::c11)) unwritable(program, e, "an access of C11 in the kernel's dialect");
    if (e.order_if_failed) unwritable(program, e, "an order of its own for the failure");
    e.guard = simplified(e.guard);
    check_dependencies(form.program, e);
  }
  // A choice that is left is a guess of the task that makes it.
  std::map<std::string, std::set<int>> users;
  for (const Event& e : form.program.events) {
    for (const Term& t : {e.guard, e.cell.object, e.cell.index, e.value}) {
      each_variable(t, [&](const TermNode& v) {
        if (v.value == 0) users[v.name].insert(e.thread);
      });
    }
  }
  for (const auto& [name, values] : domains_of(form.program)) {
    const std::set<int>& by = users[name];
    if (by.size() > 1) throw Unwritable{name + ": a litmus test cannot say a choice of two tasks"};
    guess(form, by.empty() ? 0 : *by.begin(), name, "a choice of the task",
          {values.begin(), values.end()});
  }
  say_primitives(form);
  Around around{form};
  for (const Event& e : form.program.events) {
    const bool second_half = e.in_rmw && e.act == Act::write;
    if (e.thread != initial_thread && !second_half) around.add(e);
  }
  form.program.forbidden = simplified(form.program.forbidden);
  for (Term& a : form.program.assumptions) a = simplified(a);
  PossibleValues::Domains guesses;
  for (const Guess& g : form.guesses) guesses[g.name] = {g.values.begin(), g.values.end()};
  const PossibleValues possible{form.program, std::move(guesses)};
  std::vector<Term> assumptions;
  for (const Term& a : form.program.assumptions) {
    if (possible.together({term::negate(a)})) assumptions.push_back(a);  // else it says nothing
  }
  form.program.assumptions = std::move(assumptions);
  return form;
}

}  // namespace lockstep::orders::litmus::writing
