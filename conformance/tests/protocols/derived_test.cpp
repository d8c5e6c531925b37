// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <sstream>

#include "claims/derived.hpp"
#include "tests/process.hpp"

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

TEST_CASE("a line that is edited by hand in a derived file is named") {
  CHECK(first_difference("X.cfg", "a\nb\n", "a\nc\n") ==
        "X.cfg:2: not what `verify --update` writes");
  CHECK(first_difference("X.cfg", "a\n", "a\nb\n") == "X.cfg:2: not what `verify --update` writes");
}

}  // namespace lockstep
