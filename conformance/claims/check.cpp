// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/check.hpp"

#include <map>
#include <ranges>

#include "claims/allowed.hpp"
#include "claims/asked.hpp"
#include "claims/atomic_proof.hpp"
#include "claims/beside/check.hpp"
#include "claims/cutoff.hpp"
#include "claims/described.hpp"
#include "claims/proof_check.hpp"
#include "claims/recorded.hpp"

namespace lockstep {

namespace {

/// What a judge counted and the record does not say, or says otherwise: "".
std::string counted_otherwise(const Check& check, const Outcome& outcome) {
  const Expected& expected = check.expected;
  const auto differ = [](const auto& recorded, const auto& counted) {
    return recorded && counted && recorded != counted;
  };
  if (check.claim == "killed") {
    const std::string refuses = std::to_string(outcome.states.value_or(0)) + " planted moments";
    if (!expected.states)
      return "but that it refuses " + refuses + " is " + std::string{not_recorded};
    if (expected.states == outcome.states) return "";
    return "but it refuses " + refuses + ", and " + std::to_string(*expected.states) +
           " are recorded: " + check.site + " or what it uses says something else than it did";
  }
  if (differ(expected.states, outcome.states)) {
    return "but " + std::to_string(*expected.states) + " states are recorded";
  }
  if (differ(expected.transitions, outcome.transitions)) {
    return "but " + std::to_string(*expected.transitions) + " transitions are recorded";
  }
  if (differ(expected.steps_elsewhere, outcome.steps)) {
    return "but " + std::to_string(*expected.steps_elsewhere) + " steps are recorded of another " +
           "judge: each looks for the shortest way";
  }
  for (const auto& [name, value] : outcome.table) {
    const auto recorded = expected.table.find(name);
    if (recorded == expected.table.end()) return "but " + name + " is " + std::string{not_recorded};
    if (recorded->second != value)
      return "but of " + name + " '" + recorded->second + "' is recorded, and '" + value +
             "' found";
  }
  for (const auto& [name, value] : expected.table) {
    if (!outcome.table.contains(name)) return "but " + name + " is recorded, and not there";
  }
  if (check.claim == "replays" && !expected.states) {
    return "but how many states is " + std::string{not_recorded};
  }
  if (check.claim != "safe") return "";
  if (check.variant == "holds" && (!expected.states || !expected.transitions)) {
    return "but how many states and transitions is " + std::string{not_recorded};
  }
  if (expected.verdict.starts_with("violates ") && !expected.steps) {
    return "but after how many steps is " + std::string{not_recorded};
  }
  return "";
}

}  // namespace

Checked judged(const Check& check, Outcome outcome) {
  Checked out{std::move(outcome), "", Verdict::unknown};
  if (!out.outcome.decided) return out;
  const Expected& expected = check.expected;
  const bool said = out.outcome.got == expected.verdict;
  const bool steps = !expected.steps || expected.steps == out.outcome.steps;
  if (said) out.remark = counted_otherwise(check, out.outcome);
  out.verdict = said && steps && out.remark.empty() ? Verdict::pass : Verdict::fail;
  return out;
}

Checked perform(const Check& check, const Workshop& workshop) {
  try {
    return judged(check, check.run(workshop));
  } catch (const Undecided& why) {
    return {{why.what(), false, {}, {}, {}, 0}, "", Verdict::unknown};
  } catch (const InputError& why) {
    // What this check needs cannot be read; the others go on, and one line says so.
    return {{why.what(), true, {}, {}, {}, 0}, "", Verdict::fail};
  }
}

std::vector<Check> all_checks(ManifestRef manifest,
                              const std::function<bool(const ManifestProtocol&)>& is_asked) {
  std::vector<Check> out;
  auto asked = manifest->protocols | std::views::filter(is_asked);
  for (const ManifestProtocol& protocol : asked) hold_described(protocol);
  for (const ManifestProtocol& protocol : asked) {
    add_sizes(out, manifest, protocol);
    add_variants(out, manifest, protocol);
    add_refuted(out, manifest, protocol);
    add_possible(out, manifest, protocol);
    const auto prover = std::make_shared<OneProver>();
    add_allowed(out, manifest, protocol, prover);
    add_atomic_proof(out, manifest, protocol, prover);
    add_falsifiable(out, manifest, protocol);
    add_killed(out, manifest, protocol);
    add_derived(out, manifest, protocol);
    add_proofs(out, manifest, protocol);
    add_cutoff(out, manifest, protocol);
    add_traces(out, manifest, protocol);
    add_covered(out, manifest, protocol);
    add_turns(out, manifest, protocol);
    add_beside(out, manifest, protocol);
    add_orders(out, manifest, protocol);
  }
  hold_apart(out);
  for (const ManifestProtocol& protocol : asked) {
    if (protocol.stale != Stale::refused) continue;
    for (const InputError& entry : protocol.dropped) throw InputError{entry};
    for (const InputError& entry : stale_orders(protocol, out)) throw InputError{entry};
  }
  return out;
}

void hold_apart(const std::vector<Check>& checks) {
  std::map<std::string_view, const Check*> seen;
  for (const Check& check : checks) {
    const auto [first, is_new] = seen.emplace(check.id, &check);
    if (is_new) continue;
    throw InputError("check " + check.id, 0, 0,
                     "is of " + first->second->protocol + " and of " + check.protocol +
                         "; expected variants with names of their own");
  }
}

}  // namespace lockstep
