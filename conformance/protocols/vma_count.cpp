// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "vma_count.hpp"

#include <algorithm>

#include "machines/registration.hpp"

namespace lockstep::vma_count {
namespace {

template <template <class> class Code, class M>
Code<M> code(M& m, const Numbers& n) {
  const int limit = static_cast<int>(n["limit"]);
  return Code<M>(m, limit, limit + 1);
}
struct ReaderRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    auto p = code<Code>(m, n);
    reader(p);
  }
};
struct WriterRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    auto p = code<Code>(m, n);
    Writer(p, static_cast<int>(n["sections"])).run();
  }
};

// ---- The reader: how it counts itself -----------------------------------------------------------

enum class Cas { loop, once, inverted };
/// The increment by hand. `how`: until it is done or there is no room; or one attempt, whose
/// outcome is told as it was first posted, or right.
template <class M, Cas how>
struct ByHand : VmaCount<M, ByHand<M, how>> {
  using Base = VmaCount<M, ByHand>;
  using Base::Base;
  using Base::m;
  bool read_trylock(const auto&, const auto& vma) {
    // kernel: vma_start_read, atomic_read
    auto count = m.named("rcount"_local, m.load("StartRead_LoadCount"_site, vma, vm_count, once));
    for (;;) {
      if (this->no_more(count)) return false;
      const auto next = m.named("rnext"_local, count + 1);
      // kernel: vma_start_read, atomic_cmpxchg (here acquire: no more is needed)
      const auto found = m.cmpxchg("StartRead_Cas"_site, vma, vm_count, count, next, acquire);
      if constexpr (how == Cas::inverted) return found != count;
      if (found == count) return true;
      if constexpr (how == Cas::once) return false;
      count = found;
    }
  }
};
template <class M>
using CasLoop = ByHand<M, Cas::loop>;
/// The same, where two readers are in each other's way.
template <class M>
using CasLoopContended = ByHand<M, Cas::loop>;
template <class M>
using OneShotCas = ByHand<M, Cas::once>;
template <class M>
using CasTestInverted = ByHand<M, Cas::inverted>;

template <class M>
struct NoOverflowCheck : VmaCount<M, NoOverflowCheck<M>> {
  using VmaCount<M, NoOverflowCheck>::VmaCount;
  auto no_more(const auto& count) { return count < 0; }
};
template <class M>
struct OneReaderAtATime : VmaCount<M, OneReaderAtATime<M>> {
  using VmaCount<M, OneReaderAtATime>::VmaCount;
  auto no_more(const auto& count) { return count != 0; }
};
/// It looks whether somebody waits in the mm.
template <class M, class Self>
struct Probing : VmaCount<M, Self> {
  using Base = VmaCount<M, Self>;
  using Base::Base;
  static constexpr bool waiter_bit = false;
  bool read_trylock(const auto& mm, const auto& vma) {
    // kernel: none, waitqueue_active() in the variant
    if (this->m.load("StartRead_Probe"_site, mm, writer_wait, once) != null) return false;
    return Base::read_trylock(mm, vma);
  }
};
template <class M>
struct ProbesQueue : Probing<M, ProbesQueue<M>> {
  using Probing<M, ProbesQueue>::Probing;
};
/// As posted: it increments first, and takes it back if that was too much.
template <class M>
struct OverflowRestores : Probing<M, OverflowRestores<M>> {
  using Base = Probing<M, OverflowRestores>;
  using Base::Base;
  auto no_more(const auto& count) { return either(count < 0, count >= this->flag); }
  bool is_write_locked(const auto& mm, const auto& vma) {
    // kernel: vma_start_read, atomic_read
    const auto count = this->m.load("StartRead_CheckOverflow"_site, vma, vm_count, once);
    if (no_more(count)) return true;
    return Base::is_write_locked(mm, vma);
  }
};
template <class M>
struct NoWaiterBit : VmaCount<M, NoWaiterBit<M>> {
  using VmaCount<M, NoWaiterBit>::VmaCount;
  static constexpr bool waiter_bit = false;
};

// ---- The reader: what it looks at again ---------------------------------------------------------

template <class M>
struct NoRecheck : VmaCount<M, NoRecheck<M>> {
  using VmaCount<M, NoRecheck>::VmaCount;
  bool is_write_locked(const auto&, const auto&) { return false; }
};
template <class M>
struct NoRewalk : VmaCount<M, NoRewalk<M>> {
  using Base = VmaCount<M, NoRewalk>;
  using Base::Base;
  bool isolated(const auto& mm, const auto&) {
    this->m.load("Lookup_Rewalk"_site, mm, tree, once);
    return false;
  }
};
template <class M>
struct TurnedAwayKeepsCount : VmaCount<M, TurnedAwayKeepsCount<M>> {
  using VmaCount<M, TurnedAwayKeepsCount>::VmaCount;
  void turned_away(auto&) {}
};
template <class M>
struct LookupWithoutRcu : VmaCount<M, LookupWithoutRcu<M>> {
  using VmaCount<M, LookupWithoutRcu>::VmaCount;
  void rcu_read_lock(auto site) { this->m.group(site); }
  void rcu_read_unlock(auto site) { this->m.group(site); }
};

template <class M>
struct LookupKeepsRcu : VmaCount<M, LookupKeepsRcu<M>> {
  using Base = VmaCount<M, LookupKeepsRcu>;
  using Base::Base;
  using Base::rcu_read_unlock;
  void rcu_read_unlock(Site<"Lookup_RcuUnlock"> site) { this->m.group(site); }
};

// ---- The reader: when it reads the mm whose writer waits ----------------------------------------

enum class Section { none, around, behind };
/// It reads the mm behind the decrement: without a section, with one around both, or with one that
/// begins too late.
template <class M, Section section>
struct ReadsMmLate : VmaCount<M, ReadsMmLate<M, section>> {
  using Base = VmaCount<M, ReadsMmLate>;
  using Base::Base;
  using Base::m;
  using Base::vma_refcount_put;
  void vma_refcount_put(Site<"Put_"> prefix, auto& vma) {
    if constexpr (section == Section::around) m.rcu_read_lock("Put_RcuLock"_site);
    const auto count = m.fetch_sub("Put_Dec"_site, vma, vm_count, 1, release);
    if (this->last_leaves(count - 1)) {
      if constexpr (section == Section::behind) m.rcu_read_lock("Put_RcuLock"_site);
      // kernel: __vma_refcount_put_return
      auto waiting = m.named("rwake"_local, m.load("Put_LoadMm"_site, vma, vm_mm, plain));
      vma.forget();
      rcuwait_wake_up(m, prefix, waiting, writer_wait);
      if constexpr (section == Section::behind) m.rcu_read_unlock("Put_RcuUnlock"_site);
    } else {
      vma.forget();
    }
    if constexpr (section == Section::around) m.rcu_read_unlock("Put_RcuUnlock"_site);
  }
};
template <class M>
using PutReadsMmLate = ReadsMmLate<M, Section::none>;
template <class M>
using PutInSection = ReadsMmLate<M, Section::around>;
template <class M>
using PutAfterSection = ReadsMmLate<M, Section::behind>;

template <class M>
struct PutNeverWakes : VmaCount<M, PutNeverWakes<M>> {
  using VmaCount<M, PutNeverWakes>::VmaCount;
  bool last_leaves(const auto&) { return false; }
};

// ---- The writer ---------------------------------------------------------------------------------

template <class M>
struct ModifyUnmarked : VmaCount<M, ModifyUnmarked<M>> {
  using VmaCount<M, ModifyUnmarked>::VmaCount;
  void drain_and_mark(const auto&, const auto&) {}
};
template <class M>
struct WriteDoesNotWait : VmaCount<M, WriteDoesNotWait<M>> {
  using VmaCount<M, WriteDoesNotWait>::VmaCount;
  void drain_and_mark(const auto& mm, const auto& vma) { this->mark(mm, vma); }
};
/// The count is free before the VMA is marked.
template <class M>
struct CountBeforeMark : VmaCount<M, CountBeforeMark<M>> {
  using VmaCount<M, CountBeforeMark>::VmaCount;
  void drain_and_mark(const auto& mm, const auto& vma) {
    this->lock(mm, vma);
    this->unlock(vma);
    this->mark(mm, vma);
  }
};
template <class M>
struct StateSetAfterCheck : VmaCount<M, StateSetAfterCheck<M>> {
  using Base = VmaCount<M, StateSetAfterCheck>;
  using Base::Base;
  using Base::m;
  void wait_for_readers(const auto& mm, const auto& vma) {
    m.store("StartWrite_SetWaiter"_site, mm, writer_wait, m.self(), release);
    while (!this->lock_now(vma)) {
      m.store("StartWrite_SetState"_site, m.self(), task_state, sleeping, full);
      m.wait("StartWrite_Sleep"_site, m.self(), task_state, running);
    }
    rcuwait_finish(m, "StartWrite_"_site, mm, writer_wait);
  }
};
template <class M>
struct FinishKeepsWaiter : VmaCount<M, FinishKeepsWaiter<M>> {
  using Base = VmaCount<M, FinishKeepsWaiter>;
  using Base::Base;
  using Base::m;
  void wait_for_readers(const auto& mm, const auto& vma) {
    const auto locked = [&] { return this->lock_now(vma); };
    rcuwait_until(m, "StartWrite_"_site, mm, writer_wait, locked, [] { return false; });
    m.store("StartWrite_Finish"_site, m.self(), task_state, running, once);
  }
};
template <class M>
struct UnmapKeepsVma : VmaCount<M, UnmapKeepsVma<M>> {
  using VmaCount<M, UnmapKeepsVma>::VmaCount;
  void vm_area_free(auto site, const auto&) { this->m.group(site); }
};
/// The step of the increment stays, and does nothing.
template <class M, class S>
struct KeepsMarks : VmaCount<M, KeepsMarks<M, S>> {
  using Base = VmaCount<M, KeepsMarks>;
  using Base::Base;
  using Base::next_seq;
  void next_seq(S site, const auto&) { this->m.group(site); }
};
template <class M>
using UnlockKeepsMarks = KeepsMarks<M, Site<"MmapUnlock_SeqEnd">>;
template <class M>
using DowngradeKeepsMarks = KeepsMarks<M, Site<"MmapDowngrade_SeqEnd">>;

template <class M>
struct DowngradeGoesOn : VmaCount<M, DowngradeGoesOn<M>> {
  using VmaCount<M, DowngradeGoesOn>::VmaCount;
  static constexpr bool downgrade_ends = false;
};

template <template <class> class Code>
Form variant(std::string_view name) {
  return form<Code, ReaderRole, WriterRole>(name);
}
std::uint32_t enough(const Numbers& n) {
  return std::max(7U, n["Readers"] + 1);
}
std::uint32_t any(const Numbers&) {
  return Size::any;
}
bool only_the_distance_matters(const Numbers& n) {
  return n["sections"] == Size::any;
}

const RegisteredProtocol protocol{
    {.sizes = {"vma_count",
               {{"Readers", "reader"}, {"Vmas", "VMA"}, {"Mms", "mm", 1}},
               {{"limit", "Limit", "reader limit", enough},
                {"sections", "MaxSections", "write section", any, true}}},
     .kinds = {{"Vma", "v", "Vmas", WorldSpec::Lifetime::rcu_freed},
               {"Mm", "m", "Mms"},
               {"Task", "m", "Mms"}},
     .fields = {variable_of(vm_mm), variable_of(vm_count), variable_of(vm_lock_seq),
                variable_of(vm_data), variable_of(mm_lock_seq), variable_of(tree),
                variable_of(writer_wait), variable_of(task_state)},
     .starts = {{"task_state", running}},
     .view = {"mm_lock_seq", {"vm_lock_seq", "rseq"}, only_the_distance_matters},
     .roles = {{"reader", "r", "Readers", {"Reader_Idle"}},
               {"writer", "m", "Mms", {"Writer_Idle"}}},
     .forms = [] {
       return std::vector<Form>{variant<Holds>("holds"),
                                variant<CasLoop>("cas_loop"),
                                variant<OneShotCas>("one_shot_cas"),
                                variant<OverflowRestores>("overflow_restores"),
                                variant<ProbesQueue>("probes_queue"),
                                variant<PutInSection>("put_in_section"),
                                variant<NoWaiterBit>("no_waiter_bit"),
                                variant<PutReadsMmLate>("put_reads_mm_late"),
                                variant<PutAfterSection>("put_after_section"),
                                variant<CasTestInverted>("cas_test_inverted"),
                                variant<NoOverflowCheck>("no_overflow_check"),
                                variant<OneReaderAtATime>("one_reader_at_a_time"),
                                variant<NoRecheck>("no_recheck"),
                                variant<NoRewalk>("no_rewalk"),
                                variant<TurnedAwayKeepsCount>("turned_away_keeps_count"),
                                variant<LookupWithoutRcu>("lookup_without_rcu"),
                                variant<PutNeverWakes>("put_never_wakes"),
                                variant<CasLoopContended>("cas_loop_contended"),
                                variant<LookupKeepsRcu>("lookup_keeps_rcu"),
                                variant<UnmapKeepsVma>("unmap_keeps_vma"),
                                variant<ModifyUnmarked>("modify_unmarked"),
                                variant<WriteDoesNotWait>("write_does_not_wait"),
                                variant<CountBeforeMark>("count_before_mark"),
                                variant<StateSetAfterCheck>("state_set_after_check"),
                                variant<FinishKeepsWaiter>("finish_keeps_waiter"),
                                variant<UnlockKeepsMarks>("unlock_keeps_marks"),
                                variant<DowngradeKeepsMarks>("downgrade_keeps_marks"),
                                variant<DowngradeGoesOn>("downgrade_goes_on")};
     }}};

}  // namespace
}  // namespace lockstep::vma_count
