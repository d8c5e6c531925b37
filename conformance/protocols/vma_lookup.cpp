// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "vma_lookup.hpp"

#include "machines/registration.hpp"

namespace lockstep::vma_lookup {
namespace {

struct ReaderRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    Code<M> p(m);
    reader(p);
  }
};
struct WriterRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    Code<M> p(m);
    Writer(p, static_cast<int>(n["contents"])).run();
  }
};

// ---- What a reader checks once it has the lock -------------------------------------------------

struct Checks {
  bool range = false;
  bool rewalk = true;
  bool recycles = false;
};
template <class M, Checks checks>
struct Checking : VmaLookup<M, Checking<M, checks>> {
  using Base = VmaLookup<M, Checking>;
  using Base::Base;
  static constexpr bool recycles = checks.recycles;
  bool validate(const auto& mm, const auto& address, auto& vma) {
    if constexpr (checks.range) {
      if (!this->covers(vma, address)) return this->turned_away(vma);
    }
    if constexpr (!checks.rewalk) return true;
    return Base::validate(mm, address, vma);
  }
};
template <class M>
using RangeCheck = Checking<M, Checks{.range = true}>;
template <class M>
using NoRewalk = Checking<M, Checks{.range = true, .rewalk = false}>;
template <class M>
using NoChecks = Checking<M, Checks{.rewalk = false}>;
template <class M>
using RewalkRecycles = Checking<M, Checks{.recycles = true}>;

/// A VMA that has lost the address does not end the lookup: it begins anew.
template <class M>
struct RangeRetries : VmaLookup<M, RangeRetries<M>> {
  using Base = VmaLookup<M, RangeRetries>;
  using Base::Base;
  using Base::m;
  auto lock_vma_under_rcu(const auto& mm, const auto& address) {
    using Locked = decltype(m.named("rvma"_local, this->walk(mm, address)));
    std::optional<Locked> found;
    this->rcu_read_lock("Lookup_RcuLock"_site);
    if (this->root_has_none(mm)) {
      this->rcu_read_unlock("Lookup_RcuUnlockNone"_site);
      return found;
    }
    for (;;) {
      auto vma = m.named("rvma"_local, this->walk(mm, address));
      for (;;) {
        if (vma != null && !this->vma_start_read(vma)) vma = null;
        if (vma == null) {
          this->rcu_read_unlock("Lookup_RcuUnlockNone"_site);
          return found;
        }
        if (!this->covers(vma, address)) {
          this->turned_away(vma);
          break;
        }
        if (this->confirmed(mm, address, vma)) {
          this->rcu_read_unlock("Lookup_RcuUnlock"_site);
          found.emplace(std::move(vma));
          return found;
        }
      }
    }
  }
};

/// The second walk starts where the VMA that was found did, not at the address. A miss gives up.
template <class M, bool checks_range>
struct KeepsCursor : VmaLookup<M, KeepsCursor<M, checks_range>> {
  using Base = VmaLookup<M, KeepsCursor>;
  using Base::Base;
  using Base::m;
  auto lock_vma_under_rcu(const auto& mm, const auto& address) {
    using Locked = decltype(m.named("rvma"_local, this->walk(mm, address)));
    std::optional<Locked> found;
    this->rcu_read_lock("Lookup_RcuLock"_site);
    if (!this->root_has_none(mm)) {
      auto vma = m.named("rvma"_local, this->walk(mm, address));
      if (vma != null) {
        // kernel: none, the walk itself says where the entry starts
        const auto at = m.named("rindex"_local, m.load("Lookup_Index"_site, vma, vm_first, once));
        if (!this->vma_start_read(vma)) {
          vma = null;
        } else if (is_the_one(mm, address, vma, at)) {
          this->rcu_read_unlock("Lookup_RcuUnlock"_site);
          found.emplace(std::move(vma));
          return found;
        } else {
          this->turned_away(vma);
        }
        this->rcu_read_unlock("Lookup_RcuUnlockNone"_site);
        return found;
      }
    }
    this->rcu_read_unlock("Lookup_RcuUnlockNone"_site);
    return found;
  }
  bool is_the_one(const auto& mm, const auto& address, const auto& vma, const auto& at) {
    if constexpr (checks_range) {
      if (!this->covers(vma, address)) return false;
    }
    return m.load("Rewalk_Walk"_site, mm, tree[at], once) == vma;
  }
};
template <class M>
using CursorNotSet = KeepsCursor<M, true>;
template <class M>
using CursorNotSetNoRange = KeepsCursor<M, false>;

/// A bare root may be a VMA. Does a second walk that is at the root find nothing there?
template <class M, bool restarts>
struct BareVmas : VmaLookup<M, BareVmas<M, restarts>> {
  using Base = VmaLookup<M, BareVmas>;
  using Base::Base;
  using Base::m;
  static constexpr bool bare_vmas = true;
  bool root_has_none(const auto& mm) {
    m.load("Lookup_Root"_site, mm, mm_root, once);
    return false;
  }
  bool confirmed(const auto& mm, const auto& address, auto& vma) {
    if constexpr (!restarts) {
      // kernel: none, the variant's
      if (m.load("Rewalk_Root"_site, mm, mm_root, once) == bare) {
        const auto locked = m.named("rmissed"_local, vma);
        vma = null;
        this->missed(locked);
        return false;
      }
    }
    return Base::confirmed(mm, address, vma);
  }
};
template <class M>
using BareRoot = BareVmas<M, false>;
template <class M>
using BareRootRestarts = BareVmas<M, true>;

struct FlagForm {
  bool range = true;
  bool late = false;  ///< it is set when the marks are released already
  bool recycles = false;
};
/// A flag says that a VMA is detached, as from 6.4 to 6.14.
template <class M, FlagForm form>
struct Flagged : VmaLookup<M, Flagged<M, form>> {
  using Base = VmaLookup<M, Flagged>;
  using Base::Base;
  using Base::m;
  static constexpr bool recycles = form.recycles;
  bool validate(const auto&, const auto& address, auto& vma) {
    // kernel: none, vma->detached of 6.4 to 6.14
    if (m.load("Lookup_CheckFlag"_site, vma, vm_detached, plain) != off) {
      return this->turned_away(vma);
    }
    if constexpr (form.range) {
      if (!this->covers(vma, address)) return this->turned_away(vma);
    }
    return true;
  }
  // kernel: vma_mark_attached
  void vma_mark_attached(const auto& vma) {
    m.store("Attach_ClearFlag"_site, vma, vm_detached, off, plain);
  }
  void vma_mark_detached(auto prefix, const auto& vma) {
    if constexpr (!form.late) set_flag(prefix, vma);
  }
  void end_write_detached(auto prefix, const auto& vma) {
    Base::end_write_detached(prefix, vma);
    if constexpr (form.late) set_flag(prefix, vma);
  }

 private:
  // kernel: vma_mark_detached
  void set_flag(auto prefix, const auto& vma) {
    m.store(prefix + "SetFlag"_site, vma, vm_detached, on, plain);
  }
};
template <class M>
using Flag = Flagged<M, FlagForm{}>;
template <class M>
using FlagRecycles = Flagged<M, FlagForm{.recycles = true}>;
template <class M>
using FlagSetLate = Flagged<M, FlagForm{.late = true}>;
template <class M>
using FlagWithoutRange = Flagged<M, FlagForm{.range = false}>;

/// The lock says that a VMA is detached, as the count does since 6.15: nobody gets it.
template <class M, bool checks_range>
struct Counted : VmaLookup<M, Counted<M, checks_range>> {
  using Base = VmaLookup<M, Counted>;
  using Base::Base;
  using Base::m;
  static constexpr int at_alloc = detached;
  static constexpr bool recycles = true;
  bool validate(const auto&, const auto& address, auto& vma) {
    if constexpr (checks_range) {
      if (!this->covers(vma, address)) return this->turned_away(vma);
    }
    return true;
  }
  void lock_new(const auto& vma) { m.store("New_Lock"_site, vma, vm_lock, -1, once); }
  void end_write_detached(auto prefix, const auto& vma) {
    m.store(prefix + "EndWrite"_site, vma, vm_lock, detached, release);
  }
};
template <class M>
using Count = Counted<M, true>;
template <class M>
using CountWithoutRange = Counted<M, false>;

// ---- The reader --------------------------------------------------------------------------------

/// Nothing keeps what the walk finds.
template <class M>
struct LookupWithoutRcu : VmaLookup<M, LookupWithoutRcu<M>> {
  using Base = VmaLookup<M, LookupWithoutRcu>;
  using Base::Base;
  void rcu_read_lock(auto site) { this->m.group(site); }
};
/// A lookup that succeeds never leaves its section.
template <class M>
struct LookupKeepsRcu : VmaLookup<M, LookupKeepsRcu<M>> {
  using Base = VmaLookup<M, LookupKeepsRcu>;
  using Base::Base;
  using Base::rcu_read_unlock;
  void rcu_read_unlock(Site<"Lookup_RcuUnlock">) {}
};
template <class M>
struct MissKeepsLock : VmaLookup<M, MissKeepsLock<M>> {
  using VmaLookup<M, MissKeepsLock>::VmaLookup;
  void missed(const auto&) {}
};
/// It tries the VMA that it has found once more, not the one that is there now.
template <class M>
struct RetriesSame : VmaLookup<M, RetriesSame<M>> {
  using Base = VmaLookup<M, RetriesSame>;
  using Base::Base;
  using Base::m;
  bool confirmed(const auto& mm, const auto& address, auto& vma) {
    if (m.load("Rewalk_Walk"_site, mm, tree[address], once) == vma) return true;
    const auto locked = m.named("rmissed"_local, vma);
    this->missed(locked);
    return false;
  }
};

// ---- The writer --------------------------------------------------------------------------------

template <class M>
struct ChangeUnmarked : VmaLookup<M, ChangeUnmarked<M>> {
  using VmaLookup<M, ChangeUnmarked>::VmaLookup;
  void lock_vma(const auto&) {}
};
template <class M>
struct UnmapKeepsVma : VmaLookup<M, UnmapKeepsVma<M>> {
  using VmaLookup<M, UnmapKeepsVma>::VmaLookup;
  void vm_area_free(auto site, const auto&) { this->m.group(site); }
};
/// The root is made bare whatever is in the tree.
template <class M>
struct RootOverVmas : VmaLookup<M, RootOverVmas<M>> {
  using VmaLookup<M, RootOverVmas>::VmaLookup;
  void wait_for_empty(const auto&) {}
};
template <class M>
struct SplitKeepsBounds : VmaLookup<M, SplitKeepsBounds<M>> {
  using VmaLookup<M, SplitKeepsBounds>::VmaLookup;
  void split_bounds(const auto&) {}
};
template <class M>
struct ShiftKeepsLast : VmaLookup<M, ShiftKeepsLast<M>> {
  using VmaLookup<M, ShiftKeepsLast>::VmaLookup;
  void shift_last(const auto&) {}
};
template <class M>
struct GrowsLate : VmaLookup<M, GrowsLate<M>> {
  using Base = VmaLookup<M, GrowsLate>;
  using Base::Base;
  using Base::m;
  void grow(const auto& mm, const auto& vma, const auto& to) {
    m.store("Expand_Store"_site, mm, tree[to], vma, once);
    this->vma_end_write_all("Expand_"_site, vma);
    m.store("Expand_SetLast"_site, vma, vm_last, to, plain);
  }
};
template <class M>
struct InsertUnmarked : VmaLookup<M, InsertUnmarked<M>> {
  using VmaLookup<M, InsertUnmarked>::VmaLookup;
  void lock_new(const auto&) {}
};

// ---- The copy ----------------------------------------------------------------------------------

enum class Copy { all, all_and_lock, rest, nothing };
template <class M, Copy copy>
struct Copying : VmaLookup<M, Copying<M, copy>> {
  using Base = VmaLookup<M, Copying>;
  using Base::Base;
  using Base::m;
  // kernel: vm_area_dup
  void vm_area_dup(const auto& source, const auto& vma, int lock = unlocked) {
    if constexpr (copy == Copy::rest || copy == Copy::nothing) init_lock(vma, lock);
    if constexpr (copy == Copy::nothing) return;
    if constexpr (copy != Copy::rest) {
      m.store("Dup_CopyLock"_site, vma, vm_lock, also(source, vm_lock), plain);
    }
    m.store("Dup_CopyData"_site, vma, vm_data, also(source, vm_data), plain);
    m.store("Dup_CopyFirst"_site, vma, vm_first, also(source, vm_first), plain);
    m.store("Dup_CopyLast"_site, vma, vm_last, also(source, vm_last), plain);
    if constexpr (copy == Copy::all) init_lock(vma, lock);
  }

 private:
  // kernel: vma_lock_init
  void init_lock(const auto& vma, int lock) {
    m.store("Dup_SetLock"_site, vma, vm_lock, lock, plain);
  }
};
/// All of the VMA, flag included. The source is attached, so the copy says that it is, before it
/// is.
template <class M>
struct FlagCopiesStruct : Flag<M> {
  using Flag<M>::Flag;
  using Flag<M>::m;
  // kernel: vm_area_dup
  void vm_area_dup(const auto& source, const auto& vma) {
    m.store("Dup_CopyFlag"_site, vma, vm_detached, also(source, vm_detached), plain);
    Copying<M, Copy::all>(m).vm_area_dup(source, vma);
  }
};
/// All of the VMA, its lock included, which then says that the copy is detached.
template <class M>
struct CountCopiesStruct : Count<M> {
  using Count<M>::Count;
  void vm_area_dup(const auto& source, const auto& vma) {
    Copying<M, Copy::all>(this->m).vm_area_dup(source, vma, detached);
  }
};
template <class M>
using DupCopiesStruct = Copying<M, Copy::all>;
template <class M>
using DupCopiesLock = Copying<M, Copy::all_and_lock>;
template <class M>
using DupCopiesRest = Copying<M, Copy::rest>;
template <class M>
using DupForgetsContents = Copying<M, Copy::nothing>;
template <class M>
struct DupContentsAnew : VmaLookup<M, DupContentsAnew<M>> {
  using Base = VmaLookup<M, DupContentsAnew>;
  using Base::Base;
  using Base::m;
  // kernel: vm_area_dup
  void vm_area_dup(const auto&, const auto& vma) {
    m.store("Dup_SetLock"_site, vma, vm_lock, unlocked, plain);
    m.store("Dup_CopyData"_site, vma, vm_data, whole, plain);
  }
};

template <template <class> class Code>
Form variant(std::string_view name) {
  return form<Code, ReaderRole, WriterRole>(name);
}
std::uint32_t alike(const Numbers&) {
  return whole;
}

const RegisteredProtocol protocol{
    {.sizes = {"vma_lookup",
               {{"Readers", "reader"}, {"Vmas", "VMA"}, {"Slots", "slot"}, {"Mms", "mm", 1}},
               {{"contents", "Contents", "contents", alike}}},
     .kinds = {{"Slot", "s", "Slots"},
               {"Vma", "v", "Vmas", WorldSpec::Lifetime::rcu_freed},
               {"Mm", "m", "Mms"}},
     .fields = {variable_of(vm_lock), variable_of(vm_first), variable_of(vm_last),
                variable_of(vm_data), variable_of(vm_detached), variable_of(tree),
                variable_of(mm_root)},
     .roles = {{"reader", "r", "Readers", {"Reader_Idle"}},
               {"writer", "m", "Mms", {"Writer_Idle"}}},
     .forms = [] {
       return std::vector<Form>{variant<Holds>("holds"),
                                variant<NoRewalk>("no_rewalk"),
                                variant<NoChecks>("no_checks"),
                                variant<RangeCheck>("range_check"),
                                variant<RangeRetries>("range_retries"),
                                variant<RewalkRecycles>("rewalk_recycles"),
                                variant<CursorNotSet>("cursor_not_set"),
                                variant<CursorNotSetNoRange>("cursor_not_set_no_range"),
                                variant<BareRoot>("bare_root"),
                                variant<BareRootRestarts>("bare_root_restarts"),
                                variant<Flag>("flag"),
                                variant<FlagRecycles>("flag_recycles"),
                                variant<FlagSetLate>("flag_set_late"),
                                variant<FlagWithoutRange>("flag_without_range"),
                                variant<Count>("count"),
                                variant<CountWithoutRange>("count_without_range"),
                                variant<LookupWithoutRcu>("lookup_without_rcu"),
                                variant<LookupKeepsRcu>("lookup_keeps_rcu"),
                                variant<MissKeepsLock>("miss_keeps_lock"),
                                variant<RetriesSame>("retries_same"),
                                variant<ChangeUnmarked>("change_unmarked"),
                                variant<InsertUnmarked>("insert_unmarked"),
                                variant<UnmapKeepsVma>("unmap_keeps_vma"),
                                variant<RootOverVmas>("root_over_vmas"),
                                variant<SplitKeepsBounds>("split_keeps_bounds"),
                                variant<ShiftKeepsLast>("shift_keeps_last"),
                                variant<GrowsLate>("grows_late"),
                                variant<DupCopiesStruct>("dup_copies_struct"),
                                variant<DupCopiesLock>("dup_copies_lock"),
                                variant<FlagCopiesStruct>("flag_copies_struct"),
                                variant<CountCopiesStruct>("count_copies_struct"),
                                variant<DupCopiesRest>("dup_copies_rest"),
                                variant<DupForgetsContents>("dup_forgets_contents"),
                                variant<DupContentsAnew>("dup_contents_anew")};
     }}};

}  // namespace
}  // namespace lockstep::vma_lookup
