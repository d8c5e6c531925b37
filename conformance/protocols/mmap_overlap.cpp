// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "mmap_overlap.hpp"

#include "machines/registration.hpp"

namespace lockstep::mmap_overlap {
namespace {

struct ReaderRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    Code<M> p(m);
    reader(p);
  }
};
struct WriterRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    Code<M> p(m);
    Writer<Code<M>>(p).run();
  }
};

template <template <class> class Code>
Form variant(std::string_view name) {
  return form<Code, ReaderRole, WriterRole>(name);
}

const RegisteredProtocol protocol{
    {.sizes = {"mmap_overlap",
               {{"Readers", "reader"}, {"Vmas", "VMA"}, {"Tables", "page table"}, {"Mms", "mm", 1}},
               {}},
     .kinds = {{"Vma", "v", "Vmas"},
               {"Table", "t", "Tables", WorldSpec::Lifetime::freed},
               {"Mm", "m", "Mms"}},
     .fields = {variable_of(vm_lock), variable_of(vm_pins), variable_of(pte),
                variable_of(mmap_lock), variable_of(mm_vma), variable_of(mm_stack),
                variable_of(pmd), variable_of(rmap), variable_of(file_lock),
                variable_of(anon_lock)},
     .roles = {{"reader", "r", "Readers", {"Reader_Idle"}}, {"writer", "m", "Mms", {"Writer_Idle"}}},
     .forms = [] { return std::vector<Form>{variant<Holds>("holds")}; }}};

}  // namespace
}  // namespace lockstep::mmap_overlap
