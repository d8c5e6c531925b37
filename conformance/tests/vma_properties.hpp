// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "claims/judges.hpp"

namespace lockstep::testing {

/// The invariants and the properties of steps of vma_refcnt from their text, on the world of a
/// system that runs the model: all that the manifest names, or only these.
struct VmaProperties {
  VmaProperties(const Model& model, const World& world,
                const std::optional<std::vector<std::string>>& only = std::nullopt)
      : module(tla::Module::read("VmaRefcntProperties", {std::filesystem::path{LOCKSTEP_SOURCE_DIR} /
                                                         "spec/vma_refcnt"})),
        all(world, module, model.constants()) {
    for (const std::string& name : only.value_or(names())) all.add(name);
  }
  static std::vector<std::string> names() {
    static const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
    return properties_of(manifest.protocol("vma_refcnt"), {"invariant", "action"});
  }

  tla::Module module;
  SpecProperties all;
};

}  // namespace lockstep::testing
