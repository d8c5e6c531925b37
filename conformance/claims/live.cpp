// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/live.hpp"

#include <algorithm>

#include "tla/module.hpp"

namespace lockstep {

LivenessJudged judge_liveness(const Subject& subject, const std::vector<std::string>& properties,
                              const Workshop& workshop) {
  if (properties.empty()) {
    throw Undecided("no liveness is asked about; nothing would be wrong with any behaviour");
  }
  const ManifestProtocol& protocol = *subject.protocol;
  const tla::Module module = tla::Module::read(protocol.module, protocol.directories);
  const auto system = spec_system(subject);
  const bool has_view = subject.model->world().layout().has_view();
  const liveness::Source source{module, subject.model->constants(), protocol.fairness, properties,
                                has_view ? protocol.view : ""};
  LivenessJudged out{liveness::judge(*system, source, workshop.on_progress), {}};
  out.layout = system->world().layout();
  return out;
}

std::vector<std::string> live_among(const Subject& subject,
                                    const std::vector<std::string>& names) {
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
