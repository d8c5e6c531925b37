// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <map>
#include <set>

#include "claims/judges.hpp"
#include "tests/has_tlc.hpp"
#include "tests/process.hpp"
#include "tests/sample.hpp"

// Every property of the specification can fail: a variant of the specification that TLC catches
// with that property alone.
namespace lockstep::testing {

namespace {

struct Caught {
  std::string_view property, variant, size;
};

// The smallest size at which TLC catches it.
constexpr Caught caught_alone[] = {
    {"TypeOK", "put_loads_mm_late", "1x1x1"},
    {"SectionOK", "unlock_keeps_marks", "1x1x1"},
    {"CountOK", "flag_stays", "1x1x1"},
    {"RefcntOK", "dup_copies_refcnt", "1x2x2"},
    {"LimitOK", "no_reader_limit", "2x1x1,limit=2"},
    {"FreeOK", "detach_does_not_wait", "1x1x1"},
    {"ExclOK", "no_recheck", "1x1x1"},
    {"UseOK", "no_range_check", "1x1x2"},
    {"MarksOK", "downgrade_keeps_marks", "1x1x1"},
    {"ModifyMarkedOK", "modify_unmarked", "1x1x1"},
    {"LeaveMarkedOK", "unmap_unmarked", "1x1x1"},
    {"AttachMarkedOK", "attach_unmarked", "1x1x1"},
    {"TreeOK", "dup_copies_refcnt", "1x2x2"},
    {"PageOK", "lookup_without_rcu", "1x1x1"},
    {"MmOK", "no_mm_grab", "1x1x1x2"},
    {"MmCountOK", "fault_without_pin", "1x1x1"},
    {"RcuOK", "lookup_keeps_rcu", "1x1x1"},
    {"WaitOK", "finish_keeps_waiter", "1x1x1"},
    {"NoLostWake", "put_wakes_only_attached", "1x1x1"},
    {"SeqOK", "mark_before_drain", "1x1x1"},
    {"CopyOK", "dup_forgets_field", "1x2x2"},
    {"Implements", "no_mm_check", "1x1x1x2"},
    {"LookupEnds", "retries_write_locked", "1x1x1"},
    {"DrainEnds", "state_set_after_check", "1x1x1"},
    {"SleepEnds", "put_never_wakes", "1x1x1"},
    {"RcuEnds", "lookup_keeps_rcu", "1x1x1"},
    {"PageReturns", "lookup_keeps_rcu", "1x1x1"},
};

/// What TLC says of a variant when it is asked about one property.
std::string judged(const Manifest& manifest, const std::string& variant,
                   const std::string& property, std::string_view size) {
  const Scratch scratch;
  const auto subject = Subject::of(manifest, "vma_refcnt", Size::parse(size), variant);
  Layout layout = subject.model->world().layout();
  Workshop workshop;
  workshop.scratch = scratch / "tlc";
  workshop.heap_bytes = 512u << 20;
  return words(check_with_tlc(subject, {property}, layout, workshop));
}

/// Two parts, because ctest can run them side by side.
void check_those(bool (*wanted)(const ManifestProperty&)) {
  if (!has_tlc_or_skips()) return;
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  std::size_t killed = 0, made = 0;
  std::vector<ManifestProperty> those;
  std::ranges::copy_if(manifest.protocol("vma_refcnt").properties, std::back_inserter(those), wanted);
  for (const ManifestProperty& property : sample(those, 3)) {
    for (const auto& [name, variant, size] : caught_alone) {
      if (name != property.name) continue;
      CAPTURE(property.name, variant, size);
      const std::string got = judged(manifest, std::string{variant}, property.name, size);
      CHECK(got == "violates " + property.name);
      ++made;
      killed += got == "violates " + property.name ? 1u : 0u;
    }
  }
  std::printf("mutants of the specification: %zu of %zu caught by their property alone\n", killed,
              made);
  CHECK(made > 0);
}

bool is_live(const ManifestProperty& property) {
  return property.kind == "liveness" || property.kind == "refinement";
}

}  // namespace

TEST_CASE("TLC catches a mutant of the specification by each safety property alone",
          "[java][slow]") {
  check_those([](const ManifestProperty& property) { return !is_live(property); });
}

TEST_CASE("TLC catches a mutant of the specification by refinement and each liveness alone",
          "[java][slow]") {
  check_those(is_live);
}

TEST_CASE("no property of the manifest is without a mutant") {
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  std::set<std::string_view> properties, mutated;
  for (const Caught& caught : caught_alone) mutated.insert(caught.property);
  for (const ManifestProperty& property : manifest.protocol("vma_refcnt").properties) {
    CAPTURE(property.name);
    CHECK(mutated.contains(property.name));
    properties.insert(property.name);
  }
  for (const std::string_view property : mutated) {
    CAPTURE(property);
    CHECK(properties.contains(property));  // else it has gone from the manifest
  }
}

}  // namespace lockstep::testing
