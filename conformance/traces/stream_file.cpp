// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "traces/stream_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "model/interrupt.hpp"

namespace lockstep {

namespace {

constexpr int wait_ms = 50;

/// A descriptor that is closed at the end.
struct Open {
  int file;
  ~Open() {
    if (file >= 0) close(file);
  }
};

/// Waits a little; false when it has waited enough. What is written after Ctrl-C, to say what had
/// been done, is not interrupted again, but nobody waits long for it.
class Patience {
 public:
  bool wait(int file, short events) {
    if (late_ && ++waited_ > most_when_late) return false;
    pollfd files[] = {{file, events, 0}, {late_ ? -1 : interrupt::fd(), POLLIN, 0}};
    poll(files, 2, wait_ms);
    if (!late_) interrupt::check();
    return true;
  }

 private:
  static constexpr int most_when_late = 20;  // a second
  bool late_ = interrupt::requested();
  int waited_ = 0;
};

}  // namespace

int write_all(int file, std::string_view text) {
  Patience patience;
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      if (!patience.wait(file, POLLOUT)) return EAGAIN;
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

int standard_stream(const struct stat& status) {
  for (const int file : {STDOUT_FILENO, STDERR_FILENO}) {
    struct stat open {};
    if (fstat(file, &open) != 0 || S_ISCHR(open.st_mode)) continue;
    if (open.st_dev == status.st_dev && open.st_ino == status.st_ino) return file;
  }
  return -1;
}

int write_stream(const std::filesystem::path& path, const struct stat& status,
                 std::string_view text) {
  if (const int standard = standard_stream(status); standard >= 0) {
    std::fflush(standard == STDOUT_FILENO ? stdout : stderr);
    return write_all(standard, text);
  }
  Patience patience;
  // Opened without blocking: for a pipe that nobody reads that is the way to stay interruptible.
  Open out{-1};
  for (;;) {
    out.file = open(path.c_str(), O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (out.file >= 0) break;
    if (errno != ENXIO || !S_ISFIFO(status.st_mode)) return errno;
    if (!patience.wait(-1, 0)) return ENXIO;
  }
  if (const int error = write_all(out.file, text); error != 0) return error;
  const int file = std::exchange(out.file, -1);
  return close(file) == 0 ? 0 : errno;
}

}  // namespace lockstep
