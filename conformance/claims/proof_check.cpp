// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/proof_check.hpp"

#include "claims/judges.hpp"
#include "claims/proof_batch.hpp"

namespace lockstep {

namespace {

Outcome proved_by_z3(const Manifest& manifest, const std::string& protocol,
                     const std::string& variant, const std::string& expected,
                     const Workshop& workshop) {
  const ProofSubject subject = ProofSubject::of(manifest, protocol, variant);
  const auto tell = [&](std::uint64_t done) {
    if (workshop.on_progress) workshop.on_progress(done);
  };
  if (const auto hidden = walk(subject, [&] { tell(0); })) {
    return {"the code differs from its automaton " + *hidden, true, {}, {}, {}, 0};
  }
  unbounded::Options options;
  options.stop = workshop.stop;
  options.on_progress = [&](std::uint64_t done, std::uint64_t, const std::string&) { tell(done); };
  unbounded::Prover prover(subject.question);
  // Where a failure is expected it is asked for first, and is enough; else all is asked.
  if (expected.starts_with("fails at ")) options.only = place_of(expected);
  unbounded::Proof proof = prover.prove(options);
  if (options.only && !is_as_expected(proof, expected)) {
    options.only.reset();
    proof = prover.prove(options);
  }
  tell(proof.ways);
  switch (judged(proof, expected)) {
    case Verdict::pass: return {expected, true, {}, {}, {}, proof.seconds};
    case Verdict::fail: return {words(proof), true, {}, {}, {}, proof.seconds};
    case Verdict::unknown: break;
  }
  return {words(proof), false, {}, {}, {}, proof.seconds};
}

}  // namespace

void add_proofs(std::vector<Check>& out, const std::shared_ptr<const Manifest>& manifest,
                const ManifestProtocol& protocol) {
  if (!protocol.proof) return;
  // The same of every variant; and what it is read from is not read again for each.
  std::string bounds = ProofSubject::of(*manifest, protocol.name, "holds").any_number();
  if (const std::string& known = protocol.proof->assumption; !known.empty()) {
    bounds += ", assuming " + known;
  }
  const auto add = [&](const std::string& variant, std::optional<std::string> scenario,
                       bool quick) {
    const std::string expected = expected_proof(protocol, variant);
    if (expected.empty()) return;
    Check check;
    check.id = scenario.value_or(protocol.name) + "/inductive/" + variant;
    check.protocol = protocol.name;
    check.scenario = std::move(scenario);
    check.claim = "inductive";
    check.judge = "z3";
    check.variant = variant;
    check.model = "sc";
    check.bounds = bounds;
    check.expected = {expected, {}, {}, {}};
    check.quick = quick;
    check.run = [manifest, name = protocol.name, variant, expected](const Workshop& workshop) {
      return proved_by_z3(*manifest, name, variant, expected, workshop);
    };
    out.push_back(std::move(check));
  };
  add("holds", std::nullopt, true);
  for (const ManifestVariant& v : protocol.variants) add(v.name, v.scenario, v.quick_proof);
}

}  // namespace lockstep
