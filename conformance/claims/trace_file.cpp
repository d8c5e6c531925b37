// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/trace_file.hpp"

#include <algorithm>

#include "explore/infer.hpp"
#include "traces/itf.hpp"

namespace lockstep {

namespace {

std::vector<std::string> protocols_of(const Manifest& manifest) {
  std::vector<std::string> out;
  for (const ManifestProtocol& protocol : manifest.protocols) out.push_back(protocol.name);
  return out;
}

/// The variant and the size may be none of the protocol's: that is said at its place.
Subject subject_of(const Manifest& manifest, const ItfFile& file) {
  const TraceSubject& of = file.subject();
  try {
    return Subject::of(manifest, of.protocol, Size::parse(of.size), of.variant);
  } catch (const InputError& error) {
    file.fail_at_subject(error.what());
  }
}

StepNames names_of(const Model& model) {
  StepNames out;
  for (const Automaton& automaton : model.automata()) {
    for (const Node& node : automaton.nodes) {
      if (node.type == Node::Type::site) out.sites.push_back(node.name);
    }
  }
  std::ranges::sort(out.sites);
  out.sites.erase(std::ranges::unique(out.sites).begin(), out.sites.end());
  const World& world = model.world();
  for (const World::Task& task : world.tasks()) {
    out.tasks.push_back(world.layout().symbols.name(task.name));
  }
  return out;
}

}  // namespace

TraceFile TraceFile::read(const Manifest& manifest, const std::filesystem::path& path) {
  const ItfFile file{path, protocols_of(manifest)};
  TraceFile out;
  out.subject = subject_of(manifest, file);
  const Model& model = *out.subject.model;
  out.layout = model.world().layout();
  out.trace = file.trace(out.layout, names_of(model));
  const auto system = model.stepped();
  if (const auto several = infer_steps(out.trace, *system)) {
    std::string steps;
    for (const Step& step : several->candidates) {
      steps += (steps.empty() ? "" : ", ") + step.text(out.layout.symbols);
    }
    const std::size_t state = std::min(several->step + 1, out.trace.states.size() - 1);
    file.fail_at_state(state, "the step into this state is not named and may be any of: " + steps +
                                  "; expected \"#meta\" with \"site\", \"task\" and \"args\"");
  }
  out.difference = replay(out.trace, *system);
  if (!out.difference) {
    out.violated =
        violated_at_end(out.subject, out.trace, usual_properties(out.subject, {"safe"})).property;
  }
  return out;
}

std::string words(const TraceFile& file) {
  const auto& difference = file.difference;
  if (!difference) return "replays";
  if (difference->step == 0) return "the first state is not the reference's";
  const std::size_t step = difference->step - 1;
  std::string out = "differs at step " + std::to_string(difference->step) + " of " +
                    std::to_string(file.trace.steps.size());
  const auto& unnamed = file.trace.unnamed;
  if (std::ranges::find(unnamed, step) == unnamed.end()) {
    out += ", " + file.trace.steps[step].text(file.layout.symbols);
  }
  return out;
}

}  // namespace lockstep
