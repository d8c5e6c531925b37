// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "claims/answers.hpp"
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
/// The properties of protocols. The document has one object an id that one of them names.
Listing list_properties(const Protocols& protocols, std::size_t width);
/// As recorded.
Listing list_turns(const Protocols& protocols, std::size_t width);
Listing list_questions(const Manifest& manifest, const Protocols& protocols, std::size_t width);
/// Each part of each property, and what changes when it is taken away.
Listing list_killers(const Manifest& manifest, const Protocols& protocols, const Workshop& workshop,
                     std::size_t width);
/// Of the whole: each with what answers it. The last line counts.
Listing list_ids(const Answers& answers, std::size_t width);
Listing list_statements(const Answers& answers, std::size_t width);
Listing list_numbers(const Answers& answers, std::size_t width);
Listing list_scenarios(const Manifest& manifest, const Answers& answers, std::size_t width);

/// The variants that show a scenario, in all protocols.
using VariantOf = std::pair<const ManifestProtocol*, const ManifestVariant*>;
std::vector<VariantOf> variants_of(const Manifest& manifest, const ManifestScenario& scenario);

/// A scenario in full: its question, what breaks, what holds, where it comes from; and more lines.
class ScenarioText {
 public:
  ScenarioText(const ManifestScenario& scenario, std::size_t width);
  void line(const std::string& title, const std::string& words);
  const std::string& text() const { return text_; }

 private:
  static constexpr std::size_t margin = 12;
  std::size_t room_;
  std::string text_;
};

/// The same, and the variants that show it here.
std::string scenario_text(const Manifest& manifest, const ManifestScenario& scenario,
                          std::size_t width);

}  // namespace lockstep::cli
