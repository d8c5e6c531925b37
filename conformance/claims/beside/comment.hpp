// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "claims/beside/scan.hpp"

namespace lockstep::beside {

/// The lines of comments that stand below each other, as they come: what they say of sites.
class CommentReader {
 public:
  explicit CommentReader(std::string file) : file_(std::move(file)) {}

  /// The text of one line behind its slashes.
  void line(std::size_t line, std::size_t column, const std::string& text);
  /// No further line belongs to the last statement.
  void end();

  /// What has been said and not been taken.
  bool empty() const { return !kernel_ && !has_partners(); }
  Place place() const;
  std::optional<KernelComment> take_kernel() { return std::exchange(kernel_, std::nullopt); }
  std::vector<Word> take_pairs() { return std::exchange(pairs_, {}); }
  std::vector<Word> take_races() { return std::exchange(races_, {}); }
  bool has_partners() const { return !pairs_.empty() || !races_.empty(); }

 private:
  enum class Says { nothing, kernel, pairs, races };

  [[noreturn]] void fail(std::size_t offset, const std::string& what) const;
  bool goes_on() const;
  Place at(std::size_t offset) const;
  std::vector<Word> words(std::size_t begin, std::size_t end) const;
  void read_kernel();
  void read_here(std::size_t open, KernelComment& out) const;

  std::string file_;
  Says says_ = Says::nothing;
  std::string text_;  ///< of the statement, its lines joined by a space
  struct Piece {
    std::size_t offset, line, column;
  };
  std::vector<Piece> pieces_;  ///< where the lines begin in it
  std::optional<KernelComment> kernel_;
  std::vector<Word> pairs_, races_;
};

}  // namespace lockstep::beside
