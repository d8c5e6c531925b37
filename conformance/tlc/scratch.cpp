// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/scratch.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "model/verdict.hpp"

namespace lockstep::tlc {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view prefix = "tlc-";
constexpr const char* lock_name = "in-use";

/// Removes the directories whose owner is gone: its lock is free. One without a lock file may be
/// just being made and stays.
void remove_stale(const fs::path& root) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator{root, ignored}) {
    if (!entry.path().filename().string().starts_with(prefix)) continue;
    const int lock = open((entry.path() / lock_name).c_str(), O_RDWR | O_CLOEXEC);
    if (lock < 0) continue;
    if (flock(lock, LOCK_EX | LOCK_NB) == 0) fs::remove_all(entry.path(), ignored);
    close(lock);
  }
}

[[noreturn]] void fail(const fs::path& root, const std::string& why) {
  throw InputError(root.string(), 0, 0, "no scratch directory can be made here: " + why);
}

}  // namespace

ScratchDirectory::ScratchDirectory(const fs::path& root) {
  std::error_code error;
  const fs::path absolute = fs::absolute(root);
  fs::create_directories(absolute, error);
  if (error) fail(root, error.message());
  remove_stale(absolute);
  std::string name = (absolute / (std::string{prefix} + "XXXXXX")).string();
  if (mkdtemp(name.data()) == nullptr) fail(root, std::strerror(errno));
  path_ = name;
  // Locked before it has its name: nobody may find it free.
  const fs::path unnamed = path_ / "not-yet";
  lock_ = open(unnamed.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0 || flock(lock_, LOCK_EX | LOCK_NB) != 0 ||
      rename(unnamed.c_str(), (path_ / lock_name).c_str()) != 0) {
    const std::string why = std::strerror(errno);
    fs::remove_all(path_, error);
    fail(root, why);
  }
}

ScratchDirectory::ScratchDirectory(ScratchDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
  if (lock_ >= 0) close(lock_);
}

}  // namespace lockstep::tlc
