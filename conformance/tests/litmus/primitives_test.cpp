// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/primitives.hpp"

#include <map>
#include <set>

#include "reading.hpp"

namespace lockstep::orders {

namespace {

/// From 5, in each form: what stands in memory afterwards, and what is returned.
struct Operation {
  const char* call;
  int memory;
  int returned;
};

}  // namespace

TEST_CASE("Read-modify-writes compute what the kernel says", "[litmus]") {
  const Operation all[] = {
      {"xchg(x, 7)", 7, 5},
      {"cmpxchg(x, 5, 7)", 7, 5},
      {"cmpxchg(x, 4, 7)", 5, 5},
      {"atomic_xchg(x, 7)", 7, 5},
      {"atomic_cmpxchg(x, 5, 7)", 7, 5},
      {"atomic_add_return(2, x)", 7, 7},
      {"atomic_sub_return(2, x)", 3, 3},
      {"atomic_inc_return(x)", 6, 6},
      {"atomic_dec_return(x)", 4, 4},
      {"atomic_fetch_add(2, x)", 7, 5},
      {"atomic_fetch_sub(2, x)", 3, 5},
      {"atomic_fetch_inc(x)", 6, 5},
      {"atomic_fetch_dec(x)", 4, 5},
      {"atomic_fetch_and(4, x)", 4, 5},
      {"atomic_fetch_or(6, x)", 7, 5},
      {"atomic_fetch_xor(6, x)", 3, 5},
      {"atomic_fetch_andnot(4, x)", 1, 5},
      {"atomic_sub_and_test(5, x)", 0, 1},
      {"atomic_sub_and_test(4, x)", 1, 0},
      {"atomic_dec_and_test(x)", 4, 0},
      {"atomic_inc_and_test(x)", 6, 0},
      {"atomic_add_negative(-6, x)", -1, 1},
      {"atomic_add_negative(-5, x)", 0, 0},
      {"atomic_add_unless(x, 2, 5)", 5, 0},
      {"atomic_add_unless(x, 2, 4)", 7, 1},
      {"atomic_fetch_add_unless(x, 2, 5)", 5, 5},
      {"atomic_fetch_add_unless(x, 2, 4)", 7, 5},
      {"atomic_inc_not_zero(x)", 6, 1},
      {"atomic_inc_unless_negative(x)", 6, 1},
      {"atomic_dec_unless_positive(x)", 5, 0},
      {"atomic_dec_if_positive(x)", 4, 4},
      {"spin_trylock(x)", 5, 0},
      {"spin_is_locked(x)", 5, 1},
      {"site_xchg(S, x, 7)", 7, 5},
      {"site_cmpxchg(S, x, 5, 7)", 7, 5},
      {"site_cmpxchg(S, x, 4, 7)", 5, 5},
      {"site_fetch_add(S, x, 2)", 7, 5},
      {"site_add_return(S, x, 2)", 7, 7},
      {"site_inc_not_zero(S, x)", 6, 5},
      {"site_load(S, x)", 5, 5},
      {"xchg_tail_relaxed(x, 8)", 9, 5},
      {"READ_ONCE(*x)", 5, 5},
      {"rcu_dereference(*x)", 5, 5},
      {"smp_load_acquire(x)", 5, 5},
      {"atomic_read(x)", 5, 5},
      {"atomic_read_acquire(x)", 5, 5},
  };
  for (const Operation& o : all) {
    INFO(o.call);
    const std::string condition =
        "x=" + std::to_string(o.memory) + " /\\ 0:r=" + std::to_string(o.returned);
    CHECK(verdict_of(alone("x=5", "int r = " + std::string{o.call} + ";", condition), "sc") ==
          "Always");
  }
  const Operation silent[] = {
      {"WRITE_ONCE(*x, 7)", 7, 0},
      {"smp_store_release(x, 7)", 7, 0},
      {"rcu_assign_pointer(*x, 7)", 7, 0},
      {"smp_store_mb(*x, 7)", 7, 0},
      {"atomic_set(x, 7)", 7, 0},
      {"atomic_set_release(x, 7)", 7, 0},
      {"atomic_add(2, x)", 7, 0},
      {"atomic_sub(2, x)", 3, 0},
      {"atomic_inc(x)", 6, 0},
      {"atomic_dec(x)", 4, 0},
      {"atomic_and(4, x)", 4, 0},
      {"atomic_or(2, x)", 7, 0},
      {"atomic_xor(6, x)", 3, 0},
      {"atomic_andnot(4, x)", 1, 0},
      {"spin_unlock(x)", 0, 0},
      {"site_store(S, x, 7)", 7, 0},
  };
  for (const Operation& o : silent) {
    INFO(o.call);
    const std::string condition = "x=" + std::to_string(o.memory);
    CHECK(verdict_of(alone("x=5", std::string{o.call} + ";", condition), "sc") == "Always");
    CHECK(complaint(alone("", "int r = " + std::string{o.call} + ";", "true"))
              .find("returns nothing; expected a value") != std::string::npos);
  }
}

TEST_CASE("Conditional operations mind the border", "[litmus]") {
  const struct {
    const char *initial, *call;
    int memory, returned;
  } all[] = {{"x=0", "atomic_inc_unless_negative(x)", 1, 1},
             {"x=-1", "atomic_inc_unless_negative(x)", -1, 0},
             {"x=0", "atomic_dec_unless_positive(x)", -1, 1},
             {"x=1", "atomic_dec_unless_positive(x)", 1, 0},
             {"x=1", "atomic_dec_if_positive(x)", 0, 0},
             {"x=0", "atomic_dec_if_positive(x)", 0, -1},
             {"x=0", "atomic_inc_not_zero(x)", 0, 0},
             {"x=0", "site_inc_not_zero(S, x)", 0, 0}};
  for (const auto& c : all) {
    INFO(c.initial << " " << c.call);
    CHECK(verdict_of(
              alone(c.initial, "int r = " + std::string{c.call} + ";",
                    "x=" + std::to_string(c.memory) + " /\\ 0:r=" + std::to_string(c.returned)),
              "sc") == "Always");
  }
}

TEST_CASE("A failed try_cmpxchg() tells what it found", "[litmus]") {
  CHECK(verdict_of(
            alone("x=5", "int o = 5; int r = try_cmpxchg(x, &o, 7);", "x=7 /\\ 0:r=1 /\\ 0:o=5"),
            "sc") == "Always");
  CHECK(verdict_of(alone("x=5", "int o; int r = atomic_try_cmpxchg_acquire(x, &o, 7);",
                         "x=5 /\\ 0:r=0 /\\ 0:o=5"),
                   "sc") == "Always");
}

TEST_CASE("The suffix of a read-modify-write is its order, none is full", "[litmus]") {
  const std::map<std::string, Order> suffixes{{"", Order::full},
                                              {"_relaxed", Order::once},
                                              {"_acquire", Order::acquire},
                                              {"_release", Order::release}};
  for (const auto& [suffix, order] : suffixes) {
    for (const std::string family : {"atomic_", "atomic64_", "atomic_long_"}) {
      for (const std::string name : {"fetch_add", "add_return", "fetch_or", "xchg"}) {
        const bool exchange = name == "xchg";
        const std::string call = family + name + suffix + (exchange ? "(x, 1);" : "(1, x);");
        INFO(call);
        const litmus::Test t = read_test(alone("", call, "true"));
        const Event& write = t.program.events.back();
        REQUIRE(write.in_rmw);
        CHECK(write.order == order);
        CHECK(t.program.events[write.partner].order == order);
        CHECK_FALSE(write.has(Mark::noreturn));
      }
    }
  }
  const litmus::Test silent = read_test(alone("", "atomic_inc(x);", "true"));
  CHECK(silent.program.events.back().order == Order::once);
  CHECK(silent.program.events.back().has(Mark::noreturn));
  CHECK(silent.program.events[silent.program.events.back().partner].has(Mark::noreturn));
}

TEST_CASE("Accesses, fences and locks are the events that models speak of", "[litmus]") {
  const std::map<std::string, std::string> expected{
      {"WRITE_ONCE(*x, 1);", "W once"},
      {"*x = 1;", "W plain"},
      {"*y;", "R plain"},
      {"READ_ONCE(*x);", "R once"},
      {"smp_load_acquire(x);", "R acquire"},
      {"smp_store_release(x, 1);", "W release"},
      {"rcu_dereference(*x);", "R once"},
      {"rcu_assign_pointer(*x, 1);", "W release"},
      {"atomic_read(x);", "R once"},
      {"atomic64_read_acquire(x);", "R acquire"},
      {"atomic_set(x, 1);", "W once"},
      {"atomic_long_set_release(x, 1);", "W release"},
      {"spin_is_locked(x);", "R once"},
      {"smp_store_mb(*x, 1);", "W once, F mb"},
      {"smp_mb();", "F mb"},
      {"smp_rmb();", "F rmb"},
      {"smp_wmb();", "F wmb"},
      {"smp_acquire__after_ctrl_dep();", "F acquire"},
      {"barrier();", "F none compiler"},
      {"smp_mb__before_atomic();", "F none before_atomic"},
      {"smp_mb__after_atomic();", "F none after_atomic"},
      {"smp_mb__after_spinlock();", "F none after_spinlock"},
      {"smp_mb__after_unlock_lock();", "F none after_unlock_lock"},
      {"smp_mb__after_srcu_read_unlock();", "F none after_srcu_unlock"},
      {"spin_lock(x);", "R acquire lock, W acquire lock"},
      {"spin_unlock(x);", "W release unlock"},
      {"spin_trylock(x);", "R acquire lock, W acquire lock"},
      {"rcu_read_lock(); rcu_read_unlock();", "rcu_lock none, rcu_unlock none"},
      {"synchronize_rcu();", "grace none"},
      {"synchronize_rcu_expedited();", "grace none"},
      {"int i = srcu_read_lock(x); srcu_read_unlock(x, i);", "srcu_lock none, srcu_unlock none"},
      {"int i = srcu_down_read(x); srcu_up_read(x, i);", "srcu_lock none, srcu_unlock none"},
      {"synchronize_srcu(x);", "srcu_grace none"},
      {"synchronize_srcu_expedited(x);", "srcu_grace none"}};
  for (const auto& [body, words] : expected) {
    const litmus::Test t = read_test(alone("", body, "true"));
    std::string made;
    for (const Event& e : t.program.events) {
      if (e.thread == initial_thread) continue;
      made += (made.empty() ? "" : ", ") + std::string{name_of(e.act)} + " " +
              std::string{lockstep::name_of(e.order)};
      for (const auto& [mark, name] : mark_names) {
        if (e.has(mark)) made += " " + std::string{name};
      }
    }
    INFO(body);
    CHECK(made == words);
  }
}

TEST_CASE("A site whose order is asked for is open wherever it stands", "[litmus]") {
  const litmus::Test t = read_test(
      alone("",
            "int i; for (i = 0; i < 2; i++) site_store(S, x, i); int r = site_load(L, x);\n"
            "site_fence(F); r = site_fetch_add(A, x, 1);",
            "true"));
  REQUIRE(t.program.open.size() == 4);
  const std::map<std::string, Kind> kinds{
      {"S", Kind::store}, {"L", Kind::load}, {"F", Kind::fence}, {"A", Kind::rmw}};
  std::map<std::string, int> events;
  for (const Event& e : t.program.events) {
    if (e.open < 0) continue;
    ++events[e.site];
    CHECK(t.program.open[e.open].site == e.site);
    CHECK(t.program.open[e.open].kind == kinds.at(e.site));
    CHECK(e.order == (e.act == Act::fence ? Order::none : Order::once));
  }
  CHECK(events == std::map<std::string, int>{{"S", 2}, {"L", 1}, {"F", 1}, {"A", 2}});
}

TEST_CASE("Each primitive has one entry, and terms of its own arguments", "[litmus]") {
  std::set<std::string> names;
  for (const litmus::Primitive& p : litmus::kernel_primitives()) {
    INFO(p.name);
    CHECK(names.insert(p.name).second);
    for (const Term& t : {p.value, p.writes_if, p.gives, p.granted}) {
      term::substitute(t, [&](const TermNode& v) {
        if (v.name != "@") {
          const char letter = p.arguments.at(std::stoul(v.name) - 1);
          CHECK((letter == 'V' || letter == 'R'));
        }
        return Term{};
      });
    }
  }
}

}  // namespace lockstep::orders
