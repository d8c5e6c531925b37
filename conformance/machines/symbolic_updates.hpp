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

  template <class S, class O, class F>
  auto fetch_or(S, const O& object, const F& field, int mask, Order order) {
    me().run_.arrive(bits<S>(object, field, Op::bor, mask, order));
    return me().template old<F>();
  }
  template <class S, class O, class F>
  auto fetch_and(S, const O& object, const F& field, int mask, Order order) {
    me().run_.arrive(bits<S>(object, field, Op::band, mask, order));
    return me().template old<F>();
  }
  template <class S, class O, class F>
  auto fetch_andnot(S site, const O& object, const F& field, int mask, Order order) {
    return fetch_and(site, object, field, ~mask, order);
  }
  template <class S, class O, class F>
  void set_bit(S, const O& object, const F& field, int bit) {
    Node node = bits<S>(object, field, Op::bor, 1 << bit, Order::once);
    node.noreturn = true;
    me().run_.arrive(std::move(node));
  }
  template <class S, class O, class F>
  void clear_bit(S, const O& object, const F& field, int bit) {
    Node node = bits<S>(object, field, Op::band, ~(1 << bit), Order::once);
    node.noreturn = true;
    me().run_.arrive(std::move(node));
  }
  template <class S, class O, class F>
  void clear_bit_unlock(S site, const O& object, const F& field, int bit) {
    fetch_andnot(site, object, field, 1 << bit, Order::release);
  }
  template <class S, class O, class F>
  SymbolicBool test_and_set_bit(S, const O& object, const F& field, int bit, Order order) {
    Node node = bits<S>(object, field, Op::bor, 1 << bit, order);
    if (order != Order::full) node.writes_if = term::negate(is_set(bit));
    me().run_.arrive(std::move(node));
    return {is_set(bit), &me().run_, me().run_.segment()};
  }
  template <class S, class O, class F>
  SymbolicBool test_and_clear_bit(S site, const O& object, const F& field, int bit, Order order) {
    return (fetch_andnot(site, object, field, 1 << bit, order) & 1 << bit) != 0;
  }
  template <class S, class O, class F>
  SymbolicBool test_bit(S site, const O& object, const F& field, int bit, Order order) {
    return (me().load(site, object, field, order) & 1 << bit) != 0;
  }

  /// `modulus`: a number, or a parameter that stays open.
  template <class S, class O, class F, class Modulus>
  void increment_modulo(S, const O& object, const F& field, const Modulus& modulus, int first,
                        Order order) {
    Node node = me().template access<S>(Kind::store, order, object, field);
    const Term next = term::add(Machine::before(), term::constant(1)), values = term_of(modulus);
    const Term wraps = term::both(term::ne(values, term::constant(0)),
                                  term::eq(next, term::add(values, term::constant(first))));
    node.new_value = term::ite(wraps, term::constant(first), next);
    me().run_.arrive(std::move(node));
  }

  template <class S, class O, class F>
  void spin_lock(S, const O& object, const F& field) {
    me().run_.arrive(waiting(locking<S>(object, field, true)));
  }
  template <class S, class O, class F>
  SymbolicBool spin_trylock(S, const O& object, const F& field) {
    me().run_.arrive(locking<S>(object, field, true));
    return {is_free(), &me().run_, me().run_.segment()};
  }
  template <class S, class O, class F>
  void spin_unlock(S, const O& object, const F& field) {
    me().run_.arrive(unlocking<S>(object, field, true));
  }
  template <class S, class O, class F>
  void mutex_lock(S, const O& object, const F& field) {
    me().run_.arrive(waiting(locking<S>(object, field, false)));
  }
  template <class S, class O, class F>
  SymbolicBool mutex_trylock(S, const O& object, const F& field) {
    me().run_.arrive(locking<S>(object, field, false));
    return {is_free(), &me().run_, me().run_.segment()};
  }
  template <class S, class O, class F>
  void mutex_unlock(S, const O& object, const F& field) {
    me().run_.arrive(unlocking<S>(object, field, false));
  }

 private:
  static Term is_set(int bit) {
    return term::ne(term::make(Op::band, {Machine::before(), term::constant(1 << bit)}),
                    term::constant(0));
  }
  template <class S, class O, class F>
  Node bits(const O& object, const F& field, Op op, int mask, Order order) {
    Node node = me().template access<S>(Kind::rmw, order, object, field);
    node.new_value = term::make(op, {Machine::before(), term::constant(mask)});
    return node;
  }
  static Term is_free() { return term::eq(Machine::before(), term::constant(0)); }
  template <class S, class O, class F>
  Node locking(const O& object, const F& field, bool spins) {
    Node node = me().template access<S>(Kind::lock, Order::acquire, object, field);
    node.spinlock = spins;
    node.new_value = term::constant(1);
    node.writes_if = is_free();
    return node;
  }
  static Node waiting(Node node) {
    node.guard = std::exchange(node.writes_if, nullptr);
    return node;
  }
  template <class S, class O, class F>
  Node unlocking(const O& object, const F& field, bool spins) {
    Node node = me().template access<S>(Kind::unlock, Order::release, object, field);
    node.spinlock = spins;
    node.new_value = term::constant(0);
    return node;
  }
  Machine& me() { return static_cast<Machine&>(*this); }
};

}  // namespace lockstep
