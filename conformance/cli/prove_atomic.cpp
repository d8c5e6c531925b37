// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "cli/prove_atomic.hpp"

#include <fmt/format.h>

#include "claims/atomic_proof.hpp"
#include "report/text.hpp"

namespace lockstep::cli {

AtomicSaid say_atomic(Session& session, unbounded::Prover& prover,
                      const ManifestProtocol& protocol) {
  const AtomicAnswer answer = judge_atomic(prover, protocol, prover_options(session, "steps"));
  session.check();
  session.progress.end();
  AtomicSaid out;
  out.verdict = answer.verdict();
  if (out.verdict == Verdict::fail) out.words = "a step is more than one";
  if (out.verdict == Verdict::unknown) out.words = "whether each step is one is not known";
  std::string lines;
  for (const std::string& one : answer.wrong) lines += "not one step: " + one + "\n";
  for (const std::string& one : answer.open) lines += "not known to be one step: " + one + "\n";
  session.print(fmt::format(
      "as good as one access, whoever comes between, {}: {} of {} steps of several\n{}",
      report::seconds(answer.asked.seconds),
      answer.asked.steps - answer.wrong.size() - answer.open.size(), answer.asked.steps, lines));
  out.document = {{"steps", answer.asked.steps}, {"found", answer.wrong}, {"unknown", answer.open}};
  return out;
}

}  // namespace lockstep::cli
