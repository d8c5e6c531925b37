// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/discovery.hpp"

#include <algorithm>

#include "machines/protocol_error.hpp"

namespace lockstep {

void Discovery::local(std::string_view name, Sort sort, std::string_view values) {
  const auto known = std::ranges::find(locals, name, &WorldSpec::Local::name);
  if (known == locals.end()) {
    locals.push_back({std::string{name}, sort, "", std::string{values}});
    return;
  }
  if (known->sort != sort || known->values != values) {
    throw ProtocolError("local " + std::string{name} +
                        " holds values of two sorts or kinds; give one of them another name");
  }
}

}  // namespace lockstep
