// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/protocol.hpp"
#include "machines/stepped_system.hpp"
#include "machines/symbolic.hpp"
#include "model/verdict.hpp"
#include "protocols/vma_refcnt_variants.hpp"

namespace lockstep::vma_refcnt {
namespace {

std::vector<std::string> numbered(std::string_view prefix, std::uint32_t count) {
  std::vector<std::string> out;
  for (std::uint32_t i = 1; i <= count; ++i) out.push_back(std::string{prefix} + std::to_string(i));
  return out;
}

struct Counts {
  std::uint32_t readers, vmas, slots, mms, limit, sections;
};

Counts counts_of(const Size& size) {
  if (size.counts.size() != 3 && size.counts.size() != 4) {
    throw InputError("size '" + size.text() + "'", 0, 0,
                     "vma_refcnt has 3 or 4 counts: readers x VMAs x slots [x mms], as in 2x2x2");
  }
  const std::uint32_t mms = size.counts.size() == 4 ? size.counts[3] : 1;
  // Numbers of two mms are compared, so with several mms they stand in the state and are bounded.
  return {size.counts[0], size.counts[1], size.counts[2], mms, size.limit.value_or(7),
          size.sections.value_or(mms > 1 ? 2 : 0)};
}

WorldSpec world_of(const Counts& n) {
  const bool view = n.mms == 1;
  const std::string seq_base = view && n.sections == 0 ? "mm_lock_seq" : "";
  WorldSpec spec;
  spec.kinds = {{"Slot", numbered("s", n.slots)},
                {"Vma", numbered("v", n.vmas)},
                {"Mm", numbered("m", n.mms)},
                {"Task", numbered("m", n.mms)}};
  spec.fields = {{"vm_mm", "Vma", "", Sort::name, null_atom, ""},
                 {"vm_start", "Vma", "", Sort::name, null_atom, ""},
                 {"vm_lock_seq", "Vma", "", Sort::integer, null_atom, seq_base},
                 {"vm_refcnt", "Vma", "", Sort::integer, null_atom, ""},
                 {"vm_data", "Vma", "", Sort::integer, null_atom, ""},
                 {"mm_lock_seq", "Mm", "", Sort::integer, 0, seq_base},
                 {"tree", "Mm", "Slot", Sort::name, null_atom, ""},
                 {"writer_wait", "Mm", "", Sort::name, null_atom, ""},
                 {"task_state", "Task", "", Sort::integer, running, ""}};
  spec.slab = "Vma";
  spec.roles = {{"reader", numbered("r", n.readers),
                 {{"rmm", Sort::name, ""},
                  {"raddr", Sort::name, ""},
                  {"rvma", Sort::name, ""},
                  {"rseq", Sort::integer, seq_base},
                  {"rwake", Sort::name, ""}},
                 true},
                {"writer", numbered("m", n.mms),
                 {{"wslot", Sort::name, ""},
                  {"wvma", Sort::name, ""},
                  {"wsrc", Sort::name, ""},
                  {"wexcl", Sort::boolean, ""}},
                 false}};
  return spec;
}

template <template <class> class Form>
class VmaRefcntModel final : public Model {
 public:
  VmaRefcntModel(Counts counts) : n_(counts), world_(world_of(counts)) {}

  const World& world() const override { return world_; }
  std::unique_ptr<System> stepped() const override {
    std::vector<SteppedSystem::Code> code;
    for (const auto& task : world_.tasks()) {
      if (world_.spec().roles[task.role].name == "reader") {
        code.push_back([n = n_](SteppedMachine& m) {
          Form<SteppedMachine> p(m, static_cast<int>(n.limit));
          reader(p);
        });
      } else {
        code.push_back([n = n_](SteppedMachine& m) {
          Form<SteppedMachine> p(m, static_cast<int>(n.limit));
          Writer(p, static_cast<int>(n.sections)).run();
        });
      }
    }
    return std::make_unique<SteppedSystem>(world_, code);
  }
  std::vector<Automaton> automata() const override {
    return {Extraction(world_, 0).run([n = n_](SymbolicMachine& m) {
              Form<SymbolicMachine> p(m, static_cast<int>(n.limit));
              reader(p);
            }),
            Extraction(world_, 1).run([n = n_](SymbolicMachine& m) {
              Form<SymbolicMachine> p(m, static_cast<int>(n.limit));
              Writer(p, static_cast<int>(n.sections)).run();
            })};
  }
  std::vector<Monitor> monitors() const override { return {}; }
  std::vector<std::pair<std::string, std::string>> constants() const override { return {}; }
  std::string bounds() const override { return ""; }

 private:
  Counts n_;
  World world_;
};

class VmaRefcntProtocol final : public Protocol {
 public:
  std::string_view name() const override { return "vma_refcnt"; }
  std::vector<std::string> variants() const override { return {"holds", "dup_copies_refcnt"}; }
  std::string_view size_help() const override { return "readers x VMAs x slots [x mms]"; }
  std::unique_ptr<Model> model(const Size& size, std::string_view variant) const override {
    if (variant == "dup_copies_refcnt") {
      return std::make_unique<VmaRefcntModel<DupCopiesRefcnt>>(counts_of(size));
    }
    return std::make_unique<VmaRefcntModel<Holds>>(counts_of(size));
  }
};

const VmaRefcntProtocol protocol;

}  // namespace
}  // namespace lockstep::vma_refcnt
