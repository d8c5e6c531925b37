// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "model/verdict.hpp"
#include "tests/skip.hpp"
#include "tlc/java.hpp"

namespace lockstep::testing {

/// False, and the test counts as skipped, where there is no Java or no TLC.
inline bool has_tlc_or_skips() {
  try {
    tlc::find_java();
    tlc::find_jar();
    return true;
  } catch (const Undecided& reason) {
    skip(reason.what());
    return false;
  }
}

}  // namespace lockstep::testing
