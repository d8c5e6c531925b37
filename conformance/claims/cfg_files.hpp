// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "claims/manifest.hpp"

namespace lockstep {

/// A model for plain TLC: `java tlc2.TLC -config NAME MODULE`.
struct CfgFile {
  std::string name;    ///< "MCVmaRefcnt_broken_no_recheck.cfg"
  std::string module;  ///< "MCVmaRefcnt"
  std::string size, variant = "holds";
  std::string violates;  ///< the property that TLC must name, or "": it passes
  bool live = false;     ///< it asks for what is not for ever
  std::string text;
};

/// The module that plain TLC runs: MCVmaRefcnt, of VmaRefcntProperties.
std::string model_module(const ManifestProtocol& protocol);

/// One for each size that claims safety or refinement, one more where it claims liveness; one for
/// each variant; one for each refuted property, at the first size that claims liveness. The first
/// quick size has the module's own name.
std::vector<CfgFile> cfg_files(const ManifestProtocol& protocol);

}  // namespace lockstep
