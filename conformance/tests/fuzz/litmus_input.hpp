// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <regex>
#include <string>
#include <string_view>

#include "model/verdict.hpp"
#include "orders/litmus/litmus.hpp"

namespace lockstep::testing {

/// Reads any text as a litmus test: what the reader has against it, or "".
inline std::string read_litmus(std::string_view text) {
  try {
    orders::litmus::read(text, "input");
  } catch (const orders::litmus::Unsupported& e) {
    return e.text();
  } catch (const InputError& e) {
    return e.what();
  }
  return "";
}

/// Every complaint names a line and a column.
inline bool has_place(const std::string& complaint) {
  static const std::regex place{"^input:[1-9][0-9]*:[1-9][0-9]*: ."};
  return std::regex_search(complaint, place);
}

}  // namespace lockstep::testing
