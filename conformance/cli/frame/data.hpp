// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lockstep::cli {

/// Where spec/ and traces/ stand: what LOCKSTEP_ROOT names (the launcher sets it), else
/// share/lockstep beside the program's bin/, else the tree that the program was built from.
std::string data_root();

/// Where the CMake package of this program lies: beside it in the tree that it was built in, else
/// where it was installed. InputError where there is none.
std::filesystem::path package_directory();

/// The folders of protocols that the user brings: those of --protocols, else of LOCKSTEP_PROTOCOLS,
/// which has colons between them.
std::vector<std::string> protocol_folders();
/// What --protocols says.
void use_protocol_folders(std::vector<std::string> folders);

}  // namespace lockstep::cli
