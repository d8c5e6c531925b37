// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

#include "claims/cfg_files.hpp"
#include "tests/has_tlc.hpp"
#include "tests/process.hpp"
#include "tests/sample.hpp"

// The .cfg files are for those who have TLC and nothing else: each is run as it stands.
namespace lockstep::testing {
namespace {

namespace fs = std::filesystem;

/// "passes", "violates PROPERTY"; or what TLC printed.
std::string plain_tlc(const fs::path& folder, const CfgFile& file) {
  const Scratch scratch;
  fs::copy(folder, scratch / "spec", fs::copy_options::recursive);
  // A violation comes before what long runs gain by is compiled.
  const std::string compiled = file.violates.empty() ? "4" : "1";
  const Outcome outcome = run(
      {tlc::find_java().string(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=" + compiled, "-Xmx1g",
       "-cp", tlc::find_jar().string(), "tlc2.TLC", "-workers", "1", "-metadir", scratch / "meta",
       "-config", scratch / ("spec/" + file.name), scratch / ("spec/" + file.module + ".tla")});
  const auto says = [&](const std::string& text) {
    return outcome.out.find(text) != std::string::npos;
  };
  constexpr int safety = 12, temporal = 13;  // TLC's exit status; of [][A]_vars it is the latter
  if (outcome.status == 0 && says("No error has been found")) return "passes";
  const std::size_t at = outcome.out.find("Error: Invariant ");
  if (outcome.status == safety && at != std::string::npos) {
    const std::size_t name = at + std::string_view{"Error: Invariant "}.size();
    return "violates " + outcome.out.substr(name, outcome.out.find(' ', name) - name);
  }
  // What steps or behaviours violate has no name there; one property is asked.
  const bool step = outcome.status == temporal && says("Error: Action property ");
  const bool live = outcome.status == temporal && says("Error: Temporal properties were violated");
  if ((step || live) && !file.violates.empty()) return "violates " + file.violates;
  return outcome.out.substr(0, 2000) + outcome.err;
}

}  // namespace

TEST_CASE("each .cfg yields in plain TLC what its name says", "[java][slow]") {
  if (!has_tlc_or_skips()) return;
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  for (const ManifestProtocol& protocol : manifest.protocols) {
    std::vector<CfgFile> files = cfg_files(protocol);
    // What passes takes long.
    if (!thorough()) std::erase_if(files, [](const CfgFile& f) { return f.violates.empty(); });
    for (const CfgFile& file : sample(files, 3)) {
      CAPTURE(file.name);
      const std::string wanted = file.violates.empty() ? "passes" : "violates " + file.violates;
      CHECK(plain_tlc(manifest.root / "spec" / protocol.name, file) == wanted);
    }
  }
}

}  // namespace lockstep::testing
