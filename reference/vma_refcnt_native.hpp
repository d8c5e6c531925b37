// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// The per-VMA lock of vma_refcnt.hpp for real threads. What a page fault does:
//
//   if (auto vma = vmas.lock_vma_under_rcu(mm, address)) {
//     ... vmas.read(vma, field) ...
//     vmas.vma_end_read(vma);
//   }
//
// and a holder of mmap_lock:
//
//   vmas.mmap_write_lock(mm);
//   auto vma = vmas.vma_lookup(mm, address);
//   vmas.vma_start_write(mm, vma);  // no reader is inside from here to the unlock
//   vmas.write(vma, field, 7);
//   vmas.mmap_write_unlock(mm);
#pragma once

#include <atomic>
#include <cassert>
#include <cstddef>
#include <mutex>
#include <thread>

#include "lockstep/native.hpp"
#include "vma_refcnt.hpp"

namespace lockstep::vma_refcnt {

/// An address space has `slots` addresses. `payload`: fields of the user's own in a VMA, such as
/// `Field<"vm_flags", Vma, int>{}`.
template <std::size_t slots, auto... payload>
struct NativeLayout : Objects<Vma, vm_mm, vm_start, vm_lock_seq, vm_refcnt, vm_data, payload...>,
                      Objects<Mm, mm_lock_seq, tree, writer_wait, mm_count>,
                      Objects<Task, task_state>,
                      Numbers<Address, slots>,
                      ModelValues<"Again"> {
  using Allocated = Lives<TypeSafe<Vma>>;
};

/// One cache of VMAs and the lock on them, for any number of address spaces. `Form` is the protocol
/// as it is today, or a variant of it. The fast paths are flattened: one function each, as by hand.
template <class Rcu, class Layout, template <class> class Form = Holds>
class NativeVmas {
 public:
  using Machine = NativeMachine<Layout, Rcu>;
  using VmaRef = typename Machine::template Ref<Vma>;
  using MmRef = typename Machine::template Ref<Mm>;

  /// Stays until mm_exit(), or as long as the cache.
  struct AddressSpace : NativeObject<Layout, Mm> {
    AddressSpace() { Machine::cell(MmRef(this), mm_count).store(1, std::memory_order_relaxed); }
    std::mutex mmap_lock;
  };

  // ---- Readers ----

  /// The VMA at `address`, read-locked; or null: not there, or a writer has it. Then take
  /// mmap_lock.
  [[gnu::flatten]] VmaRef lock_vma_under_rcu(AddressSpace& mm, std::size_t address) {
    auto found = protocol().lock_vma_under_rcu(MmRef(&mm), Slot(address));
    return found ? *found : VmaRef();
  }
  [[gnu::flatten]] void vma_end_read(VmaRef vma) { protocol().vma_end_read(vma); }

  // ---- Writers ----

  void mmap_write_lock(AddressSpace& mm) {
    mm.mmap_lock.lock();
    protocol().mmap_write_lock(MmRef(&mm));
  }
  /// Unlocks every VMA that was write-locked since mmap_write_lock().
  void mmap_write_unlock(AddressSpace& mm) {
    protocol().vma_end_write_all("MmapUnlock_"_site, MmRef(&mm));
    mm.mmap_lock.unlock();
  }
  /// The same, but mmap_lock is held until mmap_read_unlock(). Other holders stay out even so: the
  /// standard library has no lock that can be downgraded.
  void mmap_write_downgrade(AddressSpace& mm) {
    protocol().vma_end_write_all("MmapDowngrade_"_site, MmRef(&mm));
  }
  void mmap_read_unlock(AddressSpace& mm) { mm.mmap_lock.unlock(); }

  VmaRef vma_lookup(AddressSpace& mm, std::size_t address) {
    return m_.load("Find_Walk"_site, MmRef(&mm), tree[Slot(address)], plain);
  }
  /// Returns once no reader is inside; none comes in until mmap_write_unlock().
  [[gnu::flatten]] bool vma_start_write(AddressSpace& mm, VmaRef vma) {
    return protocol().vma_start_write(MmRef(&mm), vma) == Exclusion::complete;
  }

  /// A new VMA, not yet attached. The payload is what a former life left.
  VmaRef vm_area_alloc(AddressSpace& mm, std::size_t address) {
    const VmaRef vma = m_.template allocate<Vma>("Alloc_Slab"_site);
    protocol().vm_area_init(MmRef(&mm), vma, Slot(address));
    return vma;
  }
  /// A copy of a write-locked VMA for another address, not yet attached; without the payload.
  VmaRef vm_area_dup(VmaRef source, std::size_t address) {
    const VmaRef vma = m_.template allocate<Vma>("Dup_Slab"_site);
    protocol().vm_area_dup(source, vma, Slot(address));
    return vma;
  }
  /// Readers find the new VMA, and may lock it after mmap_write_unlock(). vma_start_write() first:
  /// fill it under the mark.
  void vma_link(AddressSpace& mm, std::size_t address, VmaRef vma) {
    protocol().vma_iter_store_new(MmRef(&mm), Slot(address), vma);
  }
  /// Of a write-locked VMA. Nobody is inside afterwards, nor comes in any more.
  void vma_unlink(AddressSpace& mm, std::size_t address, VmaRef vma) {
    protocol().vma_mark_detached(MmRef(&mm), vma);
    m_.store("Unmap_ClearTree"_site, MmRef(&mm), tree[Slot(address)], null, release);
  }
  /// Of one that is in no tree.
  void vm_area_free(VmaRef vma) {
    // acquire: pairs with Put_Dec, whose readers are done with what becomes another object. The
    // kernel has it on the decrement that reaches zero.
    [[maybe_unused]] const int count = m_.cell(vma, vm_refcnt).load(std::memory_order_acquire);
    assert(count == 0 && "free of an attached VMA");
    m_.free("Unmap_Free"_site, vma, vm_start);
  }

  /// Of an address space where nothing is mapped any more, and no lookup runs nor will begin. It
  /// may be destroyed afterwards: a reader of another one that found a VMA recycled to this one,
  /// and is to wake its writer, has done so.
  void mm_exit(AddressSpace& mm) {
    protocol().mmdrop("Exit_Drop"_site, MmRef(&mm));
    // acquire: pairs with the other mmdrop(), from which it is a few instructions to here.
    while (Machine::cell(MmRef(&mm), mm_count).load(std::memory_order_acquire) != 0) {
      std::this_thread::yield();
    }
  }

  // ---- Fields: by a reader that holds the VMA, or under its write lock ----

  template <class FieldType>
  auto read(VmaRef vma, const FieldType& field) {
    return m_.peek(vma, field);
  }
  template <class FieldType>
  void write(VmaRef vma, const FieldType& field, int value) {
    m_.cell(vma, field).store(value, std::memory_order_relaxed);
  }

  auto& slab() { return stores_.template of<Vma>(); }

 private:
  using Slot = NativeNumber<Address>;

  /// The kernel's VM_REFCNT_LIMIT and its flag. Constants, and the protocol is made anew for each
  /// call, so that the compiler sees them.
  auto protocol() { return Form<Machine>(m_, 0x3fffffff, 0x40000000); }

  typename Machine::Stores stores_;
  Machine m_{stores_};
};

}  // namespace lockstep::vma_refcnt
