// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/placements/sites.hpp"

#include <algorithm>

#include "orders/placements/fixed.hpp"

namespace lockstep::orders {

namespace {

Term equals(const Term& t, Atom value) {
  return term::eq(t, term::constant(value));
}
const Term old = term::variable("@");

}  // namespace

Program message_passing() {
  Program p = sites_program("message passing", {"data", "flag"});
  SiteThread w{p, "writer"};
  w.store("S1", "data", 1);
  w.fence("F1");
  w.store("S2", "flag", 1);
  SiteThread r{p, "reader"};
  const Term flag = r.load("L1", "flag");
  r.fence("F2");
  const Term data = r.load("L2", "data");
  p.forbidden = term::both(equals(flag, 1), equals(data, 0));
  return p;
}

Program store_buffering() {
  Program p = sites_program("store buffering", {"x", "y"});
  SiteThread a{p, "a"};
  a.thread.write("S1", shared("x"), term::constant(1), Order::once);
  a.fence("F1");
  const Term y = a.load("L1", "y");
  SiteThread b{p, "b"};
  b.thread.write("S2", shared("y"), term::constant(1), Order::once);
  b.fence("F2");
  const Term x = b.load("L2", "x");
  p.forbidden = term::both(equals(y, 0), equals(x, 0));
  return p;
}

Program exchange_passing() {
  Program p = sites_program("exchange passing", {"data", "lock"});
  SiteThread w{p, "writer"};
  w.store("S", "data", 1);
  w.rmw("R1", "lock", term::constant(1));
  SiteThread r{p, "reader"};
  const Term got = r.rmw("R2", "lock", term::constant(2), equals(old, 1));
  r.thread.enter(equals(got, 1));
  const Term data = r.load("L", "data");
  r.thread.leave();
  p.forbidden = term::both(equals(got, 1), equals(data, 0));
  return p;
}

Program small_seqlock() {
  Program p = sites_program("seqlock", {"seq", "data"});
  SiteThread w{p, "writer"};
  w.thread.write("Begin", shared("seq"), term::constant(1), Order::once);
  w.fence("F1");
  w.store("D", "data", 1);
  w.store("End", "seq", 2);
  SiteThread r{p, "reader"};
  const Term first = r.load("S1", "seq");
  const Term data = r.load("R", "data");
  r.fence("F2");
  const Term second = r.thread.read("S2", shared("seq"), Order::once);
  p.forbidden =
      term::either(term::both(equals(first, 0), term::both(equals(second, 0), equals(data, 1))),
                   term::both(equals(first, 2), term::both(equals(second, 2), equals(data, 0))));
  return p;
}

Program interleaving() {
  Program p = sites_program("interleaving", {"x"});
  SiteThread a{p, "a"};
  a.store("S", "x", 1);
  a.fence("F");
  SiteThread b{p, "b"};
  p.forbidden = equals(b.load("L", "x"), 1);
  return p;
}

std::vector<std::string> texts(const MinimalOrders& found) {
  std::vector<std::string> out;
  for (const auto& placement : found.written()) out.push_back(text(placement));
  return out;
}

std::vector<std::string> by_brute_force(const Program& program, const MemoryModel& model) {
  const OrderLattice lattice = lattice_of(program);
  std::vector<Placement> safe;
  for (std::size_t set = 0; set < (std::size_t{1} << lattice.size()); ++set) {
    Placement p = lattice.weakest();
    for (std::size_t i = 0; i < lattice.size(); ++i) p[i] = (set >> i & 1U) != 0;
    if (lattice.closed(p) != p) continue;
    // What lies above a safe placement is asked too: that stronger is safer is not taken for
    // granted.
    const Outcome outcome = decide(with_orders(program, lattice, p), model).outcome;
    if (outcome == Outcome::unknown) return {"undecided"};
    if (outcome == Outcome::never) safe.push_back(p);
  }
  std::vector<std::string> out;
  for (const Placement& p : safe) {
    const bool least =
        std::ranges::none_of(safe, [&](const Placement& q) { return q != p && within(q, p); });
    if (least) out.push_back(text(lattice.written(p)));
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace lockstep::orders
