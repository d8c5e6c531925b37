// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "book/pages.hpp"

namespace lockstep::book {

/// The file of a report's folder that says that it is one: a line, and then what lies in it.
inline constexpr const char* contents_path = "contents.txt";

/// A report's folder as a whole. It is written beside its place and takes it at the end; until then
/// what was there stays. What was there may be nothing, an empty folder, or a report in which
/// nothing lies but its own pages: InputError for everything else, for it would be lost.
class Folder {
 public:
  explicit Folder(const std::filesystem::path& named);
  /// What they take, in bytes. Throws Interrupted; then nothing of them is left.
  std::size_t write(const std::vector<Page>& pages) const;

 private:
  std::filesystem::path named_, target_;
};

}  // namespace lockstep::book
