// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "model/verdict.hpp"

namespace lockstep {

namespace {
std::string located(std::string_view file, std::size_t line, std::size_t column,
                    std::string_view what) {
  std::string out{file};
  if (line != 0) out += ":" + std::to_string(line);
  if (line != 0 && column != 0) out += ":" + std::to_string(column);
  return (out.empty() ? out : out + ": ") + std::string{what};
}
}  // namespace

InputError::InputError(std::string_view file, std::size_t line, std::size_t column,
                       std::string_view what)
    : std::runtime_error(located(file, line, column, what)) {}

}  // namespace lockstep
