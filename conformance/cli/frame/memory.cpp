// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/memory.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

namespace lockstep::cli {
namespace {

std::uint64_t resident(const std::string& process) {
  std::ifstream file("/proc/" + process + "/statm");
  std::uint64_t total = 0;
  std::uint64_t pages = 0;
  file >> total >> pages;
  return file ? pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) : 0;
}

std::uint64_t with_children(const std::string& process, int depth) {
  std::uint64_t bytes = resident(process);
  if (depth == 0) return bytes;
  std::error_code none;
  // A child is listed at the thread that started it.
  for (const auto& thread :
       std::filesystem::directory_iterator("/proc/" + process + "/task", none)) {
    std::ifstream children(thread.path() / "children");
    for (std::string child; children >> child;) bytes += with_children(child, depth - 1);
  }
  return bytes;
}

}  // namespace

std::uint64_t memory_in_use() {
  return with_children("self", 4);
}

std::uint64_t memory_there_is() {
  return static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
         static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace lockstep::cli
