// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>

#include "claims/live.hpp"
#include "tests/has_tlc.hpp"
#include "tests/process.hpp"
#include "tests/sample.hpp"
#include "tests/with_code.hpp"

// Every property of a specification can fail: there is a variant that violates it, alone. Our own
// engines look for one, at the smallest size first, and TLC says the same of what they found.
namespace lockstep::testing {

namespace {

struct Caught {
  std::string variant, size;
};

const Manifest& manifest() {
  static const Manifest read = Manifest::read(LOCKSTEP_SOURCE_DIR);
  return read;
}

/// What TLC says of a variant when it is asked about one property.
std::string by_tlc(const Subject& subject, const std::string& property) {
  const Scratch scratch;
  Layout layout = subject.model->world().layout();
  Workshop workshop;
  workshop.scratch = scratch / "tlc";
  workshop.heap_bytes = 512u << 20;
  return words(check_with_tlc(subject, {property}, layout, workshop));
}

/// The same of the engine that judges properties of this kind. Where the variant's own steps stop
/// before the property is violated, it is not caught.
std::string judged(const Subject& subject, const ManifestProperty& property) try {
  if (property.kind == "liveness") {
    return words(judge_liveness(subject, {property.name}, {}).result);
  }
  return words(explore(*spec_system(subject), subject, {property.name}, {}));
} catch (const std::runtime_error& stops) {
  return stops.what();
}

/// A variant that violates the property when nothing else is asked: one that is said to, or
/// another.
std::optional<Caught> caught(const ManifestProtocol& protocol, const ManifestProperty& property) {
  const std::string smallest = Protocol::find(protocol.name).sizes().smallest().text();
  const auto among = [&](bool said) -> std::optional<Caught> {
    for (const bool small : {true, false}) {
      for (const ManifestVariant& variant : protocol.variants) {
        if ((variant.breaks == property.name) != said) continue;
        const std::string size = small ? smallest : variant.size;
        const Subject subject =
            Subject::of(manifest(), protocol.name, Size::parse(size), variant.name);
        if (judged(subject, property) != "violates " + property.name) continue;
        return Caught{variant.name, size};
      }
    }
    return std::nullopt;
  };
  const auto first = among(true);
  return first ? first : among(false);
}

/// Of each protocol with variants the properties of some kinds, each caught by ours; and one of
/// them, chosen by the sample's seed, by TLC.
void check_those(const std::vector<std::string>& kinds) {
  bool any = false;
  for (const ManifestProtocol& protocol : with_code(manifest())) {
    std::vector<std::pair<ManifestProperty, Caught>> all;
    for (const ManifestProperty& property : protocol.properties) {
      if (std::ranges::find(kinds, property.kind) == kinds.end()) continue;
      CAPTURE(protocol.name, property.name);
      const std::optional<Caught> by = caught(protocol, property);
      CHECK(by);  // else no variant would show that it can fail
      if (by) all.emplace_back(property, *by);
    }
    any = any || !all.empty();
    if (all.empty()) continue;  // it states none of those kinds
    if (!has_tlc_or_skips()) return;
    for (const auto& [property, by] : sample(all, 1)) {
      CAPTURE(property.name, by.variant, by.size);
      const Subject subject =
          Subject::of(manifest(), protocol.name, Size::parse(by.size), by.variant);
      CHECK(by_tlc(subject, property.name) == "violates " + property.name);
    }
    std::printf("mutants of the specification of %s: %zu properties caught\n",
                protocol.name.c_str(), all.size());
  }
  CHECK(any);
}

}  // namespace

TEST_CASE("each property of states and steps is violated by a variant, alone", "[java][slow]") {
  check_those({"invariant", "action"});
}

TEST_CASE("each liveness property is violated by a variant, alone", "[java][slow]") {
  check_those({"liveness"});
}

TEST_CASE("each refinement is violated by a variant, alone", "[java][slow]") {
  check_those({"refinement"});
}

}  // namespace lockstep::testing
