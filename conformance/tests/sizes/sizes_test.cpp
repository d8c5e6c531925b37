// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdint>

// What the mails say of memory, from what the locks consist of: 64 bits, no debugging.
namespace lockstep::testing {

namespace {

/// A semaphore: two words, what waits for its spinlock, the spinlock, and the list of who waits.
struct Rwsem {
  std::atomic<std::int64_t> count, owner;
  std::atomic<std::int32_t> spinners, wait_lock;
  std::array<void*, 2> wait_list;
};

/// The lock of January 2023: the mark is in the VMA.
struct SemaphoreAndMark {
  Rwsem lock;
  std::int32_t mark;
};
constexpr std::size_t semaphore_and_mark = sizeof(Rwsem) + sizeof(SemaphoreAndMark::mark);

/// The count that replaced it, as an object of its own.
struct CountAndMark {
  std::atomic<std::int32_t> count;
  std::int32_t mark;
};

constexpr std::size_t page = 4096, cache_line = 64;
constexpr std::size_t bare_vma = 152, pointing_vma = bare_vma + sizeof(CountAndMark*);

/// What a slab allocator does: objects side by side in so many pages.
struct Slab {
  std::size_t object, pages;
  constexpr std::size_t holds() const { return pages * page / object; }
  constexpr std::size_t kilobytes(std::size_t objects) const {
    return (objects + holds() - 1) / holds() * pages * page / 1024;
  }
};
constexpr Slab bare{bare_vma, 2}, pointing{pointing_vma, 2}, locks{sizeof(CountAndMark), 1};

constexpr std::size_t whole_lines(std::size_t bytes) {
  return (bytes + cache_line - 1) / cache_line * cache_line;
}

}  // namespace

TEST_CASE("the locks of a VMA") {
  CHECK(sizeof(Rwsem) == 40);
  CHECK(semaphore_and_mark == 44);
  CHECK(sizeof(CountAndMark) == 8);
  CHECK(sizeof(CountAndMark*) + sizeof(CountAndMark) == 16);
  CHECK(100 * 16 / semaphore_and_mark == 36);
}

TEST_CASE("objects to a slab") {
  CHECK(bare.holds() == 53);
  CHECK(pointing_vma == 160);
  CHECK(pointing.holds() == 51);
  CHECK(locks.holds() == 512);
}

TEST_CASE("the memory of 40,000 VMAs") {
  constexpr std::size_t vmas = 40000;
  const std::size_t before = bare.kilobytes(vmas);
  const std::size_t after = pointing.kilobytes(vmas) + locks.kilobytes(vmas);
  CHECK(before == 6040);
  CHECK(pointing.kilobytes(vmas) == 6280);
  CHECK(locks.kilobytes(vmas) == 316);
  CHECK(after == 6596);
  CHECK(after - before == 556);
  CHECK(1000 * (after - before) / before == 92);
}

TEST_CASE("cache lines") {
  CHECK(whole_lines(pointing_vma) == 192);
  CHECK(192 / cache_line + 1 == 4);
  CHECK(192 + whole_lines(semaphore_and_mark) == 256);
  CHECK(cache_line / sizeof(CountAndMark) - 1 == 7);
  CHECK(whole_lines(sizeof(CountAndMark)) - sizeof(CountAndMark) == 56);
}

}  // namespace lockstep::testing
