// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <random>
#include <thread>
#include <vector>

#include "lockstep/urcu.hpp"
#include "tests/native/watchdog.hpp"
#include "vma_refcnt_native.hpp"

// Page faults and holders of mmap_lock on real threads, each doing what comes into its mind.
namespace lockstep::vma_refcnt {

// Two words that a writer changes one after the other, under its mark: to a reader they are equal.
inline constexpr Field<"left", Vma, int> left;
inline constexpr Field<"right", Vma, int> right;

/// So few objects a page that pages come and go all the time.
struct SmallPages : NativeLayout<4, left, right> {
  static constexpr std::size_t slots = 4;
  using Allocated = Lives<TypeSafe<Vma, 2>>;
};

/// What readers found.
struct Sightings {
  long locked = 0, refused = 0;
  long torn = 0;       ///< VMAs that somebody was writing
  long elsewhere = 0;  ///< of another address
  long foreign = 0;    ///< of another mm
  long wrong() const { return torn + elsewhere + foreign; }
  Sightings& operator+=(const Sightings& more) {
    locked += more.locked, refused += more.refused, torn += more.torn;
    elsewhere += more.elsewhere, foreign += more.foreign;
    return *this;
  }
};

template <template <class> class Form>
class Traffic {
 public:
  using Vmas = NativeVmas<Urcu, SmallPages, Form>;

  /// Until a reader has seen something wrong, all writers have done their sections, or time is up.
  Sightings run(int readers, int sections, std::chrono::milliseconds time) {
    const testing::Watchdog watchdog("readers and writers of VMAs",
                                     time + std::chrono::seconds(20));
    end_ = std::chrono::steady_clock::now() + time;
    writing_ = static_cast<int>(mms_.size());
    std::vector<Sightings> seen(static_cast<std::size_t>(readers));
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < seen.size(); ++i) {
      threads.emplace_back([this, i, &seen] { seen[i] = read(i); });
    }
    for (unsigned i = 0; i < mms_.size(); ++i) {
      threads.emplace_back([this, i, sections] { write(mms_[i], i, sections); });
    }
    for (std::thread& thread : threads) thread.join();
    Sightings all;
    for (const Sightings& one : seen) all += one;
    return all;
  }

  /// Unmaps everything; how many VMAs had a count other than 1 before.
  int miscounted() {
    int wrong = 0;
    for (auto& mm : mms_) {
      vmas_.mmap_write_lock(mm);
      for (std::size_t address = 0; address < SmallPages::slots; ++address) {
        auto vma = vmas_.vma_lookup(mm, address);
        if (!vma) continue;
        wrong += vmas_.read(vma, vm_refcnt) != 1;
        vmas_.vma_start_write(mm, vma);
        vmas_.vma_unlink(mm, address, vma);
        wrong += vmas_.read(vma, vm_refcnt) != 0;
        vmas_.vm_area_free(vma);
      }
      vmas_.mmap_write_unlock(mm);
    }
    return wrong;
  }

  Vmas& vmas() { return vmas_; }

 private:
  using Mm = typename Vmas::AddressSpace;
  using VmaRef = typename Vmas::VmaRef;
  using Random = std::minstd_rand;

  Sightings read(unsigned seed) {
    Random random(seed + 1);
    Sightings seen;
    while (writing_ > 0) {
      Mm& mm = mms_[random() % mms_.size()];
      const std::size_t address = random() % SmallPages::slots;
      const VmaRef vma = vmas_.lock_vma_under_rcu(mm, address);
      if (!vma) {
        ++seen.refused;
        continue;
      }
      ++seen.locked;
      bool whole_one = true;
      for (int look = 0; look < 3; ++look) {
        const int first = vmas_.read(vma, left);
        if (random() % 4 == 0) std::this_thread::yield();
        whole_one &= vmas_.read(vma, right) == first && vmas_.read(vma, vm_data) == whole;
      }
      seen.torn += !whole_one;
      seen.elsewhere += vmas_.read(vma, vm_start).raw() != address;
      seen.foreign += !(vmas_.read(vma, vm_mm) == &mm);
      vmas_.vma_end_read(vma);
      if (seen.wrong() != 0) stop_ = true;
    }
    return seen;
  }

  void write(Mm& mm, unsigned seed, int sections) {
    Random random(seed + 1000);
    for (int i = 0; i < sections && !stop_ && std::chrono::steady_clock::now() < end_; ++i) {
      vmas_.mmap_write_lock(mm);
      bool write_locked = true;
      for (auto left_to_do = random() % 3 + 1; left_to_do > 0 && write_locked; --left_to_do) {
        write_locked = change(mm, random);
      }
      if (write_locked) vmas_.mmap_write_unlock(mm);
    }
    --writing_;
  }

  /// Maps, changes, splits or unmaps; false if mmap_lock was downgraded and released.
  bool change(Mm& mm, Random& random) {
    const std::size_t address = random() % SmallPages::slots;
    VmaRef vma = vmas_.vma_lookup(mm, address);
    if (!vma) {
      vma = vmas_.vm_area_alloc(mm, address);
      vmas_.vma_start_write(mm, vma);
      fill(vma, static_cast<int>(random()));
      vmas_.vma_link(mm, address, vma);
      return true;
    }
    vmas_.vma_start_write(mm, vma);
    const auto what = random() % 4;
    if (what <= 1) {
      fill(vma, static_cast<int>(random()));
    } else if (const std::size_t other = random() % SmallPages::slots;
               what == 2 && !vmas_.vma_lookup(mm, other)) {
      const VmaRef copy = vmas_.vm_area_dup(vma, other);
      vmas_.vma_start_write(mm, copy);
      fill(copy, vmas_.read(vma, left));
      vmas_.vma_link(mm, other, copy);
    } else {
      vmas_.vma_unlink(mm, address, vma);
      const bool downgrade = random() % 2 == 0;
      if (downgrade) vmas_.mmap_write_downgrade(mm);
      vmas_.vm_area_free(vma);
      if (downgrade) vmas_.mmap_read_unlock(mm);
      return !downgrade;
    }
    return true;
  }

  void fill(VmaRef vma, int value) {
    vmas_.write(vma, vm_data, torn);
    vmas_.write(vma, left, value);
    if (value % 4 == 0) std::this_thread::yield();
    vmas_.write(vma, right, value);
    vmas_.write(vma, vm_data, whole);
  }

  Vmas vmas_;
  std::array<Mm, 2> mms_;
  std::atomic<int> writing_{0};
  std::atomic<bool> stop_{false};
  std::chrono::steady_clock::time_point end_;
};

}  // namespace lockstep::vma_refcnt
