// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tla/module.hpp"

namespace lockstep::tla {

/// The constants of a model: as an expansion wants them, and the members of the sets.
struct ModelConstants {
  Constants constants;
  std::map<std::string, std::vector<std::string>> members;

  /// `values`: name and value, as Model::constants() has them: "{r1, r2}", "\"holds\"", "7",
  /// "Null". Throws InputError for what is none of these.
  static ModelConstants of(const std::vector<std::pair<std::string, std::string>>& values);
};

}  // namespace lockstep::tla
