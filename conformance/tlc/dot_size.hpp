// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace lockstep::tlc {

/// Called now and then with how much of the text has been read.
using Passed = std::function<void(std::size_t)>;
inline constexpr std::size_t passed_every = 1 << 26;

struct DotSize {
  std::size_t nodes = 0;
  std::size_t edges = 0;
};

/// A first look at a state graph, so that nothing has to grow while it is read.
DotSize dot_size(std::string_view text, const Passed& passed);

}  // namespace lockstep::tlc
