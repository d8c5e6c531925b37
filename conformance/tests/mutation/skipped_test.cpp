// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "mutants.hpp"

namespace lockstep::testing {

namespace {

/// A task that goes round by way of these sites.
Automaton round_of(const std::vector<std::string>& sites) {
  Automaton out;
  out.role = "walker";
  Node idle;
  idle.name = "Idle";
  idle.type = Node::Type::point;
  out.nodes.push_back(idle);
  for (const std::string& name : sites) {
    Node site;
    site.name = name;
    out.nodes.push_back(site);
  }
  const auto count = static_cast<std::uint32_t>(out.nodes.size());
  for (std::uint32_t n = 0; n < count; ++n) {
    AutomatonEdge edge;
    edge.from = n;
    edge.to = (n + 1) % count;
    out.edges.push_back(edge);
  }
  return out;
}

}  // namespace

TEST_CASE("the only site of a round is not left out: nothing would be done for ever") {
  CHECK(skipped_sites({round_of({"Look"})}).empty());
  const std::vector<Mutant> two = skipped_sites({round_of({"Look", "Use"})});
  REQUIRE(two.size() == 2);
  CHECK(two[0].name == "skip Look -> Use");
  CHECK(two[0].automata[0].nodes.size() == 2);
}

}  // namespace lockstep::testing
