// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "orders/litmus/litmus.hpp"

namespace lockstep::orders {

/// A litmus file of this folder with what its comment says: `Result: Never` of rc11, `Race: no`,
/// and `Result under tso: Sometimes` of other models, or of rc11 where the test is of the kernel.
struct File {
  litmus::Test test;
  std::map<std::string, std::string> results;  ///< verdict by model
  bool race = false;                           ///< under rc11
  std::string reason;                          ///< the sentences behind that
};

/// All files of `conformance/tests/rc11/FOLDER`, by name; fails where one does not say enough.
std::vector<File> files(const std::string& folder);

}  // namespace lockstep::orders
