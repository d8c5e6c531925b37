// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/rc11/files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace lockstep::orders {

namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ostringstream out;
  out << std::ifstream{path}.rdbuf();
  return out.str();
}

File read_file(const fs::path& path) {
  const std::string text = content(path);
  File file;
  try {
    file.test = litmus::read(text, path.string());
  } catch (const litmus::Unsupported& e) {
    throw std::runtime_error{e.text()};
  }
  std::istringstream lines{text};
  bool raced = false;
  for (std::string line; std::getline(lines, line) && line != " *)";) {
    if (!line.starts_with(" * ")) continue;
    line.erase(0, 3);
    const std::size_t colon = line.find(": ");
    const std::string key = line.substr(0, colon);
    const std::string value = colon == std::string::npos ? "" : line.substr(colon + 2);
    if (key == "Result") {
      file.results["rc11"] = value;
    } else if (key.starts_with("Result under ")) {
      file.results[key.substr(std::string_view{"Result under "}.size())] = value;
    } else if (key == "Race") {
      raced = value == "yes" || value == "no";
      file.race = value == "yes";
    } else if (!key.starts_with("SPDX")) {
      file.reason += line + "\n";
    }
  }
  if (!file.results.contains("rc11") || !raced || file.reason.empty()) {
    throw std::runtime_error{path.string() + ": expected Result, Race and a reason"};
  }
  return file;
}

}  // namespace

std::vector<File> files(const std::string& folder) {
  std::vector<fs::path> paths;
  const fs::path top = fs::path{LOCKSTEP_SOURCE_DIR} / "conformance/tests/rc11" / folder;
  for (const auto& entry : fs::directory_iterator{top}) {
    if (entry.path().extension() == ".litmus") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::vector<File> out;
  for (const fs::path& path : paths) out.push_back(read_file(path));
  return out;
}

}  // namespace lockstep::orders
