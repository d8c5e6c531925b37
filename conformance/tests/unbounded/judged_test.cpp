// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>

#include "claims/proof_batch.hpp"
#include "subject.hpp"
#include "toy.hpp"

// Whether a proof came out as expected, and the proof that asks for one failure alone.
namespace lockstep::testing {

using unbounded::Failure;
using unbounded::Options;
using unbounded::Proof;

namespace {

const Failure here{"Enter -> Leave", "Count", false, ""},
    given_up{"Leave -> Idle", "Count", true, ""};

Proof with(Proof::Verdict verdict, std::vector<Failure> failures, bool stopped = false) {
  Proof out;
  out.verdict = verdict;
  out.failures = std::move(failures);
  out.stopped = stopped;
  return out;
}

Proof asked(const Toy& toy, Options::Place place) {
  Options options;
  options.only = std::move(place);
  return toy.prove(options);
}

}  // namespace

TEST_CASE("what has failed has failed, whatever was not asked", "[quick]") {
  using enum Proof::Verdict;
  const std::string there = "fails at Enter -> Leave / Count", elsewhere = "fails at Init / Count";
  for (const bool stopped : {false, true}) {
    CAPTURE(stopped);
    const Proof failed = with(not_inductive, {here, given_up}, stopped);
    CHECK(judged(failed, there) == Verdict::pass);
    CHECK(judged(failed, "proved") == Verdict::fail);
    CHECK(judged(failed, elsewhere) == Verdict::unknown);
    CHECK(judged(failed, "") == Verdict::unknown);
  }
  CHECK(judged(with(not_inductive, {here}), elsewhere) == Verdict::fail);
  CHECK(judged(with(not_inductive, {here}, true), elsewhere) == Verdict::unknown);
  CHECK(judged(with(proved, {}), "proved") == Verdict::pass);
  CHECK(judged(with(proved, {}), there) == Verdict::fail);
  CHECK(judged(with(Proof::Verdict::unknown, {}, true), "proved") == Verdict::unknown);
  CHECK(judged(with(Proof::Verdict::unknown, {given_up}), "proved") == Verdict::unknown);
  // What the solver gave up at did not fail there.
  CHECK(judged(with(Proof::Verdict::unknown, {given_up}), "fails at Leave -> Idle / Count") ==
        Verdict::unknown);
}

TEST_CASE("a failure is asked for by its place, and what does not fail is not proved", "[quick]") {
  Toy toy;
  toy.conjuncts = {Toy::counted, "\\A b \\in Boxes : count[b] <= 1"};
  toy.properties = {"\\A b \\in Boxes : count[b] <= 0"};
  const Proof all = toy.prove();
  REQUIRE(all.failures.size() > 2);
  for (const Failure& f : all.failures) {
    CAPTURE(text(f));
    const auto place = place_of("fails at " + text(f));
    CHECK(place.edge == f.edge);
    CHECK(place.conjunct == f.conjunct);
    const Proof one = asked(toy, place);
    CHECK(one.verdict == Proof::Verdict::not_inductive);
    REQUIRE(one.failures.size() == 1);
    CHECK(text(one.failures.front()) == text(f));
    CHECK(one.queries < all.queries);
  }
  for (const Options::Place& place : {Options::Place{"Enter -> Leave", "C1"},
                                      {"", "C2"},
                                      {"Init", "C1"},
                                      {"Nowhere", "C2"},
                                      place_of("holds")}) {
    const Proof none = asked(toy, place);
    CHECK(none.verdict == Proof::Verdict::unknown);
    CHECK(none.failures.empty());
  }
  toy.conjuncts = {Toy::counted, Toy::somewhere};
  toy.properties = {};
  CHECK(toy.prove().verdict == Proof::Verdict::proved);
  CHECK(asked(toy, {"Enter -> Leave", "C1"}).verdict == Proof::Verdict::unknown);
}

TEST_CASE("of many proofs too, what is not the code's is not proved") {
  Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  const std::string name = proved().name;
  const auto prove = [&](std::stop_token stop) {
    return prove_all(manifest, name, {{}}, 1, stop, [](std::size_t, const Proof&) {}).front();
  };
  CHECK(prove({}).verdict == Proof::Verdict::proved);
  // There the number of sections is bounded, which is another automaton.
  std::ranges::find(manifest.protocols, name, &ManifestProtocol::name)->proof->walks = {"1x2x1x2"};
  const Proof proof = prove({});
  CHECK(proof.verdict == Proof::Verdict::unknown);
  CHECK(proof.proved.empty());
  REQUIRE(proof.failures.size() == 1);
  CHECK_THAT(proof.failures.front().state,
             Catch::StartsWith("at 1x2x1x2 the automaton is not that of the proof; "));
  CHECK(judged(proof, "proved") == Verdict::unknown);
  std::stop_source over;
  over.request_stop();
  CHECK(prove(over.get_token()).verdict == Proof::Verdict::unknown);
}

TEST_CASE("every failure that the manifest expects is found where it is asked for") {
  int expected = 0;
  for (const ManifestVariant& variant : proved().variants) {
    const std::string words = expected_proof(proved(), variant.name);
    if (words.empty() || words == "proved") continue;
    CAPTURE(variant.name);
    ++expected;
    Options options;
    options.only = place_of(words);
    const ProofSubject subject = subject_of(variant.name);
    CHECK(judged(unbounded::Prover(subject.question).prove(options), words) == Verdict::pass);
    const ProofSubject holds = subject_of("holds");
    CHECK(unbounded::Prover(holds.question).prove(options).failures.empty());
  }
  CHECK(expected >= 30);
}

}  // namespace lockstep::testing
