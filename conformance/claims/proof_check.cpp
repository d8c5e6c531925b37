// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/proof_check.hpp"

#include "claims/judges.hpp"
#include "claims/proof_batch.hpp"
#include "unbounded/shown.hpp"

namespace lockstep {

namespace {

/// What the proofs of the forms that hold have in common.
class Holding {
 public:
  explicit Holding(const Protocol& of) : protocol(of) {}

  const Protocol& protocol;
  std::vector<std::string> variants{"holds"};
  unbounded::Shown shown = {};

  /// Where the tasks of any of them may stand.
  const unbounded::Places& places() {
    if (places_) return *places_;
    places_.emplace();
    for (const std::string& variant : variants) {
      const auto model = protocol.model(protocol.sizes().smallest(), variant);
      const auto automata = model->automata(Parameters::open);
      places_ = unbounded::together(std::move(*places_),
                                    unbounded::places_of(automata, unbounded::ways_of(automata)));
    }
    return *places_;
  }

 private:
  std::optional<unbounded::Places> places_ = {};
};

/// Proves it with what was shown of others; or, where that fails, with what is true of it alone.
unbounded::Proof prove(const unbounded::Question& question, Holding& others,
                       const unbounded::Options& options) {
  unbounded::Question wide = question;
  wide.places = others.places();
  unbounded::Proof proof = unbounded::Prover(wide, &others.shown).prove(options);
  if (proof.verdict == unbounded::Proof::Verdict::proved || proof.stopped) return proof;
  return unbounded::Prover(question).prove(options);
}

/// Where a failure is expected it is asked for first, and is enough; else all is asked.
unbounded::Proof prove(const unbounded::Question& question, const std::string& expected,
                       unbounded::Options options) {
  unbounded::Prover prover(question);
  options.only = place_of(expected);
  unbounded::Proof proof = prover.prove(options);
  if (is_as_expected(proof, expected)) return proof;
  options.only.reset();
  return prover.prove(options);
}

Outcome proved_by_z3(const Manifest& manifest, const std::string& protocol,
                     const std::string& variant, const std::string& expected, Holding& others,
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
  const unbounded::Proof proof = expected == "proved" ? prove(subject.question, others, options)
                                                      : prove(subject.question, expected, options);
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
  const auto others = std::make_shared<Holding>(Protocol::find(protocol.name));
  for (const ManifestVariant& v : protocol.variants) {
    if (v.holds) others->variants.push_back(v.name);
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
    if (expected == "proved") check.group = protocol.name + "/proved";
    check.run = [manifest, name = protocol.name, variant, expected,
                 others](const Workshop& workshop) {
      return proved_by_z3(*manifest, name, variant, expected, *others, workshop);
    };
    out.push_back(std::move(check));
  };
  add("holds", std::nullopt, true);
  for (const ManifestVariant& v : protocol.variants) add(v.name, v.scenario, v.quick_proof);
}

}  // namespace lockstep
