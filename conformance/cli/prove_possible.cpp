// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "cli/prove_possible.hpp"

#include <fmt/format.h>

#include "model/stopwatch.hpp"
#include "report/text.hpp"

namespace lockstep::cli {

report::Json guards_json(const unbounded::Prover::Guards& guards) {
  return {{"ways", guards.ways},
          {"satisfiable", guards.satisfiable},
          {"never", guards.never},
          {"unknown", guards.unknown}};
}

Verdict verdict_of(const unbounded::Prover::Guards& guards) {
  return !guards.never.empty()     ? Verdict::fail
         : !guards.unknown.empty() ? Verdict::unknown
                                   : Verdict::pass;
}

PossibleSaid say_possible(Session& session, unbounded::Prover& prover,
                          const unbounded::Question& question) {
  using Is = unbounded::Allowed::Is;
  const Stopwatch watch;
  const unbounded::Options options = prover_options(session, "guards");
  const auto guards = prover.guards(options);
  std::vector<std::string> allowed, excluded;
  report::Json unknown = report::Json::array();
  std::string lines;
  for (const std::string& way : guards.never) lines += "excluded by the invariant: " + way + "\n";
  for (const std::string& way : guards.unknown) lines += "not known to be allowed: " + way + "\n";
  for (const unbounded::Named& state : question.possible) {
    session.check();
    const unbounded::Allowed found = prover.allows(state, options);
    if (found.is == Is::yes) allowed.push_back(state.name);
    if (found.is == Is::no) {
      excluded.push_back(state.name);
      lines += "excluded by the invariant: " + state.name + "\n";
    }
    if (found.is == Is::unknown) {
      unknown.push_back({{"state", state.name}, {"why", found.why}});
      lines += "not known to be allowed: " + state.name + ": " + found.why + "\n";
    }
  }
  session.check();
  session.progress.end();
  std::vector<std::string> all{
      fmt::format("{} of {} ways to step", guards.satisfiable, guards.ways)};
  all.insert(all.end(), allowed.begin(), allowed.end());
  session.print(fmt::format("allowed by the invariant, {}: {}\n{}",
                            report::seconds(watch.seconds()), report::join(all, ", "), lines));
  PossibleSaid out;
  Verdicts both;
  both.add(verdict_of(guards));
  both.add(!excluded.empty() ? Verdict::fail : unknown.empty() ? Verdict::pass : Verdict::unknown);
  out.verdict = both.all();
  if (out.verdict == Verdict::fail) out.words = "the invariant excludes what has to be possible";
  if (out.verdict == Verdict::unknown) out.words = "what the invariant allows is not known";
  out.guards = guards_json(guards);
  out.possible = {{"allowed", allowed}, {"excluded", excluded}, {"unknown", std::move(unknown)}};
  return out;
}

}  // namespace lockstep::cli
