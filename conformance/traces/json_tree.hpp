// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep {

/// A JSON document whose every part knows its place, so that an error can name line and column.
struct JsonTree {
  enum class Kind : std::uint8_t { null, boolean, integer, other_number, string, array, object };

  Kind kind = Kind::null;
  std::int64_t number = 0;        ///< of an integer; 0 or 1 of a Boolean
  std::size_t offset = 0;         ///< where it begins in the text
  std::string text;               ///< of a string
  std::vector<std::string> keys;  ///< of an object, one for each item
  std::vector<JsonTree> items;

  /// The member of an object, or null.
  const JsonTree* find(std::string_view key) const;
};

/// Reads a document that is an object. Not JSON, a key twice, nested deeper than any document of
/// ours: an InputError, found without reading on. `document`: what is expected, in its messages.
JsonTree read_json(std::string_view text, std::string_view file,
                   std::string_view document = "a trace in the ITF format");

/// Throws an InputError at a place of the text.
[[noreturn]] void fail_at(std::string_view text, std::string_view file, std::size_t offset,
                          std::string_view what);

}  // namespace lockstep
