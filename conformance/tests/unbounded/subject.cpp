// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "subject.hpp"

namespace lockstep::testing {

ProofSubject subject_of(const std::string& variant) {
  static const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);  // the subject points into it
  return ProofSubject::of(manifest, "vma_refcnt", variant);
}

tla::Expr formula(const std::string& text) {
  const std::filesystem::path spec = std::filesystem::path{LOCKSTEP_SOURCE_DIR} / "spec";
  static const tla::Module module =
      tla::Module::read("VmaRefcntInductive", {spec / "vma_refcnt", spec / "vma_lock"});
  tla::Constants constants;
  constants.strings["Variant"] = "holds";
  constants.integers["MaxSections"] = 0;
  constants.model_values = {"Null", "Again"};
  constants.sets = {"Readers", "Vmas", "Slots", "Mms"};
  constants.parameters = {"Limit", "Flag"};
  return module.expand_text(text, "a test's formula", constants);
}

}  // namespace lockstep::testing
