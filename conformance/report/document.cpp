// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/document.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "model/verdict.hpp"

namespace lockstep::report {
namespace {

[[noreturn]] void fail(const std::string& file, int error) {
  throw InputError(file, 0, 0, std::string("cannot be written: ") + std::strerror(error));
}

std::string folder_of(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  return slash == std::string::npos ? "." : file.substr(0, slash + 1);
}

bool is_special(const std::string& file) {  // a pipe or a device: nothing to rename
  struct stat status {};
  return stat(file.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

void expect_writable(const std::string& file) {
  if (file.empty() || file == "-") return;
  struct stat status {};
  if (stat(file.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) fail(file, EISDIR);
  const std::string target = is_special(file) ? file : folder_of(file);
  if (access(target.c_str(), W_OK) != 0) fail(file, errno);
}

void write_file(const std::string& file, std::string_view text) {
  if (file == "-") {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() ||
        std::fflush(stdout) != 0) {
      fail("standard output", errno);
    }
    return;
  }
  const bool special = is_special(file);
  const std::string scratch = special ? file : file + ".part" + std::to_string(getpid());
  const int descriptor = open(scratch.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) fail(file, errno);
  const bool written = write_all(descriptor, text);
  const int error = errno;
  const bool closed = close(descriptor) == 0;
  if (written && closed && (special || std::rename(scratch.c_str(), file.c_str()) == 0)) return;
  const int last = written ? errno : error;
  if (!special) unlink(scratch.c_str());
  fail(file, last);
}

void write_document(const std::string& file, const Json& document) {
  write_file(file, document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace lockstep::report
