// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "lockstep/order.hpp"
#include "machines/fiber.hpp"
#include "machines/name_numbers.hpp"
#include "machines/stepped_updates.hpp"
#include "machines/values.hpp"
#include "machines/world.hpp"

namespace lockstep {

/// The machine on which tasks are fibers that stop before every site. One access is one step; the
/// orders are not looked at, because the steps are interleaved one after the other (sequentially
/// consistent). An access to memory that is gone, or to a field that nobody has written, ends the
/// step as a fault.
class SteppedMachine : public SteppedUpdates<SteppedMachine> {
 public:
  /// `state` are the atoms of the present state, at an address that stays.
  SteppedMachine(const World& world, Atom* state, const World::Task& task, Fiber& fiber);

  // ---- accesses, one step each ----

  template <class S, class O, class F>
  auto load(S, const O& object, const F& field, Order) {
    enter<S>();
    return read<S>(object, field);
  }
  template <class S, class O, class F, class AO, class AF>
  auto load(S, const O& object, const F& field, Order, const Also<AO, AF>& extra) {
    enter<S>();
    auto before = read<S>(extra.object, extra.field);
    return std::pair{read<S>(object, field), before};
  }
  template <class S, class O, class F, class... AO, class... AF>
  requires(sizeof...(AO) > 1) auto load(S, const O& object, const F& field, Order,
                                        const Also<AO, AF>&... extra) {
    enter<S>();
    std::tuple before{read<S>(extra.object, extra.field)...};
    return std::tuple_cat(std::tuple{read<S>(object, field)}, before);
  }
  template <class S, class O, class F, class V>
  void store(S, const O& object, const F& field, const V& value, Order) {
    enter<S>();
    written<S>(object, field) = atom_of(value);
  }
  template <class S, class O, class F, class AO, class AF>
  void store(S, const O& object, const F& field, const Also<AO, AF>& value, Order) {
    enter<S>();
    const Atom from = atom_of(read<S>(value.object, value.field));
    written<S>(object, field) = from;
  }
  template <class S, class O, class F>
  void increment(S, const O& object, const F& field, Order) {
    enter<S>();
    const int old = read<S>(object, field);
    written<S>(object, field) = old + 1;
  }
  template <class S, class O, class F>
  int fetch_sub(S, const O& object, const F& field, int by, Order) {
    enter<S>();
    return add<S>(object, field, -by);
  }
  template <class S, class O, class F, class AO, class AF>
  auto fetch_sub(S, const O& object, const F& field, int by, Order, const Also<AO, AF>& extra) {
    enter<S>();
    auto before = read<S>(extra.object, extra.field);
    return std::pair{add<S>(object, field, -by), before};
  }
  template <class S, class O, class F, class... AO, class... AF>
  requires(sizeof...(AO) > 1) auto fetch_sub(S, const O& object, const F& field, int by, Order,
                                             const Also<AO, AF>&... extra) {
    enter<S>();
    std::tuple before{read<S>(extra.object, extra.field)...};
    return std::tuple_cat(std::tuple{add<S>(object, field, -by)}, before);
  }
  template <class S, class O, class F>
  int fetch_add(S, const O& object, const F& field, int by, Order) {
    enter<S>();
    return add<S>(object, field, by);
  }
  /// Enabled only while `when` holds of the value.
  template <class S, class O, class F, class When>
  void add_when(S, const O& object, const F& field, int by, Order, When when) {
    enter<S>();
    const int old = value<S>(object, field);
    if (!when(old)) fiber_.refuse();
    written<S>(object, field) = old + by;
  }
  template <class S, class O, class F, class Unless>
  int fetch_add_unless(S, const O& object, const F& field, int by, Order, Unless unless) {
    enter<S>();
    const int old = value<S>(object, field);
    if (unless(old)) return read<S>(object, field);
    written<S>(object, field) = old + by;
    return old;
  }
  template <class S, class... W>
  void group(S, const W&... writes) {
    enter<S>();
    ((written<S>(writes.object, writes.field) = atom_of(writes.value)), ...);
  }
  /// Enabled only while the field has that value.
  template <class S, class O, class F>
  void wait(S, const O& object, const F& field, int value) {
    enter<S>();
    if (read<S>(object, field) != value) fiber_.refuse();
  }
  /// Enabled only while every element of the array field has that value.
  template <class S, class O, class A, class V>
  void wait_every(S, const O& object, const A&, const V& value) {
    enter<S>();
    const World::Cells& cells = cells_of<A>(S::name.data());
    const Atom* first =
        state_ + cells.base + checked(cells, object, S::name.data(), A::name.data()) * cells.width;
    for (std::size_t i = 0; i < cells.width; ++i) {
      touch(first[i], Access::Kind::read);
      if (first[i] != atom_of(value)) fiber_.refuse();
    }
  }
  /// A store for which somebody waits.
  template <class S, class O, class F>
  void wake(S, const O& object, const F& field, int value) {
    store(S{}, object, field, value, Order::once);
  }
  /// Changes nothing, so it is no step: only the judges of orders look at fences.
  template <class S>
  void fence(S, Order) {}
  /// smp_acquire__after_ctrl_dep(): stands on one side of a branch, and makes the read that decided
  /// it an acquire. A count that reaches zero is one. A step as little as a fence.
  template <class S>
  void acquire_after_ctrl_dep(S) {}

  // ---- RCU, and the life of objects ----

  template <class S>
  void rcu_read_lock(S) {
    enter<S>();
    world_.rcu_lock(state_, task_);
  }
  template <class S>
  void rcu_read_unlock(S) {
    enter<S>();
    world_.rcu_unlock(state_, task_);
  }
  /// synchronize_rcu(): two steps, because it is no moment but a wait. At `S` it is noted which
  /// sections are open; `E` is enabled once these have ended, whoever has begun another since.
  template <class S, class E>
  void synchronize_rcu(S, E) {
    enter<S>();
    if (world_.in_section(state_, task_)) {
      fail(S::name.data(), "synchronize_rcu within a section of", "", task_.name);
    }
    world_.sync(state_, task_);
    enter<E>();
    if (!world_.synced(state_, task_)) fiber_.refuse();
  }
  template <class K, class S>
  Handle<K> allocate(S) {
    const auto object = choose<K>();
    enter<S>();
    if (!world_.allocatable(state_, object.atom)) fiber_.refuse();
    world_.allocate(state_, object.atom);
    return object;
  }
  /// `F`: what the allocator's link overwrites.
  template <class S, class O, class F>
  void free(S, const O& object, const F&) {
    enter<S>();
    free_object(S::name.data(), atom_of(object), &cells_of<F>(S::name.data()),
                World::Goes::by_lifetime);
  }
  /// The link lies beside the fields.
  template <class S, class O>
  void free(S, const O& object) {
    enter<S>();
    free_object(S::name.data(), atom_of(object), nullptr, World::Goes::by_lifetime);
  }
  /// call_rcu() with a callback that frees, or kfree_rcu(): what free() is of a kind that is
  /// `rcu_freed`, and one that is `freed` has besides. `F`: what the rcu_head overwrites.
  template <class S, class O, class F>
  void call_rcu(S, const O& object, const F&) {
    enter<S>();
    free_object(S::name.data(), atom_of(object), &cells_of<F>(S::name.data()),
                World::Goes::after_grace);
  }
  template <class S, class O>
  void call_rcu(S, const O& object) {
    enter<S>();
    free_object(S::name.data(), atom_of(object), nullptr, World::Goes::after_grace);
  }

  // ---- choices and private looks ----

  /// A number that the protocol is built with.
  template <class P>
  static int parameter(P, int value) {
    return value;
  }

  /// A place where the task chooses what to do next.
  template <class P>
  void point(P) {
    if (fiber_.choosing) fiber_.fail("%s: a point directly after a point", P::name.data());
    state_[task_.pc] = names_[NameNumber<P>::value];
    fiber_.stop();
    fiber_.choosing = true;
  }
  /// The task stops at this place for ever.
  template <class P>
  [[noreturn]] void rest(P place) {
    point(place);
    for (;;) fiber_.refuse();
  }
  /// Which way to go: not part of the step's arguments.
  int branch(int ways) { return static_cast<int>(fiber_.digit(static_cast<std::uint32_t>(ways))); }
  /// An argument of the step: an object of the kind.
  template <class K>
  Handle<K> choose() {
    const auto& kind = world_.kind(K::kind);
    const auto digit = fiber_.digit(static_cast<std::uint32_t>(kind.objects.size()));
    const Atom atom = world_.first_object(K::kind) + static_cast<Atom>(digit);
    fiber_.argument(atom);
    return {atom};
  }
  /// This choice is not enabled unless the condition holds.
  void assume(bool condition) {
    if (!condition) fiber_.refuse();
  }
  /// A look at a field that only this task may change now; to be used before the next stop.
  template <class O, class F>
  auto peek(const O& object, const F& field) {
    touch(cell<Site<"peek">>(object, field),
          fiber_.choosing ? Access::Kind::peek : Access::Kind::late_peek);
    return value<Site<"peek">>(object, field);
  }

  template <class L, class V>
  auto named(L, const V& value) {
    using Plain = typename PlainOf<V>::type;
    if (locals_[NameNumber<L>::value] == nullptr) {
      fiber_.fail("local %s is not in the protocol's world", L::name.data());
    }
    const World::LocalSlots& local = *locals_[NameNumber<L>::value];
    return NamedLocal<Plain>(state_ + local.base + task_.index, local.dead, Plain(value));
  }
  /// The task itself, and the object that it stands for.
  Handle<void> self() const { return {task_.name}; }
  template <class K>
  Handle<K> own() const {
    return {task_.name};
  }

 private:
  friend class SteppedUpdates<SteppedMachine>;

  template <class S>
  void enter() {
    if (fiber_.choosing) {
      fiber_.choosing = false;
    } else {
      state_[task_.pc] = names_[NameNumber<S>::value];
      fiber_.stop();
    }
    fiber_.at_site(names_[NameNumber<S>::value]);
  }

  /// The cells of a field. A world that lacks it is a fault that names site and field.
  template <class F>
  const World::Cells& cells_of(const char* site) {
    const World::Cells* known = fields_[NameNumber<F>::value];
    if (known == nullptr) lacks(site, F::name.data());
    return *known;
  }
  template <class S, class O, FixedString N, class OK, class VK>
  Atom& cell(const O& object, const Field<N, OK, VK>&) {
    const World::Cells& cells = cells_of<Field<N, OK, VK>>(S::name.data());
    return state_[cells.base + checked(cells, object, S::name.data(), N.text)];
  }
  template <class S, class O, class A, class I>
  Atom& cell(const O& object, const Element<A, I>& element) {
    const World::Cells& cells = cells_of<A>(S::name.data());
    const auto index = static_cast<std::size_t>(atom_of(element.index) - cells.first_index);
    if (index >= cells.width)
      fail(S::name.data(), "a wild index into", A::name.data(), atom_of(object));
    return state_[cells.base +
                  checked(cells, object, S::name.data(), A::name.data()) * cells.width + index];
  }
  /// The number of the object, if it may be touched.
  template <class O>
  std::size_t checked(const World::Cells& cells, const O& object, const char* site,
                      const char* field) {
    const auto number = static_cast<std::size_t>(atom_of(object) - cells.first_object);
    if (number >= cells.objects) fail(site, "a wild reference to", field, atom_of(object));
    if (!world_.is_there(state_, cells, number)) {
      fail(site, "use after free of", field, atom_of(object));
    }
    return number;
  }
  void touch(const Atom& at, Access::Kind kind) {
    if (fiber_.noting) fiber_.note({static_cast<std::uint32_t>(&at - state_), kind});
  }
  template <class S, class O, class F>
  Atom& written(const O& object, const F& field) {
    Atom& to = cell<S>(object, field);
    touch(to, Access::Kind::write);
    return to;
  }
  template <class S, class O, class F>
  auto read(const O& object, const F& field) {
    touch(cell<S>(object, field), Access::Kind::read);
    return value<S>(object, field);
  }
  template <class S, class O, class F>
  auto value(const O& object, const F& field) {
    const Atom atom = cell<S>(object, field);
    using Value = typename F::Value;
    if constexpr (std::is_same_v<Value, int>) {
      if (is_symbol(atom)) {
        fail(S::name.data(), "a read of what nobody has written:", name_of_field(field).data(),
             atom_of(object));
      }
    }
    return ValueOf<Value>::from(atom);
  }
  template <class S, class O, class F>
  int add(const O& object, const F& field, int by) {
    const int old = value<S>(object, field);
    written<S>(object, field) = old + by;
    return old;
  }
  template <FixedString N, class OK, class VK>
  static constexpr std::string_view name_of_field(const Field<N, OK, VK>&) {
    return Field<N, OK, VK>::name;
  }
  template <class A, class I>
  static constexpr std::string_view name_of_field(const Element<A, I>&) {
    return A::name;
  }
  void free_object(const char* site, Atom object, const World::Cells* overwritten,
                   World::Goes goes);
  /// Ends the step as a fault: `Put_Dec: use after free of vm_refcnt[v1]`.
  [[noreturn]] void fail(const char* site, const char* what, const char* field, Atom object);
  [[noreturn]] void lacks(const char* site, const char* field);

  const World& world_;
  Atom* state_;
  const World::Task& task_;
  Fiber& fiber_;
  // By NameNumber; null where this world has no such name.
  std::vector<Atom> names_;
  std::vector<const World::Cells*> fields_;
  std::vector<const World::LocalSlots*> locals_;
};

}  // namespace lockstep
