// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/model_constants.hpp"

#include <charconv>

#include "model/verdict.hpp"
#include "tla/lexer.hpp"

namespace lockstep::tla {

ModelConstants ModelConstants::of(const std::vector<std::pair<std::string, std::string>>& values) {
  ModelConstants out;
  for (const auto& [name, value] : values) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (value.starts_with('{')) {
      out.constants.sets.insert(name);
      for (const Token& token : tokens(value, "the constant " + name).tokens) {
        if (token.type == Token::Type::name) out.members[name].push_back(token.text);
      }
      if (!out.members.contains(name)) out.members[name];
    } else if (value.starts_with('"')) {
      out.constants.strings[name] = value.substr(1, value.size() - 2);
    } else if (error == std::errc{} && end == value.data() + value.size()) {
      out.constants.integers[name] = number;
    } else if (value == name) {
      out.constants.model_values.insert(name);
    } else {
      throw InputError{"the constant " + name, 0, 0,
                       "'" + value +
                           "' is not understood; expected a set of names, a string, a "
                           "number, or its own name"};
    }
  }
  return out;
}

}  // namespace lockstep::tla
