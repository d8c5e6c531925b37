// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/asked.hpp"
#include "claims/killers.hpp"
#include "model/stopwatch.hpp"
#include "report/text.hpp"

namespace lockstep {

namespace {

constexpr std::string_view all_killed = "each part has a killer";

std::string words(const KilledParts& parts) {
  std::vector<std::string> missing;
  for (const KilledPart& one : parts.parts) {
    if (!one.by.empty()) continue;
    missing.push_back(
        text(one.part.place) + ": " + one.part.name() + ", `" + one.part.text +
        "`, has no killer: without this " + one.part.change +
        " no verdict changes; expected a variant that breaks it alone, or a simpler " +
        (one.part.change == "conjunct" ? "property" : "text"));
  }
  return missing.empty() ? std::string{all_killed} : report::join(missing, "; ");
}

}  // namespace

void add_killed(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  const Killers killers(*manifest, p.name);
  const std::string bounds =
      bounds_of(p.name, Size::parse(p.default_size())) + ", and what is planted there";
  for (const std::string& property : killers.properties()) {
    Check check;
    check.id = p.name + "/killed/" + property;
    check.protocol = p.name;
    check.claim = "killed";
    check.judge = "reference";
    check.bounds = bounds;
    check.site = text(killers.place(property));
    check.expected = {std::string{all_killed}, {}, {}, {}};
    const auto recorded = p.killed.find(property);
    if (recorded != p.killed.end()) check.expected.states = recorded->second;
    check.quick = true;
    check.run = [manifest, name = p.name, property](const Workshop& workshop) {
      const Stopwatch watch;
      Killers mine(*manifest, name);
      const KilledParts parts = mine.of(property, false, workshop);
      Outcome outcome{words(parts)};
      outcome.states = parts.count;
      outcome.seconds = watch.seconds();
      return outcome;
    };
    out.push_back(std::move(check));
  }
}

}  // namespace lockstep
