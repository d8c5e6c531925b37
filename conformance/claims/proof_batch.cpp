// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/proof_batch.hpp"

#include <algorithm>

#include "model/parallel.hpp"
#include "unbounded/shown.hpp"

namespace lockstep {

using unbounded::Failure;
using unbounded::Proof;

namespace {
const std::string failing = "fails at ";

/// Of what is not the code's, nothing is proved.
void hold_against_code(Proof& proof, const ProofSubject& subject, const std::stop_token& stop) {
  struct Stopped {};
  if (proof.verdict != Proof::Verdict::proved) return;
  std::optional<std::string> hidden;
  try {
    hidden = walk(subject, [&] {
      if (stop.stop_requested()) throw Stopped{};
    });
  } catch (const Stopped&) {
    proof.stopped = true;
  }
  if (!hidden && !proof.stopped) return;
  if (hidden) proof.failures.push_back({"", "the walks of the code", true, *hidden});
  proof.verdict = Proof::Verdict::unknown;
  proof.proved.clear();
}
}  // namespace

std::vector<Proof> prove_all(const Manifest& manifest, const std::string& protocol,
                             const std::vector<ProofTask>& tasks, unsigned jobs,
                             std::stop_token stop,
                             const std::function<void(std::size_t, const Proof&)>& on_done) {
  Proof not_begun;
  not_begun.stopped = true;
  std::vector<Proof> results(tasks.size(), not_begun);
  unbounded::Shown shown;
  parallel_for(jobs, tasks.size(), [&](std::size_t i, unsigned) {
    if (stop.stop_requested()) return;
    const ProofTask& task = tasks[i];
    try {
      const ProofSubject subject =
          ProofSubject::of(manifest, protocol, task.variant, task.assumption, task.extra);
      unbounded::Options options;
      options.without = task.without;
      options.first_only = task.first_only;
      options.stop = stop;
      results[i] = unbounded::Prover(subject.question, &shown).prove(options);
      hold_against_code(results[i], subject, stop);
      // Stopped at the end, it may not have been held against all of the code.
      results[i].stopped = results[i].stopped || stop.stop_requested();
      on_done(i, results[i]);
    } catch (...) {
      if (!stop.stop_requested()) throw;
      results[i] = not_begun;
    }
  });
  return results;
}

std::string text(const Failure& failure) {
  return failure.edge.empty() ? failure.conjunct : failure.edge + " / " + failure.conjunct;
}

std::string words(const Proof& proof) {
  switch (proof.verdict) {
    case Proof::Verdict::proved: return "proved";
    case Proof::Verdict::unknown:
      return proof.failures.empty() ? "ended before all had been asked"
                                    : "the solver gave up at " + text(proof.failures.front());
    case Proof::Verdict::not_inductive: break;
  }
  std::string out;
  for (const Failure& f : proof.failures) {
    if (!f.unknown) out += (out.empty() ? failing : ", ") + text(f);
  }
  return out;
}

bool is_as_expected(const Proof& proof, const std::string& expected) {
  if (proof.verdict == Proof::Verdict::proved) return expected == "proved";
  return std::ranges::any_of(proof.failures, [&](const Failure& f) {
    return !f.unknown && failing + text(f) == expected;
  });
}

Verdict judged(const Proof& proof, const std::string& expected) {
  if (expected.empty()) return Verdict::unknown;
  if (is_as_expected(proof, expected)) return Verdict::pass;
  // What failed has failed; what was not asked, or not answered, might yet be as expected.
  const auto unknown = [](const Failure& f) { return f.unknown; };
  const bool all_answered = !proof.stopped && std::ranges::none_of(proof.failures, unknown);
  const bool failed = proof.verdict == Proof::Verdict::not_inductive;
  return all_answered || (failed && expected == "proved") ? Verdict::fail : Verdict::unknown;
}

unbounded::Options::Place place_of(const std::string& expected) {
  const std::string where =
      expected.starts_with(failing) ? expected.substr(failing.size()) : expected;
  const std::size_t slash = where.rfind(" / ");
  if (slash == std::string::npos) return {"", where};
  return {where.substr(0, slash), where.substr(slash + 3)};
}

std::string expected_proof(const ManifestProtocol& protocol, const std::string& variant) {
  if (variant == "holds") return "proved";
  const auto& expected = protocol.variant(variant).expected;
  const auto found = expected.find("inductive");
  return found == expected.end() ? "" : found->second.verdict;
}

}  // namespace lockstep
