// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "machines/registration.hpp"
#include "vma_refcnt_tasks.hpp"

// The variants of vma_refcnt. Each is the reference with the functions replaced that differ; its
// name is the same in the specification (Variant), in spec/vma_refcnt/README.md and in the
// manifest.
namespace lockstep::vma_refcnt {

/// The code of a form, built for the numbers of a size.
template <template <class> class Code, class Machine>
Code<Machine> code(Machine& m, const Numbers& n) {
  const int limit = static_cast<int>(n["limit"]);
  return Code<Machine>(m, limit, limit + 1);
}
struct ReaderRole {
  template <template <class> class Code, class Machine>
  static void run(Machine& m, const Numbers& n) {
    auto protocol = code<Code>(m, n);
    reader(protocol);
  }
};
struct WriterRole {
  template <template <class> class Code, class Machine>
  static void run(Machine& m, const Numbers& n) {
    auto protocol = code<Code>(m, n);
    Writer(protocol, static_cast<int>(n["sections"])).run();
  }
};

template <template <class> class Code>
Form variant(std::string_view name) {
  return form<Code, ReaderRole, WriterRole>(name);
}

/// What a task does at a site where the variant leaves the access out: the step stays.
template <class S>
void nothing(auto& m, S site) {
  m.group(site);
}

// By subject, each in a file of its own.
std::vector<Form> variants_of_lookup();
std::vector<Form> variants_of_writer();
std::vector<Form> variants_of_wait();
std::vector<Form> variants_of_dup();
std::vector<Form> variants_of_mm();
std::vector<Form> variants_of_linux();

}  // namespace lockstep::vma_refcnt
