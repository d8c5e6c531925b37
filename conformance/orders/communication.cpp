// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/communication.hpp"

namespace lockstep::orders {

Lit Communication::same(int a, int b) {
  const auto key = std::pair{std::min(a, b), std::max(a, b)};
  if (const auto found = same_.find(key); found != same_.end()) return found->second;
  const Term equal = same_cell(program_.events[a].cell, program_.events[b].cell);
  return same_[key] = values_.condition(equal);
}

/// On different branches of one thread.
bool Communication::exclusive(int a, int b) const {
  const int thread = program_.events[a].thread;
  return a != b && thread != initial_thread && thread == program_.events[b].thread &&
         !precedes(program_, a, b) && !precedes(program_, b, a);
}

Base Communication::base() {
  for (const Event& e : program_.events) happens_.push_back(values_.condition(e.guard));
  Facts facts{clauses_, happens_, [this](const Term& t) { return values_.condition(t); },
              [this](int a, int b) { return same(a, b); }, open_};
  Base base = make_base(program_, facts);
  reads(rf_);
  writes(co_);
  grounded();
  finals();
  base.relations["rf"] = rf_;
  base.relations["co"] = co_;
  return base;
}

void Communication::reads(Relation& rf) {
  std::vector<Lit> strays;
  for (const Event& r : program_.events) {
    if (r.act != Act::read) continue;
    std::vector<Lit> sources{-happens_[r.id]}, initial;
    for (const Event& w : program_.events) {
      if (w.act != Act::write || exclusive(w.id, r.id) || precedes(program_, r.id, w.id)) continue;
      const Lit cell = same(w.id, r.id);
      if (cell == lit_false) continue;
      if (w.thread == initial_thread) initial.push_back(cell);
      // At least one source; that there is only one need not be said, as each only adds duties.
      const Lit from = clauses_.fresh();
      clauses_.add({-from, happens_[w.id]});
      clauses_.add({-from, happens_[r.id]});
      clauses_.add({-from, cell});
      clauses_.add({-from, values_.condition(term::eq(w.value, r.value))});
      sources.push_back(from);
      rf[{w.id, r.id}] = from;
    }
    const Lit covered = clauses_.any(initial, true);
    const Lit stray = clauses_.both(happens_[r.id], -covered, true);
    if (stray != lit_false) {
      strays_[r.id] = stray;
      strays.push_back(stray);
      sources.push_back(stray);
    }
    clauses_.add(sources);
  }
  stray_ = clauses_.any(strays, true);
}

void Communication::writes(Relation& co) {
  std::vector<int> writes;
  for (const Event& e : program_.events) {
    if (e.act == Act::write) writes.push_back(e.id);
  }
  for (const int a : writes) {
    for (const int b : writes) {
      const bool a_initial = program_.events[a].thread == initial_thread;
      const bool b_initial = program_.events[b].thread == initial_thread;
      if (b <= a || (a_initial && b_initial) || exclusive(a, b)) continue;
      const Lit cell = same(a, b);
      if (cell == lit_false) continue;
      const Lit both = clauses_.both(clauses_.both(happens_[a], happens_[b], true), cell, true);
      if (a_initial || b_initial) {
        co[a_initial ? std::pair{a, b} : std::pair{b, a}] = both;
        continue;
      }
      const Lit forth = clauses_.fresh(), back = clauses_.fresh();
      clauses_.add({-both, forth, back});
      clauses_.add({-forth, -back});
      clauses_.add({-forth, both});
      clauses_.add({-back, both});
      co[{a, b}] = forth;
      co[{b, a}] = back;
    }
  }
  for (const auto& [ab, first] : co) {
    for (auto it = co.lower_bound({ab.second, -1}); it != co.end() && it->first.first == ab.second;
         ++it) {
      const auto direct = co.find({ab.first, it->first.second});
      if (direct != co.end())
        clauses_.add({-first, -it->second, direct->second});
      else if (ab.first != it->first.second)
        clauses_.add({-first, -it->second});
    }
  }
}

/// No value out of thin air: what a read returns flows from an initial value, a constant or a
/// choice, never from itself, through writes and addresses. Axioms alone would let a cycle of plain
/// copies invent any value; herd7 makes no such execution, nor does a machine.
void Communication::grounded() {
  Relation flow = rf_;
  for (const Event& e : program_.events) {
    for (const auto* reads : {&e.address, &e.data}) {
      for (const Dependency& d : *reads) flow[{d.read, e.id}] = lit_true;
    }
  }
  forbid_cycles(flow, clauses_);
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
      clauses_.add({-is_last, values_.condition(term::eq(w.value, final.value))});
      for (auto it = co_.lower_bound({w.id, -1}); it != co_.end() && it->first.first == w.id;
           ++it) {
        clauses_.add({-is_last, -it->second});
      }
      last.push_back(is_last);
    }
    clauses_.add(last);
  }
}

bool Communication::holds(const z3::model& model, Lit lit) {
  return model.eval(clauses_.expr(lit), true).is_true();
}

Execution Communication::execution(const z3::model& model) {
  Execution x;
  for (const Event& e : program_.events) {
    const bool happened = holds(model, happens_[e.id]);
    x.happened.push_back(happened);
    const bool valued = happened && e.value != nullptr;
    x.values.push_back(valued ? values_.atom(model, e.value) : 0);
  }
  for (const Term& c : program_.choices) x.choices[c->name] = values_.atom(model, c);
  for (const auto& f : program_.finals) x.choices[f.value->name] = values_.atom(model, f.value);
  for (const auto& [pair, lit] : rf_) {
    if (!x.reads_from.contains(pair.second) && holds(model, lit)) {
      x.reads_from[pair.second] = pair.first;
    }
  }
  for (const auto& [pair, lit] : co_) {
    if (holds(model, lit)) x.order.push_back(pair);
  }
  return x;
}

std::string Communication::describe_stray(const z3::model& model) {
  for (const auto& [read, lit] : strays_) {
    if (!holds(model, lit)) continue;
    const Event& e = program_.events[read];
    return program_.threads[e.thread] + "." + e.site + " may read a cell of " + e.cell.field +
           " that has no initial value";
  }
  return "a read has no cell";
}

}  // namespace lockstep::orders
