// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/distributed.hpp"

#include <algorithm>

#include "claims/assumed.hpp"

namespace lockstep {

AskedDistributed AskedDistributed::of(const Subject& subject) {
  AskedDistributed out;
  const std::vector<std::string> usual = usual_properties(subject, {"safe", "refines", "live"});
  for (const ManifestProperty& property : subject.protocol->properties) {
    if (std::ranges::find(usual, property.name) == usual.end()) continue;
    (property.kind == "invariant" ? out.invariants : out.left_out).push_back(property.name);
    if (!subject.broken() || property.kind == "invariant") continue;
    throw InputError(
        "--distributed", 0, 0,
        "variant '" + subject.variant + "' breaks " + property.name + ", which is no " +
            "invariant, and distributed TLC judges nothing else; expected 'check " +
            subject.protocol->name + " --variant " + subject.variant + "' without --distributed");
  }
  if (out.invariants.empty()) {
    throw Undecided("no invariant is asked about, and distributed TLC judges nothing else");
  }
  return out;
}

tlc::ServerResult check_distributed(const Subject& subject, const AskedDistributed& asked,
                                    Layout& layout, const tlc::ServerOptions& options) {
  const ManifestProtocol& protocol = *subject.protocol;
  // The server does not look at them.
  hold_assumptions(tla::Module::read(protocol.module, protocol.directories), *subject.model);
  tlc::ModelRun run = question_of(subject, asked.invariants);
  run.own_next = true;
  tlc::ServerResult result = tlc::serve(run, layout, options);
  if (result.stopped || subject.variant != "holds") return result;
  const auto recorded = subject.recorded_states();
  if (recorded && *recorded != result.counts.states) {
    throw Undecided("the workers saw " + std::to_string(result.counts.states) + " states, but " +
                    std::to_string(*recorded) + " are recorded of " + subject.size.text());
  }
  return result;
}

}  // namespace lockstep
