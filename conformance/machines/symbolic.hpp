// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "lockstep/order.hpp"
#include "machines/extraction.hpp"
#include "machines/symbolic_updates.hpp"
#include "machines/symbolic_values_impl.hpp"

namespace lockstep {

/// The machine on which values are terms. Each call says what the site is; the run goes where the
/// extraction sends it.
class SymbolicMachine : public SymbolicUpdates<SymbolicMachine> {
 public:
  explicit SymbolicMachine(Extraction& run) : run_(run) {}

  template <class S, class O, class F>
  auto load(S, const O& object, const F& field, Order order) {
    run_.arrive(access<S>(Kind::load, order, object, field));
    return old<F>();
  }
  template <class S, class O, class F, class AO, class AF>
  auto load(S, const O& object, const F& field, Order order, const Also<AO, AF>& extra) {
    run_.arrive(with(access<S>(Kind::load, order, object, field), extra));
    return std::pair{old<F>(), also_value<AF>(0)};
  }
  template <class S, class O, class F, class... AO, class... AF>
  requires(sizeof...(AO) > 1) auto load(S, const O& object, const F& field, Order order,
                                        const Also<AO, AF>&... extra) {
    run_.arrive(with(access<S>(Kind::load, order, object, field), extra...));
    return old_and_also<F, AF...>(std::index_sequence_for<AF...>{});
  }
  template <class S, class O, class F, class V>
  void store(S, const O& object, const F& field, const V& value, Order order) {
    Node node = access<S>(Kind::store, order, object, field);
    node.new_value = term_of(value);
    run_.arrive(std::move(node));
  }
  template <class S, class O, class F, class AO, class AF>
  void store(S, const O& object, const F& field, const Also<AO, AF>& value, Order order) {
    Node node = with(access<S>(Kind::store, order, object, field), value);
    node.new_value = also(0);
    run_.arrive(std::move(node));
  }
  template <class S, class O, class F>
  void increment(S, const O& object, const F& field, Order order) {
    Node node = access<S>(Kind::store, order, object, field);
    node.new_value = term::add(before(), term::constant(1));
    run_.arrive(std::move(node));
  }
  template <class S, class O, class F, class By>
  auto fetch_sub(S, const O& object, const F& field, const By& by, Order order) {
    run_.arrive(subtracting<S>(object, field, by, order));
    return old<F>();
  }
  template <class S, class O, class F, class By, class AO, class AF>
  auto fetch_sub(S, const O& object, const F& field, const By& by, Order order,
                 const Also<AO, AF>& extra) {
    run_.arrive(with(subtracting<S>(object, field, by, order), extra));
    return std::pair{old<F>(), also_value<AF>(0)};
  }
  template <class S, class O, class F, class By, class... AO, class... AF>
  requires(sizeof...(AO) > 1) auto fetch_sub(S, const O& object, const F& field, const By& by,
                                             Order order, const Also<AO, AF>&... extra) {
    run_.arrive(with(subtracting<S>(object, field, by, order), extra...));
    return old_and_also<F, AF...>(std::index_sequence_for<AF...>{});
  }
  template <class S, class O, class F, class By>
  auto fetch_add(S, const O& object, const F& field, const By& by, Order order) {
    run_.arrive(adding<S>(object, field, by, order));
    return old<F>();
  }
  template <class S, class O, class F, class By, class When>
  void add_when(S, const O& object, const F& field, const By& by, Order order, When when) {
    Node node = adding<S>(object, field, by, order);
    node.guard = when(Symbolic<int>{before(), &run_, run_.segment() + 1}).term;
    run_.arrive(std::move(node));
  }
  template <class S, class O, class F, class By, class Unless>
  auto fetch_add_unless(S, const O& object, const F& field, const By& by, Order order,
                        Unless unless) {
    Node node = adding<S>(object, field, by, order);
    const SymbolicBool stop = unless(Symbolic<int>{before(), &run_, run_.segment() + 1});
    node.writes_if = term::negate(stop.term);
    run_.arrive(std::move(node));
    return old<F>();
  }
  template <class S, class... W>
  void group(S, const W&... writes) {
    Node node = site<S>(Kind::group, Order::plain);
    (add_write(node, cell(writes.object, writes.field), term_of(writes.value)), ...);
    run_.arrive(std::move(node));
  }
  template <class S, class O, class F>
  void wait(S, const O& object, const F& field, int value) {
    Node node = access<S>(Kind::wait, Order::once, object, field);
    node.guard = term::eq(before(), term::constant(value));
    run_.arrive(std::move(node));
  }
  template <class S, class O, class A, class V>
  void wait_every(S, const O& object, const A&, const V& value) {
    Node node = site<S>(Kind::wait, Order::once);
    set_cell(node, {A::Object::kind, A::name, term_of(object), nullptr});
    node.guard = term::eq(before(), term_of(value));
    node.every = true;
    run_.arrive(std::move(node));
  }
  template <class S, class O, class F>
  void wake(S, const O& object, const F& field, int value) {
    store(S{}, object, field, value, Order::once);
  }
  template <class S>
  void fence(S, Order order) {
    Node node = site<S>(Kind::fence, order);
    node.type = Node::Type::fence;
    run_.arrive(std::move(node));
  }
  template <class S>
  void acquire_after_ctrl_dep(S) {
    Node node = site<S>(Kind::ctrl_acquire, Order::acquire);
    node.type = Node::Type::fence;
    run_.arrive(std::move(node));
  }

  template <class S>
  void rcu_read_lock(S) {
    run_.arrive(site<S>(Kind::rcu_lock, Order::none));
  }
  template <class S>
  void rcu_read_unlock(S) {
    run_.arrive(site<S>(Kind::rcu_unlock, Order::none));
  }
  template <class S, class E>
  void synchronize_rcu(S, E) {
    run_.arrive(site<S>(Kind::sync, Order::grace));
    run_.arrive(site<E>(Kind::sync_end, Order::none));
  }
  template <class K, class S>
  Symbolic<K> allocate(S) {
    Node node = site<S>(Kind::alloc, Order::none);
    set_cell(node, {K::kind, "", term_of(choose<K>()), nullptr});
    const Term object = node.cell.object;
    run_.arrive(std::move(node));
    return {object, &run_, run_.segment()};
  }
  template <class S, class O, class F>
  void free(S, const O& object, const F& field) {
    run_.arrive(access<S>(Kind::free, Order::none, object, field));
  }
  template <class S, class O>
  void free(S, const O& object) {
    run_.arrive(without_field<S>(Kind::free, object));
  }
  template <class S, class O, class F>
  void call_rcu(S, const O& object, const F& field) {
    run_.arrive(access<S>(Kind::call_rcu, Order::none, object, field));
  }
  template <class S, class O>
  void call_rcu(S, const O& object) {
    run_.arrive(without_field<S>(Kind::call_rcu, object));
  }

  template <class P>
  void point(P) {
    arrive_at_point(P::name);
  }
  template <class P>
  [[noreturn]] void rest(P place) {
    run_.check_rest(P::name);
    point(place);
    run_.end();
  }
  int branch(int ways) { return static_cast<int>(run_.branch(static_cast<std::uint32_t>(ways))); }
  template <class K>
  Symbolic<K> choose() {
    return {any(K::kind), &run_, run_.segment()};
  }
  void assume(const SymbolicBool& condition);
  template <class O, class F>
  auto peek(const O& object, const F& field) {
    return Symbolic<typename F::Value>{peek(cell(object, field)), &run_, run_.segment()};
  }

  /// A number that the protocol is built with: its value, or a variable that stays open.
  template <class P>
  Symbolic<int> parameter(P, int value) {
    return {run_.parameter(std::string{P::name}, value), &run_, 0};
  }

  template <class L, class V>
  auto named(L, const V& value) {
    using Value = typename KindOf<V>::type;
    const Sort sort = std::is_same_v<V, bool>      ? Sort::boolean
                      : std::is_same_v<Value, int> ? Sort::integer
                                                   : Sort::name;
    const Atom dead = run_.dead(L::name, sort, kind_name<Value>());
    return SymbolicLocal<Value>(run_, L::name, dead, term_of(value));
  }
  Symbolic<void> self() { return {term::variable("self"), &run_, 0}; }
  template <class K>
  Symbolic<K> own() {
    run_.check_own(K::kind);
    return {term::variable("self"), &run_, 0};
  }

 private:
  friend class SymbolicUpdates<SymbolicMachine>;

  template <class V>
  struct KindOf {
    using type = int;
  };
  template <class K>
  struct KindOf<Symbolic<K>> {
    using type = K;
  };
  template <class K>
  struct KindOf<SymbolicLocal<K>> {
    using type = K;
  };

  /// Of the objects that a value names; "" of no number's, and of a task's own name.
  template <class K>
  static constexpr std::string_view kind_name() {
    if constexpr (std::is_same_v<K, int> || std::is_same_v<K, void>) {
      return "";
    } else {
      return K::kind;
    }
  }

  /// A cell by the names that its type has.
  struct Cell {
    std::string_view kind, field;
    Term object, index;
  };
  template <class O, FixedString N, class OK, class VK>
  Cell cell(const O& object, const Field<N, OK, VK>&) {
    return {OK::kind, N.view(), term_of(object), nullptr};
  }
  template <class O, class A, class I>
  Cell cell(const O& object, const Element<A, I>& element) {
    return {A::Object::kind, A::name, term_of(object), term_of(element.index)};
  }
  template <class S>
  Node site(Kind kind, Order order) {
    return begin(S::name, kind, order);
  }
  template <class S, class O, class F>
  Node access(Kind kind, Order order, const O& object, const F& field) {
    Node node = site<S>(kind, order);  // the terms are those of a site: it begins first
    set_cell(node, cell(object, field));
    return node;
  }
  template <class S, class O>
  Node without_field(Kind kind, const O& object) {
    Node node = site<S>(kind, Order::none);
    set_cell(node, {KindOf<O>::type::kind, "", term_of(object), nullptr});
    return node;
  }
  template <class S, class O, class F, class By>
  Node adding(const O& object, const F& field, const By& by, Order order) {
    Node node = access<S>(Kind::rmw, order, object, field);
    node.new_value = term::add(before(), term_of(by));
    return node;
  }
  template <class S, class O, class F, class By>
  Node subtracting(const O& object, const F& field, const By& by, Order order) {
    Node node = access<S>(Kind::rmw, order, object, field);
    node.new_value = term::sub(before(), term_of(by));
    return node;
  }
  template <class... AO, class... AF>
  Node with(Node node, const Also<AO, AF>&... extra) {
    (add_also(node, cell(extra.object, extra.field)), ...);
    return node;
  }
  template <class F>
  Symbolic<typename F::Value> old() {
    return {before(), &run_, run_.segment()};
  }
  template <class F>
  Symbolic<typename F::Value> also_value(std::size_t which) {
    return {also(which), &run_, run_.segment()};
  }
  template <class F, class... AF, std::size_t... which>
  auto old_and_also(std::index_sequence<which...>) {
    return std::tuple{old<F>(), also_value<AF>(which)...};
  }

  // What needs no types is compiled once, not in each form of each protocol.
  Node begin(std::string_view site, Kind kind, Order order);
  static void set_cell(Node& node, const Cell& cell);
  static void add_also(Node& node, const Cell& cell);
  static void add_write(Node& node, const Cell& cell, Term value);
  /// What the site's cell held before, and what its loads in the same step read.
  static Term before();
  static Term also(std::size_t which);
  Term peek(const Cell& cell);
  /// An object of the kind, to be chosen.
  Term any(std::string_view kind);
  void arrive_at_point(std::string_view name);

  Extraction& run_;
};

}  // namespace lockstep
