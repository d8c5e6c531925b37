// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <sstream>

#include "claims/cfg_files.hpp"
#include "claims/derived.hpp"
#include "tests/process.hpp"
#include "tests/toys/described.hpp"

namespace lockstep {
namespace {

/// `FILE:LINE` of the first line that differs, or "".
std::string first_difference(const std::string& file, const std::string& is,
                             const std::string& derived) {
  if (is == derived) return "";
  std::istringstream a(is), b(derived);
  std::size_t line = 1;
  for (std::string left, right;; ++line) {
    const bool more_left = static_cast<bool>(std::getline(a, left));
    const bool more_right = static_cast<bool>(std::getline(b, right));
    if (more_left != more_right || left != right || !more_left) break;
  }
  return file + ":" + std::to_string(line) + ": not what `verify --update` writes";
}

}  // namespace

TEST_CASE("every .cfg and every table of a protocol is what is derived from its facts") {
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  for (const ManifestProtocol& protocol : manifest.protocols) {
    const auto folder = manifest.root / "spec" / protocol.name;
    const auto derived = derived_files(manifest, protocol, folder);
    CHECK(derived.size() > protocol.variants.size());
    for (const DerivedFile& file : derived) {
      const std::string path = file.path.string();
      CHECK(first_difference(path, testing::text_of(path), file.text) == "");
    }
    for (const auto& surplus : surplus_files(derived, folder)) {
      FAIL_CHECK(surplus.string() << ": nothing gives this file; `verify --update` removes it");
    }
  }
}

TEST_CASE("what is refuted has its .cfg at a size that claims liveness") {
  const Manifest manifest = testing::toy_manifest();
  ManifestProtocol protocol = manifest.protocol("door");
  const auto size_of_refuted = [&] {
    std::string out;
    for (const CfgFile& file : cfg_files(protocol)) {
      if (file.name.find("_refuted_") != std::string::npos) out += file.size + " ";
    }
    return out;
  };
  CHECK(size_of_refuted() == "2 ");
  for (ManifestSize& size : protocol.sizes) {
    std::erase(size.claims, "live");
    if (size.size == "2x2") size.claims.push_back("live");
  }
  CHECK(size_of_refuted() == "2x2 ");
  for (ManifestSize& size : protocol.sizes) std::erase(size.claims, "live");
  CHECK(size_of_refuted().empty());
}

TEST_CASE("a line that is edited by hand in a derived file is named") {
  CHECK(first_difference("X.cfg", "a\nb\n", "a\nc\n") ==
        "X.cfg:2: not what `verify --update` writes");
  CHECK(first_difference("X.cfg", "a\n", "a\nb\n") == "X.cfg:2: not what `verify --update` writes");
}

}  // namespace lockstep
