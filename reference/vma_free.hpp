// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// How VMAs are freed under readers that have found them in an RCU section, and what keeps an mm:
// the per-VMA lock of January 2023. munmap() hands each VMA to call_rcu(), exit_mmap() frees them
// at once, because whoever looks a VMA up holds mm_users (the outcome of the thread). Sources:
// Suren Baghdasaryan's series "Per-VMA locks", patches 09, 26 and 39, and the replies. Functions
// are called as in spec/kernel.json, though some do other things today.
//
//   vm_lock   the rwsem: n > 0 readers; -1 a writer
//   vm_start  what the bounds cover: 1 the VMA's own address; 2 nothing; 0 every address, which is
//             what the rcu_head of a VMA makes of them while nothing is queued behind it
//   mm_users  at 0 exit_mmap() runs
//   mm_count  at 0 the mm is freed; all of mm_users are one of it
#pragma once

#include "callbacks.hpp"
#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

namespace lockstep::vma_free {

using enum Order;

struct Address {
  static constexpr std::string_view kind = "Slot";
};
struct Mm {
  static constexpr std::string_view kind = "Mm";
};
struct Vma {
  static constexpr std::string_view kind = "Vma";
};

inline constexpr Field<"vm_mm", Vma, Mm> vm_mm;
inline constexpr Field<"vm_start", Vma, int> vm_start;
inline constexpr Field<"vm_lock", Vma, int> vm_lock;
inline constexpr Field<"vm_name", Vma, int> vm_name;  ///< its anon_vma_name: 1 there, 0 freed
inline constexpr Field<"vm_link", Vma, Vma> vm_link;  ///< the next of a list of VMAs to free
inline constexpr ArrayField<"tree", Mm, Vma, Address> tree;
inline constexpr Field<"mm_users", Mm, int> mm_users;
inline constexpr Field<"mm_count", Mm, int> mm_count;
/// The list of patch 39.
inline constexpr Field<"free_lock", Mm, int> free_lock;
inline constexpr Field<"free_head", Mm, Vma> free_head;
inline constexpr Field<"free_nr", Mm, int> free_nr;
using Queue = Callbacks<Vma>;

inline constexpr int everything = 0, own_address = 1, nothing = 2;  ///< vm_start
inline constexpr int there = 1, gone = 0;                           ///< vm_name

/// `Self` is the protocol itself, or a variant that replaces some of its functions.
template <class M, class Self>
class VmaFree {
 public:
  /// `list_limit`: a list of VMAs to free is drained when it has more.
  VmaFree(M& machine, int list_limit)
      : m(machine), limit(m.parameter("Limit"_parameter, list_limit)) {}

  // ---- Readers ---------------------------------------------------------------------------------

  /// Is `vma`, which the tree has at `address`, read-locked now?
  bool vma_start_read(const auto& mm, const auto& address, const auto& vma) {
    self().look_at_name(vma);
    // acquire: the tree, as the writer left it that dropped the lock.
    // kernel: vma_start_read, down_read_trylock
    // pairs with Isolate_Unlock
    const auto count = m.fetch_add_unless("Lookup_Trylock"_site, vma, vm_lock, 1, acquire,
                                          [this](auto n) { return self().no_more(n); });
    if (self().no_more(count)) return false;
    // Of a VMA that is queued already this is what its rcu_head says.
    // kernel: lock_vma_under_rcu (here once: its rcu_head may be written now)
    // races with Queue_Link
    if (m.load("Lookup_CheckRange"_site, vma, vm_start, once) >= nothing) {
      self().turned_away(vma);
      return false;
    }
    return self().still_there(mm, address, vma);
  }
  // kernel: vma_end_read, up_read
  void vma_end_read(const auto& vma) {
    // release: what the reader looked at, before what the next writer does.
    m.fetch_sub("Use_Unlock"_site, vma, vm_lock, 1, release);
  }

  // ---- Writers, under mmap_lock ----------------------------------------------------------------

  /// `vma` leaves the tree: no reader is inside, and none that has found it stays.
  void isolate(const auto& mm, const auto& address, const auto& vma) {
    // acquire: after what the readers did.
    // kernel: vma_start_write, down_write
    self().down_write("Isolate_Lock"_site, vma);
    self().empty_bounds(vma);
    self().leave_tree(mm, address, vma);
  }
  void down_write(auto site, const auto& vma) {
    m.add_when(site, vma, vm_lock, -1, acquire, [](auto n) { return n == 0; });
  }
  void leave_tree(const auto& mm, const auto& address, const auto& vma) {
    // kernel: vma_iter_clear_gfp, rcu_assign_pointer (here once: there is nothing to publish)
    self().clear_tree("Isolate_Clear"_site, mm, address);
    // release: the tree before whoever gets the lock from here on.
    // kernel: vma_end_write_all, up_write
    // pairs with Lookup_Trylock
    self().up_write("Isolate_Unlock"_site, vma);
  }
  void clear_tree(auto site, const auto& mm, const auto& address) {
    m.store(site, mm, tree[address], null, once);
  }
  void up_write(auto site, const auto& vma) { m.fetch_add(site, vma, vm_lock, 1, release); }

  // ---- Freeing ---------------------------------------------------------------------------------

  /// `vma` is in no tree any more.
  void vm_area_free(const auto&, const auto& cpu, auto& vma) {
    Queue::call_rcu(m, cpu, vma, self());
  }
  /// Makes one callback of all that are on a list.
  void drain(const auto&, const auto&) {}

  /// The rcu_head lies over the bounds: a start of NULL, and for the end the address of a function.
  void link(const auto& vma) {
    // kernel: rcu_segcblist_enqueue
    m.group("Queue_Link"_site, write(vma, Queue::rcu_next, null), write(vma, vm_start, everything));
  }
  /// Another is queued behind, whose address is no user's: the bounds are empty.
  void next(const auto& cpu, const auto& last, const auto& vma) {
    // kernel: rcu_segcblist_enqueue, WRITE_ONCE (here plain: under the lock)
    m.group("Queue_Behind"_site, write(last, Queue::rcu_next, vma), write(last, vm_start, nothing),
            write(cpu, Queue::cb_tail, vma));
  }

  /// What the CPU's task does before the callbacks.
  // kernel: rcu_do_batch, synchronize_rcu
  void grace() { m.synchronize_rcu("Rcu_Begin"_site, "Rcu_End"_site); }
  void callback(auto& next) {
    const auto vma = m.named("cnow"_local, next);
    next = Queue::behind(m, vma);
    self().assert_unlocked(vma);
    self().free_now("Callback_"_site, vma);
  }
  void assert_unlocked(const auto& vma) {
    // kernel: vm_area_free, rwsem_is_locked
    m.load("Callback_CheckLock"_site, vma, vm_lock, once);
  }
  void free_now(auto prefix, const auto& vma) {
    self().free_name(prefix + "FreeName"_site, vma);  // kernel: free_anon_vma_name
    m.free(prefix + "Free"_site, vma);                // kernel: vm_area_free, kmem_cache_free
  }
  void free_name(auto site, const auto& vma) { m.store(site, vma, vm_name, gone, plain); }

  // ---- Exit ------------------------------------------------------------------------------------

  /// One VMA of an mm that nobody uses.
  void exit_one(const auto& mm, const auto&, auto& address, auto& vma) {
    self().free_now("Exit_"_site, vma);
    // kernel: exit_mmap
    m.store("Exit_Clear"_site, mm, tree[address], null, plain);
  }

  /// Nothing is mapped any more.
  void destroy(const auto& mm) {
    m.wait_every("Exit_Destroy"_site, mm, tree, null);  // kernel: exit_mmap, rcu_dereference
  }

  // ---- The parts that variants replace ---------------------------------------------------------

  static constexpr bool ranges = false;       ///< munmap() gathers what it unmaps
  static constexpr bool lists = false;        ///< VMAs to free are on a list of the mm
  static constexpr bool exit_defers = false;  ///< exit_mmap() leaves its VMAs to vm_area_free()

  void pin(const auto& mm) {
    // kernel: get_task_mm, mmget_not_zero (here once: it orders nothing)
    m.add_when("Fault_Get"_site, mm, mm_users, 1, once, [](auto n) { return n >= 1; });
  }
  void drop(const auto& mm) {
    // release: what the reader did, before exit_mmap().
    // kernel: mmput, atomic_dec_and_test (here release: no more is needed)
    // pairs with Exit_Last
    m.fetch_sub("Fault_Put"_site, mm, mm_users, 1, release);
  }
  void give_up(const auto& mm) { self().drop(mm); }
  /// A writer has the lock of the VMA.
  auto no_more(const auto& count) { return count < 0; }
  void use(const auto& mm, const auto& vma) {
    self().fault(vma);
    self().drop(mm);
  }
  void fault(const auto& vma) {
    m.load("Use_Start"_site, vma, vm_start, plain);  // kernel: handle_mm_fault
    self().use_name(vma);
    self().vma_end_read(vma);
  }
  // kernel: handle_mm_fault
  void use_name(const auto& vma) { m.load("Use_Name"_site, vma, vm_name, plain); }
  void look_at_name(const auto& vma) {
    // kernel: none, as who prints the name of a VMA without its lock
    m.load("Lookup_Name"_site, vma, vm_name, once);
  }
  bool still_there(const auto& mm, const auto& address, const auto& vma) {
    // kernel: mas_walk, rcu_dereference
    if (m.load("Lookup_Rewalk"_site, mm, tree[address], once) == vma) return true;
    self().turned_away(vma);
    return false;
  }
  void found() {
    m.rcu_read_unlock("Lookup_Found"_site);  // kernel: lock_vma_under_rcu, rcu_read_unlock
  }
  void turned_away(const auto& vma) {
    // kernel: vma_end_read, up_read (here once: nobody takes the lock of a VMA that has left)
    m.fetch_sub("Lookup_Unlock"_site, vma, vm_lock, 1, once);
  }
  void empty_bounds(const auto&) {}

  M& m;
  using Number = decltype(m.parameter("Limit"_parameter, 0));
  const Number limit;

 protected:
  Self& self() { return static_cast<Self&>(*this); }
};

template <class M>
struct Holds : VmaFree<M, Holds<M>> {
  using VmaFree<M, Holds<M>>::VmaFree;
};

// ---- The endless tasks that use it -------------------------------------------------------------

/// Page faults in the mm of another task, one after another.
template <class Protocol>
void reader(Protocol& p) {
  auto& m = p.m;
  for (;;) {
    m.point("Reader_Idle"_point);
    const auto mm = m.named("rmm"_local, m.template choose<Mm>());
    auto address = m.named("raddr"_local, m.template choose<Address>());
    p.pin(mm);
    m.rcu_read_lock("Lookup_RcuLock"_site);  // kernel: lock_vma_under_rcu, rcu_read_lock
    // kernel: mas_walk, rcu_dereference
    // pairs with Map_Store
    auto vma = m.named("rvma"_local, m.load("Lookup_Walk"_site, mm, tree[address], once));
    if (vma != null) {
      if (p.vma_start_read(mm, address, vma)) {
        p.found();
        p.use(mm, vma);
        continue;
      }
    }
    vma.forget();
    address.forget();
    m.rcu_read_unlock("Lookup_GiveUp"_site);  // kernel: lock_vma_under_rcu, rcu_read_unlock
    p.give_up(mm);
  }
}

/// Who maps and unmaps, under mmap_lock; at last the exit of the mm, by whoever put its last user.
template <class Protocol>
class Process {
 public:
  explicit Process(Protocol& protocol) : p(protocol), m(p.m) {}

  void run() {
    const auto mm = m.template own<Mm>();
    m.point("Process_New"_point);
    auto cpu = m.named("wcpu"_local, m.template choose<Cpu>());
    // kernel: mm_alloc, atomic_set (here plain: nobody has the mm yet)
    m.group("Process_Init"_site, write(mm, mm_users, 1), write(mm, mm_count, 1));
    auto exiting = m.named("exiting"_local, false);
    for (;;) {
      live(mm, cpu, exiting);
      if (exit_mmap(mm, cpu, exiting)) break;
    }
    exiting.forget();
    cpu.forget();
    // kernel: mmdrop, atomic_dec_and_test (here once: nobody else has counted)
    m.fetch_sub("Exit_Drop"_site, mm, mm_count, 1, once);
    m.rest("Process_Gone"_point);
  }

 private:
  /// Until the mm exits.
  void live(const auto& mm, const auto& cpu, auto& exiting) {
    for (;;) {
      if constexpr (Protocol::ranges) {
        if (m.peek(mm, free_head) != null) {
          m.point("Process_Unmapping"_point);
          if (m.branch(2) == 0) {
            unmap(mm, cpu);
          } else {
            p.drain(mm, cpu);
          }
          if (exiting) return;
          continue;
        }
      }
      m.point("Process_Idle"_point);
      const int what = m.branch(3);
      if (what == 0) {
        map(mm);
      } else if (what == 1) {
        unmap(mm, cpu);
        if constexpr (Protocol::exit_defers) {
          if (exiting) return;
        }
      } else {
        // kernel: mmput, atomic_dec_and_test (here once: what the process did is its own)
        m.fetch_sub("Exit_Put"_site, mm, mm_users, 1, once);
        // acquire: after what the last user did, whoever that was.
        // kernel: mmput, atomic_dec_and_test (here acquire: each put is a release)
        // pairs with Fault_Put
        m.add_when("Exit_Last"_site, mm, mm_users, 0, acquire, [](auto n) { return n == 0; });
        exiting = true;
        return;
      }
    }
  }
  void map(const auto& mm) {
    const auto address = m.named("wslot"_local, m.template choose<Address>());
    m.assume(m.peek(mm, tree[address]) == null);
    // kernel: vm_area_alloc, kmem_cache_alloc
    const auto vma = m.named("wvma"_local, m.template allocate<Vma>("Map_Alloc"_site));
    // kernel: vm_area_alloc
    m.group("Map_Init"_site, write(vma, vm_mm, mm), write(vma, vm_start, own_address),
            write(vma, vm_lock, 0), write(vma, vm_name, there));
    // release: the fields before whoever finds the VMA.
    // kernel: vma_iter_store_new, rcu_assign_pointer
    // pairs with Lookup_Walk
    m.store("Map_Store"_site, mm, tree[address], vma, release);
  }
  void unmap(const auto& mm, const auto& cpu) {
    auto address = m.named("wslot"_local, m.template choose<Address>());
    m.assume(m.peek(mm, tree[address]) != null);
    // kernel: vma_find, rcu_dereference (here plain: under mmap_lock nobody else writes the tree)
    auto vma = m.named("wvma"_local, m.load("Unmap_Find"_site, mm, tree[address], plain));
    p.isolate(mm, address, vma);
    address.forget();
    p.vm_area_free(mm, cpu, vma);
  }

  /// True once nothing of the mm is left. Where VMAs are freed by the code that munmap() has, the
  /// local says whose turn it is.
  bool exit_mmap(const auto& mm, const auto& cpu, const auto& exiting) {
    for (;;) {
      m.point("Process_Exiting"_point);
      if (m.branch(2) == 0) {
        auto address = m.named("wslot"_local, m.template choose<Address>());
        m.assume(m.peek(mm, tree[address]) != null);
        // kernel: vma_find, rcu_dereference (here plain: under mmap_lock nobody else writes the
        // tree)
        auto vma = m.named("wvma"_local, m.load("Exit_Find"_site, mm, tree[address], plain));
        p.exit_one(mm, cpu, address, vma);
      } else {
        p.destroy(mm);
        if constexpr (!Protocol::lists) return true;
        if (m.peek(mm, free_head) == null) return true;
        p.drain(mm, cpu);
      }
      if constexpr (Protocol::exit_defers) {
        if (!exiting) return false;
      }
    }
  }

  Protocol& p;
  decltype(Protocol::m)& m;
};

/// The task of a CPU that makes the callbacks.
template <class Protocol>
void callbacks(Protocol& p) {
  Queue::run(
      p.m, [&] { p.grace(); }, [&](auto& next) { p.callback(next); });
}

}  // namespace lockstep::vma_free
