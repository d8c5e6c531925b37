// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "claims/judges.hpp"
#include "explore/compare_systems.hpp"
#include "tests/sample.hpp"
#include "tests/with_code.hpp"

using namespace lockstep;

namespace {

const Manifest& manifest() {
  static const Manifest read = Manifest::read(LOCKSTEP_SOURCE_DIR);
  return read;
}

SearchResult explored(const Subject& subject, System& system, unsigned jobs) {
  Workshop workshop;
  workshop.jobs = jobs;
  return explore(system, subject, usual_properties(subject, {"safe"}), workshop);
}

ComparisonResult compared(const Subject& subject, unsigned jobs) {
  Workshop workshop;
  workshop.jobs = jobs;
  return compare_graphs(subject, SpecJudge::engine, workshop).result;
}

void check_same(const SearchResult& a, const SearchResult& b) {
  CHECK(a.states == b.states);
  CHECK(a.transitions == b.transitions);
  CHECK(a.depth == b.depth);
  CHECK(words(a) == words(b));
  if (!a.violation || !b.violation) return;
  CHECK(a.violation->property == b.violation->property);
  CHECK(a.violation->detail == b.violation->detail);
  CHECK(a.violation->steps == b.violation->steps);
  CHECK(a.violation->states == b.violation->states);
  CHECK(a.violation->broken.slots == b.violation->broken.slots);
  CHECK(a.violation->broken.place.line == b.violation->broken.place.line);
  CHECK(a.violation->broken.place.column == b.violation->broken.place.column);
}

void check_same(const Subject& subject) {
  INFO(subject.protocol->name << " " << subject.variant << " at " << subject.size.text());
  const auto reference = subject.model->stepped(), spec = spec_system(subject);
  const SearchResult one = explored(subject, *reference, 1);
  const SearchResult of_spec = explored(subject, *spec, 1);
  const ComparisonResult alone = compared(subject, 1);
  for (const unsigned jobs : {2u, 3u}) {
    check_same(one, explored(subject, *reference, jobs));
    check_same(of_spec, explored(subject, *spec, jobs));
    const ComparisonResult many = compared(subject, jobs);
    CHECK(many.states == alone.states);
    CHECK(many.transitions == alone.transitions);
    CHECK(many.difference.has_value() == alone.difference.has_value());
  }
}

}  // namespace

TEST_CASE("a protocol is the same whatever the number of threads", "[properties]") {
  for (const ManifestProtocol& protocol : testing::with_code(manifest())) {
    const Size smallest = Protocol::find(protocol.name).sizes().smallest();
    bool broken = false;
    for (const ManifestVariant& variant : testing::sample(protocol.variants, 4)) {
      check_same(Subject::of(manifest(), protocol.name, smallest, variant.name));
      if (broken || variant.breaks.empty()) continue;
      broken = true;
      check_same(Subject::of(manifest(), protocol.name, Size::parse(variant.size), variant.name));
    }
    const std::uint64_t most = testing::thorough() ? 50'000 : 5'000;
    for (const ManifestSize& size : protocol.sizes) {
      if (size.states.value_or(1'000'000) > most) continue;
      check_same(Subject::of(manifest(), protocol.name, Size::parse(size.size), "holds"));
    }
  }
}

TEST_CASE("a difference is the same whatever the number of threads", "[properties]") {
  for (const ManifestProtocol& protocol : testing::with_code(manifest())) {
    // The reference of another variant.
    const auto variants = testing::sample(protocol.variants, 6);
    std::size_t differ = 0;
    for (const ManifestVariant& variant : variants) {
      INFO(protocol.name << " " << variant.name);
      const Size size = Size::parse(variant.size);
      const Subject holds = Subject::of(manifest(), protocol.name, size, "holds");
      const Subject other = Subject::of(manifest(), protocol.name, size, variant.name);
      const auto spec = spec_system(holds), reference = other.model->stepped();
      const ComparisonResult one = compare(*spec, *reference).result;
      if (one.difference) ++differ;
      for (const unsigned jobs : {2u, 3u}) {
        const ComparisonResult many = compare(*spec, *reference, {}, jobs).result;
        CHECK(many.states == one.states);
        CHECK(many.transitions == one.transitions);
        REQUIRE(many.difference.has_value() == one.difference.has_value());
        if (!one.difference) continue;
        CHECK(many.difference->kind == one.difference->kind);
        CHECK(many.difference->states == one.difference->states);
        CHECK(many.difference->steps == one.difference->steps);
        CHECK(many.difference->step == one.difference->step);
        CHECK(many.difference->spec_after == one.difference->spec_after);
        CHECK(many.difference->reference_after == one.difference->reference_after);
      }
    }
    CHECK(differ == variants.size());
  }
}
