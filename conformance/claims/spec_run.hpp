// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "machines/protocol.hpp"
#include "tlc/module.hpp"

namespace lockstep {

/// What the manifest says of a protocol's specification.
struct SpecText {
  std::string module;  ///< "VmaRefcnt"
  std::vector<std::filesystem::path> directories;
  std::string view;  ///< used where the layout has one
};

/// The model as TLC is asked about it: the constants of this size and variant, and an instance of
/// every site of the reference, for every task and every choice, as the automata have them.
tlc::ModelRun spec_run(const Model& model, const SpecText& spec);

}  // namespace lockstep
