// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/atom.hpp"
#include "traces/json_tree.hpp"

namespace lockstep {

/// The parts of a document, checked as they are asked for: what is not there, or not of the kind
/// that is wanted, is an InputError with its place.
class JsonReader {
 public:
  JsonReader(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  [[noreturn]] void fail(const JsonTree& at, const std::string& what) const;
  const JsonTree& member(const JsonTree& object, std::string_view name, JsonTree::Kind kind) const;
  const std::string& string(const JsonTree& object, std::string_view name) const;
  /// A number that is not negative.
  std::size_t index(const JsonTree& object, std::string_view name) const;
  /// Reads an integer, plain or as {"#bigint": "1"}; false if it is something else.
  bool integer(const JsonTree& tree, Atom& out) const;

 private:
  std::string_view text_;
  std::string_view file_;
};

}  // namespace lockstep
