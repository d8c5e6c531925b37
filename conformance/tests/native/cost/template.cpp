// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cost.hpp"
#include "vma_refcnt_native.hpp"

using namespace lockstep;
using namespace lockstep::vma_refcnt;

namespace {

struct OpaqueRcu : NoRcu {
  static void read_lock() { section_begins(); }
  static void read_unlock() { section_ends(); }
};
using Layout = NativeLayout<8>;
using Vmas = NativeVmas<OpaqueRcu, Layout>;
using Machine = Vmas::Machine;
using MmRef = Machine::Ref<Mm>;
using VmaRef = Machine::Ref<Vma>;

/// As NativeVmas has it.
auto protocol(Machine& m) {
  return Holds<Machine>(m, 0x3fffffff, 0x40000000);
}

}  // namespace

extern "C" {

bool early_check(Machine& m, MmRef mm, VmaRef vma) {
  return protocol(m).maybe_write_locked(mm, vma);
}

int get_count(Machine& m, VmaRef vma) {
  return protocol(m).refcount_inc_limited(vma);
}

bool recheck(Machine& m, MmRef mm, VmaRef vma) {
  return protocol(m).is_write_locked(mm, vma);
}

[[gnu::flatten]] int start_read(Machine& m, MmRef mm, VmaRef vma) {
  return static_cast<int>(protocol(m).vma_start_read(mm, vma));
}

NativeObject<Layout, Vma>* lookup(Vmas& vmas, Vmas::AddressSpace& mm, std::size_t address) {
  return vmas.lock_vma_under_rcu(mm, address).raw();
}

void end_read(Vmas& vmas, VmaRef vma) {
  vmas.vma_end_read(vma);
}

void unlock_all(Machine& m, MmRef mm) {
  protocol(m).vma_end_write_all("MmapUnlock_"_site, mm);
}

}  // extern "C"
