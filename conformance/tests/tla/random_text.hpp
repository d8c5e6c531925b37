// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <random>
#include <string>
#include <vector>

namespace lockstep::testing {

/// Formulas of the truth values p, q, r and the numbers i, j, with few parentheses, lists with
/// bullets, and lines that are moved now and then: what they mean depends on columns and on
/// precedences. Not all are TLA+.
class RandomText {
 public:
  explicit RandomText(unsigned seed) : random_(seed) {}

  /// Lines to stand below `Name ==`.
  std::string formula();

 private:
  using Block = std::vector<std::string>;

  std::size_t below(std::size_t n) { return random_() % n; }
  const char* one_of(const std::vector<const char*>& words) { return words[below(words.size())]; }

  static Block beside(Block left, const std::string& between, const Block& right);
  static void add_below(Block& block, std::size_t column, const Block& other);
  Block truth(std::size_t depth);
  Block atom();
  std::string number();
  Block list(std::size_t depth);
  Block chain(std::size_t depth);
  Block quantifier(std::size_t depth);
  Block choice(std::size_t depth);
  Block let(std::size_t depth);

  std::mt19937 random_;
  std::vector<std::string> numbers_;  ///< that are bound where the next formula will stand
  std::vector<std::string> truths_;
  int names_ = 0;
};

}  // namespace lockstep::testing
