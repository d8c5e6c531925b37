// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "traces/json_reader.hpp"

#include <charconv>
#include <limits>

namespace lockstep {

using Kind = JsonTree::Kind;

void JsonReader::fail(const JsonTree& at, const std::string& what) const {
  fail_at(text_, file_, at.offset, what);
}

const JsonTree& JsonReader::member(const JsonTree& object, std::string_view name, Kind kind) const {
  const JsonTree* found = object.kind == Kind::object ? object.find(name) : nullptr;
  if (found == nullptr) fail(object, "no \"" + std::string{name} + "\" here");
  constexpr std::string_view kinds[] = {"null",     "true or false", "an integer", "a number",
                                        "a string", "an array",      "an object"};
  if (found->kind != kind) {
    fail(*found, "\"" + std::string{name} + "\" is not " +
                     std::string{kinds[static_cast<std::size_t>(kind)]});
  }
  return *found;
}

const std::string& JsonReader::string(const JsonTree& object, std::string_view name) const {
  return member(object, name, Kind::string).text;
}

std::size_t JsonReader::index(const JsonTree& object, std::string_view name) const {
  const JsonTree& tree = member(object, name, Kind::integer);
  if (tree.number < 0) fail(tree, "\"" + std::string{name} + "\" is negative");
  return static_cast<std::size_t>(tree.number);
}

bool JsonReader::integer(const JsonTree& tree, Atom& out) const {
  std::int64_t value = tree.number;
  if (tree.kind == Kind::object && tree.keys.size() == 1 && tree.keys[0] == "#bigint") {
    const std::string& digits = tree.items[0].text;
    const char* const last = digits.data() + digits.size();
    const auto [end, error] = std::from_chars(digits.data(), last, value);
    if (error != std::errc{} || end != last) {
      fail(tree, "\"#bigint\" is not an integer in quotes");
    }
  } else if (tree.kind != Kind::integer) {
    return false;
  }
  if (value < std::numeric_limits<Atom>::min() || value >= first_symbol) {
    fail(tree, "an integer too large for a state");
  }
  out = static_cast<Atom>(value);
  return true;
}

}  // namespace lockstep
