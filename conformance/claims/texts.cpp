// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/texts.hpp"

#include <fmt/format.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <fstream>
#include <iterator>
#include <map>

namespace lockstep {
namespace {

namespace fs = std::filesystem;

void add(std::map<std::string, fs::path>& files, const fs::path& folder, const std::string& name) {
  if (!fs::is_directory(folder)) return;
  for (auto at = fs::recursive_directory_iterator(folder); at != fs::end(at); ++at) {
    if (at->is_directory() && at->path().filename() == "build") at.disable_recursion_pending();
    if (!at->is_regular_file()) continue;
    files[name + "/" + fs::relative(at->path(), folder).string()] = at->path();
  }
}

}  // namespace

std::string mark_of_texts(const Manifest& manifest, const ManifestProtocol& protocol) {
  std::map<std::string, fs::path> files;
  for (std::size_t i = 0; i < protocol.directories.size(); ++i) {
    add(files, protocol.directories[i], "spec/" + std::to_string(i));
  }
  add(files, protocol.golden, "traces");
  if (!protocol.foreign) {
    add(files, manifest.root / "reference", "reference");
    add(files, manifest.root / "conformance" / "protocols", "protocols");
  }
  const auto hashed = [](const std::string& text, std::uint64_t seed) {
    return XXH64(text.data(), text.size(), seed);
  };
  std::uint64_t mark = 0;
  for (const auto& [name, path] : files) {
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    mark = hashed(text, hashed(name, mark));
  }
  return fmt::format("{:016x}", mark);
}

}  // namespace lockstep
