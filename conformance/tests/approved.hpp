// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <fstream>
#include <string>

#include "tests/process.hpp"

namespace lockstep::testing {

/// Compares an output with the one that somebody has read and approved: conformance/tests/`file`.
/// With LOCKSTEP_APPROVE=1 the output becomes the approved one; read the difference before you
/// commit it. Returns what was approved.
inline std::string approved(const std::string& file, const std::string& output) {
  const std::string path = std::string(LOCKSTEP_SOURCE_DIR) + "/conformance/tests/" + file;
  const char* approve = std::getenv("LOCKSTEP_APPROVE");
  if (approve != nullptr && std::string(approve) == "1") std::ofstream(path) << output;
  return text_of(path);
}

}  // namespace lockstep::testing
