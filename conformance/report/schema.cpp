// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/schema.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <stdexcept>
#include <string_view>

#include "report/text.hpp"

namespace lockstep::report {
namespace {

bool is_a(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  if (type == "number") return value.is_number();
  if (type == "integer") return value.is_number_integer();
  throw std::logic_error("schema: no type '" + type + "'");
}

std::string short_text(const Json& value) {
  const std::string text = value.dump();
  return text.size() <= 60 ? text : text.substr(0, 57) + "...";
}

class Validator {
 public:
  explicit Validator(const Json& root) : root_(root) {}

  void check(const Json& schema, const Json& value, const std::string& at) {
    if (schema.is_boolean()) {
      if (!schema.get<bool>()) say(at, "nothing is expected here");
      return;
    }
    for (const auto& [keyword, rule] : schema.items()) apply(schema, keyword, rule, value, at);
  }

  std::vector<std::string> found;

 private:
  void say(const std::string& at, const std::string& what) {
    found.push_back((at.empty() ? "/" : at) + ": " + what);
  }

  void apply(const Json& schema, const std::string& keyword, const Json& rule, const Json& value,
             const std::string& at) {
    static const std::vector<std::string_view> notes = {"$schema", "$id",         "$defs",
                                                        "title",   "description", "examples"};
    if (std::ranges::find(notes, keyword) != notes.end()) return;
    if (keyword == "$ref") {
      check(resolve(rule.get<std::string>()), value, at);
    } else if (keyword == "anyOf") {
      any_of(rule, value, at);
    } else if (!value_rule(keyword, rule, value, at) &&
               !object_rule(schema, keyword, rule, value, at) &&
               !array_rule(keyword, rule, value, at)) {
      throw std::logic_error("schema: keyword '" + keyword + "' is not known");
    }
  }

  const Json& resolve(const std::string& reference) const {
    if (!reference.starts_with("#/$defs/")) throw std::logic_error("schema: $ref " + reference);
    return root_.at("$defs").at(reference.substr(8));
  }

  void any_of(const Json& choices, const Json& value, const std::string& at) {
    std::vector<std::string> fewest;
    for (const Json& choice : choices) {
      Validator inner(root_);
      inner.check(choice, value, at);
      if (inner.found.empty()) return;
      if (fewest.empty() || inner.found.size() < fewest.size()) fewest = inner.found;
    }
    found.insert(found.end(), fewest.begin(), fewest.end());
  }

  bool value_rule(const std::string& keyword, const Json& rule, const Json& value,
                  const std::string& at) {
    if (keyword == "type") {
      const Json types = rule.is_array() ? rule : Json::array({rule});
      if (std::ranges::none_of(types, [&](const Json& type) { return is_a(value, type); })) {
        say(at, short_text(value) + " is not of type " + rule.dump());
      }
    } else if (keyword == "enum") {
      if (std::ranges::find(rule, value) == rule.end()) {
        say(at, short_text(value) + " is not one of " + rule.dump());
      }
    } else if (keyword == "const") {
      if (value != rule) say(at, short_text(value) + " is not " + rule.dump());
    } else if (keyword == "minimum") {
      if (value.is_number() && value < rule)
        say(at, short_text(value) + " is below " + rule.dump());
    } else if (keyword == "pattern") {
      if (value.is_string() &&
          !std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>()))) {
        say(at, short_text(value) + " does not match " + rule.dump());
      }
    } else {
      return false;
    }
    return true;
  }

  bool object_rule(const Json& schema, const std::string& keyword, const Json& rule,
                   const Json& value, const std::string& at) {
    if (keyword == "required") {
      for (const Json& name : rule) {
        if (value.is_object() && !value.contains(name.get<std::string>())) {
          say(at, "member " + name.dump() + " is missing");
        }
      }
    } else if (keyword == "properties") {
      for (const auto& [name, member] : rule.items()) {
        if (value.is_object() && value.contains(name)) check(member, value[name], at + "/" + name);
      }
    } else if (keyword == "additionalProperties") {
      if (!value.is_object()) return true;
      for (const auto& [name, member] : value.items()) {
        if (schema.contains("properties") && schema["properties"].contains(name)) continue;
        check(rule, member, at + "/" + name);
      }
    } else {
      return false;
    }
    return true;
  }

  bool array_rule(const std::string& keyword, const Json& rule, const Json& value,
                  const std::string& at) {
    if (keyword == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        check(rule, value[i], at + "/" + std::to_string(i));
      }
    } else if (keyword == "minItems") {
      if (value.is_array() && value.size() < rule.get<std::size_t>()) {
        say(at, "fewer than " + rule.dump() + " items");
      }
    } else {
      return false;
    }
    return true;
  }

  const Json& root_;
};

}  // namespace

std::vector<std::string> misfits(const Json& schema, const Json& document) {
  Validator validator(schema);
  validator.check(schema, document, "");
  return validator.found;
}

}  // namespace lockstep::report
