// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "vma_free.hpp"

#include "machines/registration.hpp"

namespace lockstep::vma_free {
namespace {

struct ReaderRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    Code<M> p(m, static_cast<int>(n["limit"]));
    reader(p);
  }
};
struct ProcessRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    Code<M> p(m, static_cast<int>(n["limit"]));
    Process(p).run();
  }
};
struct CallbacksRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    Code<M> p(m, static_cast<int>(n["limit"]));
    callbacks(p);
  }
};

// ---- Readers -----------------------------------------------------------------------------------

template <class M>
struct TurnedAwayKeepsLock : VmaFree<M, TurnedAwayKeepsLock<M>> {
  using VmaFree<M, TurnedAwayKeepsLock>::VmaFree;
  void turned_away(const auto&) {}
};
template <class M>
struct OneReaderAtATime : VmaFree<M, OneReaderAtATime<M>> {
  using VmaFree<M, OneReaderAtATime>::VmaFree;
  auto no_more(const auto& count) { return count != 0; }
};
template <class M>
struct ReadsOn : VmaFree<M, ReadsOn<M>> {
  using Base = VmaFree<M, ReadsOn>;
  using Base::Base;
  void look_at_name(const auto& vma) {
    for (;;) Base::look_at_name(vma);
  }
};
template <class M>
struct FoundKeepsSection : VmaFree<M, FoundKeepsSection<M>> {
  using VmaFree<M, FoundKeepsSection>::VmaFree;
  void found() {}
};
template <class M>
struct UsesOn : VmaFree<M, UsesOn<M>> {
  using Base = VmaFree<M, UsesOn>;
  using Base::Base;
  void use_name(const auto& vma) {
    for (;;) Base::use_name(vma);
  }
};
template <class M>
struct KeepsPin : VmaFree<M, KeepsPin<M>> {
  using Base = VmaFree<M, KeepsPin>;
  using Base::Base;
  /// One pin at a time, or the count would grow for ever.
  void pin(const auto& mm) {
    Base::m.add_when("Fault_Get"_site, mm, mm_users, 1, once, [](auto n) { return n == 1; });
  }
  void give_up(const auto&) {}
};
template <class M>
struct PutsEarly : VmaFree<M, PutsEarly<M>> {
  using Base = VmaFree<M, PutsEarly>;
  using Base::Base;
  void use(const auto& mm, const auto& vma) {
    // kernel: mmput, atomic_dec_and_test (here release: no more is needed)
    this->m.fetch_sub("Fault_PutEarly"_site, mm, mm_users, 1, release);
    Base::fault(vma);
  }
};

/// By which count a reader keeps the mm, and what exit_mmap() does with its VMAs.
struct Keeps {
  int by = 1;             ///< so many of mm_count
  bool exit_rcu = false;  ///< exit_mmap() leaves them to vm_area_free()
  bool isolates = false;  ///< ... each under its lock
};
template <class M, Keeps keeps>
struct Count : VmaFree<M, Count<M, keeps>> {
  using Base = VmaFree<M, Count>;
  using Base::Base;
  using Base::m;
  static constexpr bool exit_defers = keeps.exit_rcu || keeps.isolates;
  void pin(const auto& mm) {
    m.add_when("Fault_Get"_site, mm, mm_count, keeps.by, once, [](auto n) { return n >= 1; });
  }
  void drop(const auto& mm) { m.fetch_sub("Fault_Put"_site, mm, mm_count, keeps.by, release); }
  void exit_one(const auto& mm, const auto& cpu, auto& address, auto& vma) {
    if constexpr (keeps.isolates) {
      Base::isolate(mm, address, vma);
      address.forget();
      Base::vm_area_free(mm, cpu, vma);
    } else if constexpr (keeps.exit_rcu) {
      Base::clear_tree("Exit_Clear"_site, mm, address);
      address.forget();
      Base::vm_area_free(mm, cpu, vma);
    } else {
      Base::exit_one(mm, cpu, address, vma);
    }
  }
};
template <class M>
using PinsCount = Count<M, Keeps{}>;
template <class M>
using PinsNothing = Count<M, Keeps{.by = 0}>;
template <class M>
using ExitRcuPinsCount = Count<M, Keeps{.exit_rcu = true}>;
template <class M>
using ExitIsolatesPinsCount = Count<M, Keeps{.isolates = true}>;

/// Bounds that say alone whether a VMA has left the tree.
template <class M, bool beside>
struct Bounds : VmaFree<M, Bounds<M, beside>> {
  using Base = VmaFree<M, Bounds>;
  using Base::Base;
  using Base::m;
  bool still_there(const auto&, const auto&, const auto&) { return true; }
  void empty_bounds(const auto& vma) {
    m.store("Isolate_Empty"_site, vma, vm_start, nothing, once);  // kernel: none, the variant's
  }
  void link(const auto& vma) {
    if constexpr (beside) {
      m.group("Queue_Link"_site, write(vma, Queue::rcu_next, null));
    } else {
      Base::link(vma);
    }
  }
  void next(const auto& cpu, const auto& last, const auto& vma) {
    if constexpr (beside) {
      m.group("Queue_Behind"_site, write(last, Queue::rcu_next, vma),
              write(cpu, Queue::cb_tail, vma));
    } else {
      Base::next(cpu, last, vma);
    }
  }
};
template <class M>
using TrustsBounds = Bounds<M, false>;
template <class M>
using BoundsBeside = Bounds<M, true>;

// ---- Who unmaps --------------------------------------------------------------------------------

template <class M>
struct IsolatesUnlocked : VmaFree<M, IsolatesUnlocked<M>> {
  using VmaFree<M, IsolatesUnlocked>::VmaFree;
  void down_write(auto, const auto&) {}
  void up_write(auto, const auto&) {}
};
template <class M>
struct UnlocksFirst : VmaFree<M, UnlocksFirst<M>> {
  using Base = VmaFree<M, UnlocksFirst>;
  using Base::Base;
  void leave_tree(const auto& mm, const auto& address, const auto& vma) {
    Base::up_write("Isolate_Unlock"_site, vma);
    Base::clear_tree("Isolate_Clear"_site, mm, address);
  }
};

// ---- vm_area_free() ----------------------------------------------------------------------------

/// The name goes at once (patch 09), and a reader may look at it without the lock, or not; or
/// nobody frees it, as with kfree_rcu().
enum class Name { read, unread, kept };
template <class M, Name name>
struct Names : VmaFree<M, Names<M, name>> {
  using Base = VmaFree<M, Names>;
  using Base::Base;
  void vm_area_free(const auto& mm, const auto& cpu, auto& vma) {
    if constexpr (name != Name::kept) {
      Base::free_name("Free_NameEarly"_site, vma);  // kernel: free_anon_vma_name
    }
    Base::vm_area_free(mm, cpu, vma);
  }
  void free_now(auto prefix, const auto& vma) {
    if constexpr (std::is_same_v<decltype(prefix), Site<"Callback_">>) {
      this->m.free(prefix + "Free"_site, vma);
    } else {
      Base::free_now(prefix, vma);
    }
  }
  void look_at_name(const auto& vma) {
    if constexpr (name != Name::unread) Base::look_at_name(vma);
  }
};
template <class M>
using NameEarly = Names<M, Name::read>;
template <class M>
using NameEarlyUnread = Names<M, Name::unread>;
template <class M>
using NameKept = Names<M, Name::kept>;

template <class M>
struct QueuesUnlocked : VmaFree<M, QueuesUnlocked<M>> {
  using VmaFree<M, QueuesUnlocked>::VmaFree;
  void vm_area_free(const auto&, const auto& cpu, auto& vma) {
    Queue::enqueue(this->m, cpu, vma, *this);
  }
};

/// Freed by munmap() itself, which waits for a grace period, or not.
template <class M, bool waits>
struct Here : VmaFree<M, Here<M, waits>> {
  using Base = VmaFree<M, Here>;
  using Base::Base;
  void vm_area_free(const auto&, const auto&, auto& vma) {
    if constexpr (waits) {
      // kernel: vm_area_free, synchronize_rcu
      this->m.synchronize_rcu("Sync_Begin"_site, "Sync_End"_site);
    }
    Base::free_now("Free_"_site, vma);
  }
};
template <class M>
using Sync = Here<M, true>;
template <class M>
using FreeAtOnce = Here<M, false>;

template <class M>
struct DrainsInFree : VmaFree<M, DrainsInFree<M>> {
  using Base = VmaFree<M, DrainsInFree>;
  using Base::Base;
  void vm_area_free(const auto& mm, const auto& cpu, auto& vma) {
    Base::down_write("Free_Lock"_site, vma);  // kernel: vma_start_write, down_write
    Base::up_write("Free_Unlock"_site, vma);  // kernel: vma_start_write, up_write
    Base::vm_area_free(mm, cpu, vma);
  }
};
template <class M>
struct ExitLeavesRest : VmaFree<M, ExitLeavesRest<M>> {
  using VmaFree<M, ExitLeavesRest>::VmaFree;
  void destroy(const auto& mm) { this->m.load("Exit_Destroy"_site, mm, mm_users, once); }
};
template <class M>
struct ExitRcu : VmaFree<M, ExitRcu<M>> {
  using Base = VmaFree<M, ExitRcu>;
  using Base::Base;
  static constexpr bool exit_defers = true;
  void exit_one(const auto& mm, const auto& cpu, auto& address, auto& vma) {
    Base::clear_tree("Exit_Clear"_site, mm, address);
    address.forget();
    Base::vm_area_free(mm, cpu, vma);
  }
};

/// When the list of patch 39 is drained.
enum class When { over_limit, at_limit, in_time };
struct Lists {
  bool range = false;  ///< the list is that of one munmap() or exit_mmap(), and needs no lock
  When when = When::over_limit;
  bool loses = false;  ///< the callback frees the first alone
};
template <class M, Lists lists_are>
struct Listed : VmaFree<M, Listed<M, lists_are>> {
  using Base = VmaFree<M, Listed>;
  using Base::Base;
  using Base::m;
  static constexpr bool ranges = lists_are.range;
  static constexpr bool lists = true, exit_defers = true;

  void exit_one(const auto& mm, const auto& cpu, auto& address, auto& vma) {
    Base::clear_tree("Exit_Clear"_site, mm, address);
    address.forget();
    vm_area_free(mm, cpu, vma);
  }
  void vm_area_free(const auto& mm, const auto& cpu, auto& vma) {
    if constexpr (ranges) {
      link(mm, vma);
      m.group("List_Push"_site, write(mm, free_head, vma));  // kernel: vm_area_free
    } else {
      m.spin_lock("List_Lock"_site, mm, free_lock);  // kernel: vm_area_free, spin_lock
      link(mm, vma);
      auto nr = m.named("wnr"_local, m.peek(mm, free_nr) + 1);
      m.group("List_Push"_site, write(mm, free_head, vma), write(mm, free_nr, nr));
      vma.forget();
      m.spin_unlock("List_Unlock"_site, mm, free_lock);  // kernel: vm_area_free, spin_unlock
      const bool now = full(nr);
      nr.forget();
      if (now) drain(mm, cpu);
    }
  }
  void drain(const auto& mm, const auto& cpu) {
    if constexpr (!ranges) {
      m.spin_lock("Drain_Lock"_site, mm, free_lock);  // kernel: vm_area_free, spin_lock
    }
    // kernel: vm_area_free (here once: an exchange is no plain access)
    const auto vma = m.named("wvma"_local, m.xchg("Drain_Steal"_site, mm, free_head, null, once));
    if constexpr (!ranges) {
      m.store("Drain_Reset"_site, mm, free_nr, 0, plain);  // kernel: vm_area_free
      m.spin_unlock("Drain_Unlock"_site, mm, free_lock);   // kernel: vm_area_free, spin_unlock
    }
    Queue::call_rcu(m, cpu, vma, static_cast<Base&>(*this));
  }
  void callback(auto& next) {
    if constexpr (lists_are.loses) {
      Base::callback(next);
    } else {
      auto link = m.named("clink"_local, next);
      next = Queue::behind(m, link);
      do {
        const auto vma = m.named("cnow"_local, link);
        Base::assert_unlocked(vma);
        link = m.load("Callback_Link"_site, vma, vm_link, plain);  // kernel: vm_area_free
        Base::free_now("Callback_"_site, vma);
      } while (link != null);
    }
  }

 private:
  void link(const auto& mm, const auto& vma) {
    m.store("List_Link"_site, vma, vm_link, also(mm, free_head), plain);  // kernel: vm_area_free
  }
  /// patch 39 has `size > 32`, so a batch is 33.
  bool full(const auto& nr) {
    if constexpr (lists_are.when == When::in_time) return m.branch(2) == 0;
    if constexpr (lists_are.when == When::at_limit) return nr >= this->limit;
    return nr >= this->limit + 1;
  }
};
template <class M>
using OnePerRange = Listed<M, Lists{.range = true}>;
template <class M>
using Batches = Listed<M, Lists{}>;
template <class M>
using BatchesLax = Listed<M, Lists{.when = When::at_limit}>;
template <class M>
using BatchesLose = Listed<M, Lists{.loses = true}>;
template <class M>
using OnceASecond = Listed<M, Lists{.when = When::in_time}>;

// ---- The callback ------------------------------------------------------------------------------

template <class M>
struct NoGrace : VmaFree<M, NoGrace<M>> {
  using VmaFree<M, NoGrace>::VmaFree;
  void grace() {}
};
/// Patch 26: nobody may have the lock of a VMA that is not marked in its mm. A reader has.
template <class M>
struct AssertsMarkLeaked : VmaFree<M, AssertsMarkLeaked<M>> {
  using Base = VmaFree<M, AssertsMarkLeaked>;
  using Base::Base;
  using Base::m;
  void assert_unlocked(const auto& vma) {
    if (m.load("Callback_CheckLock"_site, vma, vm_lock, once) != 0) {
      const auto mm =
          // kernel: none, the variant's
          m.named("cmm"_local, m.load("Callback_LoadMm"_site, vma, vm_mm, plain));
      // Any word of the mm will do: patch 26 reads mm_lock_seq.
      m.load("Callback_CheckSeq"_site, mm, mm_users, once);  // kernel: none, the variant's
    }
  }
  void turned_away(const auto&) {}
};

template <template <class> class Code>
Form variant(std::string_view name) {
  return form<Code, ReaderRole, ProcessRole, CallbacksRole>(name);
}
std::uint32_t one(const Numbers&) {
  return 1;
}

const RegisteredProtocol protocol{
    {.sizes = {"vma_free",
               {{"Readers", "reader"},
                {"Vmas", "VMA"},
                {"Slots", "slot"},
                {"Mms", "mm"},
                {"Cpus", "CPU", 1}},
               {{"limit", "Limit", "VMA limit of a list", one}}},
     .kinds = {{"Slot", "s", "Slots"},
               {"Vma", "v", "Vmas", WorldSpec::Lifetime::freed},
               {"Mm", "m", "Mms"},
               {"Cpu", "c", "Cpus"}},
     .fields = {variable_of(vm_mm), variable_of(vm_start), variable_of(vm_lock),
                variable_of(vm_name), variable_of(vm_link), variable_of(tree),
                variable_of(mm_users), variable_of(mm_count), variable_of(free_lock),
                variable_of(free_head), variable_of(free_nr), variable_of(Queue::cb_lock),
                variable_of(Queue::cb_head), variable_of(Queue::cb_tail),
                variable_of(Queue::cb_pending), variable_of(Queue::rcu_next)},
     .roles = {{"reader", "r", "Readers", {"Reader_Idle"}},
               {"process", "m", "Mms", {"Process_Gone"}},
               {"callbacks", "c", "Cpus", {"Rcu_Idle"}}},
     .forms = [] {
       return std::vector<Form>{variant<Holds>("holds"),
                                variant<ExitRcu>("exit_rcu"),
                                variant<OnePerRange>("one_per_range"),
                                variant<Sync>("sync"),
                                variant<DrainsInFree>("drains_in_free"),
                                variant<ExitIsolatesPinsCount>("exit_isolates_pins_count"),
                                variant<NameEarlyUnread>("name_early_unread"),
                                variant<BoundsBeside>("bounds_beside"),
                                variant<PinsNothing>("pins_nothing"),
                                variant<PinsCount>("pins_count"),
                                variant<ExitRcuPinsCount>("exit_rcu_pins_count"),
                                variant<PutsEarly>("puts_early"),
                                variant<KeepsPin>("keeps_pin"),
                                variant<FoundKeepsSection>("found_keeps_section"),
                                variant<UsesOn>("uses_on"),
                                variant<ReadsOn>("reads_on"),
                                variant<TurnedAwayKeepsLock>("turned_away_keeps_lock"),
                                variant<TrustsBounds>("trusts_bounds"),
                                variant<IsolatesUnlocked>("isolates_unlocked"),
                                variant<UnlocksFirst>("unlocks_first"),
                                variant<NameEarly>("name_early"),
                                variant<NameKept>("name_kept"),
                                variant<FreeAtOnce>("free_at_once"),
                                variant<QueuesUnlocked>("queues_unlocked"),
                                variant<ExitLeavesRest>("exit_leaves_rest"),
                                variant<Batches>("batches"),
                                variant<BatchesLax>("batches_lax"),
                                variant<BatchesLose>("batches_lose"),
                                variant<OnceASecond>("once_a_second"),
                                variant<NoGrace>("no_grace"),
                                variant<AssertsMarkLeaked>("asserts_mark_leaked"),
                                variant<OneReaderAtATime>("one_reader_at_a_time")};
     }}};

}  // namespace
}  // namespace lockstep::vma_free
