// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "model/verdict.hpp"

namespace lockstep::tlc {

namespace {
[[noreturn]] void fail(const std::filesystem::path& path) {
  throw InputError(path.string(), 0, 0, std::string{"cannot be read: "} + std::strerror(errno));
}
}  // namespace

MappedFile::MappedFile(const std::filesystem::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(path);
  struct stat info {};
  void* data = nullptr;
  bool good = fstat(file, &info) == 0;
  if (good && !S_ISREG(info.st_mode)) {
    errno = S_ISDIR(info.st_mode) ? EISDIR : EINVAL;
    good = false;
  }
  if (good && info.st_size > 0) {
    data = mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_PRIVATE, file, 0);
    good = data != MAP_FAILED;
  }
  const int error = errno;
  close(file);
  errno = error;
  if (!good) fail(path);
  if (data == nullptr) return;
  data_ = static_cast<const char*>(data);
  size_ = static_cast<std::size_t>(info.st_size);
  madvise(data, size_, MADV_SEQUENTIAL);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) munmap(const_cast<char*>(data_), size_);
}

void MappedFile::release_before(std::size_t offset) const {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  if (offset >= page) madvise(const_cast<char*>(data_), offset / page * page, MADV_DONTNEED);
}

}  // namespace lockstep::tlc
