// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/data.hpp"

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <system_error>

#include "build_info.hpp"
#include "model/verdict.hpp"

namespace lockstep::cli {

namespace fs = std::filesystem;

namespace {

fs::path program_directory() {
  std::error_code none;
  return fs::read_symlink("/proc/self/exe", none).parent_path();
}

std::vector<std::string>& named_folders() {
  static std::vector<std::string> folders;
  return folders;
}

}  // namespace

std::string data_root() {
  if (const char* root = std::getenv("LOCKSTEP_ROOT"); root != nullptr && *root != '\0') {
    if (!fs::is_directory(root)) throw InputError("LOCKSTEP_ROOT", 0, 0, "no such directory");
    return root;
  }
  std::error_code none;
  const fs::path installed = program_directory().parent_path() / "share" / "lockstep";
  if (fs::is_directory(installed, none)) return installed;
  return LOCKSTEP_SOURCE_DIR;
}

fs::path package_directory() {
  const fs::path beside = program_directory();
  const fs::path installed = beside.parent_path() / LOCKSTEP_PACKAGE_DIR;
  for (const fs::path& directory : {beside, installed}) {
    std::error_code none;
    if (fs::exists(directory / "lockstepAddProtocol.cmake", none)) return directory;
  }
  throw InputError(installed.string(), 0, 0,
                   "no lockstepAddProtocol.cmake here, nor beside the program; expected what "
                   "`cmake --install` puts there");
}

std::vector<std::string> protocol_folders() {
  std::vector<std::string> out = named_folders();
  const char* set = std::getenv("LOCKSTEP_PROTOCOLS");
  if (!out.empty() || set == nullptr) return out;
  std::istringstream folders(set);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (!folder.empty()) out.push_back(folder);
  }
  return out;
}

void use_protocol_folders(std::vector<std::string> folders) {
  named_folders() = std::move(folders);
}

}  // namespace lockstep::cli
