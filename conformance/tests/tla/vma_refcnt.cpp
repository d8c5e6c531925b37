// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/tla/vma_refcnt.hpp"

namespace lockstep::testing {

const tla::Module& vma_refcnt_properties() {
  static const tla::Module module = tla::Module::read(
      "VmaRefcntProperties", {std::filesystem::path{LOCKSTEP_SOURCE_DIR} / "spec/vma_refcnt"});
  return module;
}

tla::Constants constants_of(const std::string& variant, const std::set<std::string>& open) {
  tla::Constants out;
  out.strings["Variant"] = variant;
  out.integers["MaxSections"] = 0;
  out.model_values = {"Null", "Again"};
  out.sets = {"Readers", "Vmas", "Slots", "Mms"};
  out.parameters = open;
  return out;
}

tla::Constants constants_of(const Model& model) {
  tla::Constants out;
  for (const auto& [name, value] : model.constants()) {
    if (value.starts_with('{')) {
      out.sets.insert(name);
    } else if (value.starts_with('"')) {
      out.strings[name] = value.substr(1, value.size() - 2);
    } else if (value == name) {
      out.model_values.insert(name);
    } else {
      out.integers[name] = std::stoll(value);
    }
  }
  return out;
}

std::vector<std::string> invariants() {
  std::vector<std::string> out;
  for (const std::string& name : vma_refcnt_properties().definitions()) {
    const bool step = name == "SeqOK" || name == "CopyOK";  // of SeqStep, CopyStep
    if (name.starts_with("NoLost") || (name.ends_with("OK") && !step)) out.push_back(name);
  }
  return out;
}

}  // namespace lockstep::testing
