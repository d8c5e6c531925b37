// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "traces/atomic_file.hpp"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "model/verdict.hpp"

namespace lockstep {

namespace {

/// A file that is removed again unless it was renamed.
class Temporary {
 public:
  explicit Temporary(const std::filesystem::path& path)
      : target_(path), name_(path.string() + ".XXXXXX"), file_(mkstemp(name_.data())) {
    if (file_ < 0) fail();
  }
  ~Temporary() {
    if (file_ < 0) return;
    close(file_);
    unlink(name_.c_str());
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  void write(std::string_view text) {
    while (!text.empty()) {
      const ssize_t count = ::write(file_, text.data(), text.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail();
      text.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  void commit() {
    // mkstemp lets nobody else read the file.
    const mode_t mask = umask(0);
    umask(mask);
    const bool good =
        fchmod(file_, 0666 & ~mask) == 0 && rename(name_.c_str(), target_.c_str()) == 0;
    if (!good) fail();
    close(file_);
    file_ = -1;
  }

 private:
  [[noreturn]] void fail() const {
    const std::string why = std::string{"cannot be written: "} + std::strerror(errno);
    if (errno == ENOSPC || errno == EDQUOT) throw Undecided(target_.string() + " " + why);
    throw InputError(target_.string(), 0, 0, why);
  }

  std::filesystem::path target_;
  std::string name_;
  int file_;
};

}  // namespace

void write_file(const std::filesystem::path& path, std::string_view text) {
  Temporary file{path};
  file.write(text);
  file.commit();
}

}  // namespace lockstep
