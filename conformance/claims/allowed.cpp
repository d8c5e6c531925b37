// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/allowed.hpp"

#include "model/stopwatch.hpp"
#include "report/text.hpp"

namespace lockstep {

namespace {

Outcome undecided(const std::string& why) {
  return {.got = why, .decided = false};
}

Outcome judge_state(unbounded::Prover& prover, const unbounded::Named& state,
                    const Workshop& workshop) {
  const unbounded::Allowed allowed = prover.allows(state, prover_options(workshop));
  switch (allowed.is) {
    case unbounded::Allowed::Is::yes: return {.got = "the invariant allows it"};
    case unbounded::Allowed::Is::no: return {.got = "the invariant excludes it"};
    case unbounded::Allowed::Is::unknown: break;
  }
  return undecided(allowed.why);
}

Outcome judge_ways(unbounded::Prover& prover, const Workshop& workshop) {
  const unbounded::Prover::Guards guards = prover.guards(prover_options(workshop));
  if (!guards.never.empty()) {
    return {.got = "the invariant excludes " + report::join(guards.never, ", ")};
  }
  if (guards.stopped) return undecided("ended before all had been asked");
  if (!guards.unknown.empty()) return undecided("of " + report::join(guards.unknown, ", "));
  return {.got = "the invariant allows each"};
}

}  // namespace

void add_allowed(std::vector<Check>& out, const std::shared_ptr<const Manifest>& manifest,
                 const ManifestProtocol& protocol, const std::shared_ptr<OneProver>& prover) {
  if (!protocol.proof) return;
  const std::string any = ProofSubject::of(*manifest, protocol.name, "holds").any_number();
  using Judge = std::function<Outcome(unbounded::Prover&, const Workshop&)>;
  const auto add = [&](const std::string& name, const std::string& what,
                       const std::string& expected, Judge judge) {
    Check check;
    check.id = protocol.name + "/possible/" + name + "/z3";
    check.protocol = protocol.name;
    check.claim = "possible";
    check.judge = "z3";
    check.model = "sc";
    check.bounds = any + what;
    check.expected = {expected, {}, {}, {}};
    check.quick = true;
    check.group = OneProver::group(protocol.name);
    check.run = [manifest, prover, protocol = protocol.name, judge](const Workshop& workshop) {
      const Stopwatch watch;
      Outcome outcome = judge(prover->of(*manifest, protocol), workshop);
      outcome.seconds = watch.seconds();
      return outcome;
    };
    out.push_back(std::move(check));
  };
  for (std::size_t i = 0; i < protocol.possible.size(); ++i) {
    add(protocol.possible[i].name, "; whether it is reached the proof does not say",
        "the invariant allows it", [prover, i](unbounded::Prover& asked, const Workshop& workshop) {
          return judge_state(asked, prover->question().possible[i], workshop);
        });
  }
  add("guards", "; a state before each way to step", "the invariant allows each", judge_ways);
}

}  // namespace lockstep
