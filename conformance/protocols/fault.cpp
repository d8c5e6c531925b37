// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "fault.hpp"

#include "machines/registration.hpp"

namespace lockstep::fault {
namespace {

template <template <class> class Code, class M>
Code<M> code(M& m, const Numbers& n) {
  return Code<M>(m, static_cast<int>(n["events"]), n["Vmas"] > 1);
}
struct FaultRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    auto p = code<Code>(m, n);
    faults(p);
  }
};
struct WriterRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    auto p = code<Code>(m, n);
    writer(p);
  }
};

// ---- The fault ---------------------------------------------------------------------------------

/// A filter is asked before the VMA is locked.
template <class M>
struct AnonBeforeLock : Fault<M, AnonBeforeLock<M>> {
  using Base = Fault<M, AnonBeforeLock>;
  using Base::Base;
  bool vma_start_read(const auto& vma) {
    // kernel: lock_vma_under_rcu
    if (Base::m.load("Early_CheckAnon"_site, vma, anon_vma, plain) == no) return false;
    return Base::vma_start_read(vma);
  }
  bool has_anon_vma(const auto&, const auto&) { return true; }
};
template <class M>
struct ArmedBeforeLock : Fault<M, ArmedBeforeLock<M>> {
  using Base = Fault<M, ArmedBeforeLock>;
  using Base::Base;
  bool vma_start_read(const auto& vma) {
    // kernel: lock_vma_under_rcu
    if (Base::m.load("Early_CheckArmed"_site, vma, vm_flags, plain) == yes) return false;
    return Base::vma_start_read(vma);
  }
  bool is_not_armed(const auto&, const auto&) { return true; }
};
/// mmap_lock is dropped where nobody has it; but not without end.
template <class M, class Self>
struct Drops : Fault<M, Self> {
  using Base = Fault<M, Self>;
  using Base::Base;
  void drop(auto site, const auto& mm) {
    Base::m.add_when(site, mm, mmap_lock, -1, release, [](auto n) { return n >= -1; });
  }
};
/// handle_userfault() drops mmap_lock.
template <class M>
struct ArmedHandled : Drops<M, ArmedHandled<M>> {
  using Base = Drops<M, ArmedHandled>;
  using Base::Base;
  bool is_not_armed(const auto& mm, const auto& vma) {
    if (Base::is_not_armed(mm, vma)) return true;
    // kernel: mmap_read_unlock, up_read
    Base::drop("Armed_Unlock"_site, mm);
    return false;
  }
};
/// So does folio_lock_or_retry().
template <class M>
struct SwapHandled : Drops<M, SwapHandled<M>> {
  using Base = Drops<M, SwapHandled>;
  using Base::Base;
  bool do_swap_page(const auto& mm, const auto& vma) {
    // kernel: mmap_read_unlock, up_read
    Base::drop("Swap_Unlock"_site, mm);
    return Base::retry(mm, vma);
  }
};
/// So does bad_area().
template <class M>
struct ErrorUnderLock : Drops<M, ErrorUnderLock<M>> {
  using Base = Drops<M, ErrorUnderLock>;
  using Base::Base;
  bool access_error(const auto& mm, const auto& vma) {
    // kernel: mmap_read_unlock, up_read
    Base::drop("Report_Unlock"_site, mm);
    Base::access_error(mm, vma);
    return true;
  }
};
template <class M>
struct LocksBeforeUnlock : Fault<M, LocksBeforeUnlock<M>> {
  using Base = Fault<M, LocksBeforeUnlock>;
  using Base::Base;
  bool access_error(const auto& mm, const auto& vma) {
    Base::refused(mm);
    // kernel: mmap_read_lock, down_read
    Base::down_read("Held_Lock"_site, mm);
    // kernel: vma_end_read, up_read
    Base::end_read("Held_EndRead"_site, vma);
    Base::handle_locked(mm, vma);
    return true;
  }
};
/// Whatever is found under mmap_lock, the VMA is the one that was found before.
template <class M>
struct KeepsLookup : Fault<M, KeepsLookup<M>> {
  using Fault<M, KeepsLookup>::Fault;
  bool found(const auto&) { return true; }
};
template <class M>
struct RetryUncounted : Fault<M, RetryUncounted<M>> {
  using Fault<M, RetryUncounted>::Fault;
  void retried(const auto&) {}
};
template <class M>
struct WaitsForVma : Fault<M, WaitsForVma<M>> {
  using Base = Fault<M, WaitsForVma>;
  using Base::Base;
  bool vma_start_read(const auto& vma) {
    if (Base::vma_start_read(vma)) return true;
    Base::m.wait("Wait_Vma"_site, vma, vm_lock, 0);  // kernel: none, nobody waits for it
    return false;
  }
};

// ---- Faults in files ---------------------------------------------------------------------------

/// They are handled, and look up who shares the page table, or the page.
template <class M, class Self>
struct Files : Fault<M, Self> {
  using Base = Fault<M, Self>;
  using Base::Base;
  bool file_fault(const auto& mm, const auto& vma) {
    if (Base::m.branch(2) == 0) {
      Base::m.load("File_Look"_site, vma, vm_end, plain);  // kernel: handle_mm_fault
      // kernel: i_mmap_lock_read, down_read (here once: nothing is read under it)
      Base::lock("File_Lock"_site, mm, i_mmap_rwsem);
      // kernel: i_mmap_unlock_read, up_read (here once: nothing is read under it)
      Base::unlock("File_Unlock"_site, mm, i_mmap_rwsem);
    } else {
      Base::m.load("Huge_Look"_site, vma, vm_end, plain);  // kernel: handle_mm_fault
      // kernel: huge_pmd_share, down_read (here once: nothing is read under it)
      Base::lock("Huge_Lock"_site, mm, hugetlb_rwsem);
      // kernel: huge_pmd_share, up_read (here once: nothing is read under it)
      Base::unlock("Huge_Unlock"_site, mm, hugetlb_rwsem);
    }
    return Base::success(mm, vma);
  }
};
template <class M>
struct FileFaults : Files<M, FileFaults<M>> {
  using Files<M, FileFaults>::Files;
};
/// khugepaged waits for the readers of a VMA, with the lock of its mapping.
template <class Base>
struct Waits : Base {
  using Base::Base;
  bool vma_try_write(const auto& vma) {
    Base::announce("Retract_Vma"_site, vma);
    // kernel: vma_start_write, down_write
    Base::drain("Retract_VmaDrain"_site, vma, acquire);
    return true;
  }
};
template <class M>
struct RetractWaits : Waits<Fault<M, RetractWaits<M>>> {
  using Waits<Fault<M, RetractWaits>>::Waits;
};
template <class M>
struct FilesRetractWaits : Waits<Files<M, FilesRetractWaits<M>>> {
  using Waits<Files<M, FilesRetractWaits>>::Waits;
};
/// One loop for VMAs and hugetlb mappings; two VMAs have one mapping.
template <class Base>
struct Mixes : Base {
  using Base::Base;
  void take_all_locks(const auto& mm, const auto& vma) {
    Base::m.assume(Base::m.peek(vma, vm_end) == 1);
    const auto next = Base::neighbour(vma);
    // kernel: vm_lock_mapping, down_write (here once: nothing is read under it)
    Base::lock("Mixed_HugeLock"_site, mm, hugetlb_rwsem);
    Base::announce("Mixed_"_site, next);
    // kernel: vma_start_write, down_write
    Base::drain("Mixed_Drain"_site, next, acquire);
    Base::register_with_rest(mm);
    Base::end_take_all(next);
    Base::unregister(mm, vma);
  }
};
template <class M>
struct TakesAllMixed : Mixes<Fault<M, TakesAllMixed<M>>> {
  using Mixes<Fault<M, TakesAllMixed>>::Mixes;
};
template <class M>
struct FilesTakesAllMixed : Mixes<Files<M, FilesTakesAllMixed<M>>> {
  using Mixes<Files<M, FilesTakesAllMixed>>::Mixes;
};

// ---- Writers -----------------------------------------------------------------------------------

/// A section may begin by something else than the lock of its VMA; is that locked in the end?
template <class M, class Self>
struct Early : Fault<M, Self> {
  using Base = Fault<M, Self>;
  using Base::Base;
  bool begins_otherwise(const auto& mm, const auto& vma) {
    Base::m.point("Writer_Section"_point);
    if (Base::m.branch(2) == 0) return false;
    if (Base::self().otherwise(mm, vma)) Base::vma_end_write("Vma_"_site, vma);
    return true;
  }
  void expand(const auto&, const auto&) {}
  auto neighbour_to_take(const auto& vma) {
    Base::m.assume(Base::m.peek(vma, vm_end) == 1);
    return Base::neighbour(vma);
  }
  void lock_next(const auto& next) {
    Base::announce("LateNext_"_site, next);
    // kernel: vma_start_write, down_write
    Base::drain("LateNext_Drain"_site, next, acquire);
  }
  void lock_both(const auto& vma, const auto& next) {
    Base::announce("Late_"_site, vma);
    // kernel: vma_start_write, down_write
    Base::drain("Late_Drain"_site, vma, acquire);
    lock_next(next);
  }
  void lock_anon_vma(const auto& mm) {
    // kernel: anon_vma_lock_write, down_write (here once: nothing is read under it)
    Base::lock("Late_AnonLock"_site, mm, anon_rwsem);
  }
  void set_bounds(const auto& mm, const auto& vma, const auto& next) {
    Base::set_bounds(mm, vma, next);
    Base::take_away(next);
  }
};
/// The VMAs are locked inside the lock of their anon_vma.
template <class M>
struct BrkLocksLate : Early<M, BrkLocksLate<M>> {
  using Base = Early<M, BrkLocksLate>;
  using Base::Base;
  bool otherwise(const auto& mm, const auto& vma) {
    const auto next = Base::neighbour_to_take(vma);
    Base::lock_anon_vma(mm);
    Base::lock_both(vma, next);
    Base::set_bounds(mm, vma, next);
    return true;
  }
};
/// The decision comes before the locks.
template <class M, class Self>
struct Decides : Early<M, Self> {
  using Base = Early<M, Self>;
  using Base::Base;
  bool otherwise(const auto& mm, const auto& vma) {
    const auto next = Base::neighbour_to_take(vma);
    const auto [own, its] = Base::decide("Early_"_site, vma, next);
    auto saw = Base::m.named("wsaw"_local, own);
    if (saw != its) return false;
    Base::lock_both(vma, next);
    Base::lock("Expand_Lock"_site, mm, anon_rwsem);
    Base::grow(mm, vma, next, saw);
    return true;
  }
};
template <class M>
struct DecidesUnlocked : Decides<M, DecidesUnlocked<M>> {
  using Decides<M, DecidesUnlocked>::Decides;
};
/// A fault without an anon_vma makes one, under the lock of its VMA alone.
template <class Base>
struct Prepares : Base {
  using Base::Base;
  bool has_anon_vma(const auto& mm, const auto& vma) {
    if (!Base::has_anon_vma(mm, vma)) {
      // kernel: anon_vma_lock_write, down_write (here once: nothing is read under it)
      Base::lock("Early_AnonLock"_site, mm, anon_rwsem);
      Base::m.store("Early_Set"_site, vma, anon_vma, yes, plain);  // kernel: __anon_vma_prepare
      // kernel: anon_vma_unlock_write, up_write (here once: nothing is read under it)
      Base::unlock("Early_AnonUnlock"_site, mm, anon_rwsem);
    }
    return true;
  }
};
template <class M>
struct FaultPrepares : Prepares<Fault<M, FaultPrepares<M>>> {
  using Prepares<Fault<M, FaultPrepares>>::Prepares;
};
template <class M>
struct PreparesDecidesUnlocked : Prepares<Decides<M, PreparesDecidesUnlocked<M>>> {
  using Prepares<Decides<M, PreparesDecidesUnlocked>>::Prepares;
};
template <class M>
struct ExpandsUnlocked : Early<M, ExpandsUnlocked<M>> {
  using Base = Early<M, ExpandsUnlocked>;
  using Base::Base;
  bool otherwise(const auto& mm, const auto& vma) {
    const auto next = Base::neighbour_to_take(vma);
    Base::lock_anon_vma(mm);
    Base::lock_next(next);
    Base::set_bounds(mm, vma, next);
    return false;
  }
};
template <class M>
struct RegistersUnlocked : Early<M, RegistersUnlocked<M>> {
  using Base = Early<M, RegistersUnlocked>;
  using Base::Base;
  bool otherwise(const auto& mm, const auto&) {
    Base::register_notifier(mm);
    Base::unregister(mm);
    return false;
  }
  void take_all_locks(const auto&, const auto& vma) { Base::vma_end_write("Vma_"_site, vma); }
  /// Never: what there is to do is done sooner.
  void expand(const auto&, const auto& vma) { Base::m.assume(Base::m.peek(vma, vm_end) == 0); }
};
template <class M>
struct RemovesUnlocked : Early<M, RemovesUnlocked<M>> {
  using Base = Early<M, RemovesUnlocked>;
  using Base::Base;
  bool begins_otherwise(const auto&, const auto&) { return false; }
  void expand(const auto& mm, const auto& vma) {
    const auto next = Base::neighbour_to_take(vma);
    Base::lock_anon_vma(mm);
    Base::set_bounds(mm, vma, next);
  }
};
template <class M>
struct InsertsUnlocked : Fault<M, InsertsUnlocked<M>> {
  using Fault<M, InsertsUnlocked>::Fault;
  static constexpr int at_attach = 0;
};
template <class M>
struct SplitForgetsFlags : Fault<M, SplitForgetsFlags<M>> {
  using Fault<M, SplitForgetsFlags>::Fault;
  static constexpr bool copies_flags = false;
};
template <class M>
struct RefusalKeepsLock : Fault<M, RefusalKeepsLock<M>> {
  using Fault<M, RefusalKeepsLock>::Fault;
  void refuse(const auto&) {}
};
template <class M>
struct RetractWithoutMmap : Fault<M, RetractWithoutMmap<M>> {
  using Fault<M, RetractWithoutMmap>::Fault;
  static constexpr bool takes_mmap_lock = false;
  bool mmap_write_trylock(const auto&) { return true; }
};
/// Where mmap_lock is not to be had, the mapping stays locked.
template <class M>
struct RetractKeepsMapping : Fault<M, RetractKeepsMapping<M>> {
  using Fault<M, RetractKeepsMapping>::Fault;
  static constexpr bool keeps_mapping = true;
};
/// A writer that waits keeps nobody out.
template <class M>
struct WriterStarves : Fault<M, WriterStarves<M>> {
  using Fault<M, WriterStarves>::Fault;
  static constexpr int announced = 0;
};
/// Of a VMA that is still in the tree a flag is cleared, without mmap_lock.
template <class M>
struct ZapsLive : Fault<M, ZapsLive<M>> {
  using Base = Fault<M, ZapsLive>;
  using Base::Base;
  void write(const auto& mm, const auto& vma) {
    if (Base::m.branch(2) == 0) return Base::write(mm, vma);
    // kernel: untrack_pfn
    const auto saw =
        Base::m.named("wsaw"_local, Base::m.load("Zap_Load"_site, vma, vm_flags, plain));
    Base::m.store("Zap_Store"_site, vma, vm_flags, saw, plain);  // kernel: untrack_pfn
  }
};

template <template <class> class Code>
Form variant(std::string_view name) {
  return form<Code, FaultRole, WriterRole>(name);
}
/// Counters that have one value count nothing.
std::uint32_t one(const Numbers&) {
  return 1;
}

const RegisteredProtocol protocol{
    {.sizes = {"fault",
               {{"Readers", "fault"}, {"Writers", "writer"}, {"Vmas", "VMA"}, {"Mms", "mm", 1}},
               {{"events", "Events", "event counter value", one}}},
     .kinds = {{"Vma", "v", "Vmas"}, {"Mm", "m", "Mms"}},
     .fields = {variable_of(vm_lock), variable_of(anon_vma), variable_of(vm_flags),
                variable_of(vm_end), variable_of(mmap_lock), variable_of(hugetlb_rwsem),
                variable_of(i_mmap_rwsem), variable_of(anon_rwsem), variable_of(page_table_lock),
                variable_of(notifiers), variable_of(calls), variable_of(successes),
                variable_of(retries), variable_of(aborts), variable_of(refusals)},
     .starts = {{"vm_end", 1}},
     .roles = {{"fault", "r", "Readers", {"Fault_Idle"}},
               {"writer", "w", "Writers", {"Writer_Idle"}}},
     .forms = [] {
       return std::vector<Form>{variant<Holds>("holds"),
                                variant<FaultPrepares>("prepares"),
                                variant<DecidesUnlocked>("decides_unlocked"),
                                variant<FileFaults>("file_faults"),
                                variant<AnonBeforeLock>("anon_before_lock"),
                                variant<ArmedBeforeLock>("armed_before_lock"),
                                variant<ArmedHandled>("armed_handled"),
                                variant<SwapHandled>("swap_handled"),
                                variant<ErrorUnderLock>("error_under_lock"),
                                variant<LocksBeforeUnlock>("locks_before_unlock"),
                                variant<RefusalKeepsLock>("refusal_keeps_lock"),
                                variant<KeepsLookup>("keeps_lookup"),
                                variant<RetryUncounted>("retry_uncounted"),
                                variant<WaitsForVma>("waits_for_vma"),
                                variant<RetractWaits>("retract_waits"),
                                variant<FilesRetractWaits>("files_retract_waits"),
                                variant<TakesAllMixed>("takes_all_mixed"),
                                variant<FilesTakesAllMixed>("files_takes_all_mixed"),
                                variant<BrkLocksLate>("brk_locks_late"),
                                variant<PreparesDecidesUnlocked>("prepares_decides_unlocked"),
                                variant<ExpandsUnlocked>("expands_unlocked"),
                                variant<RemovesUnlocked>("removes_unlocked"),
                                variant<InsertsUnlocked>("inserts_unlocked"),
                                variant<SplitForgetsFlags>("split_forgets_flags"),
                                variant<RegistersUnlocked>("registers_unlocked"),
                                variant<RetractWithoutMmap>("retract_without_mmap"),
                                variant<RetractKeepsMapping>("retract_keeps_mapping"),
                                variant<WriterStarves>("writer_starves"),
                                variant<ZapsLive>("zaps_live")};
     }}};

}  // namespace
}  // namespace lockstep::fault
