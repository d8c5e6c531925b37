// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// How vmalloc frees lazily: an area is unmapped, counted and put on a list; a purge takes the whole
// list, flushes the TLB once for all of it, and only then gives the areas back. Sources: the thread
// "mm/vmalloc: Keep a separate lazy-free list" of April 2016 (C. Wilson, R. Peniaev). Functions are
// called as in spec/kernel.json: those of 2016 and 2017.
//
//   tlb         of each area: whose pages a CPU may still see there, though they were unmapped
//   lazy_nr     the pages that were freed lazily and not purged yet
//   purge_list  areas to purge, linked by purge_next: a list without a lock
//   vb_queue    the block that vm_map_ram() takes pages of; it has an area
//   vb_used     so many of its pages are in use; -1: it was purged
#pragma once

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

namespace lockstep::vmap_lazy {

using enum Order;

struct Caller {
  static constexpr std::string_view kind = "Caller";
};
struct Area {
  static constexpr std::string_view kind = "Area";
};
struct Block {
  static constexpr std::string_view kind = "Block";
};
struct Vmap {
  static constexpr std::string_view kind = "Vmap";
};

inline constexpr Field<"va_size", Area, int> va_size;
inline constexpr Field<"purge_next", Area, Area> purge_next;
inline constexpr Field<"vb_va", Block, Area> vb_va;
inline constexpr Field<"vb_used", Block, int> vb_used;
inline constexpr Field<"vb_queue", Vmap, Block> vb_queue;
inline constexpr Field<"lazy_nr", Vmap, int> lazy_nr;
inline constexpr Field<"purge_list", Vmap, Area> purge_list;
inline constexpr Field<"purge_lock", Vmap, int> purge_lock;
inline constexpr ArrayField<"tlb", Vmap, Caller, Area> tlb;

inline constexpr int one_page = 1;  ///< va_size: there are no larger areas
inline constexpr int purged = -1;   ///< vb_used

/// `Self` is the protocol itself, or a variant that replaces some of its functions.
template <class M, class Self>
class VmapLazy {
 public:
  /// `lazy_max`: with more pages than that, who frees an area purges.
  VmapLazy(M& machine, int lazy_max)
      : m(machine), limit(m.parameter("Limit"_parameter, lazy_max)) {}

  // ---- Freeing ---------------------------------------------------------------------------------

  /// The caller unmaps the pages of `va`, and has done with it.
  void free_unmap_vmap_area(const auto& map, auto& va) {
    // kernel: unmap_vmap_area, WRITE_ONCE
    m.store("Free_Unmap"_site, map, tlb[va], m.template own<Caller>(), once);
    self().free_vmap_area_noflush(map, va);
  }
  void free_vmap_area_noflush(const auto& map, auto& va) {
    auto nr = m.named("tnr"_local, self().count("Free_"_site, map, va));
    self().llist_add("Free_"_site, map, va);
    va.forget();
    purge_if_too_many(map, nr);
  }
  /// `nr`: the pages that were counted.
  void purge_if_too_many(const auto& map, auto& nr) {
    const bool purges = self().too_many(nr);
    nr.forget();
    if (purges) self().try_purge(map);
  }
  /// The pages of `va` are counted: so many are there now.
  auto count(auto prefix, const auto& map, const auto& va) {
    // kernel: free_vmap_area_noflush
    const auto size = m.named("tsize"_local, m.load(prefix + "Size"_site, va, va_size, plain));
    // kernel: free_vmap_area_noflush, atomic_add_return
    return m.fetch_add(prefix + "AddNr"_site, map, lazy_nr, size, full) + one_page;
  }
  bool too_many(const auto& nr) { return nr >= limit + 1; }
  /// Once this is done the area may go at any time.
  void llist_add(auto prefix, const auto& map, const auto& va) {
    for (;;) {
      const auto first =
          // kernel: llist_add_batch, READ_ONCE
          m.named("tfirst"_local, m.load(prefix + "First"_site, map, purge_list, once));
      m.store(prefix + "Link"_site, va, purge_next, first, plain);  // kernel: llist_add_batch
      if (self().is_pushed(prefix, map, first, va)) return;
    }
  }
  bool is_pushed(auto prefix, const auto& map, const auto& first, const auto& va) {
    // release: the area as it was left, before whoever takes the list.
    // kernel: llist_add_batch, cmpxchg (here release: no more is needed)
    return m.cmpxchg(prefix + "Push"_site, map, purge_list, first, va, release) == first;
  }

  // ---- Purging ---------------------------------------------------------------------------------

  /// Not sync: nobody is waited for.
  void try_purge(const auto& map) {
    if (self().try_lock(map)) self().purge(map);
  }
  /// Sync: what was unmapped before is flushed when this returns.
  void vm_unmap_aliases(const auto& map) {
    const auto sync = m.named("tsync"_local, true);
    // kernel: none, the call: from here on what was unmapped has to be flushed
    m.load("Aliases_Call"_site, map, lazy_nr, once);
    self().sync_purge(map);
  }
  void sync_purge(const auto& map) {
    self().lock(map);
    self().purge_fragmented_blocks(map);
    self().purge(map);
  }
  /// The block goes if none of its pages is in use; if one is, what was unmapped of it is flushed.
  void purge_fragmented_blocks(const auto& map) {
    m.rcu_read_lock("Frag_RcuLock"_site);  // kernel: purge_fragmented_blocks, rcu_read_lock
    // kernel: purge_fragmented_blocks, rcu_dereference
    auto block = m.named("tblock"_local, m.load("Frag_Walk"_site, map, vb_queue, once));
    self().walked();
    if (block != null) {
      if (self().isolate(block)) {
        // kernel: purge_fragmented_blocks, WRITE_ONCE
        m.store("Frag_Unlink"_site, map, vb_queue, null, once);
      } else {
        self().flush_dirty(map, block);
      }
    }
    self().leave(map, block);
  }
  void leave(const auto& map, const auto& block) {
    self().frag_rcu_unlock();
    if (block != null) self().free_vmap_block(map, block);
  }
  bool isolate(const auto& block) {
    // acquire: after what was done with its pages. One step: all of it is under the block's lock.
    // kernel: purge_fragmented_blocks, spin_lock
    return m.cmpxchg("Frag_Isolate"_site, block, vb_used, 0, purged, acquire) == 0;
  }
  void flush_dirty(const auto& map, auto& block) {
    // kernel: vm_unmap_aliases
    const auto va = m.named("tva"_local, m.load("Frag_DirtyArea"_site, block, vb_va, plain));
    block.forget();
    // kernel: flush_tlb_kernel_range, WRITE_ONCE
    m.store("Frag_Flush"_site, map, tlb[va], null, once);
  }
  void free_vmap_block(const auto& map, const auto& block) {
    // kernel: free_vmap_block
    auto va = m.named("tva"_local, m.load("Frag_Area"_site, block, vb_va, plain));
    self().count("Frag_"_site, map, va);
    self().llist_add("Frag_"_site, map, va);
    va.forget();
    self().free_block(block);
  }
  /// Takes all that is on the list, flushes it, gives it back.
  void purge(const auto& map) {
    auto list = m.named("tlist"_local, self().llist_del_all(map));
    purge_of(map, list);
  }
  void purge_of(const auto& map, auto& list) {
    if (list != null) {
      self().flush(map, list);
      self().give_back(map, list);
    }
    self().unlock(map);
  }
  auto llist_del_all(const auto& map) {
    // acquire: the areas as they were left, before they are given back.
    // kernel: llist_del_all, xchg (here acquire: no more is needed)
    return m.xchg("Purge_Take"_site, map, purge_list, null, acquire);
  }
  void flush(const auto& map, const auto& list) {
    auto rest = m.named("trest"_local, list);
    do {
      const auto at = m.named("tat"_local, rest);
      // kernel: __purge_vmap_area_lazy
      rest = m.load("Purge_Range"_site, at, purge_next, plain);
      // kernel: flush_tlb_kernel_range, WRITE_ONCE
      m.store("Purge_Flush"_site, map, tlb[at], null, once);
    } while (rest != null);
  }
  void give_back(const auto& map, auto& list) {
    do {
      auto va = m.named("tnow"_local, list);
      // kernel: __purge_vmap_area_lazy
      auto [pages, next] = m.load("Purge_Next"_site, va, va_size, plain, also(va, purge_next));
      const auto size = m.named("tsize"_local, pages);
      list = next;
      // kernel: __free_vmap_area, kmem_cache_free
      m.free("Purge_Free"_site, va);
      va.forget();
      // kernel: __purge_vmap_area_lazy, atomic_sub
      m.fetch_sub("Purge_Sub"_site, map, lazy_nr, size, once);
    } while (list != null);
  }

  // ---- Pages of blocks -------------------------------------------------------------------------

  /// vm_map_ram() and vm_unmap_ram(): a page of the block, if there is one.
  void map_ram(const auto& map) {
    m.rcu_read_lock("Map_RcuLock"_site);  // kernel: vb_alloc, rcu_read_lock
    // kernel: vb_alloc, rcu_dereference
    auto block = m.named("tblock"_local, m.load("Map_Walk"_site, map, vb_queue, once));
    if (block != null) {
      // acquire: one step, because all of it is under the block's lock.
      // kernel: vb_alloc, spin_lock
      if (m.fetch_add_unless("Map_Take"_site, block, vb_used, 1, acquire,
                             [](auto used) { return used < 0; }) < 0) {
        block.forget();
      }
    }
    m.rcu_read_unlock("Map_RcuUnlock"_site);  // kernel: vb_alloc, rcu_read_unlock
    if (block != null) {
      // kernel: vb_alloc
      const auto va = m.named("tva"_local, m.load("Map_Area"_site, block, vb_va, plain));
      unmap_ram(map, block, va);
    }
  }
  /// A new block in the area `va`, and a page of it.
  void new_vmap_block(const auto& map, const auto& va) {
    // kernel: new_vmap_block, kmalloc
    const auto block = m.named("tblock"_local, m.template allocate<Block>("New_Block"_site));
    // kernel: new_vmap_block
    m.group("New_Init"_site, write(block, vb_va, va), write(block, vb_used, 1));
    // release: the block before whoever finds it.
    // kernel: new_vmap_block, rcu_assign_pointer
    // pairs with Map_Walk
    m.store("New_Publish"_site, map, vb_queue, block, release);
    unmap_ram(map, block, va);
  }

  // ---- The parts that variants replace ---------------------------------------------------------

  // kernel: __purge_vmap_area_lazy, spin_lock
  void lock(const auto& map) { m.spin_lock("Purge_Lock"_site, map, purge_lock); }
  // kernel: __purge_vmap_area_lazy, spin_trylock
  bool try_lock(const auto& map) { return m.spin_trylock("Try_Lock"_site, map, purge_lock); }
  // kernel: __purge_vmap_area_lazy, spin_unlock
  void unlock(const auto& map) { m.spin_unlock("Purge_Unlock"_site, map, purge_lock); }
  // kernel: purge_fragmented_blocks, rcu_read_unlock
  void frag_rcu_unlock() { m.rcu_read_unlock("Frag_RcuUnlock"_site); }
  // kernel: free_vmap_block, kfree_rcu
  void free_block(const auto& block) { m.call_rcu("Frag_CallRcu"_site, block); }
  void walked() {}

  M& m;
  using Number = decltype(m.parameter("Limit"_parameter, 0));
  const Number limit;

 protected:
  Self& self() { return static_cast<Self&>(*this); }

 private:
  void unmap_ram(const auto& map, const auto& block, const auto& va) {
    // kernel: vunmap_page_range, WRITE_ONCE
    m.store("Ram_Unmap"_site, map, tlb[va], m.template own<Caller>(), once);
    // release: what was done with the page, before the block is purged.
    // kernel: vb_free, spin_lock (here release: one step, because all of it is under the lock)
    m.fetch_sub("Ram_Put"_site, block, vb_used, 1, release);
  }
};

template <class M>
struct Holds : VmapLazy<M, Holds<M>> {
  using VmapLazy<M, Holds<M>>::VmapLazy;
};

// ---- The endless task that uses it -------------------------------------------------------------

/// Whoever maps, unmaps, and wants to be sure that nothing unmapped is seen any more.
template <class Protocol>
void caller(Protocol& p) {
  auto& m = p.m;
  for (;;) {
    m.point("Caller_Idle"_point);
    const auto map = m.named("tmap"_local, m.template choose<Vmap>());
    const int what = m.branch(3);
    if (what == 0) {
      // kernel: alloc_vmap_area, kmem_cache_alloc
      auto va = m.named("tva"_local, m.template allocate<Area>("Alloc_Area"_site));
      // kernel: alloc_vmap_area
      m.store("Alloc_Init"_site, va, va_size, one_page, plain);
      m.point("Caller_Mapped"_point);
      if (m.branch(2) == 0) {
        p.free_unmap_vmap_area(map, va);
      } else {
        p.new_vmap_block(map, va);
      }
    } else if (what == 1) {
      p.map_ram(map);
    } else {
      p.vm_unmap_aliases(map);
    }
  }
}

}  // namespace lockstep::vmap_lazy
