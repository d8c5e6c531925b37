// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string_view>

namespace lockstep::tlc {

/// A file to read from front to back, without a copy of it in memory.
class MappedFile {
 public:
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view text() const { return {data_, size_}; }
  /// Lets go of the memory that holds the text before `offset`; it can still be read again.
  void release_before(std::size_t offset) const;

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace lockstep::tlc
