// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/dot_size.hpp"

#include "tlc/characters.hpp"

namespace lockstep::tlc {

DotSize dot_size(std::string_view text, const Passed& passed) {
  DotSize size;
  std::size_t tell = passed_every;
  for (std::size_t at = 0; at < text.size();) {
    if (at >= tell) {
      passed(at);
      tell += passed_every;
    }
    std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    if (is_digit(text[at]) || text[at] == '-') {
      // A fingerprint has at most 20 characters.
      const bool edge = text.substr(at, 26).find(" -> ") != std::string_view::npos;
      ++(edge ? size.edges : size.nodes);
    }
    at = end + 1;
  }
  return size;
}

}  // namespace lockstep::tlc
