// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "harmless_typos.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "subject.hpp"
#include "tests/process.hpp"

namespace lockstep::testing {

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Heading, line.
const Pairs& listed() {
  static const Pairs all = [] {
    Pairs out;
    const std::string file = proved().name + ".txt";
    std::istringstream in{
        text_of(LOCKSTEP_SOURCE_DIR "/conformance/tests/unbounded/typos/" + file)};
    std::string heading;
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with('#')) continue;
      if (line.starts_with("  ")) {
        out.emplace_back(heading, line.substr(2));
      } else if (line.ends_with(':')) {
        heading = line.substr(0, line.size() - 1);
      } else {
        throw std::runtime_error(file + ": expected 'HEADING:' or a line below one, got " + line);
      }
    }
    return out;
  }();
  return all;
}

}  // namespace

const std::vector<HarmlessTypo>& harmless_typos() {
  static const std::vector<HarmlessTypo> all = [] {
    std::vector<HarmlessTypo> out;
    for (const auto& [heading, line] : listed()) {
      if (heading != "names") out.push_back({line, heading});
    }
    return out;
  }();
  return all;
}

std::string reason_of(const std::string& typo) {
  const auto found = std::ranges::find(harmless_typos(), typo, &HarmlessTypo::typo);
  return found == harmless_typos().end() ? "" : found->reason;
}

const Pairs& names_alike() {
  static const Pairs all = [] {
    Pairs out;
    for (const auto& [heading, line] : listed()) {
      if (heading != "names") continue;
      const std::size_t space = line.find(' ');
      if (space == std::string::npos) throw std::runtime_error("like what is the name " + line);
      out.emplace_back(line.substr(0, space), line.substr(space + 1));
    }
    return out;
  }();
  return all;
}

}  // namespace lockstep::testing
