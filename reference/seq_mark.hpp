// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// The mark of the per-VMA lock: a VMA is write-locked while its vm_lock_seq equals the mm's
// mm_lock_seq, and one increment of mm_lock_seq releases all marks. The lock of a VMA is an rwsem,
// as in Linux 6.4 to 6.14; mm_lock_seq is the seqcount of 6.14 and later, which readers may use
// without any lock. Sources: Suren Baghdasaryan's series of January 2023; Jann Horn's fix of July
// 2023. Functions are called as in spec/kernel.json, though some do other things today.
//
//   vm_lock      the rwsem: n > 0 readers; -1 a writer, which only marks the VMA
//   mm_lock_seq  odd while mmap_lock is write-locked
#pragma once

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

namespace lockstep::seq_mark {

using enum Order;

struct Mm {
  static constexpr std::string_view kind = "Mm";
};
struct Vma {
  static constexpr std::string_view kind = "Vma";
};

inline constexpr Field<"vm_lock", Vma, int> vm_lock;
inline constexpr Field<"vm_lock_seq", Vma, int> vm_lock_seq;
/// Two words of a VMA that belong together: where no writer is, they are equal.
inline constexpr Field<"vm_start", Vma, int> vm_start;
inline constexpr Field<"vm_pgoff", Vma, int> vm_pgoff;
inline constexpr Field<"mm_lock_seq", Mm, int> mm_lock_seq;

/// `Self` is the protocol itself, or a variant that replaces some of its functions.
template <class M, class Self>
class SeqMark {
 public:
  /// `modulus`: how many values mm_lock_seq has, or 0: any number.
  SeqMark(M& machine, int values) : m(machine), modulus(values) {}

  // ---- Readers, with the VMA's lock ------------------------------------------------------------

  /// Is `vma` read-locked now? False also where somebody had it write-locked.
  bool vma_start_read(const auto& mm, const auto& vma) {
    if (self().maybe_write_locked(mm, vma)) return false;
    // acquire: the mark, as it was when the last writer dropped the lock.
    // kernel: vma_start_read, down_read_trylock
    // pairs with MmapDowngrade_SeqEnd, MmapUnlock_SeqEnd, MmapUnlock_Wmb, StartWrite_Unlock
    const auto count = m.fetch_add_unless("StartRead_Trylock"_site, vma, vm_lock, 1, acquire,
                                          [this](auto n) { return self().keeps_out(n); });
    if (self().keeps_out(count)) return false;
    if (self().is_write_locked(mm, vma)) {
      self().turned_away(vma);
      return false;
    }
    return true;
  }

  // kernel: up_read
  void vma_end_read(const auto& vma) {
    // release: what the reader looked at, before what the next writer does to it.
    // pairs with StartWrite_Lock
    m.fetch_sub("EndRead_Unlock"_site, vma, vm_lock, 1, release);
  }

  // ---- Readers, without any lock ---------------------------------------------------------------

  // kernel: smp_load_acquire
  auto mmap_lock_speculate_try_begin(const auto& mm) {
    // acquire: what is read now is not older than the number.
    // pairs with MmapLock_Wmb, MmapUnlock_SeqEnd
    return m.load("Spec_Begin"_site, mm, mm_lock_seq, acquire);
  }
  bool may_speculate(const auto&, auto& seq) { return self().is_even(seq); }
  auto is_even(const auto& seq) { return !odd(seq); }

  /// True: what was read is worth nothing.
  auto mmap_lock_speculate_retry(const auto& mm, const auto& seq) {
    // rmb: what was read is not younger than the number is now.
    // kernel: smp_rmb
    // pairs with MmapLock_Wmb, MmapUnlock_SeqEnd
    m.fence("Spec_Rmb"_site, rmb);
    return m.load("Spec_Retry"_site, mm, mm_lock_seq, once) != seq;  // kernel: READ_ONCE
  }

  // ---- Writers, under mmap_lock ----------------------------------------------------------------

  void mmap_write_lock(const auto& mm) {
    // kernel: mm_lock_seqcount_begin (here once: of a plain store the model lets nobody conclude
    // anything)
    self().next_seq("MmapLock_SeqBegin"_site, mm, once);
    // wmb: the odd number before what is written under it.
    // kernel: smp_wmb
    // pairs with Spec_Begin, Spec_Rmb
    m.fence("MmapLock_Wmb"_site, wmb);
  }

  /// Releases all marks at once, when mmap_lock is unlocked or downgraded.
  void vma_end_write_all(auto prefix, const auto& mm) {
    // kernel: smp_wmb (here none: the release below is the fix; 6.14 has this one instead)
    m.fence(prefix + "Wmb"_site, none);
    // release: what was written under the marks before they are gone.
    // kernel: mm_lock_seqcount_end (here release: as from 6.5 to 6.13)
    // pairs with Spec_Begin, Spec_Rmb, StartRead_RecheckSeq, StartRead_Trylock
    self().next_seq(prefix + "SeqEnd"_site, mm, release);
  }

  /// Returns once no reader is inside, with `vma` marked until vma_end_write_all().
  void vma_start_write(const auto& mm, const auto& vma) {
    const auto [seq, now] =
        m.load("StartWrite_CheckSeq"_site, vma, vm_lock_seq, plain, also(mm, mm_lock_seq));
    if (seq == now) {
      if (self().drained(vma)) return;
    }
    self().drain_and_mark(mm, vma);
  }
  void drain_and_mark(const auto& mm, const auto& vma) {
    self().down_write(vma);
    self().mark(mm, vma);
    self().up_write(vma);
  }
  void down_write(const auto& vma) {
    // acquire: after what the readers did.
    // kernel: vma_start_write, down_write
    // pairs with EndRead_Unlock
    m.add_when("StartWrite_Lock"_site, vma, vm_lock, -1, acquire, [](auto n) { return n == 0; });
  }
  // kernel: vma_start_write, WRITE_ONCE
  void mark(const auto& mm, const auto& vma) {
    m.store("StartWrite_SetSeq"_site, vma, vm_lock_seq, also(mm, mm_lock_seq), once);
  }
  void up_write(const auto& vma) {
    // release: who gets the lock from here on sees the mark.
    // kernel: vma_start_write, up_write
    // pairs with StartRead_RecheckSeq, StartRead_Trylock
    m.fetch_add("StartWrite_Unlock"_site, vma, vm_lock, 1, release);
  }

  // ---- The parts that variants replace ---------------------------------------------------------

  static constexpr bool wraps = false;  ///< mm_lock_seq goes on behind its last value

  /// A false "locked" is allowed, a false "unlocked" is found out by the second look.
  // kernel: vma_start_read, READ_ONCE
  bool maybe_write_locked(const auto& mm, const auto& vma) {
    const auto seq =
        m.named("rseq"_local, m.load("StartRead_LoadSeq"_site, vma, vm_lock_seq, once));
    return seq == m.load("StartRead_CheckSeq"_site, mm, mm_lock_seq, once);
  }
  /// The lock is held, so vm_lock_seq cannot change.
  bool is_write_locked(const auto& mm, const auto& vma) {
    // acquire: what was written under a mark that is over.
    // kernel: vma_start_read, smp_load_acquire
    // pairs with MmapDowngrade_SeqEnd, MmapUnlock_SeqEnd, MmapUnlock_Wmb, StartWrite_Unlock
    const auto [now, seq] =
        m.load("StartRead_RecheckSeq"_site, mm, mm_lock_seq, acquire, also(vma, vm_lock_seq));
    return seq == now;
  }
  /// A reader tries the lock: is a writer there?
  auto keeps_out(const auto& n) { return n < 0; }
  // kernel: vma_start_read, up_read
  void turned_away(const auto& vma) {
    m.fetch_sub("StartRead_Unlock"_site, vma, vm_lock, 1, release);
  }
  /// Of a VMA that is marked: a reader that was inside has left.
  bool drained(const auto&) { return true; }
  void next_seq(auto site, const auto& mm, Order order) {
    m.increment(site, mm, mm_lock_seq, order);
  }

  M& m;
  const int modulus;

 private:
  Self& self() { return static_cast<Self&>(*this); }
};

template <class M>
struct Holds : SeqMark<M, Holds<M>> {
  using SeqMark<M, Holds<M>>::SeqMark;
};

// ---- The endless tasks that use it -------------------------------------------------------------

/// Page faults, one after another.
template <class Protocol>
void reader(Protocol& p) {
  auto& m = p.m;
  for (;;) {
    m.point("Reader_Idle"_point);
    const auto mm = m.named("rmm"_local, m.template choose<Mm>());
    const auto vma = m.named("rvma"_local, m.template choose<Vma>());
    if (!p.vma_start_read(mm, vma)) continue;
    m.load("Use_Start"_site, vma, vm_start, plain);  // kernel: handle_mm_fault
    m.load("Use_Pgoff"_site, vma, vm_pgoff, plain);  // kernel: handle_mm_fault
    p.vma_end_read(vma);
  }
}

/// Looks at a VMA as a uprobe does that was hit: true, and it used what it saw.
template <class Protocol>
bool speculate(Protocol& p, const auto& mm, const auto& vma) {
  auto& m = p.m;
  auto seq = m.named("sseq"_local, p.mmap_lock_speculate_try_begin(mm));
  if (!p.may_speculate(mm, seq)) return false;
  // kernel: find_active_uprobe_speculative (here once: a writer may be at it)
  const auto start = m.named("sstart"_local, m.load("Spec_LoadStart"_site, vma, vm_start, once));
  // kernel: find_active_uprobe_speculative (here once: a writer may be at it)
  const auto pgoff = m.named("spgoff"_local, m.load("Spec_LoadPgoff"_site, vma, vm_pgoff, once));
  if (p.mmap_lock_speculate_retry(mm, seq)) return false;
  m.group("Spec_Use"_site);  // kernel: none, what was read is used without another look at it
  return true;
}
template <class Protocol>
void speculator(Protocol& p) {
  auto& m = p.m;
  for (;;) {
    m.point("Spec_Idle"_point);
    const auto mm = m.named("smm"_local, m.template choose<Mm>());
    const auto vma = m.named("svma"_local, m.template choose<Vma>());
    if (speculate(p, mm, vma)) continue;
    m.group("Spec_GiveUp"_site);  // kernel: none, it takes mmap_lock for reading
  }
}

/// The writers of an mm, which mmap_lock serialises.
template <class Protocol>
class Writer {
 public:
  explicit Writer(Protocol& protocol) : p(protocol), m(p.m) {}

  void run() {
    const auto mm = m.template own<Mm>();
    for (;;) {
      m.point("Writer_Idle"_point);
      if (!Protocol::wraps && p.modulus != 0) {
        m.assume(m.peek(mm, mm_lock_seq) < p.modulus - 2);
      }
      p.mmap_write_lock(mm);
      while (section(mm)) {
      }
    }
  }

 private:
  /// One VMA of a section, or its end: then false.
  bool section(const auto& mm) {
    m.point("Writer_Section"_point);
    const int what = m.branch(3);
    if (what == 0) {
      p.vma_end_write_all("MmapUnlock_"_site, mm);
      return false;
    }
    if (what == 1) {
      p.vma_end_write_all("MmapDowngrade_"_site, mm);
      read_on();
      return false;
    }
    const auto vma = m.named("wvma"_local, m.template choose<Vma>());
    p.vma_start_write(mm, vma);
    m.point("Writer_Locked"_point);
    if (m.branch(2) == 0) {
      shrink(vma);
    } else {
      expand(vma);
    }
    return true;
  }
  // kernel: vma_shrink
  void shrink(const auto& vma) {
    // races with Use_Start, Spec_LoadStart
    m.store("Shrink_Start"_site, vma, vm_start, 1, plain);
    // races with Use_Pgoff, Spec_LoadPgoff
    m.store("Shrink_Pgoff"_site, vma, vm_pgoff, 1, plain);
  }
  // kernel: vma_expand
  void expand(const auto& vma) {
    m.store("Expand_Start"_site, vma, vm_start, 0, plain);
    m.store("Expand_Pgoff"_site, vma, vm_pgoff, 0, plain);
  }
  /// mmap_lock is held for reading: no writer comes, readers do.
  void read_on() {
    m.point("Writer_Downgraded"_point);
    const auto vma = m.named("wvma"_local, m.template choose<Vma>());
    m.load("Downgraded_Start"_site, vma, vm_start, plain);  // kernel: none, any look at the VMA
    m.load("Downgraded_Pgoff"_site, vma, vm_pgoff, plain);  // kernel: none, any look at the VMA
  }

  Protocol& p;
  decltype(Protocol::m)& m;
};

}  // namespace lockstep::seq_mark
