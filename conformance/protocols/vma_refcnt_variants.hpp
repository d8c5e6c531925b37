// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "machines/protocol.hpp"
#include "machines/stepped.hpp"
#include "machines/symbolic.hpp"
#include "vma_refcnt_tasks.hpp"

// The variants of vma_refcnt. Each is the reference with the functions replaced that differ; its
// name is the same in the specification (Variant), in spec/vma_refcnt/README.md and in the
// manifest.
namespace lockstep::vma_refcnt {

/// How many of what a model has.
struct Counts {
  std::uint32_t readers, vmas, slots, mms;
  std::uint32_t limit;     ///< the largest count that a reader may reach
  std::uint32_t sections;  ///< write sections an mm may begin; 0 = any number
};

/// The roles of the tasks, in the order of the world's.
enum Role : std::size_t { reader_role, writer_role, roles };

/// One form of the protocol: the code of each role's tasks, on each machine.
struct Variant {
  std::string_view name;
  std::array<void (*)(SteppedMachine&, const Counts&), roles> stepped;
  std::array<void (*)(SymbolicMachine&, const Counts&), roles> symbolic;
};

template <template <class> class Form, class Machine>
void run_reader(Machine& m, const Counts& n) {
  Form<Machine> form(m, static_cast<int>(n.limit), static_cast<int>(n.limit) + 1);
  reader(form);
}
template <template <class> class Form, class Machine>
void run_writer(Machine& m, const Counts& n) {
  Form<Machine> form(m, static_cast<int>(n.limit), static_cast<int>(n.limit) + 1);
  Writer(form, static_cast<int>(n.sections)).run();
}

template <template <class> class Form>
Variant variant(std::string_view name) {
  return {name,
          {run_reader<Form, SteppedMachine>, run_writer<Form, SteppedMachine>},
          {run_reader<Form, SymbolicMachine>, run_writer<Form, SymbolicMachine>}};
}

/// What a task does at a site where the variant leaves the access out: the step stays.
template <class S>
void nothing(auto& m, S site) {
  m.group(site);
}

/// The model of a form, whether it is registered or not.
std::unique_ptr<Model> model_of(const Size& size, const Variant& variant);

// By subject, each in a file of its own.
std::vector<Variant> variants_of_lookup();
std::vector<Variant> variants_of_writer();
std::vector<Variant> variants_of_wait();
std::vector<Variant> variants_of_dup();
std::vector<Variant> variants_of_mm();

}  // namespace lockstep::vma_refcnt
