// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "seq_mark.hpp"

#include "machines/registration.hpp"

namespace lockstep::seq_mark {
namespace {

struct ReaderRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    Code<M> p(m, static_cast<int>(n["modulus"]));
    reader(p);
  }
};
struct SpeculatorRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    Code<M> p(m, static_cast<int>(n["modulus"]));
    speculator(p);
  }
};
struct WriterRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    Code<M> p(m, static_cast<int>(n["modulus"]));
    Writer(p).run();
  }
};

// ---- The reader --------------------------------------------------------------------------------

template <class M>
struct NoRecheck : SeqMark<M, NoRecheck<M>> {
  using SeqMark<M, NoRecheck>::SeqMark;
  bool is_write_locked(const auto&, const auto&) { return false; }
};
template <class M>
struct TurnedAwayKeepsLock : SeqMark<M, TurnedAwayKeepsLock<M>> {
  using SeqMark<M, TurnedAwayKeepsLock>::SeqMark;
  void turned_away(const auto&) {}
};
template <class M>
struct OneReaderAtATime : SeqMark<M, OneReaderAtATime<M>> {
  using SeqMark<M, OneReaderAtATime>::SeqMark;
  auto keeps_out(const auto& n) { return n != 0; }
};

// ---- The writer --------------------------------------------------------------------------------

template <class M>
struct MarksWithoutLock : SeqMark<M, MarksWithoutLock<M>> {
  using SeqMark<M, MarksWithoutLock>::SeqMark;
  void down_write(const auto&) {}
  void up_write(const auto&) {}
};
template <class M>
struct MarksKeepsLock : SeqMark<M, MarksKeepsLock<M>> {
  using SeqMark<M, MarksKeepsLock>::SeqMark;
  void up_write(const auto&) {}
};
template <class M>
struct ModifyUnmarked : SeqMark<M, ModifyUnmarked<M>> {
  using SeqMark<M, ModifyUnmarked>::SeqMark;
  void drain_and_mark(const auto&, const auto&) {}
};
/// The step of the increment stays, and does nothing.
template <class M, class S>
struct KeepsMarks : SeqMark<M, KeepsMarks<M, S>> {
  using Base = SeqMark<M, KeepsMarks>;
  using Base::Base;
  using Base::next_seq;
  void next_seq(S site, const auto&, Order) { this->m.group(site); }
};
template <class M>
using UnlockKeepsMarks = KeepsMarks<M, Site<"MmapUnlock_SeqEnd">>;
template <class M>
using DowngradeKeepsMarks = KeepsMarks<M, Site<"MmapDowngrade_SeqEnd">>;

// ---- The counter -------------------------------------------------------------------------------

struct Counter {
  bool once = false;    ///< the unlock alone increments it, as from 6.4 to 6.13
  bool wraps = false;   ///< behind the last of its values it begins anew
  bool to_new = false;  ///< one of them is -1, the mark of a VMA that nobody has marked yet
  bool drains = false;  ///< the early exit of a writer also wants that no reader is inside
  bool speculates = true;
};
template <class M, Counter counter>
struct Counting : SeqMark<M, Counting<M, counter>> {
  using Base = SeqMark<M, Counting>;
  using Base::Base;
  using Base::m;
  static constexpr bool wraps = counter.wraps;
  void next_seq(auto site, const auto& mm, Order order) {
    if constexpr (counter.once && std::is_same_v<decltype(site), Site<"MmapLock_SeqBegin">>) {
      m.group(site);
    } else if constexpr (wraps) {
      m.increment_modulo(site, mm, mm_lock_seq, this->modulus, counter.to_new ? -1 : 0, order);
    } else {
      Base::next_seq(site, mm, order);
    }
  }
  bool drained(const auto& vma) {
    if constexpr (!counter.drains) return true;
    // kernel: none, the variant's
    return m.load("StartWrite_CheckReaders"_site, vma, vm_lock, once) == 0;
  }
  bool is_even(const auto& seq) { return counter.speculates && Base::is_even(seq); }
};
template <class M>
using CountsOnce = Counting<M, Counter{.once = true, .speculates = false}>;
template <class M>
using CountsOnceWraps = Counting<M, Counter{.once = true, .wraps = true, .speculates = false}>;
template <class M>
using CountsOnceSpeculates = Counting<M, Counter{.once = true}>;
template <class M>
using Wraps = Counting<M, Counter{.wraps = true}>;
template <class M>
using WrapsDrains = Counting<M, Counter{.wraps = true, .drains = true, .speculates = false}>;
template <class M>
using WrapsDrainsSpeculates = Counting<M, Counter{.wraps = true, .drains = true}>;
template <class M>
using WrapsToNew = Counting<M, Counter{.wraps = true, .to_new = true}>;
template <class M>
using WrapsToNewDrains =
    Counting<M, Counter{.wraps = true, .to_new = true, .drains = true, .speculates = false}>;

// ---- The speculator ----------------------------------------------------------------------------

template <class M>
struct SpecIgnoresOdd : SeqMark<M, SpecIgnoresOdd<M>> {
  using SeqMark<M, SpecIgnoresOdd>::SeqMark;
  bool is_even(const auto&) { return true; }
};
template <class M>
struct SpecNoRetry : SeqMark<M, SpecNoRetry<M>> {
  using SeqMark<M, SpecNoRetry>::SeqMark;
  bool mmap_lock_speculate_retry(const auto& mm, const auto&) {
    this->m.load("Spec_Retry"_site, mm, mm_lock_seq, once);
    return false;
  }
};
/// It waits for an even number instead of going away.
template <class M>
struct SpecWaits : SeqMark<M, SpecWaits<M>> {
  using SeqMark<M, SpecWaits>::SeqMark;
  bool may_speculate(const auto& mm, auto& seq) {
    for (;;) {
      if (this->is_even(seq)) return true;
      // kernel: none, the variant's
      seq = this->m.load("Spec_Again"_site, mm, mm_lock_seq, acquire);
    }
  }
};

template <template <class> class Code>
Form variant(std::string_view name) {
  return form<Code, ReaderRole, SpeculatorRole, WriterRole>(name);
}
std::uint32_t any(const Numbers&) {
  return Size::any;
}
bool only_the_distance_matters(const Numbers& n) {
  return n["modulus"] == Size::any;
}

const RegisteredProtocol protocol{
    {.sizes =
         {"seq_mark",
          {{"Readers", "reader"}, {"Vmas", "VMA"}, {"Speculators", "speculator"}, {"Mms", "mm", 1}},
          {{"modulus", "Modulus", "sequence value", any, true}}},
     .kinds = {{"Vma", "v", "Vmas"}, {"Mm", "m", "Mms"}},
     .fields = {variable_of(vm_lock), variable_of(vm_lock_seq), variable_of(vm_start),
                variable_of(vm_pgoff), variable_of(mm_lock_seq)},
     .starts = {{"vm_lock_seq", -1}},
     .view = {"mm_lock_seq", {"vm_lock_seq", "rseq", "sseq"}, only_the_distance_matters},
     .roles = {{"reader", "r", "Readers", {"Reader_Idle"}},
               {"speculator", "s", "Speculators", {"Spec_Idle"}},
               {"writer", "m", "Mms", {"Writer_Idle"}}},
     .forms = [] {
       return std::vector<Form>{variant<Holds>("holds"),
                                variant<NoRecheck>("no_recheck"),
                                variant<TurnedAwayKeepsLock>("turned_away_keeps_lock"),
                                variant<OneReaderAtATime>("one_reader_at_a_time"),
                                variant<MarksWithoutLock>("marks_without_lock"),
                                variant<MarksKeepsLock>("marks_keeps_lock"),
                                variant<ModifyUnmarked>("modify_unmarked"),
                                variant<UnlockKeepsMarks>("unlock_keeps_marks"),
                                variant<DowngradeKeepsMarks>("downgrade_keeps_marks"),
                                variant<CountsOnce>("counts_once"),
                                variant<CountsOnceWraps>("counts_once_wraps"),
                                variant<CountsOnceSpeculates>("counts_once_speculates"),
                                variant<Wraps>("wraps"),
                                variant<WrapsDrains>("wraps_drains"),
                                variant<WrapsDrainsSpeculates>("wraps_drains_speculates"),
                                variant<WrapsToNew>("wraps_to_new"),
                                variant<WrapsToNewDrains>("wraps_to_new_drains"),
                                variant<SpecIgnoresOdd>("spec_ignores_odd"),
                                variant<SpecNoRetry>("spec_no_retry"),
                                variant<SpecWaits>("spec_waits")};
     }}};

}  // namespace
}  // namespace lockstep::seq_mark
