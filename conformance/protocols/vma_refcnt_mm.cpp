// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "protocols/vma_refcnt_variants.hpp"

// The mm: who keeps it while it is touched, and what is left of it when it goes.
namespace lockstep::vma_refcnt {
namespace {

/// CVE-2025-38554, v6.15 to v6.15.9: once the VMA is given back nothing keeps the mm that it was
/// found in, and the reader is still to wake that mm's writer.
template <class M>
struct NoMmGrab : VmaRefcnt<M, NoMmGrab<M>> {
  using Base = VmaRefcnt<M, NoMmGrab>;
  using Base::Base;
  void put_unstable(auto& vma, const auto&) { this->vma_refcount_put("Unstable_Put"_site, vma); }
};

/// Its mirror image: the mm is grabbed when it may have gone.
template <class M>
struct MmGrabAfterPut : VmaRefcnt<M, MmGrabAfterPut<M>> {
  using Base = VmaRefcnt<M, MmGrabAfterPut>;
  using Base::Base;
  void put_unstable(auto& vma, const auto& other) {
    this->vma_refcount_put("Unstable_Put"_site, vma);
    this->mmgrab("Unstable_Grab"_site, other);
    this->mmdrop("Unstable_Drop"_site, other);
  }
};

/// A fault begins in a living mm, and nothing keeps it alive until the fault is over.
template <class M>
struct FaultWithoutPin : VmaRefcnt<M, FaultWithoutPin<M>> {
  using VmaRefcnt<M, FaultWithoutPin>::VmaRefcnt;
  static constexpr int fault_pins = 0;
};

/// A fault may begin in an mm that is gone: nobody looks at its count.
template <class M>
struct FaultInGoneMm : VmaRefcnt<M, FaultInGoneMm<M>> {
  using VmaRefcnt<M, FaultInGoneMm>::VmaRefcnt;
  static constexpr auto may_fault = [](const auto& count) { return count >= 0; };
};

/// The mm goes while VMAs of it are in use.
template <class M>
struct ExitKeepsVmas : VmaRefcnt<M, ExitKeepsVmas<M>> {
  using Base = VmaRefcnt<M, ExitKeepsVmas>;
  using Base::Base;
  using Base::m;
  void exit_mmap(const auto&) { nothing(m, "Exit_Walk"_site); }
};

}  // namespace

std::vector<Form> variants_of_mm() {
  return {variant<NoMmGrab>("no_mm_grab"), variant<MmGrabAfterPut>("mm_grab_after_put"),
          variant<FaultWithoutPin>("fault_without_pin"), variant<FaultInGoneMm>("fault_in_gone_mm"),
          variant<ExitKeepsVmas>("exit_keeps_vmas")};
}

}  // namespace lockstep::vma_refcnt
