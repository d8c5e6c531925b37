// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// lock_vma_under_rcu() over the abstract lock that every generation of the per-VMA lock refines
// (spec/vma_lock): how a reader finds a VMA without mmap_lock, locks it, and learns whether it is
// still the one. The form that holds is that of January 2023, which walks the tree again; the
// variants have the detached flag and the count of later kernels. Sources: Suren Baghdasaryan's
// series of January 2023 (patches 23 and 28), and the answers of Jann Horn and Liam R. Howlett.
//
//   vm_lock    n >= 0 readers; -1 write-locked until the marks are released; -2 detached, where
//              the lock itself says so
//   vm_first, vm_last
//              the two addresses that a VMA covers, or the same twice
//   mm_root    is the tree a bare entry, which stands for the range 0-0 alone?
#pragma once

#include <optional>
#include <utility>

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

namespace lockstep::vma_lookup {

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

inline constexpr Field<"vm_lock", Vma, int> vm_lock;
inline constexpr Field<"vm_first", Vma, Address> vm_first;
inline constexpr Field<"vm_last", Vma, Address> vm_last;
inline constexpr Field<"vm_data", Vma, int> vm_data;  ///< a page fault reads it, a writer writes it
inline constexpr Field<"vm_detached", Vma, int> vm_detached;  ///< of the variants that have it
inline constexpr ArrayField<"tree", Mm, Vma, Address> tree;
inline constexpr Field<"mm_root", Mm, int> mm_root;

inline constexpr int torn = 0, whole = 1;          ///< vm_data while it is written; of a new VMA
inline constexpr int nodes = 0, bare = 1;          ///< mm_root
inline constexpr int off = 0, on = 1;              ///< vm_detached
inline constexpr int unlocked = 0, detached = -2;  ///< vm_lock, besides readers and -1

/// `Self` is the protocol itself, or a variant that replaces some of its functions.
template <class M, class Self>
class VmaLookup {
 public:
  explicit VmaLookup(M& machine) : m(machine) {}

  // ---- The abstract lock -----------------------------------------------------------------------

  /// Is `vma` read-locked now? False where it is write-locked.
  bool vma_start_read(const auto& vma) {
    // acquire: the VMA as it was when its marks were released.
    // kernel: vma_start_read, down_read_trylock
    // pairs with Modify_EndWrite, New_EndWrite, Split_EndWrite, Expand_EndWrite, Merge_EndWrite,
    // Shift_EndWrite, Unmap_EndWrite
    const auto count = m.fetch_add_unless("StartRead_Trylock"_site, vma, vm_lock, 1, acquire,
                                          [](auto n) { return n < 0; });
    return !(count < 0);
  }
  void vma_end_read(const auto& vma) {
    // release: what the reader looked at, before what the next writer does to it.
    // kernel: vma_end_read, up_read
    // pairs with StartWrite_Lock
    m.fetch_sub("EndRead_Unlock"_site, vma, vm_lock, 1, release);
  }
  /// Returns once no reader is inside. Readers are kept out until the marks are released.
  void vma_start_write(const auto& vma) {
    // acquire: after what the readers did.
    // kernel: vma_start_write, down_write
    // pairs with EndRead_Unlock
    m.add_when("StartWrite_Lock"_site, vma, vm_lock, -1, acquire, [](auto n) { return n == 0; });
  }
  /// Releases the mark of one VMA. In Linux one act releases all; one after the other allows more.
  void vma_end_write_all(auto prefix, const auto& vma) {
    // release: what was written under the mark before it is gone.
    // kernel: vma_end_write_all, smp_store_release
    // pairs with StartRead_Trylock
    m.store(prefix + "EndWrite"_site, vma, vm_lock, unlocked, release);
  }

  // ---- The lookup ------------------------------------------------------------------------------

  /// The VMA at `address`, read-locked; or none, and the fault takes mmap_lock.
  auto lock_vma_under_rcu(const auto& mm, const auto& address) {
    using Locked = decltype(m.named("rvma"_local, self().walk(mm, address)));
    std::optional<Locked> found;
    self().rcu_read_lock("Lookup_RcuLock"_site);
    if (self().root_has_none(mm)) {
      self().rcu_read_unlock("Lookup_RcuUnlockNone"_site);
      return found;
    }
    auto vma = m.named("rvma"_local, self().walk(mm, address));
    for (;;) {
      if (vma == null) {
        self().rcu_read_unlock("Lookup_RcuUnlockNone"_site);
        return found;
      }
      if (!vma_start_read(vma)) {
        vma = null;
      } else if (self().validate(mm, address, vma)) {
        break;
      }
    }
    self().rcu_read_unlock("Lookup_RcuUnlock"_site);
    found.emplace(std::move(vma));
    return found;
  }

  // ---- The parts that variants replace ---------------------------------------------------------

  void rcu_read_lock(auto site) { m.rcu_read_lock(site); }
  void rcu_read_unlock(auto site) { m.rcu_read_unlock(site); }

  /// A bare entry is that of index 0, and a page has more: it is no VMA's.
  // kernel: mas_walk, rcu_dereference
  bool root_has_none(const auto& mm) {
    return m.load("Lookup_Root"_site, mm, mm_root, once) == bare;
  }
  auto walk(const auto& mm, const auto& address) {
    // kernel: mas_walk, rcu_dereference
    // pairs with New_Store
    return m.load("Lookup_Walk"_site, mm, tree[address], once);
  }

  /// `vma` is locked. Is it the one at `address`? If not it is unlocked, and another one or null.
  bool validate(const auto& mm, const auto& address, auto& vma) {
    return self().confirmed(mm, address, vma);
  }
  bool turned_away(auto& vma) {
    // kernel: vma_end_read, up_read
    m.fetch_sub("Range_Unlock"_site, vma, vm_lock, 1, release);
    vma = null;
    return false;
  }
  // kernel: lock_vma_under_rcu
  bool covers(const auto& vma, const auto& address) {
    if (m.load("Lookup_CheckFirst"_site, vma, vm_first, plain) == address) return true;
    return m.load("Lookup_CheckLast"_site, vma, vm_last, plain) == address;
  }
  /// The second walk, from the address: is `vma` in the tree still?
  bool confirmed(const auto& mm, const auto& address, auto& vma) {
    // kernel: mas_walk, rcu_dereference
    const auto now = m.load("Rewalk_Walk"_site, mm, tree[address], once);
    if (now == vma) return true;
    const auto locked = m.named("rmissed"_local, vma);
    vma = now;
    self().missed(locked);
    return false;
  }
  void missed(const auto& vma) {
    // kernel: vma_end_read, up_read (here once: the reader has looked at nothing of it)
    m.fetch_sub("Miss_Unlock"_site, vma, vm_lock, 1, once);
  }

  static constexpr int at_alloc = unlocked;  ///< vm_lock of a new VMA
  static constexpr bool recycles = false;    ///< may a VMA be used anew without a grace period?
  static constexpr bool bare_vmas = false;   ///< may a bare root be a VMA?

  void lock_vma(const auto& vma) { vma_start_write(vma); }
  void lock_new(const auto& vma) {
    // kernel: vma_start_write, down_write (here once: nobody has had it)
    m.add_when("New_Lock"_site, vma, vm_lock, -1, once, [](auto n) { return n == 0; });
  }
  /// Of a VMA that is taken out of the tree.
  void end_write_detached(auto prefix, const auto& vma) { vma_end_write_all(prefix, vma); }
  void vma_mark_attached(const auto&) {}
  void vma_mark_detached(auto, const auto&) {}
  void vm_area_free(auto site, const auto& vma) { m.free(site, vma); }

  // kernel: none, no mm has a bare root
  void wait_for_empty(const auto& mm) { m.wait_every("Reserve_Walk"_site, mm, tree, null); }

  // kernel: __split_vma
  void split_bounds(const auto& vma) {
    m.store("Split_SetLast"_site, vma, vm_last, also(vma, vm_first), plain);
  }
  /// `to` is the other address of `vma` from now on.
  void grow(const auto& mm, const auto& vma, const auto& to) {
    m.store("Expand_SetLast"_site, vma, vm_last, to, plain);  // kernel: vma_expand
    // kernel: mas_store_prealloc, rcu_assign_pointer (here once: the VMA is there already)
    m.store("Expand_Store"_site, mm, tree[to], vma, once);
    vma_end_write_all("Expand_"_site, vma);
  }
  // kernel: vma_expand
  void shift_first(const auto& vma) {
    m.store("Shift_SetFirst"_site, vma, vm_first, also(vma, vm_last), plain);
  }
  // kernel: vma_expand
  void shift_last(const auto& vma) {
    m.store("Shift_SetLast"_site, vma, vm_last, also(vma, vm_first), plain);
  }
  /// Copies `source` field by field: never the lock. The bounds are set by who inserts the copy.
  void vm_area_dup(const auto& source, const auto& vma) {
    m.store("Dup_SetLock"_site, vma, vm_lock, Self::at_alloc, plain);
    m.store("Dup_CopyData"_site, vma, vm_data, also(source, vm_data), plain);
  }

  M& m;

 private:
  Self& self() { return static_cast<Self&>(*this); }
};

template <class M>
struct Holds : VmaLookup<M, Holds<M>> {
  using VmaLookup<M, Holds<M>>::VmaLookup;
};

// ---- The endless tasks that use it -------------------------------------------------------------

/// Page faults, one after another.
template <class Protocol>
void reader(Protocol& p) {
  auto& m = p.m;
  for (;;) {
    m.point("Reader_Idle"_point);
    const auto mm = m.named("rmm"_local, m.template choose<Mm>());
    const auto address = m.named("raddr"_local, m.template choose<Address>());
    const auto vma = p.lock_vma_under_rcu(mm, address);
    if (!vma) continue;
    m.load("Use_LoadData"_site, *vma, vm_data, plain);  // kernel: handle_mm_fault
    p.vma_end_read(*vma);
  }
}

/// The writers of an mm, which mmap_lock serialises. Each section does one thing. `last_contents`:
/// what a change leaves in vm_data; `whole`, or more, and then it differs from a new VMA.
template <class Protocol>
class Writer {
 public:
  Writer(Protocol& protocol, int last_contents)
      : p(protocol), m(p.m), last(m.parameter("Contents"_parameter, last_contents)) {}

  void run() {
    const auto mm = m.template own<Mm>();
    for (;;) {
      m.point("Writer_Idle"_point);
      const int what = m.branch(3);
      if (what == 0) {
        reserve(mm);
        continue;
      }
      auto slot = m.named("wslot"_local, m.template choose<Address>());
      if (what == 1) {
        map(mm, slot);
      } else {
        change(mm, slot);
      }
    }
  }

 private:
  /// An entry for index 0 alone, in a tree that has no other: a bare root. Or it goes.
  // kernel: none, no mm has one
  void reserve(const auto& mm) {
    if (m.branch(2) == 0) {
      m.assume(m.peek(mm, mm_root) == nodes);
      p.wait_for_empty(mm);
      m.store("Reserve_Store"_site, mm, mm_root, bare, once);
    } else {
      m.assume(m.peek(mm, mm_root) == bare);
      m.store("Reserve_Clear"_site, mm, mm_root, nodes, once);
    }
  }

  void map(const auto& mm, const auto& slot) {
    const auto old = m.named("wvma"_local, m.peek(mm, tree[slot]));
    m.assume(old == null);
    if (!Protocol::bare_vmas) m.assume(m.peek(mm, mm_root) == nodes);
    // kernel: vm_area_alloc, kmem_cache_alloc
    const auto vma = m.named("wnew"_local, m.template allocate<Vma>("Map_Alloc"_site));
    // kernel: vm_area_alloc
    m.group("Alloc_Init"_site, write(vma, vm_lock, Protocol::at_alloc), write(vma, vm_data, whole));
    insert(mm, slot, old, vma);
  }
  /// `old` covered the address until now, or is null, or the same VMA in its former life.
  void insert(const auto& mm, const auto& slot, const auto& old, const auto& vma) {
    m.store("New_SetFirst"_site, vma, vm_first, slot, plain);  // kernel: vm_area_alloc
    m.store("New_SetLast"_site, vma, vm_last, slot, plain);    // kernel: vm_area_alloc
    p.lock_new(vma);
    p.vma_mark_attached(vma);
    // kernel: vma_iter_store_new, rcu_assign_pointer
    // pairs with Lookup_Walk
    m.store("New_Store"_site, mm, tree[slot], vma, release);
    p.vma_end_write_all("New_"_site, vma);
    if (old == null) return;
    if constexpr (Protocol::recycles) {
      if (old == vma) return;
    }
    p.vma_end_write_all("Split_"_site, old);
  }

  void change(const auto& mm, auto& slot) {
    m.assume(m.peek(mm, tree[slot]) != null);
    // kernel: vma_find, rcu_dereference (here plain: under mmap_lock nobody else writes the tree)
    const auto vma = m.named("wvma"_local, m.load("Find_Walk"_site, mm, tree[slot], plain));
    p.lock_vma(vma);
    m.point("Writer_Locked"_point);
    const int what = m.branch(4);
    if (what == 0) return modify(vma);
    if (what == 1) return unmap(mm, slot, vma);
    if (what == 2) return split(mm, slot, vma);
    expand(mm, vma);
  }
  // kernel: vm_flags_set
  void modify(const auto& vma) {
    m.store("Modify_Begin"_site, vma, vm_data, torn, plain);
    m.store("Modify_End"_site, vma, vm_data, last, plain);
    p.vma_end_write_all("Modify_"_site, vma);
  }

  void unmap(const auto& mm, auto& slot, const auto& vma) {
    m.assume(m.peek(vma, vm_first) == m.peek(vma, vm_last));
    p.vma_mark_detached("Unmap_"_site, vma);
    // kernel: vma_iter_clear_gfp, WRITE_ONCE
    m.store("Unmap_Clear"_site, mm, tree[slot], null, once);
    p.end_write_detached("Unmap_"_site, vma);
    if constexpr (Protocol::recycles) {
      m.point("Writer_Unmapped"_point);
      if (m.branch(2) == 1) return recycle(mm, slot, vma);
    }
    p.vm_area_free("Unmap_Free"_site, vma);  // kernel: vm_area_free, call_rcu
  }
  /// The memory of the VMA is another's at once. Its lock may be in use, and is left alone.
  void recycle(const auto& mm, auto& slot, const auto& vma) {
    slot = m.template choose<Address>();
    m.assume(m.peek(mm, tree[slot]) == null);
    const auto copy = m.named("wnew"_local, vma);
    m.store("Recycle_Init"_site, copy, vm_data, whole, plain);  // kernel: vm_area_alloc
    insert(mm, slot, vma, copy);
  }

  /// The half at `slot` is a new VMA's.
  void split(const auto& mm, const auto& slot, const auto& vma) {
    m.assume(m.peek(vma, vm_first) != slot);
    // kernel: vm_area_dup, kmem_cache_alloc
    const auto copy = m.named("wnew"_local, m.template allocate<Vma>("Split_Alloc"_site));
    p.vm_area_dup(vma, copy);
    p.split_bounds(vma);
    insert(mm, slot, vma, copy);
  }

  /// Over an address where nothing is; over all of the VMA that is there; or over one of its two.
  // kernel: vma_expand
  void expand(const auto& mm, const auto& vma) {
    m.assume(m.peek(vma, vm_first) == m.peek(vma, vm_last));
    const auto to = m.named("wto"_local, m.template choose<Address>());
    m.assume(m.peek(vma, vm_first) != to);
    // kernel: vma_find, rcu_dereference (here plain: under mmap_lock nobody else writes the tree)
    const auto other = m.named("wother"_local, m.load("Expand_Walk"_site, mm, tree[to], plain));
    if (other != null) make_room(other, to);
    p.grow(mm, vma, to);
    if (other == null) return;
    if (m.peek(other, vm_first) != to) {
      p.vma_end_write_all("Shift_"_site, other);
    } else {
      p.end_write_detached("Merge_"_site, other);
      p.vm_area_free("Merge_Free"_site, other);  // kernel: vm_area_free, call_rcu
    }
  }
  /// What covers `to` goes, or keeps its other address.
  // kernel: vma_expand
  void make_room(const auto& other, const auto& to) {
    // kernel: vma_start_write, down_write (here once: what readers look at is not changed)
    m.add_when("Merge_Lock"_site, other, vm_lock, -1, once, [](auto n) { return n == 0; });
    if (m.peek(other, vm_first) == m.peek(other, vm_last)) {
      p.vma_mark_detached("Merge_"_site, other);
    } else if (m.peek(other, vm_first) == to) {
      p.shift_first(other);
    } else {
      p.shift_last(other);
    }
  }

  Protocol& p;
  decltype(Protocol::m)& m;
  using Number = decltype(m.parameter("Contents"_parameter, 0));
  const Number last;
};

}  // namespace lockstep::vma_lookup
