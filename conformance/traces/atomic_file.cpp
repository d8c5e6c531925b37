// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "traces/atomic_file.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string>

#include "model/verdict.hpp"
#include "traces/stream_file.hpp"

namespace lockstep {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, int error) {
  const std::string why = std::string{"cannot be written: "} + std::strerror(error);
  if (error == ENOSPC || error == EDQUOT) throw Undecided(path.string() + " " + why);
  throw InputError(path.string(), 0, 0, why);
}

std::optional<struct stat> status_of(const fs::path& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) == 0) return status;
  if (errno != ENOENT) fail(path, errno);
  return std::nullopt;
}

/// The file that the links lead to, which need not be there yet.
fs::path target_of(const fs::path& path) {
  constexpr int most = 40;  // as many as Linux follows
  fs::path at = path;
  for (int i = 0; i < most; ++i) {
    std::error_code error;
    const fs::path next = fs::read_symlink(at, error);
    if (error) return at;
    at = at.parent_path() / next;
  }
  fail(path, ELOOP);
}

/// A file that is removed again unless it was renamed.
class Temporary {
 public:
  /// `mode`: the permissions at the end.
  Temporary(const fs::path& named, const fs::path& target, mode_t mode)
      : named_(named),
        target_(target),
        mode_(mode),
        name_(target.string() + ".XXXXXX"),
        file_(mkstemp(name_.data())) {
    if (file_ < 0) fail(named_, errno);
  }
  ~Temporary() {
    if (file_ < 0) return;
    close(file_);
    unlink(name_.c_str());
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  void commit(std::string_view text) {
    if (const int error = write_all(file_, text); error != 0) fail(named_, error);
    // mkstemp lets nobody else read the file.
    if (fchmod(file_, mode_) != 0 || rename(name_.c_str(), target_.c_str()) != 0) {
      fail(named_, errno);
    }
    close(file_);
    file_ = -1;
  }

 private:
  fs::path named_;
  fs::path target_;
  mode_t mode_;
  std::string name_;
  int file_;
};

mode_t usual_mode() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

/// Must it be written where it stands? Not a regular file, or one that somebody holds open by a
/// number (`/dev/fd/3`): a new file of that name would not be his.
bool in_place(const fs::path& target, const struct stat& status) {
  return !S_ISREG(status.st_mode) || target.string().starts_with("/proc/") ||
         standard_stream(status) >= 0;
}

}  // namespace

void write_file(const fs::path& path, std::string_view text) {
  const auto status = status_of(path);
  if (status && S_ISDIR(status->st_mode)) fail(path, EISDIR);
  const fs::path target = target_of(path);
  if (status && in_place(target, *status)) {
    if (const int error = write_stream(path, *status, text); error != 0) fail(path, error);
    return;
  }
  const mode_t mode = status ? status->st_mode & 07777 : usual_mode();
  Temporary{path, target, mode}.commit(text);
}

void expect_writable(const fs::path& path) {
  const auto status = status_of(path);
  if (status && S_ISDIR(status->st_mode)) fail(path, EISDIR);
  const fs::path target = target_of(path);
  const fs::path folder = target.has_parent_path() ? target.parent_path() : ".";
  const bool there = status && in_place(target, *status);
  if (access(there ? path.c_str() : folder.c_str(), W_OK) != 0) fail(path, errno);
}

bool is_stream(const fs::path& path) {
  const auto status = status_of(path);
  return status && !S_ISDIR(status->st_mode) && in_place(target_of(path), *status);
}

}  // namespace lockstep
