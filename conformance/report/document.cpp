// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/document.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "model/verdict.hpp"
#include "traces/atomic_file.hpp"

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
  if (!is_special(file)) return lockstep::write_file(file, text);
  std::ofstream stream(file, std::ios::binary);
  stream << text << std::flush;
  if (!stream) fail(file, errno);
}

void write_document(const std::string& file, const Json& document) {
  write_file(file, document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace lockstep::report
