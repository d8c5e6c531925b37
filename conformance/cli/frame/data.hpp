// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace lockstep::cli {

/// Where spec/ and traces/ stand: what LOCKSTEP_ROOT names (the launcher sets it), else
/// share/lockstep beside the program's bin/, else the tree that the program was built from.
std::string data_root();

}  // namespace lockstep::cli
