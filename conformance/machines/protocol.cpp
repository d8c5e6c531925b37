// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/protocol.hpp"

#include "model/verdict.hpp"

namespace lockstep {

namespace {
std::vector<const Protocol*>& registered() {
  static std::vector<const Protocol*> all;
  return all;
}
}  // namespace

Protocol::Protocol() {
  registered().push_back(this);
}

const std::vector<const Protocol*>& Protocol::all() {
  return registered();
}

const Protocol& Protocol::find(std::string_view name) {
  std::string known;
  for (const Protocol* protocol : all()) {
    if (protocol->name() == name) return *protocol;
    known += (known.empty() ? "" : ", ") + std::string{protocol->name()};
  }
  throw InputError("protocol '" + std::string{name} + "'", 0, 0,
                   "unknown; expected one of: " + known);
}

}  // namespace lockstep
