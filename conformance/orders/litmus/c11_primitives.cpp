// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/primitives.hpp"

namespace lockstep::orders::litmus {

namespace {

using Does = Primitive::Does;

Term old() {
  return term::variable("@");
}
Term argument(int n) {
  return term::variable(std::to_string(n));
}

Primitives make() {
  Primitives out;
  // Each with its order as last argument, and without: then it is seq_cst.
  const auto add = [&out](Primitive p, std::string name, const std::string& orders) {
    p.dialect = Dialect::c11;
    p.order = Order::full;
    p.name = name;
    out.push_back(p);
    p.name = name + "_explicit";
    p.arguments += orders;
    out.push_back(std::move(p));
  };
  add({.does = Does::load, .arguments = "P", .gives = old()}, "atomic_load", "O");
  add({.does = Does::store, .arguments = "PV", .value = argument(2)}, "atomic_store", "O");
  const auto rmw = [&add](const std::string& name, const Term& value) {
    add({.does = Does::rmw, .arguments = "PV", .value = value, .gives = old()}, name, "O");
  };
  rmw("atomic_exchange", argument(2));
  rmw("atomic_fetch_add", term::add(old(), argument(2)));
  rmw("atomic_fetch_sub", term::sub(old(), argument(2)));
  rmw("atomic_fetch_and", term::make(Op::band, {old(), argument(2)}));
  rmw("atomic_fetch_or", term::make(Op::bor, {old(), argument(2)}));
  rmw("atomic_fetch_xor", term::make(Op::bxor, {old(), argument(2)}));
  for (const bool weak : {false, true}) {
    add({.does = Does::compare_exchange, .arguments = "PEV", .weak = weak},
        weak ? "atomic_compare_exchange_weak" : "atomic_compare_exchange_strong", "OO");
  }
  out.push_back({.name = "atomic_thread_fence",
                 .does = Does::fence,
                 .arguments = "O",
                 .dialect = Dialect::c11});
  return out;
}

}  // namespace

const Primitives& c11_primitives() {
  static const Primitives all = make();
  return all;
}

}  // namespace lockstep::orders::litmus
