// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "claims/manifest.hpp"
#include "tests/toys/door.hpp"

namespace lockstep::testing {

/// Where the toy's description stands: what LOCKSTEP_ROOT is for the program that knows it alone.
inline const std::filesystem::path toys{LOCKSTEP_SOURCE_DIR "/conformance/tests/toys"};

/// The toy `door`, registered here, as it is described there or in a copy.
inline Manifest toy_manifest(const std::filesystem::path& root = toys) {
  door::protocol();
  return Manifest::read(root);
}

}  // namespace lockstep::testing
