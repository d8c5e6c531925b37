// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "survivors.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace lockstep::testing {

namespace {
std::filesystem::path folder_of(Judged judged) {
  return std::filesystem::path{LOCKSTEP_SOURCE_DIR} / "conformance/tests/mutation" /
         (judged == Judged::both ? "both" : "survivors");
}
}  // namespace

std::vector<Survivor> survivors_of(const std::string& protocol, Judged judged) {
  std::vector<Survivor> out;
  std::ifstream in{folder_of(judged) / (protocol + ".txt")};
  std::string reason;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    if (line.starts_with("  ") && !reason.empty()) {
      out.push_back({line.substr(2), reason});
    } else if (!line.starts_with(' ') && line.ends_with(':')) {
      reason = line.substr(0, line.size() - 1);
    } else {
      throw std::runtime_error(protocol + ".txt: expected 'REASON:' or '  MUTANT', got " + line);
    }
  }
  return out;
}

std::vector<std::string> protocols_with_survivors(Judged judged) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder_of(judged))) {
    out.push_back(entry.path().stem().string());
  }
  return out;
}

}  // namespace lockstep::testing
