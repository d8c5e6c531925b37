// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/live.hpp"

#include <algorithm>

#include "liveness/graph.hpp"
#include "tla/module.hpp"

namespace lockstep {

namespace {

liveness::Source source_of(const Subject& subject, const tla::Module& module,
                           std::vector<std::string> properties) {
  const ManifestProtocol& protocol = *subject.protocol;
  // TLC is given it where the layout has one, too.
  const bool has_view = subject.model->world().layout().has_view();
  return {module, subject.model->constants(), protocol.fairness, std::move(properties),
          has_view ? protocol.view : ""};
}

}  // namespace

LivenessJudged judge_liveness(const Subject& subject, const std::vector<std::string>& properties,
                              const Workshop& workshop, Fairness fairness) {
  const ManifestProtocol& protocol = *subject.protocol;
  return judge_liveness(subject, tla::Module::read(protocol.module, protocol.directories),
                        properties, workshop, fairness);
}

LivenessJudged judge_liveness(const Subject& subject, const tla::Module& module,
                              const std::vector<std::string>& properties, const Workshop& workshop,
                              Fairness fairness) {
  if (properties.empty()) {
    throw Undecided("no liveness is asked about; nothing would be wrong with any behaviour");
  }
  const auto system = spec_system(subject);
  liveness::Source source = source_of(subject, module, properties);
  if (fairness == Fairness::none) source.fairness.clear();
  LivenessJudged out{liveness::judge(*system, source, workshop.on_progress), {}};
  out.layout = system->world().layout();
  return out;
}

std::uint64_t count_fair(const Subject& subject, const tla::Module& module,
                         const Workshop& workshop) {
  const auto system = spec_system(subject);
  liveness::Asked asked{system->world(), source_of(subject, module, {})};
  const liveness::Graph graph = liveness::build(*system, asked, workshop.on_progress);
  std::uint64_t out = 0;
  for (const liveness::Fair& fair : asked.fair()) {
    std::uint64_t here = 0;
    for (std::size_t i = 0; i < graph.nodes(); ++i) here += graph.states(i, fair.enabled) ? 1 : 0;
    for (std::size_t i = 0; i < graph.target.size(); ++i)
      here += graph.steps(i, fair.taken) ? 1 : 0;
    out += fair.strong ? 2 * here : here;
  }
  return out;
}

ViewJudged judge_view(const Subject& subject, unsigned follow, const Workshop& workshop) {
  const auto system = spec_system(subject);
  AskedProperties asked(subject, system->world(),
                        properties_of(*subject.protocol, {"invariant", "action", "refinement"}));
  ViewJudged out;
  out.checked = liveness::check_view(
      *system, source_of(subject, asked.module, properties_of(*subject.protocol, {"liveness"})),
      &asked.properties, follow, workshop.on_progress);
  out.got = "holds";
  if (!out.checked.hidden) return out;
  const liveness::Hidden& hidden = *out.checked.hidden;
  const Layout& layout = system->world().layout();
  std::string cells;
  for (const std::size_t slot : hidden.slots) {
    cells += (cells.empty() ? "" : ", ") + layout[slot].text() + " = " +
             layout.symbols.text(hidden.first[slot]) + " or " +
             layout.symbols.text(hidden.second[slot]);
  }
  out.got = "hides " + cells + ", by which differs " + hidden.what;
  return out;
}

std::vector<std::string> live_among(const Subject& subject, const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const auto* stated : {&subject.protocol->properties, &subject.protocol->refuted}) {
    for (const ManifestProperty& property : *stated) {
      if (property.kind != "liveness") continue;
      if (std::ranges::find(names, property.name) != names.end()) out.push_back(property.name);
    }
  }
  return out;
}

std::string words(const liveness::Result& result) {
  return result.violation ? "violates " + result.violation->property : "holds";
}

}  // namespace lockstep
