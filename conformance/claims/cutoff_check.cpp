// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>

#include "claims/cutoff.hpp"

namespace lockstep {

std::string words(const std::vector<CutoffSize>& sizes) {
  if (sizes.empty()) return "no size was tried";
  const CutoffSize& last = sizes.back();
  if (last.closed()) return "cutoff " + last.size;
  if (!last.escapes.empty()) {
    const auto& escape = last.escapes.front();
    return (escape.unknown ? "not known at " : "not closed at ") + last.size + ": " + escape.edge;
  }
  const std::size_t lost = last.underived.size() + last.unknown.size();
  if (lost > 0) return std::to_string(lost) + " views of " + last.size + " that no step gives";
  return "each of the sizes lacks views of another";
}

void add_cutoff(std::vector<Check>& out, const std::shared_ptr<const Manifest>& manifest,
                const ManifestProtocol& protocol) {
  if (!protocol.proof || !protocol.proof->views) return;
  const ManifestProof::Views& views = *protocol.proof->views;
  Check check;
  check.id = protocol.name + "/cutoff/holds";
  check.protocol = protocol.name;
  check.claim = "cutoff";
  check.judge = "z3";
  check.model = "sc";
  check.bounds = "views of one object each of";
  for (const auto& [name, set] : views.sets) {
    check.bounds += (set == views.sets.front().second ? " " : ", ") + set;
  }
  check.bounds += "; the invariant taken as shown";
  check.expected = {
      views.cutoff.empty() ? std::string{not_recorded} : "cutoff " + views.cutoff, {}, {}, {}};
  check.run = [manifest, name = protocol.name](const Workshop& workshop) {
    const ProofSubject subject = ProofSubject::of(*manifest, name, "holds");
    const auto sizes = find_cutoff(subject, view_spec(subject),
                                   [&](const std::string&, std::uint64_t done, std::uint64_t) {
                                     if (workshop.on_progress) workshop.on_progress(done);
                                   });
    Outcome outcome{words(sizes), true, {}, {}, {}, 0};
    for (const CutoffSize& at : sizes) outcome.seconds += at.graph_seconds + at.seconds;
    outcome.states = sizes.back().states;
    outcome.decided = !sizes.back().undecided();
    return outcome;
  };
  out.push_back(std::move(check));
}

}  // namespace lockstep
