// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "lockstep/order.hpp"
#include "machines/symbolic_values.hpp"
#include "model/automaton.hpp"

namespace lockstep {

/// What the symbolic machine says of an access that changes its cell depending on what it finds.
template <class Machine>
class SymbolicUpdates {
 public:
  template <class S, class O, class F, class E, class D>
  auto cmpxchg(S, const O& object, const F& field, const E& expected, const D& desired,
               Order order) {
    Node node = me().template access<S>(Kind::rmw, order, object, field);
    node.new_value = term_of(desired);
    node.writes_if = term::eq(Machine::before(), term_of(expected));
    me().run_.arrive(std::move(node));
    return me().template old<F>();
  }
  template <class S, class O, class F, class V>
  auto xchg(S, const O& object, const F& field, const V& value, Order order) {
    Node node = me().template access<S>(Kind::rmw, order, object, field);
    node.new_value = term_of(value);
    me().run_.arrive(std::move(node));
    return me().template old<F>();
  }

 private:
  Machine& me() { return static_cast<Machine&>(*this); }
};

}  // namespace lockstep
