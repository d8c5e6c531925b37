// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "vmap_lazy.hpp"

#include "machines/registration.hpp"

namespace lockstep::vmap_lazy {
namespace {

struct CallerRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    Code<M> p(m, static_cast<int>(n["limit"]));
    caller(p);
  }
};

// ---- Freeing -----------------------------------------------------------------------------------

/// Onto the list first, as posted: its size is read before that, or after.
template <class M, bool saves>
struct Late : VmapLazy<M, Late<M, saves>> {
  using Base = VmapLazy<M, Late>;
  using Base::Base;
  using Base::m;
  void free_vmap_area_noflush(const auto& map, auto& va) {
    if constexpr (saves) {
      auto size = m.named("tsize"_local, m.load("Free_Size"_site, va, va_size, plain));
      Base::llist_add("Free_"_site, map, va);
      va.forget();
      auto nr =
          m.named("tnr"_local, m.fetch_add("Free_AddNr"_site, map, lazy_nr, size, full) + one_page);
      size.forget();
      Base::purge_if_too_many(map, nr);
    } else {
      Base::llist_add("Free_"_site, map, va);
      auto nr = m.named("tnr"_local, Base::count("Free_"_site, map, va));
      va.forget();
      Base::purge_if_too_many(map, nr);
    }
  }
};
template <class M>
using AddsAfter = Late<M, false>;
template <class M>
using AddsSavedAfter = Late<M, true>;

/// An add that orders nothing, and a barrier; the counter is read again.
template <class M>
struct Barrier : VmapLazy<M, Barrier<M>> {
  using Base = VmapLazy<M, Barrier>;
  using Base::Base;
  using Base::m;
  void free_vmap_area_noflush(const auto& map, auto& va) {
    auto size = m.named("tsize"_local, m.load("Free_Size"_site, va, va_size, plain));
    m.fetch_add("Free_AddNr"_site, map, lazy_nr, size, once);
    size.forget();
    // kernel: free_vmap_area_noflush, smp_mb__after_atomic (here mb: with the add it is one)
    m.fence("Free_Mb"_site, mb);
    Base::llist_add("Free_"_site, map, va);
    va.forget();
    // kernel: free_vmap_area_noflush, atomic_read
    auto nr = m.named("tnr"_local, m.load("Free_LoadNr"_site, map, lazy_nr, once));
    Base::purge_if_too_many(map, nr);
  }
};
template <class M>
struct LimitIsAHint : VmapLazy<M, LimitIsAHint<M>> {
  using Base = VmapLazy<M, LimitIsAHint>;
  using Base::Base;
  bool too_many(const auto&) { return Base::m.branch(2) == 0; }
};
template <class M>
struct PushesBlindly : VmapLazy<M, PushesBlindly<M>> {
  using Base = VmapLazy<M, PushesBlindly>;
  using Base::Base;
  bool is_pushed(auto prefix, const auto& map, const auto&, const auto& va) {
    Base::m.store(prefix + "Push"_site, map, purge_list, va, release);
    return true;
  }
};
template <class M>
struct BlockCountedLate : VmapLazy<M, BlockCountedLate<M>> {
  using Base = VmapLazy<M, BlockCountedLate>;
  using Base::Base;
  using Base::m;
  void free_vmap_block(const auto& map, const auto& block) {
    auto va = m.named("tva"_local, m.load("Frag_Area"_site, block, vb_va, plain));
    auto size = m.named("tsize"_local, m.load("Frag_Size"_site, va, va_size, plain));
    Base::llist_add("Frag_"_site, map, va);
    va.forget();
    m.fetch_add("Frag_AddNr"_site, map, lazy_nr, size, full);
    size.forget();
    Base::free_block(block);
  }
};

// ---- Purging -----------------------------------------------------------------------------------

/// purge_lock is for the blocks alone.
template <class M>
struct ListWithoutLock : VmapLazy<M, ListWithoutLock<M>> {
  using Base = VmapLazy<M, ListWithoutLock>;
  using Base::Base;
  using Base::m;
  void sync_purge(const auto& map) {
    Base::lock(map);
    Base::purge_fragmented_blocks(map);
    // kernel: __purge_vmap_area_lazy, spin_unlock
    m.spin_unlock("Frag_Unlock"_site, map, purge_lock);
    Base::purge(map);
  }
  bool try_lock(const auto& map) {
    m.load("Try_Lock"_site, map, purge_lock, once);
    return true;
  }
  void unlock(const auto& map) { m.load("Purge_Unlock"_site, map, purge_lock, once); }
};
template <class M>
struct SyncDoesNotWait : VmapLazy<M, SyncDoesNotWait<M>> {
  using Base = VmapLazy<M, SyncDoesNotWait>;
  using Base::Base;
  void sync_purge(const auto& map) {
    if (!this->m.spin_trylock("Purge_Lock"_site, map, purge_lock)) return;
    Base::purge_fragmented_blocks(map);
    Base::purge(map);
  }
};
template <class M>
struct WaitsForPurge : VmapLazy<M, WaitsForPurge<M>> {
  using Base = VmapLazy<M, WaitsForPurge>;
  using Base::Base;
  bool try_lock(const auto& map) {
    this->m.spin_lock("Try_Lock"_site, map, purge_lock);
    return true;
  }
};
template <class M>
struct KeepsLock : VmapLazy<M, KeepsLock<M>> {
  using Base = VmapLazy<M, KeepsLock>;
  using Base::Base;
  void unlock(const auto& map) { this->m.load("Purge_Unlock"_site, map, purge_lock, once); }
};
template <class M>
struct NoForceFlush : VmapLazy<M, NoForceFlush<M>> {
  using VmapLazy<M, NoForceFlush>::VmapLazy;
  void flush_dirty(const auto&, auto& block) { block.forget(); }
};
template <class M>
struct TakesInTwo : VmapLazy<M, TakesInTwo<M>> {
  using Base = VmapLazy<M, TakesInTwo>;
  using Base::Base;
  using Base::m;
  void sync_purge(const auto& map) {
    Base::lock(map);
    Base::purge_fragmented_blocks(map);
    // kernel: none, the variant's
    auto list = m.named("tlist"_local, m.load("Purge_First"_site, map, purge_list, once));
    m.store("Purge_Empty"_site, map, purge_list, null, once);  // kernel: none, the variant's
    Base::purge_of(map, list);
  }
};
template <class M>
struct GivesBackNothing : VmapLazy<M, GivesBackNothing<M>> {
  using VmapLazy<M, GivesBackNothing>::VmapLazy;
  void give_back(const auto&, auto& list) { list.forget(); }
};
/// The pages are summed up and subtracted before the flush, as posted.
template <class M>
struct SubtractsAtOnce : VmapLazy<M, SubtractsAtOnce<M>> {
  using Base = VmapLazy<M, SubtractsAtOnce>;
  using Base::Base;
  using Base::m;
  void purge(const auto& map) {
    auto list = m.named("tlist"_local, Base::llist_del_all(map));
    if (list != null) {
      subtract(map, list);
      Base::flush(map, list);
      do {
        auto va = m.named("tnow"_local, list);
        list = m.load("Purge_Next"_site, va, purge_next, plain);
        m.free("Purge_Free"_site, va);
      } while (list != null);
    }
    Base::unlock(map);
  }

 private:
  void subtract(const auto& map, const auto& list) {
    auto nr = m.named("tnr"_local, 0);
    auto at = m.named("tat"_local, list);
    do {
      // kernel: __purge_vmap_area_lazy
      auto [pages, next] = m.load("Purge_Size"_site, at, va_size, plain, also(at, purge_next));
      at = next;
      nr = nr + one_page;
    } while (at != null);
    // kernel: __purge_vmap_area_lazy, atomic_sub
    m.fetch_sub("Purge_SubAll"_site, map, lazy_nr, nr, once);
  }
};
/// Each is given back before it is flushed.
template <class M>
struct GivesBackFirst : VmapLazy<M, GivesBackFirst<M>> {
  using Base = VmapLazy<M, GivesBackFirst>;
  using Base::Base;
  using Base::m;
  void flush(const auto&, const auto&) {}
  void give_back(const auto& map, auto& list) {
    do {
      auto va = m.named("tnow"_local, list);
      auto [pages, next] = m.load("Purge_Next"_site, va, va_size, plain, also(va, purge_next));
      auto size = m.named("tsize"_local, pages);
      list = next;
      m.free("Purge_Free"_site, va);
      m.fetch_sub("Purge_Sub"_site, map, lazy_nr, size, once);
      size.forget();
      m.store("Purge_Flush"_site, map, tlb[va], null, once);
    } while (list != null);
  }
};

// ---- Blocks ------------------------------------------------------------------------------------

/// Before purge_lock is taken; the section lasts as long as it should, or ends at the walk.
template <class M, bool section>
struct Outside : VmapLazy<M, Outside<M, section>> {
  using Base = VmapLazy<M, Outside>;
  using Base::Base;
  void sync_purge(const auto& map) {
    Base::purge_fragmented_blocks(map);
    Base::lock(map);
    Base::purge(map);
  }
  void walked() {
    if constexpr (!section) Base::frag_rcu_unlock();
  }
  void leave(const auto& map, const auto& block) {
    if constexpr (section) {
      Base::leave(map, block);
    } else {
      if (block != null) Base::free_vmap_block(map, block);
    }
  }
};
template <class M>
using BlocksOutsideLock = Outside<M, true>;
template <class M>
using BlocksUnprotected = Outside<M, false>;

template <class M>
struct IsolatesInUse : VmapLazy<M, IsolatesInUse<M>> {
  using Base = VmapLazy<M, IsolatesInUse>;
  using Base::Base;
  bool isolate(const auto& block) {
    this->m.store("Frag_Isolate"_site, block, vb_used, purged, once);
    return true;
  }
};
template <class M>
struct UnlinksOutside : VmapLazy<M, UnlinksOutside<M>> {
  using Base = VmapLazy<M, UnlinksOutside>;
  using Base::Base;
  bool isolate(const auto& block) {
    if (!Base::isolate(block)) return false;
    // kernel: purge_fragmented_blocks, rcu_read_unlock
    this->m.rcu_read_unlock("Frag_RcuUnlockEarly"_site);
    return true;
  }
  void leave(const auto& map, const auto& block) {
    if (block != null) {
      Base::free_vmap_block(map, block);
    } else {
      Base::frag_rcu_unlock();
    }
  }
};
template <class M>
struct BlockFreedAtOnce : VmapLazy<M, BlockFreedAtOnce<M>> {
  using Base = VmapLazy<M, BlockFreedAtOnce>;
  using Base::Base;
  // kernel: free_vmap_block, kfree
  void free_block(const auto& block) { this->m.free("Frag_Free"_site, block); }
};
template <class M>
struct BlockKept : VmapLazy<M, BlockKept<M>> {
  using VmapLazy<M, BlockKept>::VmapLazy;
  void free_block(const auto&) {}
};
template <template <class> class Code>
Form variant(std::string_view name) {
  return form<Code, CallerRole>(name);
}
/// One area less than there are.
std::uint32_t lazy_max(const Numbers& n) {
  return n["Areas"] - 1;
}

const RegisteredProtocol protocol{
    {.sizes = {"vmap_lazy",
               {{"Readers", "caller"}, {"Areas", "area"}, {"Blocks", "block"}, {"Vmaps", "map", 1}},
               {{"limit", "Limit", "lazy page limit", lazy_max}}},
     .kinds = {{"Caller", "t", "Readers"},
               {"Area", "a", "Areas", WorldSpec::Lifetime::freed},
               {"Block", "b", "Blocks", WorldSpec::Lifetime::freed},
               {"Vmap", "k", "Vmaps"}},
     .fields = {variable_of(va_size), variable_of(purge_next), variable_of(vb_va),
                variable_of(vb_used), variable_of(vb_queue), variable_of(lazy_nr),
                variable_of(purge_list), variable_of(purge_lock), variable_of(tlb)},
     .roles = {{"caller", "t", "Readers", {"Caller_Idle"}}},
     .forms = [] {
       return std::vector<Form>{variant<Holds>("holds"),
                                variant<Barrier>("barrier"),
                                variant<LimitIsAHint>("limit_is_a_hint"),
                                variant<WaitsForPurge>("waits_for_purge"),
                                variant<SubtractsAtOnce>("subtracts_at_once"),
                                variant<AddsAfter>("adds_after"),
                                variant<AddsSavedAfter>("adds_saved_after"),
                                variant<PushesBlindly>("pushes_blindly"),
                                variant<BlockCountedLate>("block_counted_late"),
                                variant<ListWithoutLock>("list_without_lock"),
                                variant<SyncDoesNotWait>("sync_does_not_wait"),
                                variant<KeepsLock>("keeps_lock"),
                                variant<NoForceFlush>("no_force_flush"),
                                variant<TakesInTwo>("takes_in_two"),
                                variant<GivesBackFirst>("gives_back_first"),
                                variant<GivesBackNothing>("gives_back_nothing"),
                                variant<BlocksOutsideLock>("blocks_outside_lock"),
                                variant<BlocksUnprotected>("blocks_unprotected"),
                                variant<IsolatesInUse>("isolates_in_use"),
                                variant<UnlinksOutside>("unlinks_outside"),
                                variant<BlockFreedAtOnce>("block_freed_at_once"),
                                variant<BlockKept>("block_kept")};
     }}};

}  // namespace
}  // namespace lockstep::vmap_lazy
