// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

// A notice board: a keeper pins notices to it and takes them down again; readers look at what is
// pinned, inside of an RCU section. Its specification stands in spec/board.
namespace lockstep::board {

using enum Order;

struct Board {
  static constexpr std::string_view kind = "Board";
};
struct Notice {
  static constexpr std::string_view kind = "Notice";
};
inline constexpr Field<"pinned", Board, Notice> pinned;
inline constexpr Field<"text", Notice, int> text;

/// What a variant does otherwise.
struct Choices {
  bool syncs = true;          ///< a notice that is wiped has been waited for
  bool sync_first = false;    ///< ... before it is taken down
  bool drop_at_once = false;  ///< one that is dropped is freed at once
  bool drop_first = false;    ///< ... or handed to call_rcu() before it is taken down
  bool unlock_early = false;  ///< a reader's section ends before it reads
  bool reads_on = false;      ///< a reader's section never ends
};

template <class M, Choices is = Choices{}>
struct NoticeBoard {
  M& m;

  // ---- Readers ----

  /// `use` is told the text of what is pinned.
  void look(const auto& board, const auto& use) {
    m.rcu_read_lock("Look_Lock"_site);  // kernel: look, rcu_read_lock
    // kernel: look, rcu_dereference
    // pairs with Pin_Publish
    const auto seen = m.named("seen"_local, m.load("Look_Find"_site, board, pinned, once));
    if constexpr (is.unlock_early) {
      m.rcu_read_unlock("Look_UnlockEarly"_site);  // kernel: look, rcu_read_unlock
      if (seen != null) read(seen, use);
    } else {
      if (seen != null) read(seen, use);
      m.rcu_read_unlock("Look_Unlock"_site);  // kernel: look, rcu_read_unlock
    }
  }
  void read(const auto& notice, const auto& use) {
    // kernel: look
    do use(m.load("Look_Read"_site, notice, text, plain));
    while (is.reads_on);
  }

  // ---- Keepers ----

  void pin(const auto& board, const auto& notice) {
    m.store("Pin_Write"_site, notice, text, 1, plain);  // kernel: pin
    // release: what is written on it, before anybody finds it.
    // kernel: pin, rcu_assign_pointer
    // pairs with Look_Find
    m.store("Pin_Publish"_site, board, pinned, notice, release);
  }

  /// Nobody reads it any more when it is wiped.
  void unpin(const auto& board, const auto& notice) {
    if constexpr (is.syncs && is.sync_first) wait();
    m.store("Unpin_Store"_site, board, pinned, null, once);  // kernel: unpin, WRITE_ONCE
    if constexpr (is.syncs && !is.sync_first) wait();
    m.store("Unpin_Wipe"_site, notice, text, 0, plain);  // kernel: unpin
    m.free("Unpin_Free"_site, notice);                   // kernel: unpin, kfree
  }
  // kernel: unpin, synchronize_rcu
  void wait() { m.synchronize_rcu("Unpin_Sync"_site, "Unpin_Synced"_site); }

  /// Nobody waits.
  void drop(const auto& board, const auto& notice) {
    if constexpr (is.drop_first) free_later(notice);
    m.store("Drop_Store"_site, board, pinned, null, once);  // kernel: drop, WRITE_ONCE
    if constexpr (!is.drop_first) free_later(notice);
  }
  void free_later(const auto& notice) {
    if constexpr (is.drop_at_once) {
      m.free("Drop_FreeNow"_site, notice);  // kernel: drop, kfree
    } else {
      m.call_rcu("Drop_Free"_site, notice);  // kernel: drop, kfree_rcu
    }
  }
};

template <class M, Choices is = Choices{}>
void reader(M& m) {
  NoticeBoard<M, is> p{m};
  for (;;) {
    m.point("Reader_Idle"_point);
    const auto board = m.named("at"_local, m.template choose<Board>());
    p.look(board, [](const auto&) {});
  }
}

template <class M, Choices is = Choices{}>
void keeper(M& m) {
  NoticeBoard<M, is> p{m};
  const auto board = m.template own<Board>();
  for (;;) {
    m.point("Keeper_Idle"_point);
    // kernel: pin, kmalloc
    const auto notice = m.named("held"_local, m.template allocate<Notice>("Pin_Alloc"_site));
    p.pin(board, notice);
    m.point("Keeper_Pinned"_point);
    if (m.branch(2) == 0) {
      p.unpin(board, notice);
    } else {
      p.drop(board, notice);
    }
  }
}

}  // namespace lockstep::board
