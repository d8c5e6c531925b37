// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "claims/manifest.hpp"
#include "report/document.hpp"

namespace lockstep {
struct Workshop;
}

namespace lockstep::cli {

/// What `list` prints of one thing, and its part of the document. `width`, of the functions that
/// make one: columns that the text should fit, 0 = unlimited.
struct Listing {
  std::string text;
  report::Json json = report::Json::array();
};

/// Of all protocols, or of those that are named.
using Protocols = std::vector<const ManifestProtocol*>;

Listing list_variants(const Protocols& protocols, std::size_t width);
/// The document has one object an id of the requirements, as far as a property names it.
Listing list_properties(const Protocols& protocols, std::size_t width);
/// As recorded.
Listing list_turns(const Protocols& protocols, std::size_t width);
Listing list_questions(const Manifest& manifest, const Protocols& protocols, std::size_t width);
/// Each part of each property, and what changes when it is taken away.
Listing list_killers(const Manifest& manifest, const Protocols& protocols, const Workshop& workshop,
                     std::size_t width);
Listing list_scenarios(const Manifest& manifest, std::size_t width);

/// A scenario in full: its question, what breaks, what holds, where it comes from, and the variants
/// that show it here.
std::string scenario_text(const Manifest& manifest, const ManifestScenario& scenario,
                          std::size_t width);

}  // namespace lockstep::cli
