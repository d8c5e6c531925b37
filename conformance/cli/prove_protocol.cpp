// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include "cli/common.hpp"
#include "cli/prove.hpp"
#include "cli/prove_atomic.hpp"
#include "cli/prove_cutoff.hpp"
#include "cli/prove_possible.hpp"
#include "model/stopwatch.hpp"
#include "report/text.hpp"

namespace lockstep::cli {

using unbounded::Failure;
using unbounded::Proof;

namespace {

/// The walks of the code beside the automaton that the proof is about.
struct Walked {
  std::optional<std::string> difference;
  double seconds = 0;
};

Walked walk_all(Session& session, const ProofSubject& subject) {
  const Stopwatch watch;
  session.progress.begin("walks", walks_of(subject));
  std::uint64_t done = 0;
  Walked out;
  out.difference = walk(subject, [&] {
    session.progress.at(done++);
    session.check();
  });
  out.seconds = watch.seconds();
  session.progress.end();
  return out;
}

std::string failures_text(const Proof& proof) {
  std::string out;
  for (const Failure& f : proof.failures) {
    const char* what = f.unknown ? "unknown" : f.edge.empty() ? "does not follow" : "not inductive";
    out += fmt::format("\n{}: {}\n{}", what, text(f), f.state);
    if (!out.ends_with('\n')) out += '\n';
  }
  if (proof.verdict == Proof::Verdict::not_inductive) {
    out +=
        "\n(Each state is one of the assumed conjuncts, and may be unreachable: whether it is a bug is for `check` to\n"
        "say. Not shown: what is Null or FALSE, and other tasks.)\n";
  }
  return out;
}

std::vector<std::string> left_out(const ProofSubject& subject) {
  std::vector<std::string> out;
  for (const ManifestProperty* p : subject.left_out) out.push_back(p->name + " (" + p->kind + ")");
  return out;
}

std::string figures(const Proof& proof) {
  return fmt::format("{} conjuncts, {} ways to step, {} queries to {}, slowest {}, {}\n",
                     proof.conjuncts, proof.ways, report::grouped(proof.queries),
                     unbounded::solver_name(), report::seconds(proof.slowest),
                     report::seconds(proof.seconds));
}

std::string answer_text(const ProofSubject& subject, const Walked& walked, const Proof& proof,
                        const std::string& bounds) {
  std::string out = std::string{unbounded::name_of(proof.verdict)} + ", " + bounds + "\n";
  out += figures(proof);
  for (const std::string& set : subject.question.exactly_one) {
    out += fmt::format("assumed: exactly one object of {}\n", set);
  }
  for (const auto& assumed : subject.question.assumptions) {
    out += fmt::format("assumed: {}\n", assumed.name);
  }
  out += fmt::format("walks of the code beside its automaton, {}: no difference, {}\n",
                     report::join(subject.protocol->proof->walks, "; "),
                     report::seconds(walked.seconds));
  if (!proof.proved.empty()) {
    out += fmt::format("{}: {}\n",
                       proof.verdict == Proof::Verdict::proved
                           ? "properties that follow"
                           : "would follow, were the invariant shown",
                       report::join(proof.proved, ", "));
  }
  const auto rest = left_out(subject);
  if (!rest.empty()) out += "left out, no invariant shows them: " + report::join(rest, ", ") + "\n";
  return out + failures_text(proof);
}

report::Json answer_json(const ProofSubject& subject, const Walked& walked, const Proof* proof,
                         const std::string& bounds, const std::string& expected) {
  report::Json out{{"protocol", subject.protocol->name},
                   {"variant", subject.variant},
                   {"bounds", bounds},
                   {"assumption", or_null(subject.question.assumptions.empty()
                                              ? ""
                                              : subject.question.assumptions.front().name)},
                   {"exactly_one", subject.question.exactly_one},
                   {"expected", expected},
                   {"walks",
                    {{"sizes", subject.protocol->proof->walks},
                     {"difference", or_null(walked.difference)},
                     {"seconds", walked.seconds}}}};
  report::Json rest = report::Json::array();
  for (const ManifestProperty* p : subject.left_out)
    rest.push_back({{"property", p->name}, {"kind", p->kind}});
  out["left_out"] = rest;
  const Proof none;
  const Proof& p = proof != nullptr ? *proof : none;
  out["verdict"] = unbounded::name_of(p.verdict);
  out["conjuncts"] = p.conjuncts;
  out["ways"] = p.ways;
  out["queries"] = p.queries;
  out["solver"] = unbounded::solver_name();
  out["seconds"] = p.seconds;
  out["properties"] = p.proved;
  out["failures"] = failures_json(p);
  return out;
}

/// What a proof that was stopped had come to: "850 queries to Z3 4.8.12, none failed".
std::string until_then(const Proof& proof) {
  std::vector<std::string> failed;
  std::size_t unknown = 0;
  for (const Failure& f : proof.failures) {
    if (f.unknown) ++unknown;
    if (!f.unknown) failed.push_back(text(f));
  }
  std::string out =
      fmt::format("{} queries to {}, ", report::grouped(proof.queries), unbounded::solver_name());
  out += failed.empty() ? "none failed" : "failed: " + report::join(failed, ", ");
  if (unknown > 0) out += fmt::format(", {} unknown", unknown);
  return out;
}

void check_conjunct(const ProofSubject& subject, const std::string& name) {
  std::string known;
  for (const auto& c : subject.question.conjuncts) {
    if (c.name == name) return;
    known += (known.empty() ? "" : ", ") + c.name;
  }
  throw InputError("conjunct '" + name + "'", 0, 0, "unknown; expected one of: " + known);
}

}  // namespace

void when_stopped_say(Session& session, const std::string& decided) {
  session.when_stopped([&session, decided] {
    const std::string done = session.progress.so_far();
    const std::string all = (done.empty() ? "" : done + "; ") + decided;
    session.unfinished(session.stop_text(), all);
    session.conclude(Verdict::unknown, session.stop_text() + ", done: " + all);
    return Verdict::unknown;
  });
}

void stop_with(Session& session, const std::string& decided) {
  when_stopped_say(session, decided);
  session.check();
}

unbounded::Options prover_options(Session& session, const char* title) {
  unbounded::Options out;
  out.stop = session.stop();
  out.on_progress = [&session, title, begun = false](std::uint64_t done, std::uint64_t total,
                                                     const std::string& what) mutable {
    if (!begun) session.progress.begin(title, total);
    begun = true;
    session.progress.at(done, what);
  };
  return out;
}

report::Json failures_json(const Proof& proof) {
  report::Json out = report::Json::array();
  for (const Failure& f : proof.failures) {
    out.push_back(
        {{"edge", f.edge}, {"conjunct", f.conjunct}, {"unknown", f.unknown}, {"state", f.state}});
  }
  return out;
}

Exit prove_protocol(Session& session, const ProveArguments& arguments) {
  const auto manifest = read_manifest();
  const ProofSubject subject =
      ProofSubject::of(*manifest, arguments.protocol, arguments.variant, arguments.assumption());
  if (!arguments.without.empty()) check_conjunct(subject, arguments.without);
  std::string bounds = subject.bounds();
  if (!arguments.without.empty()) bounds += "; without " + arguments.without;
  const std::string expected = expected_proof(*subject.protocol, arguments.variant);
  const std::string name = subject.protocol->name + " " + subject.variant;

  unbounded::Prover prover(subject.question);
  const Walked walked = walk_all(session, subject);
  if (walked.difference) {
    session.print("the code does what its automaton hides, or the reverse: " + *walked.difference +
                  "\n");
    session.document(answer_json(subject, walked, nullptr, bounds, expected));
    session.conclude(Verdict::fail, name + ": walks of the code differ from its automaton");
    return Exit::fail;
  }
  unbounded::Options options = prover_options(session, "ways to step");
  options.first_only = arguments.first;
  if (!arguments.without.empty()) options.without = arguments.without;
  const Proof proof = prover.prove(options);
  // Out of time, what has failed until then has failed; an interrupt ends the command.
  const bool answers = !proof.stopped || (session.stop_reason() != StopReason::signal &&
                                          proof.verdict == Proof::Verdict::not_inductive);
  if (!answers) {
    if (!proof.failures.empty()) session.print("until then:\n" + failures_text(proof));
    stop_with(session, until_then(proof));
  }
  session.progress.end();
  if (proof.stopped) session.note(session.stop_text() + ": not all has been asked");
  session.print(answer_text(subject, walked, proof, bounds));
  report::Json document = answer_json(subject, walked, &proof, bounds, expected);
  Verdicts all;
  all.add(judged(proof, expected));
  std::string said = words(proof);
  // States have to be reachable of the form that holds, under what is assumed of it.
  if (arguments.plain() && proof.verdict == Proof::Verdict::proved) {
    when_stopped_say(session, "the invariant is proved, what it allows is not known");
    const PossibleSaid possible = say_possible(session, prover, subject.question);
    document["guards"] = possible.guards;
    document["possible"] = possible.possible;
    if (!possible.words.empty()) said += "; " + possible.words;
    all.add(possible.verdict);
    when_stopped_say(session, "the invariant is proved, which steps are one is not known");
    const AtomicSaid atomic = say_atomic(session, prover, *subject.protocol);
    document["atomic"] = atomic.document;
    if (!atomic.words.empty()) said += "; " + atomic.words;
    all.add(atomic.verdict);
  }
  // Without the invariant there is nothing to say of views.
  if (arguments.cutoff && proof.verdict == Proof::Verdict::proved) {
    when_stopped_say(session, "the invariant is proved, the cutoff is not known");
    const CutoffSaid cutoff = say_cutoff(session, subject);
    document["cutoff"] = cutoff.document;
    said += "; " + cutoff.words;
    all.add(cutoff.verdict);
  }
  const Verdict verdict = all.all();
  session.document(document);
  if (verdict == Verdict::pass && proof.verdict != Proof::Verdict::proved)
    said = "as expected, " + said;
  else
    said += ", expected " + (expected.empty() ? "nothing" : expected);
  session.conclude(verdict, name + ": " + said);
  return exit_of(verdict);
}

}  // namespace lockstep::cli
