// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "claims/manifest.hpp"
#include "machines/protocol.hpp"

namespace lockstep::testing {

/// Sizes at which the mutants of a protocol are looked at: those at which its variants show what
/// they break, without the one that has many states; the smaller ones first.
inline std::vector<std::string> mutant_sizes(const ManifestProtocol& protocol) {
  std::set<std::string> large;
  for (const ManifestSize& size : protocol.sizes) {
    if (size.states.value_or(0) > 100'000) large.insert(size.size);
  }
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const ManifestVariant& variant : protocol.variants) {
    if (large.contains(variant.size)) continue;
    const auto model = Protocol::find(protocol.name).model(Size::parse(variant.size), "holds");
    found.emplace_back(model->world().layout().size(), variant.size);
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<std::string> out;
  for (auto& [cells, size] : found) out.push_back(std::move(size));
  return out;
}

}  // namespace lockstep::testing
