// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/primitives.hpp"

namespace lockstep::orders::litmus {

namespace {

using Does = Primitive::Does;

Term number(Atom n) {
  return term::constant(n);
}
Term old() {
  return term::variable("@");
}
Term argument(int n) {
  return term::variable(std::to_string(n));
}
Term inverted(Term t) {
  return term::sub(number(-1), std::move(t));
}
Term is_zero(Term t) {
  return term::eq(std::move(t), number(0));
}
std::uint16_t bit(Mark m) {
  return static_cast<std::uint16_t>(m);
}

/// The suffixes of one operation, and the order that each stands for.
struct Suffix {
  const char* text;
  Order order;
};
constexpr Suffix suffixes[] = {{"", Order::full},
                               {"_relaxed", Order::once},
                               {"_acquire", Order::acquire},
                               {"_release", Order::release}};
constexpr const char* families[] = {"atomic_", "atomic64_", "atomic_long_"};

void add_accesses(Primitives& out) {
  out.push_back({.name = "READ_ONCE", .does = Does::load, .arguments = "L", .order = Order::once});
  out.push_back(
      {.name = "rcu_dereference", .does = Does::load, .arguments = "L", .order = Order::once});
  out.push_back(
      {.name = "smp_load_acquire", .does = Does::load, .arguments = "P", .order = Order::acquire});
  const auto store = [&out](const char* name, const char* arguments, Order order) {
    out.push_back({.name = name,
                   .does = Does::store,
                   .arguments = arguments,
                   .order = order,
                   .value = argument(2)});
  };
  store("WRITE_ONCE", "LV", Order::once);
  store("rcu_assign_pointer", "LV", Order::release);
  store("smp_store_release", "PV", Order::release);
  out.push_back(
      {.name = "smp_store_mb", .does = Does::store_mb, .arguments = "LV", .value = argument(2)});
  for (const std::string family : families) {
    out.push_back(
        {.name = family + "read", .does = Does::load, .arguments = "P", .order = Order::once});
    out.push_back({.name = family + "read_acquire",
                   .does = Does::load,
                   .arguments = "P",
                   .order = Order::acquire});
    store((family + "set").c_str(), "PV", Order::once);
    store((family + "set_release").c_str(), "PV", Order::release);
  }
  for (Primitive& p : out) {
    if (p.does == Does::load) p.gives = old();
  }
}

void add_fences(Primitives& out) {
  const auto fence = [&out](const char* name, Order order, std::uint16_t marks = 0) {
    out.push_back({.name = name, .does = Does::fence, .order = order, .marks = marks});
  };
  fence("smp_mb", Order::mb);
  fence("smp_rmb", Order::rmb);
  fence("smp_wmb", Order::wmb);
  fence("smp_acquire__after_ctrl_dep", Order::acquire);
  fence("barrier", Order::none, bit(Mark::compiler));
  fence("smp_mb__before_atomic", Order::none, bit(Mark::before_atomic));
  fence("smp_mb__after_atomic", Order::none, bit(Mark::after_atomic));
  fence("smp_mb__after_spinlock", Order::none, bit(Mark::after_spinlock));
  fence("smp_mb__after_unlock_lock", Order::none, bit(Mark::after_unlock_lock));
  fence("smp_mb__after_srcu_read_unlock", Order::none, bit(Mark::after_srcu_unlock));
}

/// A lock is 0 when it is free. Who waits for one gets it: other executions do not end.
void add_locks(Primitives& out) {
  const Primitive lock{.does = Does::rmw,
                       .arguments = "P",
                       .order = Order::acquire,
                       .marks = bit(Mark::lock),
                       .value = number(1)};
  out.push_back(lock);
  out.back().name = "spin_lock";
  out.back().granted = is_zero(old());
  out.push_back(lock);
  out.back().name = "spin_trylock";
  out.back().writes_if = out.back().gives = is_zero(old());
  out.push_back({.name = "spin_unlock",
                 .does = Does::store,
                 .arguments = "P",
                 .order = Order::release,
                 .marks = bit(Mark::unlock),
                 .value = number(0)});
  out.push_back({.name = "spin_is_locked",
                 .does = Does::load,
                 .arguments = "P",
                 .order = Order::once,
                 .gives = term::ne(old(), number(0))});
}

void add_rcu(Primitives& out) {
  out.push_back({.name = "rcu_read_lock", .does = Does::rcu_lock});
  out.push_back({.name = "rcu_read_unlock", .does = Does::rcu_unlock});
  for (const char* name : {"synchronize_rcu", "synchronize_rcu_expedited"}) {
    out.push_back({.name = name, .does = Does::grace});
  }
  for (const char* name : {"srcu_read_lock", "srcu_down_read"}) {
    out.push_back({.name = name, .does = Does::srcu_lock, .arguments = "P", .gives = old()});
  }
  for (const char* name : {"srcu_read_unlock", "srcu_up_read"}) {
    out.push_back(
        {.name = name, .does = Does::srcu_unlock, .arguments = "PV", .value = argument(2)});
  }
  for (const char* name : {"synchronize_srcu", "synchronize_srcu_expedited"}) {
    out.push_back({.name = name, .does = Does::srcu_grace, .arguments = "P"});
  }
}

void add_exchanges(Primitives& out) {
  for (const std::string family : {"", "atomic_", "atomic64_", "atomic_long_"}) {
    for (const Suffix& s : suffixes) {
      Primitive p{.does = Does::rmw, .order = s.order, .gives = old()};
      p.name = family + "xchg" + s.text;
      p.arguments = "PV";
      p.value = argument(2);
      out.push_back(p);
      p.name = family + "cmpxchg" + s.text;
      p.arguments = "PVV";
      p.value = argument(3);
      p.writes_if = term::eq(old(), argument(2));
      out.push_back(p);
      p.name = family + "try_cmpxchg" + s.text;
      p.arguments = "PRV";
      p.gives = p.writes_if;
      out.push_back(p);
    }
  }
}

/// Operations that write only where what they find allows it.
void add_conditional(Primitives& out, const std::string& family) {
  struct {
    const char* name;
    const char* arguments;
    Term value, writes_if, gives;
  } const all[] = {
      {"add_unless", "PVV", term::add(old(), argument(2)), term::ne(old(), argument(3)), nullptr},
      {"fetch_add_unless", "PVV", term::add(old(), argument(2)), term::ne(old(), argument(3)),
       old()},
      {"inc_not_zero", "P", term::add(old(), number(1)), term::ne(old(), number(0)), nullptr},
      {"inc_unless_negative", "P", term::add(old(), number(1)), term::le(number(0), old()),
       nullptr},
      {"dec_unless_positive", "P", term::sub(old(), number(1)), term::le(old(), number(0)),
       nullptr},
      {"dec_if_positive", "P", term::sub(old(), number(1)), term::lt(number(0), old()),
       term::sub(old(), number(1))}};
  for (const auto& one : all) {
    for (const Suffix& s : suffixes) {
      out.push_back({.name = family + one.name + s.text,
                     .does = Does::rmw,
                     .arguments = one.arguments,
                     .order = s.order,
                     .value = one.value,
                     .writes_if = one.writes_if,
                     .gives = one.gives == nullptr ? one.writes_if : one.gives});
    }
  }
}

void add_arithmetic(Primitives& out, const std::string& family) {
  struct {
    const char* name;
    const char* arguments;
    Term value;
    bool counts;  ///< has forms that return the new value
  } const all[] = {{"add", "VP", term::add(old(), argument(1)), true},
                   {"sub", "VP", term::sub(old(), argument(1)), true},
                   {"inc", "P", term::add(old(), number(1)), true},
                   {"dec", "P", term::sub(old(), number(1)), true},
                   {"and", "VP", term::make(Op::band, {old(), argument(1)}), false},
                   {"or", "VP", term::make(Op::bor, {old(), argument(1)}), false},
                   {"xor", "VP", term::make(Op::bxor, {old(), argument(1)}), false},
                   {"andnot", "VP", term::make(Op::band, {old(), inverted(argument(1))}), false}};
  for (const auto& one : all) {
    Primitive p{.does = Does::rmw, .arguments = one.arguments, .value = one.value};
    p.name = family + one.name;
    p.order = Order::once;
    p.marks = bit(Mark::noreturn);
    out.push_back(p);
    p.marks = 0;
    for (const Suffix& s : suffixes) {
      p.order = s.order;
      p.name = family + "fetch_" + one.name + s.text;
      p.gives = old();
      out.push_back(p);
      if (!one.counts) continue;
      p.name = family + one.name + "_return" + s.text;
      p.gives = one.value;
      out.push_back(p);
      if (std::string_view{one.name} == "add") {
        p.name = family + "add_negative" + s.text;
        p.gives = term::lt(one.value, number(0));
        out.push_back(p);
      } else if (s.order == Order::full) {
        p.name = family + one.name + "_and_test";
        p.gives = is_zero(one.value);
        out.push_back(p);
      }
    }
  }
}

/// Accesses whose order is asked for; the first argument is the name of the site.
void add_sites(Primitives& out) {
  out.push_back(
      {.name = "site_load", .does = Does::load, .arguments = "NP", .gives = old(), .open = true});
  out.push_back({.name = "site_store",
                 .does = Does::store,
                 .arguments = "NPV",
                 .value = argument(3),
                 .open = true});
  out.push_back({.name = "site_fence", .does = Does::fence, .arguments = "N", .open = true});
  const auto rmw = [&out](const char* name, const char* arguments, const Term& value,
                          const Term& writes_if, const Term& gives) {
    out.push_back({.name = name,
                   .does = Does::rmw,
                   .arguments = arguments,
                   .value = value,
                   .writes_if = writes_if,
                   .gives = gives,
                   .open = true});
  };
  const Term sum = term::add(old(), argument(3));
  rmw("site_xchg", "NPV", argument(3), nullptr, old());
  rmw("site_cmpxchg", "NPVV", argument(4), term::eq(old(), argument(3)), old());
  rmw("site_fetch_add", "NPV", sum, nullptr, old());
  rmw("site_add_return", "NPV", sum, nullptr, sum);
  rmw("site_inc_not_zero", "NP", term::add(old(), number(1)), term::ne(old(), number(0)), old());
  for (Primitive& p : out) {
    if (p.open && p.does != Does::fence) p.order = Order::once;
  }
}

Primitives make() {
  Primitives out;
  add_accesses(out);
  add_fences(out);
  add_locks(out);
  add_rcu(out);
  add_exchanges(out);
  for (const std::string family : families) {
    add_conditional(out, family);
    add_arithmetic(out, family);
  }
  add_sites(out);
  out.push_back(
      {.name = "assume", .does = Does::assume, .arguments = "V", .dialect = std::nullopt});
  // The tail of a queued spinlock: two bits below it stay.
  const Term tail = term::make(Op::bor, {term::make(Op::band, {old(), number(3)}), argument(2)});
  out.push_back({.name = "xchg_tail_relaxed",
                 .does = Does::rmw,
                 .arguments = "PV",
                 .order = Order::once,
                 .value = tail,
                 .gives = old()});
  return out;
}

}  // namespace

const Primitives& kernel_primitives() {
  static const Primitives all = make();
  return all;
}

}  // namespace lockstep::orders::litmus
