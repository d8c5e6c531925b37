// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/data.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "build_info.hpp"
#include "model/verdict.hpp"

namespace lockstep::cli {

std::string data_root() {
  namespace fs = std::filesystem;
  if (const char* root = std::getenv("LOCKSTEP_ROOT"); root != nullptr && *root != '\0') {
    if (!fs::is_directory(root)) throw InputError("LOCKSTEP_ROOT", 0, 0, "no such directory");
    return root;
  }
  std::error_code none;
  const fs::path program = fs::read_symlink("/proc/self/exe", none);
  const fs::path installed = program.parent_path().parent_path() / "share" / "lockstep";
  if (!none && fs::is_directory(installed, none)) return installed;
  return LOCKSTEP_SOURCE_DIR;
}

}  // namespace lockstep::cli
