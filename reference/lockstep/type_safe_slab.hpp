// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cassert>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <mutex>
#include <type_traits>

namespace lockstep {

/// The native machine's policy for those who do without RCU: sections cost nothing, and a slab
/// keeps its pages until it goes itself.
struct NoRcu {
  static constexpr bool has_grace_periods = false;
  struct Head {};
  static void read_lock() {}
  static void read_unlock() {}
};

/// A slab cache whose memory stays `Object`s (SLAB_TYPESAFE_BY_RCU): a freed one may be handed out
/// again at once, while readers that found its former life still look at it. A page without used
/// objects goes back after a grace period. `may_be_later`: an object may be freed after one, too.
template <class Object, class Rcu, std::size_t objects_a_page, bool may_be_later = false>
class TypeSafeSlab {
 public:
  TypeSafeSlab() = default;
  TypeSafeSlab(const TypeSafeSlab&) = delete;
  TypeSafeSlab& operator=(const TypeSafeSlab&) = delete;

  /// When no reader is left, and no object in use.
  ~TypeSafeSlab() {
    std::unique_lock hold(mutex_);
    all_left_.wait(hold, [this] { return leaving_.empty() && later_ == 0; });
    assert(full_.empty() && "an object is in use");
  }

  /// An object with what its former life left in it, the last freed first.
  Object* allocate() {
    const std::scoped_lock hold(mutex_);
    if (with_room_.empty()) add_page();
    Page& page = with_room_.front();
    Slot* slot = page.unused;
    page.unused = slot->next_unused;
    slot->used = true;
    ++page.used;
    if (page.unused == nullptr) full_.splice(full_.begin(), with_room_, page.here);
    return slot;
  }

  void free(Object* object) {
    const std::scoped_lock hold(mutex_);
    put(static_cast<Slot&>(*object));
  }

  /// Once the sections that are open now have ended: call_rcu() with a callback that frees.
  void free_after_grace(Object* object) {
    static_assert(may_be_later && Rcu::has_grace_periods, "nobody tells when a grace period ends");
    Slot& mine = static_cast<Slot&>(*object);
    {
      const std::scoped_lock hold(mutex_);
      assert(mine.used && !mine.later && "double free");
      mine.later = true;
      ++later_;
    }
    Rcu::after_grace_period(mine, [](typename Rcu::Head& head) {
      Slot& slot = static_cast<Slot&>(head);
      TypeSafeSlab& slab = *slot.page->slab;
      const std::scoped_lock hold(slab.mutex_);
      slab.put(slot);
      --slab.later_;
      slab.tell_if_all_left();
    });
  }

  /// Pages that went back, or wait for their grace period to end.
  std::size_t pages_given_back() const {
    const std::scoped_lock hold(mutex_);
    return given_back_;
  }

 private:
  struct Page;
  struct NoHead {};
  using Head = std::conditional_t<may_be_later, typename Rcu::Head, NoHead>;
  /// Readers look at the Object alone; the rest is the slab's own.
  struct Slot : Object, Head {
    Page* page = nullptr;
    Slot* next_unused = nullptr;
    bool used = false;
    bool later = false;  ///< it waits for a grace period
  };
  struct Page : Rcu::Head {
    TypeSafeSlab* slab = nullptr;
    typename std::list<Page>::iterator here;
    Slot* unused = nullptr;
    std::size_t used = 0;
    std::array<Slot, objects_a_page> slots;
  };

  void add_page() {
    Page& page = with_room_.emplace_front();
    page.slab = this;
    page.here = with_room_.begin();
    for (Slot& slot : page.slots) {
      slot.page = &page;
      slot.next_unused = page.unused;
      page.unused = &slot;
    }
  }

  /// Under the mutex, as what follows.
  void put(Slot& slot) {
    Page& page = *slot.page;
    assert(slot.used && "double free");
    with_room_.splice(with_room_.begin(), page.unused == nullptr ? full_ : with_room_, page.here);
    slot.used = slot.later = false;
    slot.next_unused = page.unused;
    page.unused = &slot;
    if (--page.used == 0 && with_room_.size() > 1) give_back(page);
  }

  void tell_if_all_left() {
    if (leaving_.empty() && later_ == 0) all_left_.notify_one();
  }

  void give_back(Page& page) {
    if constexpr (Rcu::has_grace_periods) {
      leaving_.splice(leaving_.begin(), with_room_, page.here);
      ++given_back_;
      Rcu::after_grace_period(page, [](typename Rcu::Head& head) {
        Page& over = static_cast<Page&>(head);
        TypeSafeSlab& slab = *over.slab;
        const std::scoped_lock hold(slab.mutex_);
        slab.leaving_.erase(over.here);
        slab.tell_if_all_left();
      });
    }
  }

  mutable std::mutex mutex_;
  std::condition_variable all_left_;
  std::list<Page> with_room_, full_, leaving_;
  std::size_t given_back_ = 0;
  std::size_t later_ = 0;  ///< objects that wait for a grace period
};

}  // namespace lockstep
