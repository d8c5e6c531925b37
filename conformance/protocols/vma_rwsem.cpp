// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "vma_rwsem.hpp"

#include "machines/registration.hpp"

namespace lockstep::vma_rwsem {
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
    Writer(p, static_cast<int>(n["sections"]), static_cast<int>(n["contents"])).run();
  }
};

// ---- up_read(), and what keeps the lock meanwhile ----------------------------------------------

/// S01: nothing does.
template <class M>
struct UpReadOutsideRcu : VmaRwsem<M, UpReadOutsideRcu<M>> {
  using VmaRwsem<M, UpReadOutsideRcu>::VmaRwsem;
  void vma_end_read(auto& vma, auto& sem) { this->up_read("UpRead_"_site, vma, sem); }
};
/// S01: the section is there, and nobody waits for it.
template <class M>
struct FreesAtOnce : VmaRwsem<M, FreesAtOnce<M>> {
  using Base = VmaRwsem<M, FreesAtOnce>;
  using Base::Base;
  using Base::m;
  void free_lock(auto site, const auto& sem) { m.free(site, sem); }
  void free_vma(auto site, const auto& vma) { m.free(site, vma); }
};
template <class M>
struct FreesLockAtOnce : VmaRwsem<M, FreesLockAtOnce<M>> {
  using VmaRwsem<M, FreesLockAtOnce>::VmaRwsem;
  void free_lock(auto site, const auto& sem) { this->m.free(site, sem); }
};
/// S53: __up_read() disables preemption. Does RCU wait for who has?
template <class M, bool counts>
struct PreemptOff : VmaRwsem<M, PreemptOff<M, counts>> {
  using Base = VmaRwsem<M, PreemptOff>;
  using Base::Base;
  using Base::m;
  void vma_end_read(auto& vma, auto& sem) {
    if constexpr (counts) {
      m.rcu_read_lock("EndRead_PreemptOff"_site);  // kernel: none, preempt_disable()
    } else {
      m.group("EndRead_PreemptOff"_site);
    }
    this->up_read("UpRead_"_site, vma, sem);
    if constexpr (counts) {
      m.rcu_read_unlock("EndRead_PreemptOn"_site);  // kernel: none, preempt_enable()
    } else {
      m.group("EndRead_PreemptOn"_site);
    }
  }
};
template <class M>
using PreemptOffCounts = PreemptOff<M, true>;
template <class M>
using PreemptOffIsNone = PreemptOff<M, false>;

// ---- The semaphore -----------------------------------------------------------------------------

template <class M>
struct IgnoresWaiters : VmaRwsem<M, IgnoresWaiters<M>> {
  using VmaRwsem<M, IgnoresWaiters>::VmaRwsem;
  static constexpr auto fails = [](auto n) { return (n & writer_locked) != 0; };
};
template <class M>
struct NeverWakes : VmaRwsem<M, NeverWakes<M>> {
  using VmaRwsem<M, NeverWakes>::VmaRwsem;
  bool must_wake(const auto&) { return false; }
};
/// The hint is cleared once the lock is lost, and a wake-up follows whether somebody waits or not.
template <class M>
struct ClearsOwnerLate : VmaRwsem<M, ClearsOwnerLate<M>> {
  using Base = VmaRwsem<M, ClearsOwnerLate>;
  using Base::Base;
  using Base::m;
  void up_read(auto prefix, auto& vma, auto& sem) {
    drop_reader(m, prefix, sem);
    vma.forget();
    clear_reader_owned(m, prefix, sem);
    rwsem_wake(m, prefix, sem);
  }
};
template <class M>
struct StateSetAfterLook : VmaRwsem<M, StateSetAfterLook<M>> {
  using Base = VmaRwsem<M, StateSetAfterLook>;
  using Base::Base;
  using Base::m;
  void wait_for_lock(const auto& sem) {
    m.store("Slowpath_AddWaiter"_site, sem, sem_waiter, m.self(), once);
    m.fetch_or("Slowpath_SetWaiters"_site, sem, sem_count, flag_waiters, once);
    while (m.cmpxchg("Slowpath_TryWriteLock"_site, sem, sem_count, flag_waiters, writer_locked,
                     acquire) != flag_waiters) {
      m.store("Slowpath_SetCurrentState"_site, m.self(), task_state, sleeping, full);
      m.wait("Slowpath_Schedule"_site, m.self(), task_state, running);
    }
  }
};
template <class M>
struct FinishKeepsWaiter : VmaRwsem<M, FinishKeepsWaiter<M>> {
  using Base = VmaRwsem<M, FinishKeepsWaiter>;
  using Base::Base;
  using Base::m;
  void wait_is_over(const auto&) {
    m.group("Slowpath_DelWaiter"_site);
    m.store("Slowpath_SetRunning"_site, m.self(), task_state, running, once);
  }
};
template <class M>
struct FinishKeepsState : VmaRwsem<M, FinishKeepsState<M>> {
  using Base = VmaRwsem<M, FinishKeepsState>;
  using Base::Base;
  using Base::m;
  void wait_is_over(const auto& sem) {
    m.store("Slowpath_DelWaiter"_site, sem, sem_waiter, null, once);
    m.group("Slowpath_SetRunning"_site);
  }
};
template <class M>
struct ReaderTriesAgain : VmaRwsem<M, ReaderTriesAgain<M>> {
  using Base = VmaRwsem<M, ReaderTriesAgain>;
  using Base::Base;
  bool read_trylock(const auto& sem) {
    while (!Base::read_trylock(sem)) {
    }
    return true;
  }
};

// ---- The reader's checks -----------------------------------------------------------------------

template <class M>
struct LookupWithoutRcu : VmaRwsem<M, LookupWithoutRcu<M>> {
  using VmaRwsem<M, LookupWithoutRcu>::VmaRwsem;
  void rcu_read_lock(auto site) { this->m.group(site); }
  void rcu_read_unlock(auto site) { this->m.group(site); }
};
template <class M>
struct LookupKeepsRcu : VmaRwsem<M, LookupKeepsRcu<M>> {
  using Base = VmaRwsem<M, LookupKeepsRcu>;
  using Base::Base;
  using Base::rcu_read_unlock;
  void rcu_read_unlock(Site<"Lookup_RcuUnlock"> site) { this->m.group(site); }
};
template <class M>
struct OneReaderAtATime : VmaRwsem<M, OneReaderAtATime<M>> {
  using VmaRwsem<M, OneReaderAtATime>::VmaRwsem;
  static constexpr auto fails = [](auto n) { return n != 0; };
};
template <class M>
struct NoRecheck : VmaRwsem<M, NoRecheck<M>> {
  using VmaRwsem<M, NoRecheck>::VmaRwsem;
  bool is_write_locked(const auto&, const auto&) { return false; }
};
template <class M>
struct NoRewalk : VmaRwsem<M, NoRewalk<M>> {
  using VmaRwsem<M, NoRewalk>::VmaRwsem;
  bool isolated(const auto&, const auto&) { return false; }
};
template <class M>
struct TurnedAwayKeepsLock : VmaRwsem<M, TurnedAwayKeepsLock<M>> {
  using VmaRwsem<M, TurnedAwayKeepsLock>::VmaRwsem;
  void turned_away(auto& vma, auto& sem) {
    vma.forget();
    sem.forget();
  }
};

// ---- The writer --------------------------------------------------------------------------------

template <class M>
struct ModifyUnmarked : VmaRwsem<M, ModifyUnmarked<M>> {
  using VmaRwsem<M, ModifyUnmarked>::VmaRwsem;
  void drain_and_mark(const auto&, const auto&, const auto&) {}
};
template <class M>
struct MarksWithoutLock : VmaRwsem<M, MarksWithoutLock<M>> {
  using VmaRwsem<M, MarksWithoutLock>::VmaRwsem;
  void drain_and_mark(const auto& mm, const auto& vma, const auto&) { this->mark(mm, vma); }
};
/// The step of the increment stays, and does nothing.
template <class M, class S>
struct KeepsMarks : VmaRwsem<M, KeepsMarks<M, S>> {
  using Base = VmaRwsem<M, KeepsMarks>;
  using Base::Base;
  using Base::next_seq;
  void next_seq(S site, const auto&) { this->m.group(site); }
};
template <class M>
using UnlockKeepsMarks = KeepsMarks<M, Site<"MmapUnlock_SeqEnd">>;
template <class M>
using DowngradeKeepsMarks = KeepsMarks<M, Site<"MmapDowngrade_SeqEnd">>;
template <class M>
struct UnmapKeepsVma : VmaRwsem<M, UnmapKeepsVma<M>> {
  using VmaRwsem<M, UnmapKeepsVma>::VmaRwsem;
  void free_vma(auto site, const auto&) { this->m.group(site); }
};
template <class M>
struct UnmapKeepsLock : VmaRwsem<M, UnmapKeepsLock<M>> {
  using VmaRwsem<M, UnmapKeepsLock>::VmaRwsem;
  void free_lock(auto site, const auto&) { this->m.group(site); }
};
/// C0b, and nothing after it: the copy keeps the lock of its source, which goes.
template <class M>
struct DupKeepsLock : VmaRwsem<M, DupKeepsLock<M>> {
  using VmaRwsem<M, DupKeepsLock>::VmaRwsem;
  static constexpr bool dup_has_own_lock = false;
};

template <class M>
struct DupContentsAnew : VmaRwsem<M, DupContentsAnew<M>> {
  using VmaRwsem<M, DupContentsAnew>::VmaRwsem;
  // kernel: vm_area_dup
  void dup_contents(const auto&, const auto& vma) {
    this->m.store("Dup_CopyData"_site, vma, vm_data, whole, plain);
  }
};
template <class M>
struct DowngradeGoesOn : VmaRwsem<M, DowngradeGoesOn<M>> {
  using VmaRwsem<M, DowngradeGoesOn>::VmaRwsem;
  static constexpr bool downgrade_ends = false;
};

template <template <class> class Code>
Form variant(std::string_view name) {
  return form<Code, ReaderRole, WriterRole>(name);
}
std::uint32_t any(const Numbers&) {
  return Size::any;
}
std::uint32_t alike(const Numbers&) {
  return whole;
}
bool only_the_distance_matters(const Numbers& n) {
  return n["sections"] == Size::any;
}

const RegisteredProtocol protocol{
    {.sizes = {"vma_rwsem",
               {{"Readers", "reader"}, {"Vmas", "VMA"}, {"Locks", "lock"}, {"Mms", "mm", 1}},
               {{"sections", "MaxSections", "write section", any, true},
                {"contents", "Contents", "contents", alike}}},
     .kinds = {{"Vma", "v", "Vmas", WorldSpec::Lifetime::freed},
               {"Lock", "l", "Locks", WorldSpec::Lifetime::freed},
               {"Mm", "m", "Mms"},
               {"Task", "m", "Mms"}},
     .fields = {variable_of(vm_lock), variable_of(vm_lock_seq), variable_of(vm_data),
                variable_of(sem_count), variable_of(sem_owner), variable_of(sem_waiter),
                variable_of(mm_lock_seq), variable_of(tree), variable_of(task_state)},
     .starts = {{"task_state", running}},
     .view = {"mm_lock_seq", {"vm_lock_seq", "rseq"}, only_the_distance_matters},
     .roles = {{"reader", "r", "Readers", {"Reader_Idle"}},
               {"writer", "m", "Mms", {"Writer_Idle"}}},
     .forms = [] {
       return std::vector<Form>{variant<Holds>("holds"),
                                variant<UpReadOutsideRcu>("up_read_outside_rcu"),
                                variant<FreesAtOnce>("frees_at_once"),
                                variant<FreesLockAtOnce>("frees_lock_at_once"),
                                variant<PreemptOffCounts>("preempt_off_counts"),
                                variant<PreemptOffIsNone>("preempt_off_is_none"),
                                variant<IgnoresWaiters>("ignores_waiters"),
                                variant<NeverWakes>("never_wakes"),
                                variant<ClearsOwnerLate>("clears_owner_late"),
                                variant<StateSetAfterLook>("state_set_after_look"),
                                variant<FinishKeepsWaiter>("finish_keeps_waiter"),
                                variant<FinishKeepsState>("finish_keeps_state"),
                                variant<ReaderTriesAgain>("reader_tries_again"),
                                variant<ReaderTriesAgain>("reader_tries_in_section"),
                                variant<LookupWithoutRcu>("lookup_without_rcu"),
                                variant<LookupKeepsRcu>("lookup_keeps_rcu"),
                                variant<OneReaderAtATime>("one_reader_at_a_time"),
                                variant<NoRecheck>("no_recheck"),
                                variant<NoRewalk>("no_rewalk"),
                                variant<TurnedAwayKeepsLock>("turned_away_keeps_lock"),
                                variant<ModifyUnmarked>("modify_unmarked"),
                                variant<MarksWithoutLock>("marks_without_lock"),
                                variant<UnlockKeepsMarks>("unlock_keeps_marks"),
                                variant<DowngradeKeepsMarks>("downgrade_keeps_marks"),
                                variant<UnmapKeepsVma>("unmap_keeps_vma"),
                                variant<UnmapKeepsLock>("unmap_keeps_lock"),
                                variant<DupKeepsLock>("dup_keeps_lock"),
                                variant<DupContentsAnew>("dup_contents_anew"),
                                variant<DowngradeGoesOn>("downgrade_goes_on")};
     }}};

}  // namespace
}  // namespace lockstep::vma_rwsem
