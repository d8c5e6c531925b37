// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/shown.hpp"

#include <filesystem>

#include "claims/trace_file.hpp"
#include "cli/common.hpp"

namespace lockstep::cli {

Shown shown_of_trace(const Manifest& manifest, const std::string& name) {
  TraceFile file = TraceFile::read(manifest, name);
  std::string refused;
  if (file.difference) {
    const std::string& why = file.difference->refused;
    refused = name + ": " + words(file) + (why.empty() ? "" : "; " + why);
  }
  const TraceSubject of = file.trace.subject;
  Shown out{std::move(file.subject),
            std::move(file.layout),
            std::move(file.trace),
            std::move(file.violated),
            nullptr,
            std::move(refused)};
  if (of.variant != "holds") {
    if (const auto& id = out.subject.protocol->variant(of.variant).scenario) out.scenario = *id;
  }
  return out;
}

Shown shown_of_scenario(const Manifest& manifest, const std::string& id, const std::string& wanted,
                        const Workshop& shop) {
  const ManifestScenario& scenario = manifest.scenario(id);
  std::string known;
  for (const ManifestProtocol& protocol : manifest.protocols) {
    for (const ManifestVariant& variant : protocol.variants) {
      if (variant.scenario != scenario.id || variant.holds) continue;
      known += (known.empty() ? "" : ", ") + variant.name;
      if (!wanted.empty() && variant.name != wanted) continue;
      const auto golden = protocol.golden / (scenario.id + "_" + variant.name + ".itf.json");
      if (std::filesystem::exists(golden)) {
        Shown shown = shown_of_trace(manifest, golden.string());
        if (shown.subject.variant == variant.name) return shown;
        throw InputError(
            golden.string(), 0, 0,
            "is a behaviour of " + shown.subject.variant + "; expected one of " + variant.name);
      }
      Shown out{Subject::of(manifest, protocol.name, Size::parse(variant.size), variant.name),
                {},
                {},
                "",
                scenario.id,
                ""};
      out.layout = out.subject.model->world().layout();
      const SearchResult found =
          explore_system(out.subject, usual_properties(out.subject, {"safe"}), shop);
      if (!found.violation) throw Undecided("nothing is wrong in " + variant.name);
      out.trace = {
          out.subject.trace_subject(), found.violation->states, found.violation->steps, {}};
      out.violated = found.violation->property;
      return out;
    }
  }
  if (!known.empty()) {
    throw InputError("variant '" + wanted + "'", 0, 0,
                     "no broken one of " + scenario.id + "; expected one of: " + known);
  }
  throw Undecided(scenario.id +
                  ": no protocol has a broken variant for it yet, so there is no "
                  "interleaving to show");
}

std::string explain_command(const std::string& scenario, const Shown& shown) {
  return "lockstep explain " + scenario + " --variant " + shown.subject.variant + " --format html";
}

}  // namespace lockstep::cli
