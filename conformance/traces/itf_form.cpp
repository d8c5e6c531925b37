// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "traces/itf_form.hpp"

namespace lockstep {

std::string form_of(const JsonTree& value) {
  using Kind = JsonTree::Kind;
  switch (value.kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "true or false";
    case Kind::integer: return "an integer";
    case Kind::other_number: return "a number that is no integer";
    case Kind::string: return "a name in quotes";
    case Kind::array: return "a list";
    case Kind::object: break;
  }
  if (value.find("#unserializable") != nullptr) {
    return "a value that its writer could not write (\"#unserializable\")";
  }
  if (value.find("#map") != nullptr) return "a function (\"#map\")";
  if (value.find("#set") != nullptr) return "a set (\"#set\")";
  if (value.find("#tup") != nullptr) return "a tuple (\"#tup\")";
  if (value.find("#bigint") != nullptr) return "an integer";
  return "a record";
}

bool is_beside_the_state(std::string_view variable) {
  return variable.starts_with("mbt::");
}

}  // namespace lockstep
