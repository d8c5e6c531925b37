// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <memory>

#include "protocols/vma_refcnt_monitors.hpp"
#include "protocols/vma_refcnt_state.hpp"

namespace lockstep::vma_refcnt {
namespace {

/// May this step change the mark of the VMA, and to this value?
bool sets_mark(const Places& p, const Atom* before, const Atom* after, Atom v) {
  for (std::size_t m = 0; m < p.mms; ++m) {
    if (p.has(before, m, v, sets_seq) && after[p.writer_pc[m]] != before[p.writer_pc[m]] &&
        p.vm_mm.at(before, v) == p.first_mm + static_cast<Atom>(m) &&
        p.vm_lock_seq.at(after, v) == before[p.mm_lock_seq.base + m] && p.holders(before, v) == 0 &&
        (before[p.wexcl.base + m] != 0 || p.vm_refcnt.at(before, v) == 0)) {
      return true;
    }
  }
  return false;
}

bool seq_ok(const Places& p, const Atom* before, const Atom* after) {
  for (std::size_t i = 0; i < p.vmas; ++i) {
    const Atom v = p.first_vma + static_cast<Atom>(i);
    if (p.vm_lock_seq.at(after, v) == p.vm_lock_seq.at(before, v)) continue;
    const bool in_use = p.slab.at(before, v) == p.used && p.slab.at(after, v) == p.used &&
                        !p.any_has(before, v, filling);
    if (in_use && !sets_mark(p, before, after, v)) return false;
  }
  for (std::size_t m = 0; m < p.mms; ++m) {
    const Atom was = before[p.mm_lock_seq.base + m], is = after[p.mm_lock_seq.base + m];
    if (is != was && (is != was + 1 || after[p.writer_pc[m]] == before[p.writer_pc[m]])) {
      return false;
    }
  }
  return true;
}

bool copy_ok(const Places& p, const Atom* before, const Atom* after) {
  for (std::size_t m = 0; m < p.mms; ++m) {
    const Atom v = before[p.wvma.base + m], source = before[p.wsrc.base + m];
    if (source != null_atom && after[p.wsrc.base + m] == null_atom) {
      if (p.vm_mm.at(after, v) != p.vm_mm.at(before, source)) return false;
      if (p.vm_data.at(after, v) != p.vm_data.at(before, source)) return false;
    }
    const bool filled =
        (p.writer_place(before, m) & filling) != 0 && (p.writer_place(after, m) & filling) == 0;
    if (filled && (p.vm_mm.at(after, v) != p.first_mm + static_cast<Atom>(m) ||
                   p.vm_start.at(after, v) != before[p.wslot.base + m] ||
                   p.vm_lock_seq.at(after, v) != no_seq || p.vm_refcnt.at(after, v) != 0 ||
                   p.vm_data.at(after, v) != whole)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::vector<StepMonitor> step_monitors_of(const World& world, const Counts& counts,
                                          const Rules& rules) {
  const auto places = std::make_shared<const Places>(world, counts, rules);
  std::vector<StepMonitor> out;
  const auto add = [&](std::string name, bool (*holds)(const Places&, const Atom*, const Atom*)) {
    out.push_back({std::move(name), [places, holds](const Atom* before, const Atom* after) {
                     return holds(*places, before, after);
                   }});
  };
  add("SeqOK", seq_ok);
  add("CopyOK", copy_ok);
  return out;
}

}  // namespace lockstep::vma_refcnt
