// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include <set>

#include "claims/judges.hpp"
#include "machines/automaton_system.hpp"
#include "small_search.hpp"
#include "tests/with_code.hpp"

// Every variant of every protocol, by two machines and a second search: the code and its automaton
// do the same, and come to what is recorded.
namespace lockstep::testing {
namespace {

constexpr std::uint64_t max_states = 1'000'000;

const Manifest& manifest() {
  static const Manifest read = Manifest::read(LOCKSTEP_SOURCE_DIR);
  return read;
}
std::vector<std::string> safe(const ManifestProtocol& protocol) {
  return properties_of(protocol, kinds_of("safe"));
}

/// Both machines, all safety properties: what they find, which must be the same.
Found both_machines(const Subject& subject) {
  const auto fibers = subject.model->stepped();
  AutomatonSystem automaton(subject.model->world(), subject.model->automata());
  AskedProperties of_fibers(subject, fibers->world(), safe(*subject.protocol)),
      of_automaton(subject, automaton.world(), safe(*subject.protocol));
  const Found found = small_search(*fibers, &of_fibers.properties, max_states);
  CHECK(found.states > 1);
  CHECK(found == small_search(automaton, &of_automaton.properties, max_states));
  return found;
}

/// What a broken variant breaks, it breaks alone, as early as is recorded; and all properties
/// together find something no later.
void check_breaks(const Subject& subject, const ManifestVariant& variant) {
  const auto fibers = subject.model->stepped();
  AskedProperties asked(subject, fibers->world(), {variant.breaks});
  const Found alone = small_search(*fibers, &asked.properties, max_states);
  CHECK(alone.violated == std::set{variant.breaks});
  REQUIRE(variant.expected.at("reference").steps.has_value());
  CHECK(alone.steps == *variant.expected.at("reference").steps);
  const Found together = both_machines(subject);
  CHECK_FALSE(together.violated.empty());
  CHECK(together.steps <= alone.steps);
}

void for_each_variant(void (*check)(const ManifestProtocol&, const ManifestVariant&)) {
  for (const ManifestProtocol& protocol : with_code(manifest())) {
    for (const ManifestVariant& variant : protocol.variants) {
      CAPTURE(protocol.name, variant.name);
      check(protocol, variant);
    }
  }
}

}  // namespace

TEST_CASE("each variant: code and automaton hold, or break in as many steps as is recorded") {
  for_each_variant([](const ManifestProtocol& protocol, const ManifestVariant& variant) {
    const Subject subject =
        Subject::of(manifest(), protocol.name, Size::parse(variant.size), variant.name);
    const std::vector<std::string> properties = safe(protocol);
    if (std::ranges::find(properties, variant.breaks) != properties.end()) {
      check_breaks(subject, variant);
    } else {  // liveness alone, which a search does not see, or nothing
      CHECK(both_machines(subject).violated.empty());
    }
  });
}

TEST_CASE("each size: the code and its automaton hold, in the states that are recorded") {
  for (const ManifestProtocol& protocol : with_code(manifest())) {
    for (const ManifestSize& size : protocol.sizes) {
      if (size.states.value_or(max_states) >= max_states) continue;
      CAPTURE(protocol.name, size.size);
      const Found found =
          both_machines(Subject::of(manifest(), protocol.name, Size::parse(size.size), "holds"));
      CHECK(found.violated.empty());
      CHECK(found.states == *size.states);
      CHECK(found.transitions == *size.transitions);
    }
  }
}

TEST_CASE("random walks of every variant stay inside its automaton") {
  for_each_variant([](const ManifestProtocol& protocol, const ManifestVariant& variant) {
    const Protocol& code = Protocol::find(protocol.name);
    const auto model = code.model(Size::parse(protocol.default_size()), variant.name);
    CHECK(differs_from_automaton(*model).value_or("") == "");
  });
}

TEST_CASE("holds is the first variant of a protocol, and each name stands once") {
  for (const ManifestProtocol& protocol : with_code(manifest())) {
    const auto variants = Protocol::find(protocol.name).variants();
    CHECK(variants.front() == "holds");
    CHECK(std::set(variants.begin(), variants.end()).size() == variants.size());
  }
}

}  // namespace lockstep::testing
