// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fstream>
#include <iterator>

#include "claims/asked.hpp"
#include "claims/beside/check.hpp"
#include "claims/beside/sites.hpp"
#include "claims/derived.hpp"
#include "claims/falsifiable.hpp"
#include "claims/held_by.hpp"

namespace lockstep {

namespace {

namespace fs = std::filesystem;

/// The first line in which two texts differ, from 1 on.
std::size_t first_other_line(const std::string& a, const std::string& b) {
  const auto [at, there] = std::ranges::mismatch(a, b);
  return 1 + static_cast<std::size_t>(std::count(a.begin(), at, '\n'));
}

/// What is derived. What stands wrongly beside a site is said by the check that is about it, once.
std::vector<DerivedFile> derived_by(const Manifest& manifest, const ManifestProtocol& p,
                                    const fs::path& folder) {
  try {
    return derived_files(manifest, p, folder);
  } catch (const InputError& error) {
    std::string beside;
    try {
      const beside::Sites sites(manifest, p.name);
    } catch (const InputError& wrong) {
      beside = wrong.what();
    }
    if (beside == error.what()) throw Undecided(std::string{not_read_beside} + p.name + "/kernel");
    throw;
  }
}

/// "as derived", or the first file that is not.
std::string as_derived(const Manifest& manifest, const ManifestProtocol& p) {
  const fs::path& folder = p.directories.front();
  const std::vector<DerivedFile> derived = derived_by(manifest, p, folder);
  constexpr std::string_view remedy = "; `lockstep verify --update` writes it";
  for (const DerivedFile& file : derived) {
    std::ifstream in(file.path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in) return file.path.string() + ": is not there" + std::string{remedy};
    if (file.path.filename() == "README.md") hold_held_by(text, file.path.string(), p);
    if (text == file.text) continue;
    return file.path.string() + ":" + std::to_string(first_other_line(text, file.text)) +
           ": is not what follows from the rest" + std::string{remedy};
  }
  for (const fs::path& surplus : surplus_files(derived, folder)) {
    return surplus.string() + ": nothing gives it; `lockstep verify --update` removes it";
  }
  return "as derived";
}

/// A size at which something is claimed, a quick one if there is.
const ManifestSize& size_of(const ManifestProtocol& p, const std::string& claim) {
  const ManifestSize* out = nullptr;
  for (const ManifestSize& size : p.sizes) {
    if (!size.has(claim)) continue;
    if (out == nullptr || (size.quick && !out->quick)) out = &size;
  }
  return out == nullptr ? p.sizes.front() : *out;
}

}  // namespace

void add_falsifiable(std::vector<Check>& out, const ManifestRef& manifest,
                     const ManifestProtocol& p) {
  for (const ManifestProperty& property : p.properties) {
    const auto breaks = [&](const ManifestVariant& v) { return v.breaks == property.name; };
    if (std::ranges::any_of(p.variants, breaks)) continue;
    const bool refines = property.kind == "refinement";
    const std::string claim = property.kind == "liveness" ? "live" : refines ? "refines" : "safe";
    const Size size = Size::parse(size_of(p, claim).size);
    Check check;
    check.id = p.name + "/falsifiable/" + property.name;
    check.protocol = p.name;
    check.claim = "falsifiable";
    check.judge = "reference";
    check.bounds = bounds_of(p.name, size);
    check.size = size.text();
    check.expected = {"can fail", {}, {}, {}};
    check.quick = true;
    check.run = [manifest, property, name = p.name, size](const Workshop& workshop) {
      return Outcome{can_fail(Subject::of(*manifest, name, size, "holds"), property, workshop)};
    };
    out.push_back(std::move(check));
  }
}

void add_derived(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  Check check;
  check.id = p.name + "/derived";
  check.protocol = p.name;
  check.claim = "derived";
  check.judge = "reference";
  check.bounds = "its .cfg files, and the tables of README.md";
  check.expected = {"as derived", {}, {}, {}};
  check.quick = true;
  check.run = [manifest, name = p.name](const Workshop&) {
    return Outcome{as_derived(*manifest, manifest->protocol(name))};
  };
  out.push_back(std::move(check));
}

}  // namespace lockstep
