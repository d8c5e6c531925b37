// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <tuple>
#include <type_traits>
#include <utility>

#include "lockstep/field.hpp"
#include "lockstep/native_object.hpp"
#include "lockstep/native_stores.hpp"
#include "lockstep/native_task.hpp"
#include "lockstep/native_updates.hpp"
#include "lockstep/order.hpp"

namespace lockstep {

struct Task;

/// The machine on which tasks are threads and cells are atomics. A site is the access alone: its
/// name is a type and its order a constant, so what is left is what a hand-written lock consists
/// of. `Layout` says what the objects are made of, and which kinds are `Allocated`; `Rcu` is NoRcu
/// (type_safe_slab.hpp) or Urcu (urcu.hpp).
///
/// Plain accesses are relaxed ones. So it makes no difference that a compiler may split or repeat
/// what C calls plain; the judges of orders have their say on that.
template <class Layout, class Rcu>
class NativeMachine : public NativeUpdates<NativeMachine<Layout, Rcu>> {
 public:
  template <class Kind>
  using Ref = NativeRef<Layout, Kind>;
  using Stores = NativeStores<Layout, Rcu, typename Layout::Allocated>;

  explicit NativeMachine(Stores& stores) : stores_(stores) {}

  // ---- accesses ----

  template <class S, class O, class F>
  [[gnu::always_inline]] auto load(S, const O& object, const F& field, Order order) {
    return read(object, field, order);
  }
  template <class S, class O, class F, class AO, class AF>
  [[gnu::always_inline]] auto load(S, const O& object, const F& field, Order order,
                                   const Also<AO, AF>& extra) {
    auto before = read(extra.object, extra.field, Order::plain);
    return std::pair{read(object, field, order), before};
  }
  template <class S, class O, class F, class... AO, class... AF>
  requires(sizeof...(AO) > 1)
      [[gnu::always_inline]] auto load(S, const O& object, const F& field, Order order,
                                       const Also<AO, AF>&... extra) {
    std::tuple before{read(extra.object, extra.field, Order::plain)...};
    return std::tuple_cat(std::tuple{read(object, field, order)}, before);
  }
  /// full: smp_store_mb().
  template <class S, class O, class F, class V>
  [[gnu::always_inline]] void store(S, const O& object, const F& field, const V& value,
                                    Order order) {
    auto& to = cell(object, field);
    if (order == Order::full) {
      to.store(raw<F>(value), std::memory_order_relaxed);
      thread_fence(std::memory_order_seq_cst);
    } else {
      to.store(raw<F>(value), to_std(order));
    }
  }
  template <class S, class O, class F, class AO, class AF>
  [[gnu::always_inline]] void store(S site, const O& object, const F& field,
                                    const Also<AO, AF>& value, Order order) {
    store(site, object, field, read(value.object, value.field, Order::plain), order);
  }
  /// Not a read-modify-write: nobody else writes the field now. It may wrap around.
  template <class S, class O, class F>
  [[gnu::always_inline]] void increment(S, const O& object, const F& field, Order order) {
    auto& to = cell(object, field);
    const auto old = static_cast<unsigned>(to.load(std::memory_order_relaxed));
    to.store(static_cast<int>(old + 1), to_std(order));
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] int fetch_sub(S, const O& object, const F& field, int by, Order order) {
    return cell(object, field).fetch_sub(by, to_std(order));
  }
  template <class S, class O, class F, class AO, class AF>
  [[gnu::always_inline]] auto fetch_sub(S, const O& object, const F& field, int by, Order order,
                                        const Also<AO, AF>& extra) {
    auto before = read(extra.object, extra.field, Order::plain);
    return std::pair{cell(object, field).fetch_sub(by, to_std(order)), before};
  }
  template <class S, class O, class F, class... AO, class... AF>
  requires(sizeof...(AO) > 1)
      [[gnu::always_inline]] auto fetch_sub(S, const O& object, const F& field, int by, Order order,
                                            const Also<AO, AF>&... extra) {
    std::tuple before{read(extra.object, extra.field, Order::plain)...};
    return std::tuple_cat(std::tuple{cell(object, field).fetch_sub(by, to_std(order))}, before);
  }
  /// A number that the protocol is built with.
  template <class P>
  static constexpr int parameter(P, int value) {
    return value;
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] int fetch_add(S, const O& object, const F& field, int by, Order order) {
    return cell(object, field).fetch_add(by, to_std(order));
  }
  /// Where `unless` stops it nothing is written, and the look is a relaxed one.
  template <class S, class O, class F, class Unless>
  [[gnu::always_inline]] int fetch_add_unless(S, const O& object, const F& field, int by,
                                              Order order, Unless unless) {
    auto& to = cell(object, field);
    int old = to.load(std::memory_order_relaxed);
    while (!unless(old) &&
           !to.compare_exchange_weak(old, old + by, to_std(order), std::memory_order_relaxed)) {
    }
    return old;
  }
  template <class S, class... W>
  [[gnu::always_inline]] void group(S site, const W&... writes) {
    (store(site, writes.object, writes.field, writes.value, Order::plain), ...);
  }
  template <class S>
  [[gnu::always_inline]] void acquire_after_ctrl_dep(S) {
    thread_fence(std::memory_order_acquire);
  }
  template <class S>
  [[gnu::always_inline]] void fence(S, Order order) {
    thread_fence(to_std(order));
  }

  // ---- waiting ----

  template <class S, class O, class F>
  [[gnu::noinline, gnu::cold]] void wait(S, const O& object, const F& field, int value) {
    auto& from = cell(object, field);
    for (int now; (now = from.load(std::memory_order_relaxed)) != value;) {
      from.wait(now, std::memory_order_relaxed);
    }
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] void wake(S, const O& object, const F& field, int value) {
    wake_at(cell(object, field), value);
  }
  Ref<Task> self() { return &NativeTask<NativeObject<Layout, Task>>::self(); }

  // ---- RCU, and the life of objects ----

  template <class S>
  [[gnu::always_inline]] void rcu_read_lock(S) {
    Rcu::read_lock();
  }
  template <class S>
  [[gnu::always_inline]] void rcu_read_unlock(S) {
    Rcu::read_unlock();
  }
  template <class S, class E>
  void synchronize_rcu(S, E) {
    static_assert(Rcu::has_grace_periods, "a wait for readers needs an Rcu that knows them");
    Rcu::synchronize();
  }
  template <class Kind, class S>
  Ref<Kind> allocate(S) {
    return stores_.template allocate<Kind>();
  }
  /// `field`: what the allocator's link overwrites.
  template <class S, class O, class F>
  void free(S, const O& object, const F& field) {
    overwrite(object, field);
    stores_.free(object);
  }
  template <class S, class O>
  void free(S, const O& object) {
    stores_.free(object);
  }
  template <class S, class O, class F>
  void call_rcu(S, const O& object, const F& field) {
    overwrite(object, field);
    stores_.call_rcu(object);
  }
  template <class S, class O>
  void call_rcu(S, const O& object) {
    stores_.call_rcu(object);
  }

  /// A name costs nothing.
  template <class L, class V>
  [[gnu::always_inline]] V named(L, const V& value) {
    return value;
  }

  /// A look at a field, and the atomic itself: for what is no site.
  template <class O, class F>
  auto peek(const O& object, const F& field) {
    return read(object, field, Order::plain);
  }
  template <class Kind, FixedString N, class Value>
  [[gnu::always_inline]] static auto& cell(Ref<Kind> object, const Field<N, Kind, Value>&) {
    return static_cast<NativeCell<Layout, Field<N, Kind, Value>>&>(*object.raw()).atomic;
  }
  template <class Kind, class A, class I>
  [[gnu::always_inline]] static auto& cell(Ref<Kind> object, const Element<A, I>& element) {
    return static_cast<NativeCell<Layout, A>&>(*object.raw()).atomic[element.index.raw()];
  }

 private:
  friend class NativeUpdates<NativeMachine>;

  /// What the code gets of a field.
  template <class F>
  using Result = typename NativeValue<Layout, typename F::Value>::Type;
  template <class F>
  static constexpr bool refers = std::is_same_v<Result<F>, NativeRef<Layout, typename F::Value>>;

  /// A reference that is loaded once is acquired: the kernel's rcu_dereference() relies on the
  /// address dependency to what it refers to, which C++ has no weaker order for.
  template <class F>
  static constexpr std::memory_order look(Order order) {
    return refers<F> && order == Order::once ? std::memory_order_acquire : to_std(order);
  }
  template <class O, class F>
  [[gnu::always_inline]] static auto read(const O& object, const F& field, Order order) {
    return Result<F>(cell(object, field).load(look<F>(order)));
  }

  template <class O, class F>
  static void overwrite(const O& object, const F& field) {
    cell(object, field)
        .store(garbage<NativeRaw<Layout, typename F::Value>>(), std::memory_order_relaxed);
  }

  template <class F, class V>
  [[gnu::always_inline]] static auto raw(const V& value) {
    if constexpr (std::is_same_v<V, Null>) {
      return NativeRaw<Layout, typename F::Value>{};
    } else if constexpr (IsModelValue<V>::value) {
      return (typename NativeValue<Layout, typename F::Value>::Type{} = value).raw();
    } else if constexpr (std::is_same_v<typename F::Value, int>) {
      return static_cast<int>(value);
    } else {
      return value.raw();
    }
  }

  /// The thread sanitizer knows no fences and gcc warns of that (-Wtsan). It then orders less than
  /// the machine does; a false report cannot come of it, because every cell is atomic.
  [[gnu::always_inline]] static void thread_fence(std::memory_order order) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wtsan"
    std::atomic_thread_fence(order);
#pragma GCC diagnostic pop
  }

  /// seq_cst: as wake_up_process(), and because notify_one() looks for sleepers after it. With less
  /// one that is about to sleep could miss the value, and we the sleeper.
  [[gnu::noinline, gnu::cold]] static void wake_at(std::atomic<int>& to, int value) {
    to.store(value, std::memory_order_seq_cst);
    to.notify_one();
  }

  Stores& stores_;
};

}  // namespace lockstep
