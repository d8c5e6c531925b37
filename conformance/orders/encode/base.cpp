// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/base.hpp"

namespace lockstep::orders {

namespace {

class Maker {
 public:
  Maker(const Program& program, Facts& facts)
      : program_{program},
        facts_{facts},
        clauses_{facts.clauses},
        ordered_{program_order(program)},
        together_(program.events.size() * program.events.size()) {}

  Base make() {
    base_.events = static_cast<int>(program_.events.size());
    for (const Event& e : program_.events) {
      put_into_sets(e);
      own_relations(e);
    }
    for (const Event& a : program_.events) {
      for (const Event& b : program_.events) pair(a, b);
    }
    for (const char* name : {"rf", "co", "po", "po_loc", "rmw", "addr", "data", "ctrl", "section",
                             "id", "internal", "external", "same_cell"}) {
      base_.relations[name] = Relation{std::move(edges_[name])};
    }
    return std::move(base_);
  }

 private:
  using Edges = std::vector<Edge>;
  Lit happens(int e) const { return facts_.happens[e]; }
  bool accesses(const Event& e) const { return e.act == Act::read || e.act == Act::write; }
  bool placed(const Event& e) const {
    return accesses(e) || e.act == Act::srcu_lock || e.act == Act::srcu_unlock ||
           e.act == Act::srcu_grace;
  }
  void put(Edges& edges, int a, int b, Lit lit) {
    if (lit != lit_false) edges.push_back({a, b, lit});
  }
  Lit together(int a, int b) {
    Lit& known = together_[a * program_.events.size() + b];
    if (known == 0) known = clauses_.both(happens(a), happens(b), true);
    return known;
  }

  void put_into_sets(const Event& e) {
    const auto into = [&](std::string_view set, Lit lit) {
      if (lit != lit_false) base_.sets[std::string{set}].set(e.id, lit);
    };
    // Sets, and the relations internal, external and same_cell, are met only together with pairs
    // whose events happen: membership need not say so again.
    into("E", lit_true);
    if (e.order_if_failed && *e.order_if_failed != e.order) {
      into(lockstep::name_of(e.order), happens(e.partner));
      into(lockstep::name_of(*e.order_if_failed), -happens(e.partner));
    } else {
      into(lockstep::name_of(e.order), lit_true);
    }
    for (auto o = facts_.open.lower_bound({e.open, Order{}});
         e.open >= 0 && o != facts_.open.end() && o->first.first == e.open; ++o) {
      into(lockstep::name_of(o->first.second), o->second);
    }
    for (const auto& [mark, set] : mark_names) {
      if (e.has(mark)) into(set, lit_true);
    }
    into(name_of(e.act), lit_true);
    if (accesses(e)) into("M", lit_true);
    if (e.thread == initial_thread) into("init", lit_true);
    if (!e.in_rmw) return;
    into("RMW", lit_true);
    if (e.act == Act::read) into("failed", -happens(e.partner));
  }

  void own_relations(const Event& e) {
    put(id_, e.id, e.id, lit_true);
    if (e.in_rmw && e.act == Act::read) put(rmw_, e.id, e.partner, happens(e.partner));
    if (e.act == Act::rcu_unlock && e.partner >= 0) put(section_, e.partner, e.id, happens(e.id));
    depend(addr_, e, e.address);
    depend(data_, e, e.data);
    depend(ctrl_, e, e.control);
  }

  void depend(Edges& edges, const Event& e, const std::vector<Dependency>& reads) {
    std::map<int, std::vector<Lit>> ways;
    for (const Dependency& d : reads) {
      const Lit when = d.when == nullptr ? lit_true : facts_.holds(d.when);
      ways[d.read].push_back(clauses_.both(together(d.read, e.id), when, true));
    }
    for (const auto& [read, lits] : ways) put(edges, read, e.id, clauses_.any(lits, true));
  }

  void pair(const Event& a, const Event& b) {
    const bool same_thread = a.thread == b.thread && a.thread != initial_thread;
    const bool ordered = ordered_[a.id][b.id];
    // Not on different branches of a tree.
    if (same_thread && a.id != b.id && !ordered && !ordered_[b.id][a.id]) return;
    put(same_thread || a.id == b.id ? internal_ : external_, a.id, b.id, lit_true);
    if (ordered) put(po_, a.id, b.id, together(a.id, b.id));
    if (!placed(a) || !placed(b) || a.id == b.id) return;
    const Lit same = facts_.same_cell(a.id, b.id);
    put(same_cell_, a.id, b.id, same);
    if (ordered && accesses(a) && accesses(b)) {
      put(po_loc_, a.id, b.id, clauses_.both(together(a.id, b.id), same, true));
    }
  }

  const Program& program_;
  Facts& facts_;
  Clauses& clauses_;
  std::vector<std::vector<bool>> ordered_;
  std::vector<Lit> together_;
  std::map<std::string, Edges> edges_;
  Edges &id_ = edges_["id"], &rmw_ = edges_["rmw"], &section_ = edges_["section"],
        &addr_ = edges_["addr"], &data_ = edges_["data"], &ctrl_ = edges_["ctrl"],
        &internal_ = edges_["internal"], &external_ = edges_["external"], &po_ = edges_["po"],
        &po_loc_ = edges_["po_loc"], &same_cell_ = edges_["same_cell"];
  Base base_;
};

}  // namespace

Base make_base(const Program& program, Facts& facts) {
  return Maker{program, facts}.make();
}

}  // namespace lockstep::orders
