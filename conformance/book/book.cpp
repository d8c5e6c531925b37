// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "book/book.hpp"

#include <algorithm>

namespace lockstep::book {

Verdict UnderModel::verdict() const {
  if (!reachable || !expected) return Verdict::unknown;
  return *reachable == *expected ? Verdict::pass : Verdict::fail;
}

bool Report::has(const std::string& protocol) const {
  return std::ranges::any_of(protocols, [&](const auto& p) { return p.stated->name == protocol; });
}

std::string protocol_path(const std::string& protocol) {
  return "protocols/" + protocol + ".html";
}
std::string scenario_path(const std::string& id) {
  return "scenarios/" + id + ".html";
}
std::string walk_path(const std::string& id) {
  return "scenarios/" + id + "-walk.html";
}
std::string question_path(const std::string& protocol, const std::string& question) {
  return "orders/" + protocol + "-" + question + ".html";
}
std::string proof_path(const std::string& protocol) {
  return "protocols/" + protocol + "-proof.html";
}

}  // namespace lockstep::book
