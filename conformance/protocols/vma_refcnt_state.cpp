// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "protocols/vma_refcnt_state.hpp"

#include <string>

namespace lockstep::vma_refcnt {

Places::Places(const World& world, const Counts& counts, const Rules& rules)
    : readers(counts.readers),
      vmas(counts.vmas),
      slots(counts.slots),
      mms(counts.mms),
      first_vma(world.first_object("Vma")),
      first_slot(world.first_object("Slot")),
      first_mm(world.first_object("Mm")),
      limit(static_cast<Atom>(counts.limit)),
      excluding(limit + 1 + rules.writer_counts),
      stores_first(rules.stores_first) {
  const Layout& layout = world.layout();
  const Symbols& symbols = layout.symbols;
  none = symbols.find("none");
  used = symbols.find("used");
  free = symbols.find("free");
  again = world.again();
  first_reader = symbols.find(world.spec().roles[reader_role].tasks.front());
  const auto cells = [&](std::string_view variable, std::size_t objects, Atom first) {
    const std::vector<std::string> keys{symbols.name(first)};
    return Cells{layout.find(variable, keys).value(), objects, first};
  };
  vm_mm = cells("vm_mm", vmas, first_vma);
  vm_start = cells("vm_start", vmas, first_vma);
  vm_lock_seq = cells("vm_lock_seq", vmas, first_vma);
  vm_refcnt = cells("vm_refcnt", vmas, first_vma);
  vm_data = cells("vm_data", vmas, first_vma);
  slab = cells("slab", vmas, first_vma);
  mm_lock_seq = cells("mm_lock_seq", mms, first_mm);
  writer_wait = cells("writer_wait", mms, first_mm);
  task_state = cells("task_state", mms, first_mm);
  mm_count = cells("mm_count", mms, first_mm);
  wslot = cells("wslot", mms, first_mm);
  wvma = cells("wvma", mms, first_mm);
  wsrc = cells("wsrc", mms, first_mm);
  wexcl = cells("wexcl", mms, first_mm);
  rmm = cells("rmm", readers, first_reader);
  raddr = cells("raddr", readers, first_reader);
  rvma = cells("rvma", readers, first_reader);
  rseq = cells("rseq", readers, first_reader);
  rwake = cells("rwake", readers, first_reader);
  rother = cells("rother", readers, first_reader);
  for (const World::Task& task : world.tasks()) {
    (task.role == reader_role ? reader_pc : writer_pc).push_back(task.pc);
    if (task.role == reader_role) reader_rcu.push_back(task.rcu);
  }
  tree = world.field("tree").base;

  places_.resize(symbols.size());
  put(symbols, touching,
      {"StartRead_LoadSeq", "StartRead_IncRef", "StartRead_CheckMm", "StartRead_RecheckSeq",
       "StartRead_PutDec", "Lookup_CheckRange", "Use_LoadData", "Put_Dec", "Put_LoadMm",
       "Unstable_PutDec"});
  put(symbols, counted,
      {"StartRead_CheckMm", "StartRead_RecheckSeq", "StartRead_PutDec",
       "StartRead_RcuUnlockUnstable", "Lookup_RcuUnlock", "Lookup_CheckRange", "Use_LoadData",
       "Put_Dec", "Unstable_Grab", "Unstable_PutDec"});
  put(symbols, validated, {"Lookup_RcuUnlock", "Lookup_CheckRange", "Use_LoadData"});
  put(symbols, in_rcu,
      {"Lookup_Walk", "Lookup_RcuUnlockNone", "StartRead_LoadSeq", "StartRead_CheckSeq",
       "StartRead_IncRef", "StartRead_CheckMm", "StartRead_RecheckSeq", "StartRead_PutDec",
       "StartRead_PutWake", "StartRead_RcuUnlock", "StartRead_RcuUnlockUnstable",
       "Lookup_RcuUnlock"});
  put(symbols, looks_at_seq, {"StartRead_CheckSeq"});
  put(symbols, uses, {"Use_LoadData"});
  put(symbols, touches_mm,
      {"Lookup_Walk", "StartRead_CheckSeq", "StartRead_RecheckSeq", "Fault_Drop"});
  put(symbols, wakes, {"StartRead_PutWake", "Put_Wake", "Unstable_PutWake"});
  put(symbols, touches_other, {"Unstable_Grab", "Unstable_Drop"});
  put(symbols, pins_other | knows_other, {"Unstable_PutDec", "Unstable_PutWake", "Unstable_Drop"});
  put(symbols, knows_other, {"StartRead_RcuUnlockUnstable", "Unstable_Grab"});
  put(symbols, over, {"Fault_Drop"});
  put(symbols, loads_mm, {"Put_LoadMm"});
  put(symbols, reader_idle, {"Reader_Idle"});
  put(symbols, filling,
      {"Alloc_Init", "Alloc_SetSeq", "Dup_CopyMm", "Dup_CopyData", "Dup_SetSeq", "Dup_SetRefcnt",
       "Dup_SetStart", "Dup_CopyStart", "Dup_CopySeq", "Dup_CopyRefcnt"});
  put(symbols, waiting,
      {"StartWrite_SetWaiter", "StartWrite_SetState", "StartWrite_CheckCount", "StartWrite_Sleep",
       "StartWrite_Finish"});
  put(symbols, waiting_detached | detaching,
      {"Detach_SetWaiter", "Detach_SetState", "Detach_CheckCount", "Detach_Sleep",
       "Detach_Finish"});
  put(symbols, detaching, {"Detach_SetFlag", "Detach_ClearFlag", "Unmap_ClearTree"});
  put(symbols, still_counted, {"Detach_Dec"});
  put(symbols, exited | outside | between, {"Exit_Drop", "Writer_Gone"});
  put(symbols, gone, {"Writer_Gone"});
  put(symbols, outside, {"Writer_Idle", "Downgraded_Free"});
  put(symbols, sets_flag, {"StartWrite_SetFlag"});
  put(symbols, sets_seq, {"StartWrite_SetSeq"});
  put(symbols, clears_flag, {"StartWrite_ClearFlag", "Detach_ClearFlag"});
  put(symbols, modifies, {"Modify_End"});
  put(symbols, attaches, {"Attach_SetRefcnt"});
  put(symbols, stores, {"Store_Tree"});
  put(symbols, sleeps, {"StartWrite_Sleep"});
  put(symbols, sleeps_detached, {"Detach_Sleep"});
  put(symbols, between, {"Writer_Section", "Writer_Idle"});
}

void Places::put(const Symbols& symbols, std::uint32_t where,
                 std::initializer_list<std::string_view> sites) {
  for (const std::string_view site : sites) {
    const Atom atom = symbols.find(site);
    if (is_symbol(atom)) places_[static_cast<std::size_t>(atom - first_symbol)] |= where;
  }
}

bool Places::in_tree(const Atom* s, Atom vma) const {
  for (std::size_t i = 0; i < mms * slots; ++i) {
    if (s[tree + i] == vma) return true;
  }
  return false;
}

bool Places::attached(const Atom* s, Atom vma) const {
  return (in_tree(s, vma) && !any_has(s, vma, attaches | detaching)) ||
         any_has(s, vma, stores_first ? +still_counted : still_counted | stores);
}

bool Places::flagged(const Atom* s, Atom vma) const {
  for (std::size_t m = 0; m < mms; ++m) {
    if (has(s, m, vma, clears_flag | waiting | waiting_detached)) return true;
    if (has(s, m, vma, sets_seq) && s[wexcl.base + m] != 0) return true;
  }
  return false;
}

int Places::holders(const Atom* s, Atom vma) const {
  int count = 0;
  for (std::size_t r = 0; r < readers; ++r) {
    count += (reader_place(s, r) & counted) != 0 && s[rvma.base + r] == vma ? 1 : 0;
  }
  return count;
}

bool Places::marked(const Atom* s, std::size_t m, Atom vma) const {
  return slab.at(s, vma) == used && !any_has(s, vma, filling) &&
         vm_mm.at(s, vma) == first_mm + static_cast<Atom>(m) &&
         vm_lock_seq.at(s, vma) == s[mm_lock_seq.base + m];
}

}  // namespace lockstep::vma_refcnt
