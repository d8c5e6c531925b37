// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/atomic_proof.hpp"

#include <algorithm>
#include <set>

#include "claims/known_not_atomic.hpp"
#include "report/text.hpp"

namespace lockstep {

namespace {

Outcome outcome_of(unbounded::Prover& prover, const ManifestProtocol& protocol,
                   const Workshop& workshop) {
  const AtomicAnswer answer = judge_atomic(prover, protocol, prover_options(workshop));
  Outcome out{.got = std::string{atomic}, .seconds = answer.asked.seconds};
  if (!answer.wrong.empty()) {
    out.got = report::join(answer.wrong, "; ");
  } else if (answer.verdict() == Verdict::unknown) {
    out.got =
        answer.asked.stopped ? "ended before all had been asked" : report::join(answer.open, "; ");
    out.decided = false;
  }
  return out;
}

}  // namespace

Verdict AtomicAnswer::verdict() const {
  return !wrong.empty()                   ? Verdict::fail
         : asked.stopped || !open.empty() ? Verdict::unknown
                                          : Verdict::pass;
}

AtomicAnswer judge_atomic(unbounded::Prover& prover, const ManifestProtocol& protocol,
                          const unbounded::Options& options) {
  AtomicAnswer out{prover.atomic(options), {}, {}};
  std::set<std::string> found;
  for (const unbounded::NotOne& one : out.asked.found) {
    found.insert(one.site);
    const bool excused = is_known(protocol, one.site) && !one.late && one.cells.size() > 1;
    if (one.unknown) {
      out.open.push_back(text(one));
    } else if (!excused) {
      out.wrong.push_back(text(one));
    }
  }
  for (const ManifestNotAtomic& one : protocol.not_atomic) {
    if (!found.contains(one.site) && !out.asked.stopped)
      out.wrong.push_back(one.site + ": nobody comes between, as protocol.json says");
  }
  return out;
}

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
    return outcome_of(prover->of(*manifest, name), manifest->protocol(name), workshop);
  };
  out.push_back(std::move(check));
}

}  // namespace lockstep
