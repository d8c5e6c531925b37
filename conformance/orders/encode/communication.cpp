// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/communication.hpp"

#include <algorithm>

#include "orders/encode/symmetry.hpp"
#include "orders/encode/thin_air.hpp"

namespace lockstep::orders {

Communication::Communication(const Program& program, Values& values, Clauses& clauses)
    : program_{program},
      values_{values},
      clauses_{clauses},
      ordered_{program_order(program)},
      same_(program.events.size() * program.events.size()) {}

Lit Communication::same(int a, int b) {
  Lit& known = same_[std::min(a, b) * program_.events.size() + std::max(a, b)];
  if (known == 0) {
    known = values_.condition(same_cell(program_.events[a].cell, program_.events[b].cell));
  }
  return known;
}

/// On different branches of one thread.
bool Communication::exclusive(int a, int b) const {
  const int thread = program_.events[a].thread;
  return a != b && thread != initial_thread && thread == program_.events[b].thread &&
         !ordered_[a][b] && !ordered_[b][a];
}

Base Communication::base(bool sorted) {
  for (const Event& e : program_.events) happens_.push_back(values_.condition(e.guard));
  Facts facts{clauses_, happens_, [this](const Term& t) { return values_.condition(t); },
              [this](int a, int b) { return same(a, b); }, open_};
  Base base = make_base(program_, facts);
  strays();
  reads();
  writes();
  grounded();
  if (sorted) sort_threads();
  finals();
  base.relations["rf"] = rf_;
  base.relations["co"] = co_;
  return base;
}

void Communication::strays() {
  std::vector<Lit> strays;
  for (const Event& e : program_.events) {
    // The write of a read-modify-write goes where its read went.
    const bool looked_at = e.act == Act::read || (program_.closed && e.act == Act::write &&
                                                  !e.in_rmw && e.thread != initial_thread);
    if (!looked_at) continue;
    std::vector<Lit> initial;
    for (const Event& w : program_.events) {
      if (w.act == Act::write && w.thread == initial_thread) initial.push_back(same(w.id, e.id));
    }
    const Lit stray = clauses_.both(happens_[e.id], -clauses_.any(initial, true), true);
    if (stray == lit_false) continue;
    strays_[e.id] = stray;
    strays.push_back(stray);
  }
  stray_ = clauses_.any(strays, true);
}

void Communication::reads() {
  std::vector<Edge> rf;
  for (const Event& r : program_.events) {
    if (r.act != Act::read) continue;
    std::vector<Lit> sources{-happens_[r.id]};
    for (const Event& w : program_.events) {
      if (w.act != Act::write || exclusive(w.id, r.id) || ordered_[r.id][w.id]) continue;
      const Lit cell = same(w.id, r.id);
      if (cell == lit_false) continue;
      // At least one source; that there is only one need not be said, as each only adds duties.
      const Lit from = clauses_.fresh();
      clauses_.add({-from, happens_[w.id]});
      clauses_.add({-from, happens_[r.id]});
      clauses_.add({-from, cell});
      values_.equate(from, w.value, r.value);
      sources.push_back(from);
      rf.push_back({w.id, r.id, from});
    }
    if (const auto stray = strays_.find(r.id); stray != strays_.end()) {
      sources.push_back(stray->second);
    }
    clauses_.add(sources);
  }
  rf_ = Relation{std::move(rf)};
}

void Communication::writes() {
  std::vector<int> writes;
  for (const Event& e : program_.events) {
    if (e.act == Act::write) writes.push_back(e.id);
  }
  std::vector<Edge> co;
  for (const int a : writes) {
    for (const int b : writes) {
      const bool a_initial = program_.events[a].thread == initial_thread;
      const bool b_initial = program_.events[b].thread == initial_thread;
      if (b <= a || (a_initial && b_initial) || exclusive(a, b)) continue;
      const Lit cell = same(a, b);
      if (cell == lit_false) continue;
      const Lit both = clauses_.both(clauses_.both(happens_[a], happens_[b], true), cell, true);
      if (a_initial || b_initial) {
        co.push_back(a_initial ? Edge{a, b, both} : Edge{b, a, both});
        continue;
      }
      // Where both surely happen one is the other's opposite, and needs no variable of its own.
      const Lit forth = clauses_.fresh();
      const Lit back = both == lit_true ? -forth : clauses_.fresh();
      clauses_.add({-both, forth, back});
      clauses_.add({-forth, -back});
      clauses_.add({-forth, both});
      clauses_.add({-back, both});
      co.push_back({a, b, forth});
      co.push_back({b, a, back});
    }
  }
  co_ = Relation{std::move(co)};
  for (const Edge& first : co_) {
    for (const Edge& second : co_.row(first.to)) {
      if (first.from == second.to) continue;
      clauses_.add({-first.lit, -second.lit, co_.at(first.from, second.to)});
    }
  }
}

/// No value out of thin air: what a read returns flows from an initial value, a constant or a
/// choice, never from itself, through writes and addresses; or it is undetermined (thin_air.hpp).
/// Axioms alone would let a cycle of plain copies invent any value.
void Communication::grounded() {
  const std::vector<bool> loose = may_be_undetermined(program_);
  const Term nothing = term::constant(undetermined);
  if (std::ranges::find(loose, true) != loose.end()) {
    for (const Event& r : program_.events) {
      if (r.act != Act::read || loose[r.id]) continue;
      clauses_.add({-values_.condition(term::eq(r.value, nothing))});
    }
  }
  std::vector<Edge> flow{rf_.begin(), rf_.end()};
  for (Edge& e : flow) {
    if (!loose[e.to]) continue;
    const Lit floats = values_.condition(term::eq(program_.events[e.to].value, nothing));
    e.lit = clauses_.both(e.lit, -floats, true);
  }
  for (const Event& e : program_.events) {
    std::map<int, std::vector<Lit>> ways;  // by read
    for (const auto* dependencies : {&e.address, &e.data}) {
      for (const Dependency& d : *dependencies) ways[d.read].push_back(values_.condition(d.when));
    }
    for (const auto& [read, lits] : ways) flow.push_back({read, e.id, clauses_.any(lits)});
  }
  forbid_cycles(Relation{std::move(flow)}, clauses_);
}

/// Of threads that could change places, one order: see SymmetricThreads.
void Communication::sort_threads() {
  for (const SymmetricThreads& group : symmetries(program_)) {
    for (std::size_t i = 0; i + 1 < group.writes.size(); ++i) {
      const int a = group.writes[i], b = group.writes[i + 1];
      clauses_.add({-happens_[b], happens_[a]});
      clauses_.add({-happens_[a], -happens_[b], co_.at(a, b)});
    }
  }
}

/// The last value of a cell is that of a write which no other write of the cell follows.
void Communication::finals() {
  for (const Program::Final& final : program_.finals) {
    std::vector<Lit> last;
    for (const Event& w : program_.events) {
      if (w.act != Act::write) continue;
      const Lit cell = values_.condition(same_cell(w.cell, final.cell));
      if (cell == lit_false) continue;
      const Lit is_last = clauses_.fresh();
      clauses_.add({-is_last, happens_[w.id]});
      clauses_.add({-is_last, cell});
      values_.equate(is_last, w.value, final.value);
      for (const Edge& later : co_.row(w.id)) clauses_.add({-is_last, -later.lit});
      last.push_back(is_last);
    }
    clauses_.add(last);
  }
}

Execution Communication::execution() {
  Execution x;
  for (const Event& e : program_.events) {
    const bool happened = clauses_.holds(happens_[e.id]);
    x.happened.push_back(happened);
    const bool valued = happened && e.value != nullptr && e.act != Act::write;
    x.values.push_back(valued ? values_.atom(e.value) : 0);
  }
  for (const Term& c : program_.choices) x.choices[c->name] = values_.atom(c);
  for (const auto& f : program_.finals) x.choices[f.value->name] = values_.atom(f.value);
  // What nobody reads the solver has never heard of: a write's value follows from the reads.
  for (const Event& e : program_.events) {
    if (e.act == Act::write && x.happened[e.id]) x.values[e.id] = value_in(x, e.value);
  }
  for (const Edge& e : rf_) {
    if (!x.reads_from.contains(e.to) && clauses_.holds(e.lit)) x.reads_from[e.to] = e.from;
  }
  for (const Edge& e : co_) {
    if (clauses_.holds(e.lit)) x.order.emplace_back(e.from, e.to);
  }
  return x;
}

std::string Communication::describe_stray() {
  for (const auto& [read, lit] : strays_) {
    if (!clauses_.holds(lit)) continue;
    const Event& e = program_.events[read];
    return program_.threads[e.thread] + "." + e.site + " may read a cell of " + e.cell.field +
           " that has no initial value";
  }
  return "a read has no cell";
}

}  // namespace lockstep::orders
