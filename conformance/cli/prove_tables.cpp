// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include "cli/common.hpp"
#include "cli/prove_possible.hpp"
#include "model/stopwatch.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace lockstep::cli {

using unbounded::Failure;
using unbounded::Proof;

namespace {

/// Many proofs, `--jobs` at a time. Where a limit or Ctrl-C ends them, those that are not done are
/// unknown for that reason.
std::vector<Proof> prove_them(Session& session, const Manifest& manifest,
                              const std::string& protocol, const std::vector<ProofTask>& tasks,
                              const std::function<std::string(const ProofTask&)>& name) {
  session.progress.begin("proofs", tasks.size());
  auto out = prove_all(manifest, protocol, tasks, session.options.jobs, session.stop(),
                       [&](std::size_t task, const Proof& proof) {
                         if (proof.stopped) return;
                         session.progress.finished(fmt::format("{}  {}  {}", name(tasks[task]),
                                                               unbounded::name_of(proof.verdict),
                                                               report::seconds(proof.seconds)));
                       });
  session.progress.end();
  if (session.stop_reason() == StopReason::none) return out;
  session.note(session.stop_text());
  for (Proof& proof : out) {
    if (!proof.stopped) continue;
    proof = Proof{};
    proof.failures.push_back({"", "not judged: " + session.stop_text(), true, ""});
  }
  return out;
}

Exit ended(const Session& session, Verdict verdict) {
  return session.stop_reason() == StopReason::signal ? Exit::interrupted : exit_of(verdict);
}

std::vector<std::string> failure_lines(const Proof& proof) {
  std::vector<std::string> out;
  for (const Failure& f : proof.failures) out.push_back((f.unknown ? "unknown: " : "") + text(f));
  return out;
}

/// What fails first: a step, or what no longer follows; what only the solver fails at is last.
const Failure* first_of(const Proof& proof) {
  const Failure* out = nullptr;
  for (const Failure& f : proof.failures) {
    if (out == nullptr || (out->unknown && !f.unknown)) out = &f;
  }
  return out;
}

}  // namespace

Exit prove_variants(Session& session, const ProveArguments& arguments) {
  const Stopwatch watch;
  const auto manifest = read_manifest();
  const ManifestProtocol& protocol = manifest->protocol(arguments.protocol);
  std::vector<ProofTask> tasks{{"holds", arguments.assumption(), {}, {}, false}};
  std::string not_asked;
  for (const ManifestVariant& v : protocol.variants) {
    if (v.not_proved.empty()) {
      tasks.push_back({v.name, arguments.assumption(), {}, {}, false});
    } else {
      not_asked += fmt::format("not asked: {}: {}\n", v.name, v.not_proved);
    }
  }
  const auto proofs = prove_them(session, *manifest, protocol.name, tasks,
                                 [](const ProofTask& task) { return task.variant; });
  report::Table table({"variant", "invariant", "fails at", "expected"});
  report::Json rows = report::Json::array();
  Verdicts verdicts;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const std::string expected = expected_proof(protocol, tasks[i].variant);
    verdicts.add(judged(proofs[i], expected));
    auto lines = failure_lines(proofs[i]);
    const bool there = judged(proofs[i], expected) == Verdict::pass;
    const std::string remark = expected.empty() ? "nothing" : there ? "yes" : expected;
    rows.push_back({{"variant", tasks[i].variant},
                    {"verdict", unbounded::name_of(proofs[i].verdict)},
                    {"expected", expected},
                    {"queries", proofs[i].queries},
                    {"seconds", proofs[i].seconds},
                    {"failures", failures_json(proofs[i])}});
    if (lines.empty()) lines.emplace_back();
    for (std::size_t n = 0; n < lines.size(); ++n) {
      if (n == 0) {
        table.row({tasks[i].variant, std::string{unbounded::name_of(proofs[i].verdict)}, lines[n],
                   remark});
      } else {
        table.row({"", "", lines[n]});
      }
    }
  }
  session.print(table.text(session.width()) + not_asked);
  session.document({{"protocol", protocol.name}, {"variants", rows}});
  session.conclude(verdicts.all(), fmt::format("{} variants in {}", tasks.size(),
                                               report::seconds(watch.seconds())));
  return ended(session, verdicts.all());
}

Exit prove_drop(Session& session, const ProveArguments& arguments) {
  const Stopwatch watch;
  const auto manifest = read_manifest();
  const ProofSubject subject =
      ProofSubject::of(*manifest, arguments.protocol, arguments.variant, arguments.assumption());
  std::vector<ProofTask> tasks;
  for (const auto& c : subject.question.conjuncts) {
    tasks.push_back({arguments.variant, arguments.assumption(), c.name, {}, true});
  }
  const auto proofs = prove_them(session, *manifest, arguments.protocol, tasks,
                                 [](const ProofTask& task) { return "without " + *task.without; });
  report::Table table({"without", "fails at"});
  report::Json rows = report::Json::array();
  Verdicts verdicts;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const Proof& proof = proofs[i];
    const Failure* first = first_of(proof);
    const bool needed = proof.verdict == Proof::Verdict::not_inductive;
    verdicts.add(needed                                     ? Verdict::pass
                 : proof.verdict == Proof::Verdict::unknown ? Verdict::unknown
                                                            : Verdict::fail);
    report::Json row{{"conjunct", *tasks[i].without},
                     {"verdict", unbounded::name_of(proof.verdict)},
                     {"seconds", proof.seconds},
                     {"first", nullptr}};
    if (first != nullptr) row["first"] = {{"edge", first->edge}, {"conjunct", first->conjunct}};
    rows.push_back(row);
    table.row({*tasks[i].without, first == nullptr ? "not needed"
                                  : first->unknown ? "unknown: " + text(*first)
                                                   : text(*first)});
  }
  session.print(table.text(session.width()));
  session.document({{"protocol", arguments.protocol}, {"dropped", rows}});
  session.conclude(verdicts.all(), fmt::format("{} conjuncts, each dropped alone, in {}",
                                               tasks.size(), report::seconds(watch.seconds())));
  return ended(session, verdicts.all());
}

Exit prove_guards(Session& session, const ProveArguments& arguments) {
  const Stopwatch watch;
  const auto manifest = read_manifest();
  const ProofSubject subject =
      ProofSubject::of(*manifest, arguments.protocol, arguments.variant, arguments.assumption());
  unbounded::Prover prover(subject.question);
  const auto guards = prover.guards(prover_options(session, "guards"));
  for (const std::string& way : guards.never) session.print("never: " + way + "\n");
  for (const std::string& way : guards.unknown) session.print("unknown: " + way + "\n");
  stop_with(session, fmt::format("{} begin in a state of the invariant, {} never, {} unknown",
                                 guards.satisfiable, guards.never.size(), guards.unknown.size()));
  session.progress.end();
  const Verdict verdict = verdict_of(guards);
  session.document({{"protocol", arguments.protocol}, {"guards", guards_json(guards)}});
  session.conclude(verdict,
                   fmt::format("{} of {} ways to step begin in a state of the invariant, {}",
                               guards.satisfiable, guards.ways, report::seconds(watch.seconds())));
  return exit_of(verdict);
}

Exit prove_limits(Session& session, const ProveArguments& arguments) {
  const Stopwatch watch;
  const auto manifest = read_manifest();
  const ManifestProtocol& protocol = manifest->protocol(arguments.protocol);
  if (!protocol.proof || protocol.proof->limits.empty()) {
    throw InputError("protocol '" + protocol.name + "'", 0, 0,
                     "the manifest's proof has no limits");
  }
  const auto& extra = protocol.proof->limit_properties;
  std::vector<ProofTask> tasks;
  for (const std::string& limit : protocol.proof->limits) {
    tasks.push_back({arguments.variant, limit, {}, extra, false});
  }
  const auto proofs = prove_them(session, *manifest, protocol.name, tasks,
                                 [](const ProofTask& task) { return *task.assumption; });
  std::vector<std::string> titles{"assumed", "safe"};
  for (const auto& e : extra) titles.push_back(e.name);
  titles.emplace_back("fails at");
  report::Table table(titles);
  report::Json rows = report::Json::array();
  bool unknown = false;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const Proof& proof = proofs[i];
    // What is said of a state is worth as much as the invariant that it follows from.
    const auto is_extra = [&](const Failure& f) {
      return std::ranges::any_of(
          extra, [&](const auto& e) { return f.edge.empty() && e.name == f.conjunct; });
    };
    const auto answer = [](const std::vector<const Failure*>& failures) -> std::string {
      if (failures.empty()) return "yes";
      for (const Failure* f : failures) {
        if (!f->unknown) return "not shown";
      }
      return "unknown";
    };
    std::vector<const Failure*> safety;
    for (const Failure& f : proof.failures) {
      if (!is_extra(f)) safety.push_back(&f);
      unknown = unknown || f.unknown;
    }
    std::vector<std::string> cells{*tasks[i].assumption, answer(safety)};
    report::Json properties;
    for (const auto& e : extra) {
      std::vector<const Failure*> own = safety;
      for (const Failure& f : proof.failures) {
        if (is_extra(f) && f.conjunct == e.name) own.push_back(&f);
      }
      cells.push_back(answer(own));
      properties[e.name] = answer(own);
    }
    rows.push_back({{"assumption", *tasks[i].assumption},
                    {"safe", answer(safety)},
                    {"properties", properties},
                    {"seconds", proof.seconds},
                    {"failures", failures_json(proof)}});
    std::vector<std::string> lines;
    for (const Failure* f : safety) lines.push_back(text(*f));
    cells.push_back(report::join(lines, ", "));
    table.row(std::move(cells));
  }
  session.print(table.text(session.width()));
  session.document({{"protocol", protocol.name}, {"limits", rows}});
  const Verdict verdict = unknown ? Verdict::unknown : Verdict::pass;
  session.conclude(
      verdict, fmt::format("{} assumptions in {}", tasks.size(), report::seconds(watch.seconds())));
  return ended(session, verdict);
}

}  // namespace lockstep::cli
