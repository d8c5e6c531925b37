// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

namespace lockstep::tlc {

/// A directory of one run of TLC, removed with everything in it. TLC needs one to itself: it
/// unpacks its standard modules under fixed names and calls its own directory after the second.
///
/// A lock marks it as in use, so that the next run can remove what a killed one left behind.
class ScratchDirectory {
 public:
  /// Makes a new directory in `root`, which is made too where it is missing.
  explicit ScratchDirectory(const std::filesystem::path& root);
  ~ScratchDirectory();
  ScratchDirectory(ScratchDirectory&& other) noexcept;
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(ScratchDirectory&&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int lock_ = -1;
};

}  // namespace lockstep::tlc
