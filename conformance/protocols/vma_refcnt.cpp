// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>

#include "machines/protocol.hpp"
#include "machines/stepped_system.hpp"
#include "model/verdict.hpp"
#include "protocols/vma_refcnt_variants.hpp"

namespace lockstep::vma_refcnt {
namespace {

std::vector<std::string> numbered(std::string_view prefix, std::uint32_t count) {
  std::vector<std::string> out;
  for (std::uint32_t i = 1; i <= count; ++i) out.push_back(std::string{prefix} + std::to_string(i));
  return out;
}

Counts counts_of(const Size& size) {
  if (size.counts.size() != 3 && size.counts.size() != 4) {
    throw InputError("size '" + size.text() + "'", 0, 0,
                     "vma_refcnt has 3 or 4 counts: readers x VMAs x slots [x mms], as in 2x2x2");
  }
  const std::uint32_t readers = size.counts[0];
  const std::uint32_t mms = size.counts.size() == 4 ? size.counts[3] : 1;
  // A reader finds the counts of the tree and of the others: by default the limit is above that.
  // Numbers of two mms are compared, so with several mms they stand in the state and are bounded.
  return {readers,
          size.counts[1],
          size.counts[2],
          mms,
          size.limit.value_or(std::max(7U, readers + 1)),
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
  spec.fields = {{"vm_mm", "Vma", "", Sort::name, null_atom, "", "Mm"},
                 {"vm_start", "Vma", "", Sort::name, null_atom, "", "Slot"},
                 {"vm_lock_seq", "Vma", "", Sort::integer, null_atom, seq_base},
                 {"vm_refcnt", "Vma", "", Sort::integer, null_atom, ""},
                 {"vm_data", "Vma", "", Sort::integer, null_atom, ""},
                 {"mm_lock_seq", "Mm", "", Sort::integer, 0, seq_base},
                 {"tree", "Mm", "Slot", Sort::name, null_atom, "", "Vma"},
                 {"writer_wait", "Mm", "", Sort::name, null_atom, "", "Task"},
                 {"mm_count", "Mm", "", Sort::integer, 1, "", ""},
                 {"task_state", "Task", "", Sort::integer, running, ""}};
  spec.slab = "Vma";
  spec.roles = {{"reader",
                 numbered("r", n.readers),
                 {{"rmm", Sort::name, "", "Mm"},
                  {"raddr", Sort::name, "", "Slot"},
                  {"rvma", Sort::name, "", "Vma"},
                  {"rseq", Sort::integer, seq_base},
                  {"rwake", Sort::name, "", "Mm"},
                  {"rother", Sort::name, "", "Mm"}},
                 true,
                 {"Reader_Idle"}},
                {"writer",
                 numbered("m", n.mms),
                 {{"wslot", Sort::name, "", "Slot"},
                  {"wvma", Sort::name, "", "Vma"},
                  {"wsrc", Sort::name, "", "Vma"},
                  {"wexcl", Sort::boolean, ""}},
                 false,
                 {"Writer_Gone"}}};
  return spec;
}

/// "{r1, r2}"
std::string set_of(std::string_view prefix, std::uint32_t count) {
  std::string out = "{";
  for (const std::string& name : numbered(prefix, count))
    out += (out.size() > 1 ? ", " : "") + name;
  return out + "}";
}

/// "2 readers", "1 slot"
std::string counted_as(std::uint32_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string{what} + (count == 1 ? "" : "s");
}

class VmaRefcntModel final : public Model {
 public:
  VmaRefcntModel(const Size& size, const Variant& variant)
      : size_(size), n_(counts_of(size)), variant_(variant), world_(world_of(n_)) {}

  const World& world() const override { return world_; }
  std::unique_ptr<System> stepped() const override {
    std::vector<SteppedSystem::Code> code;
    for (const auto& task : world_.tasks()) {
      code.push_back([run = variant_.stepped[task.role], n = n_](SteppedMachine& m) { run(m, n); });
    }
    return std::make_unique<SteppedSystem>(world_, code);
  }
  std::vector<Automaton> automata(Parameters parameters) const override {
    std::vector<Automaton> out;
    for (std::size_t role = 0; role < roles; ++role) {
      const auto run = variant_.symbolic[role];
      out.push_back(Extraction(world_, role, parameters).run([&](SymbolicMachine& m) { run(m, n_); }));
    }
    return out;
  }
  std::vector<std::pair<std::string, std::string>> constants() const override {
    return {{"Readers", set_of("r", n_.readers)},
            {"Vmas", set_of("v", n_.vmas)},
            {"Slots", set_of("s", n_.slots)},
            {"Mms", set_of("m", n_.mms)},
            {"Null", "Null"},
            {"Again", "Again"},
            {"Limit", std::to_string(n_.limit)},
            {"MaxSections", std::to_string(n_.sections)},
            {"Variant", "\"" + std::string{variant_.name} + "\""}};
  }
  std::string bounds() const override {
    std::string out = counted_as(n_.readers, "reader") + ", " + counted_as(n_.vmas, "VMA") + ", " +
                      counted_as(n_.slots, "slot");
    if (n_.mms > 1) out += ", " + counted_as(n_.mms, "mm");
    if (n_.sections != 0) {
      out += ", " + counted_as(n_.sections, "write section") + (n_.mms > 1 ? " each" : "");
    }
    if (size_.limit) out += ", reader limit " + std::to_string(n_.limit);
    return out;
  }

 private:
  Size size_;
  Counts n_;
  Variant variant_;
  World world_;
};

/// All of them, "holds" first.
const std::vector<Variant>& variants_of_all() {
  static const std::vector<Variant> all = [] {
    std::vector<Variant> out{variant<Holds>("holds")};
    for (const auto subject :
         {variants_of_lookup, variants_of_wait, variants_of_writer, variants_of_dup,
          variants_of_mm}) {
      std::ranges::copy(subject(), std::back_inserter(out));
    }
    return out;
  }();
  return all;
}

class VmaRefcntProtocol final : public Protocol {
 public:
  std::string_view name() const override { return "vma_refcnt"; }
  std::vector<std::string> variants() const override {
    std::vector<std::string> out;
    for (const Variant& known : variants_of_all()) out.emplace_back(known.name);
    return out;
  }
  std::string_view size_help() const override { return "readers x VMAs x slots [x mms]"; }
  std::unique_ptr<Model> model(const Size& size, std::string_view variant) const override {
    const auto found = std::ranges::find(variants_of_all(), variant, &Variant::name);
    if (found == variants_of_all().end()) {
      throw InputError("variant '" + std::string{variant} + "'", 0, 0,
                       "unknown to vma_refcnt; see: list variants");
    }
    return model_of(size, *found);
  }
};

const VmaRefcntProtocol protocol;

}  // namespace

std::unique_ptr<Model> model_of(const Size& size, const Variant& variant) {
  return std::make_unique<VmaRefcntModel>(size, variant);
}

}  // namespace lockstep::vma_refcnt
