// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tlc/scanner.hpp"

namespace lockstep::tlc {

/// A TLA+ value as a tree. Printed, it is read back as the same value.
struct Value {
  enum class Kind : std::uint8_t {
    integer,
    boolean,
    string,
    model_value,
    set,
    tuple,
    record,
    function
  };
  Kind kind = Kind::integer;
  std::int64_t number = 0;   ///< of an integer; 0 or 1 of a Boolean
  std::string name;          ///< of a string (as it is, without escapes) or model value
  std::vector<Value> keys;   ///< of a record (strings) or function, one for each item
  std::vector<Value> items;  ///< in the order of the text

  friend bool operator==(const Value&, const Value&) = default;
  /// TLA+ text, on one line.
  std::string text() const;
};

/// Reads a text that is one value.
Value read_value(std::string_view text, Origin origin);

/// `"a\"b"`
std::string quoted(std::string_view text);

}  // namespace lockstep::tlc
