// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// The fast paths of the lock as one writes them without Lockstep.
#include <atomic>
#include <cstddef>

#include "cost.hpp"

namespace {

constexpr auto relaxed = std::memory_order_relaxed;
constexpr auto acquire = std::memory_order_acquire;
constexpr auto release = std::memory_order_release;
constexpr int limit = 0x3fffffff, flag = limit + 1;

struct Task {
  std::atomic<int> state;
};
struct Mm;
struct Vma {
  std::atomic<Mm*> mm;
  std::atomic<std::size_t> start;
  std::atomic<int> lock_seq, refcnt, data;
};
struct Mm {
  std::atomic<int> lock_seq;
  std::atomic<Vma*> tree[8];
  std::atomic<Task*> writer_wait;
  std::atomic<int> count;
};
enum class Attempt { locked, failed, again };

inline bool maybe_locked(Mm* mm, Vma* vma) {
  return vma->lock_seq.load(relaxed) == mm->lock_seq.load(relaxed);
}

inline int get(Vma* vma) {
  int old = vma->refcnt.load(relaxed);
  while (!((old >= limit) | (old == 0)) &&
         !vma->refcnt.compare_exchange_weak(old, old + 1, acquire, relaxed)) {
  }
  return old;
}

inline bool is_locked(Mm* mm, Vma* vma) {
  const int seq = vma->lock_seq.load(relaxed);
  return mm->lock_seq.load(acquire) == seq;
}

[[gnu::noinline, gnu::cold]] void wake(std::atomic<int>& state) {
  state.store(0);
  state.notify_one();
}

inline void put(Vma* vma) {
  Mm* mm = vma->mm.load(relaxed);
  const int count = vma->refcnt.fetch_sub(1, release) - 1;
  if (count >= flag && count <= flag + 1) {
    std::atomic_thread_fence(std::memory_order_seq_cst);
    Task* waits = mm->writer_wait.load(acquire);
    if (waits != nullptr) wake(waits->state);
  }
}

inline Vma* again() {
  return reinterpret_cast<Vma*>(std::size_t{1});
}

inline Attempt failed(Vma* vma) {
  section_ends();
  return vma == again() ? Attempt::again : Attempt::failed;
}

inline Attempt try_lock(Mm* mm, Vma*& vma) {
  if (maybe_locked(mm, vma)) {
    vma = nullptr;
    return failed(vma);
  }
  const int count = get(vma);
  if (count == 0) {
    vma = again();
    return failed(vma);
  }
  if (count >= limit) {
    vma = nullptr;
    return failed(vma);
  }
  if (Mm* other = vma->mm.load(relaxed); other != mm) {
    section_ends();
    other->count.fetch_add(1, relaxed);
    put(vma);
    other->count.fetch_sub(1);
    return Attempt::failed;
  }
  if (is_locked(mm, vma)) {
    put(vma);
    return failed(vma);
  }
  return Attempt::locked;
}

}  // namespace

// The first argument is the machine's place.
extern "C" {

bool early_check(void*, Mm* mm, Vma* vma) {
  return maybe_locked(mm, vma);
}

int get_count(void*, Vma* vma) {
  return get(vma);
}

bool recheck(void*, Mm* mm, Vma* vma) {
  return is_locked(mm, vma);
}

[[gnu::flatten]] void end_read(void*, Vma* vma) {
  put(vma);
}

[[gnu::flatten]] int start_read(void*, Mm* mm, Vma* vma) {
  return static_cast<int>(try_lock(mm, vma));
}

[[gnu::flatten]] Vma* lookup(void*, Mm* mm, std::size_t address) {
  section_begins();
  for (;;) {
    Vma* vma = mm->tree[address].load(acquire);
    if (vma == nullptr) {
      section_ends();
      return nullptr;
    }
    const Attempt attempt = try_lock(mm, vma);
    if (attempt == Attempt::failed) return nullptr;
    if (attempt == Attempt::locked) {
      section_ends();
      if (vma->start.load(relaxed) == address) return vma;
      put(vma);
      return nullptr;
    }
    section_begins();
  }
}

void unlock_all(void*, Mm* mm) {
  std::atomic_thread_fence(release);
  mm->lock_seq.store(mm->lock_seq.load(relaxed) + 1, relaxed);
}

}  // extern "C"
