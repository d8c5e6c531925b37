// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/verdict.hpp"

namespace lockstep {

/// The code or the registration of a protocol is not one that the machines understand: its author's
/// mistake, with the site where there is one, and advice. Status 2, as of any other input.
class ProtocolError : public InputError {
 public:
  explicit ProtocolError(const std::string& what) : InputError("", 0, 0, what) {}
  ProtocolError(std::string_view file, std::size_t line, const std::string& what)
      : InputError(file, line, 0, what) {}
};

}  // namespace lockstep
