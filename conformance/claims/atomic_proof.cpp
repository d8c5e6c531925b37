// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/atomic_proof.hpp"

#include <algorithm>
#include <set>

#include "claims/known_not_atomic.hpp"
#include "report/text.hpp"

namespace lockstep {

namespace {

Outcome judge_atomic(unbounded::Prover& prover, const ManifestProtocol& protocol,
                     const Workshop& workshop) {
  const auto result = prover.atomic(prover_options(workshop));
  std::vector<std::string> wrong, open;
  std::set<std::string> found;
  for (const unbounded::NotOne& one : result.found) {
    found.insert(one.site);
    const bool excused = is_known(protocol, one.site) && !one.late && one.cells.size() > 1;
    if (one.unknown) {
      open.push_back(text(one));
    } else if (!excused) {
      wrong.push_back(text(one));
    }
  }
  for (const ManifestNotAtomic& one : protocol.not_atomic) {
    if (!found.contains(one.site) && !result.stopped)
      wrong.push_back(one.site + ": nobody comes between, as protocol.json says");
  }
  Outcome out{.got = std::string{atomic}, .seconds = result.seconds};
  if (!wrong.empty()) {
    out.got = report::join(wrong, "; ");
  } else if (result.stopped || !open.empty()) {
    out.got = result.stopped ? "ended before all had been asked" : report::join(open, "; ");
    out.decided = false;
  }
  return out;
}

}  // namespace

void add_atomic_proof(std::vector<Check>& out, const std::shared_ptr<const Manifest>& manifest,
                      const ManifestProtocol& protocol, const std::shared_ptr<OneProver>& prover) {
  if (!protocol.proof) return;
  Check check;
  check.id = protocol.name + "/atomic/z3";
  check.protocol = protocol.name;
  check.claim = "atomic";
  check.judge = "z3";
  check.model = "sc";
  check.bounds = ProofSubject::of(*manifest, protocol.name, "holds").any_number() +
                 "; the invariant taken as shown" + known_not_atomic(protocol);
  check.expected = {std::string{atomic}, {}, {}, {}};
  check.group = OneProver::group(protocol.name);
  check.run = [manifest, prover, name = protocol.name](const Workshop& workshop) {
    return judge_atomic(prover->of(*manifest, name), manifest->protocol(name), workshop);
  };
  out.push_back(std::move(check));
}

}  // namespace lockstep
