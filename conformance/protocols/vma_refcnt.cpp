// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>

#include "protocols/vma_refcnt_variants.hpp"

namespace lockstep::vma_refcnt {
namespace {

std::vector<Form> forms() {
  std::vector<Form> out{variant<Holds>("holds")};
  for (const auto subject : {variants_of_lookup, variants_of_wait, variants_of_writer,
                             variants_of_dup, variants_of_mm, variants_of_linux}) {
    std::ranges::copy(subject(), std::back_inserter(out));
  }
  return out;
}

/// A reader finds the counts of the tree and of the others: by default the limit is above that.
std::uint32_t enough(const Numbers& n) {
  return std::max(7U, n["Readers"] + 1);
}
/// Numbers of two mms are compared, so with several mms they stand in the state and are bounded.
std::uint32_t few(const Numbers& n) {
  return n["Mms"] > 1 ? 2 : Size::any;
}
bool only_the_distance_matters(const Numbers& n) {
  return n["Mms"] == 1 && n["sections"] == Size::any;
}

const RegisteredProtocol protocol{
    {.sizes = {"vma_refcnt",
               {{"Readers", "reader"}, {"Vmas", "VMA"}, {"Slots", "slot"}, {"Mms", "mm", 1}},
               {{"limit", "Limit", "reader limit", enough},
                {"sections", "MaxSections", "write section", few, true, "Mms"}}},
     .kinds = {{"Slot", "s", "Slots"},
               {"Vma", "v", "Vmas", WorldSpec::Lifetime::type_safe},
               {"Mm", "m", "Mms"},
               {"Task", "m", "Mms"}},
     .fields = {variable_of(vm_mm), variable_of(vm_start), variable_of(vm_lock_seq),
                variable_of(vm_refcnt), variable_of(vm_data), variable_of(mm_lock_seq),
                variable_of(tree), variable_of(writer_wait), variable_of(mm_count),
                variable_of(mmap_lock), variable_of(task_state)},
     .starts = {{"mm_count", 1}, {"task_state", running}},
     .view = {"mm_lock_seq", {"vm_lock_seq", "rseq"}, only_the_distance_matters},
     .roles = {{"reader", "r", "Readers", {"Reader_Idle"}},
               {"writer", "m", "Mms", {"Writer_Gone"}}},
     .values = {"Null", "Again"},
     .forms = forms}};

}  // namespace
}  // namespace lockstep::vma_refcnt
