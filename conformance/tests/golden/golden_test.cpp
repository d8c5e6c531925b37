// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// The golden traces: readable without Java, and together a walk over the whole reference.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "claims/judges.hpp"
#include "explore/replay.hpp"
#include "machines/protocol.hpp"
#include "tests/with_code.hpp"
#include "traces/itf.hpp"

namespace lockstep {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> golden_traces(const std::string& protocol) {
  std::set<fs::path> files;
  const fs::path folder = fs::path(LOCKSTEP_SOURCE_DIR) / "traces" / protocol;
  INFO("`lockstep trace " << protocol << " --cover edges -o` writes them");
  REQUIRE(fs::is_directory(folder));
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().string().ends_with(".itf.json")) files.insert(entry.path());
  }
  return {files.begin(), files.end()};
}

struct Golden {
  TraceSubject subject;
  std::unique_ptr<Model> model;
  Trace trace;
};

Golden read(const fs::path& path) {
  const ItfFile file(path);
  Golden out{file.subject(),
             Protocol::find(file.subject().protocol)
                 .model(Size::parse(file.subject().size), file.subject().variant),
             {}};
  Layout layout = out.model->world().layout();
  out.trace = file.trace(layout);
  return out;
}

/// Of refinement and of what is live no single state or step says that it is violated.
bool is_safety(const ManifestProtocol& protocol, const std::string& property) {
  const auto names = properties_of(protocol, {"invariant", "action"});
  return std::ranges::find(names, property) != names.end();
}

}  // namespace

TEST_CASE("golden traces replay on the reference, every variable after every step") {
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  for (const auto& protocol : testing::with_code(manifest)) {
    const auto files = golden_traces(protocol.name);
    REQUIRE_FALSE(files.empty());
    for (const fs::path& path : files) {
      CAPTURE(path.filename().string());
      const Golden golden = read(path);
      const auto system = golden.model->stepped();
      const auto difference = replay(golden.trace, *system);
      CHECK_FALSE(difference.has_value());
    }
  }
}

TEST_CASE("each broken variant with a scenario has a golden trace that ends in what it violates") {
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  for (const auto& protocol : testing::with_code(manifest)) {
    for (const auto& variant : protocol.variants) {
      if (variant.holds || !variant.scenario) continue;
      const fs::path path = fs::path(LOCKSTEP_SOURCE_DIR) / "traces" / protocol.name /
                            (*variant.scenario + "_" + variant.name + ".itf.json");
      CAPTURE(path.filename().string(), variant.breaks);
      REQUIRE(fs::exists(path));
      if (!is_safety(protocol, variant.breaks)) continue;
      Golden golden = read(path);
      const Subject subject =
          Subject::of(manifest, protocol.name, Size::parse(golden.subject.size), variant.name);
      const auto violated = [&] {
        return violated_at_end(subject, golden.trace, {variant.breaks}).property;
      };
      CHECK(violated() == variant.breaks);
      golden.trace.states.pop_back();
      CHECK(violated().empty());
    }
  }
}

TEST_CASE("the golden traces of a protocol stay under 5 MB") {
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  for (const auto& protocol : testing::with_code(manifest)) {
    std::uintmax_t bytes = 0;
    for (const fs::path& path : golden_traces(protocol.name)) bytes += fs::file_size(path);
    CHECK(bytes < 5'000'000);
  }
}

}  // namespace lockstep
