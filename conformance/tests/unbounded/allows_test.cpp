// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "subject.hpp"
#include "toy.hpp"

// What the invariant allows, and what it excludes: of states that have to be reachable.
namespace lockstep::testing {

using Catch::Contains;

namespace {

/// "yes", "no", or "unknown: why".
std::string allows(const unbounded::Question& question, const unbounded::Named& state) {
  using Is = unbounded::Allowed::Is;
  unbounded::Options options;
  options.query_milliseconds = 2'000;
  options.small_milliseconds = 500;
  const unbounded::Allowed found = unbounded::Prover(question).allows(state, options);
  return found.is == Is::yes ? "yes" : found.is == Is::no ? "no" : "unknown: " + found.why;
}

/// Of the toy's invariant and more.
std::string allows(const std::string& state, std::vector<std::string> more = {}) {
  Toy toy;
  toy.conjuncts = {Toy::counted, Toy::somewhere};
  toy.conjuncts.insert(toy.conjuncts.end(), more.begin(), more.end());
  toy.possible = {state};
  const unbounded::Question asked = toy.question();
  return allows(asked, asked.possible.front());
}

const std::string two = "\\E t, u \\in Users : t # u /\\ pc[t] = \"Leave\" /\\ pc[u] = \"Leave\"";
const std::string alone = "\\A t, u \\in Users : pc[t] = \"Leave\" /\\ pc[u] = \"Leave\" => t = u";

}  // namespace

TEST_CASE("the invariant allows a state or excludes it", "[quick]") {
  CHECK(allows(two) == "yes");
  CHECK(allows(two, {alone}) == "no");
  CHECK(allows("\\E b \\in Boxes : count[b] = 0 - 1") == "no");
  CHECK(allows("\\E u \\in Users : pc[u] = \"Idle\"", {alone}) == "yes");
  // What is assumed of a state is no less than the whole invariant.
  CHECK(allows("\\E u \\in Users : pc[u] = \"Leave\" /\\ at[u] = Null") == "no");
}

TEST_CASE("a state at which the solver gives up is neither allowed nor excluded", "[quick]") {
  // No number is, but the solver does not come to say so.
  CHECK_THAT(
      allows("\\E t, u \\in Users : n[t] > 0 /\\ n[t] * n[t] * n[t] = 2 * (n[u] * n[u] * n[u])"),
      Contains("unknown: "));
}

TEST_CASE("a state that is allowed has as many members as it counts", "[quick]") {
  CHECK(allows("\\E b \\in Boxes : count[b] = 2") == "yes");
  // The solver alone knows of a number that it is no less than 1 where there is a member.
  CHECK_THAT(allows("\\E b \\in Boxes : count[b] = 2", {alone}), Contains("unknown: "));
  // Counted by the state alone: its set is known too.
  const std::string idle = "Cardinality({u \\in Users : pc[u] = \"Idle\"}) = ";
  CHECK(allows(idle + "2") == "yes");
  CHECK(allows(idle + "0 - 1") == "no");
  CHECK_THAT(allows(idle + "2", {"\\A t, u \\in Users : t = u"}), Contains("unknown: "));
  CHECK(allows(idle + "1", {"\\A t, u \\in Users : t = u"}) == "yes");
}

TEST_CASE("a state that the solver cannot be asked about is unknown, and harms nobody", "[quick]") {
  const std::string wrong = "Cardinality({u \\in Users : count[at[u]] = 1}) = 1";
  CHECK_THAT(allows(wrong), Contains("unknown: ") && Contains("its own locals alone"));
  Toy toy;
  toy.conjuncts = {Toy::counted, Toy::somewhere};
  toy.possible = {wrong, two, wrong};
  CHECK(toy.verdict() == "PROVED");
  const unbounded::Question asked = toy.question();
  CHECK(allows(asked, asked.possible[1]) == "yes");
  CHECK_THAT(allows(asked, asked.possible[2]), Contains("its own locals alone"));
}

TEST_CASE("a step that needs more than are there is never taken", "[quick]") {
  Toy toy;
  toy.conjuncts = {Toy::counted, Toy::somewhere, alone};
  const auto guards = [&](int least) {
    toy.user.nodes[Toy::leave].guard = term::le(term::constant(least), term::variable("@"));
    const unbounded::Question asked = toy.question();
    unbounded::Options options;
    options.query_milliseconds = 2'000;
    return unbounded::Prover(asked).guards(options);
  };
  CHECK(guards(1).satisfiable == 2);
  CHECK(guards(2).satisfiable == 1);
  CHECK(guards(2).unknown == std::vector<std::string>{"Leave -> Idle"});
}

TEST_CASE("the invariants of the tree allow what has to be reachable") {
  for (const ManifestProtocol& protocol : manifest().protocols) {
    if (!protocol.proof) continue;
    const ProofSubject subject = ProofSubject::of(manifest(), protocol.name, "holds");
    REQUIRE(subject.question.possible.size() == protocol.possible.size());
    unbounded::Prover prover(subject.question);
    for (const unbounded::Named& state : subject.question.possible) {
      CAPTURE(protocol.name, state.name);
      CHECK(prover.allows(state, {}).is == unbounded::Allowed::Is::yes);
    }
    const auto guards = prover.guards({});
    CHECK(guards.satisfiable == guards.ways);
  }
}

}  // namespace lockstep::testing
