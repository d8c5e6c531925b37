// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/beside/sources.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

namespace lockstep::beside {

namespace {

namespace fs = std::filesystem;

std::string owner_of(const std::string& file, const std::vector<std::string>& protocols) {
  std::string longest;
  for (const std::string& name : protocols) {
    if (file.starts_with(name) && name.size() > longest.size()) longest = name;
  }
  return longest;
}

}  // namespace

/// Files and what they include, each once: what is included comes first, as for the compiler.
class Sources::Walk {
 public:
  Walk(fs::path reference, fs::path registration)
      : reference_(std::move(reference)), registration_(std::move(registration)) {}

  void file(const fs::path& path) {
    if (!seen_.insert(path).second) return;
    std::ifstream in(path, std::ios::binary);
    if (!in) return;
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    Scanned scanned = scan(path.string(), text);
    for (const std::string& name : scanned.includes) include(path, name);
    auto& out = is_below(path, reference_) ? of_reference : of_registration;
    std::ranges::move(scanned.literals, std::back_inserter(out));
  }

  std::vector<Literal> of_reference, of_registration;

 private:
  static bool is_below(const fs::path& path, const fs::path& folder) {
    const auto [rest, end] = std::ranges::mismatch(path, folder);
    return end == folder.end();
  }
  void include(const fs::path& from, const std::string& name) {
    for (const fs::path& folder : {from.parent_path(), reference_, registration_.parent_path()}) {
      const fs::path path = (folder / name).lexically_normal();
      const bool ours = is_below(path, reference_) || is_below(path, registration_);
      if (ours && fs::is_regular_file(path)) return file(path);
    }
  }

  fs::path reference_, registration_;
  std::set<fs::path> seen_;
};

Sources::Sources(const fs::path& root, const std::string& protocol,
                 const std::vector<std::string>& all) {
  const fs::path base = root.lexically_normal();
  const fs::path folder = base / "conformance" / "protocols";
  std::set<fs::path> own;
  if (fs::is_directory(folder)) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (owner_of(entry.path().filename().string(), all) == protocol) own.insert(entry.path());
    }
  }
  Walk walk(base / "reference", folder);
  take(walk, own);
}

Sources::Sources(const fs::path& folder) {
  std::set<fs::path> own;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".cpp") own.insert(entry.path());
  }
  Walk walk(folder, folder);
  take(walk, own);
}

void Sources::take(Walk& walk, const std::set<fs::path>& own) {
  found_ = !own.empty();
  for (const fs::path& path : own) walk.file(path);
  literals_ = std::move(walk.of_reference);
  of_reference_ = literals_.size();
  std::ranges::move(walk.of_registration, std::back_inserter(literals_));
}

const Literal* Sources::of(const std::string& site) const {
  const Literal* found = among(site, 0, of_reference_);
  return found != nullptr ? found : among(site, of_reference_, literals_.size());
}

const Literal* Sources::among(const std::string& site, std::size_t begin, std::size_t end) const {
  for (std::size_t i = begin; i < end; ++i) {
    if (!literals_[i].suffix && literals_[i].name == site) return &literals_[i];
  }
  for (std::size_t i = begin; i < end; ++i) {
    const Literal& last = literals_[i];
    if (!last.suffix || !site.ends_with(last.name)) continue;
    const std::string first = site.substr(0, site.size() - last.name.size());
    const auto is_first = [&](const Literal& l) { return !l.suffix && l.name == first; };
    if (std::ranges::any_of(literals_, is_first)) return &last;
  }
  return nullptr;
}

}  // namespace lockstep::beside
