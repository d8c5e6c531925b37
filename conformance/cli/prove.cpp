// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <chrono>

#include "claims/proof.hpp"
#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "cli/prove_cutoff.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

struct Arguments {
  std::string protocol, variant = "holds";
  std::string assume, without;
  bool guards = false, first = false, cutoff = false;
};

Exit prove_work(Session& session, const Arguments& arguments) {
  const auto manifest = read_manifest();
  const ProofSubject subject =
      ProofSubject::of(*manifest, arguments.protocol, arguments.variant,
                       arguments.assume.empty() ? std::nullopt : std::optional{arguments.assume});
  unbounded::Prover prover(subject.question);
  unbounded::Options options;
  options.first_only = arguments.first;
  if (!arguments.without.empty()) options.without = arguments.without;
  options.on_progress = [&](std::uint64_t done, std::uint64_t, const std::string& what) {
    session.progress.at(done, what);
    session.check();
  };
  session.progress.begin("ways", 0);
  const unbounded::Proof proof = prover.prove(options);
  session.progress.end();
  for (const unbounded::Failure& f : proof.failures) {
    session.print(fmt::format("{}{} / {}\n{}\n", f.unknown ? "unknown: " : "not inductive: ", f.edge, f.conjunct, f.state));
  }
  session.print(fmt::format("{} {}: {}; {} conjuncts, {} ways, {} queries, slowest {:.2f} s, {}\n",
                            subject.protocol->name, subject.variant, unbounded::name_of(proof.verdict),
                            proof.conjuncts, proof.ways, proof.queries, proof.slowest,
                            report::seconds(proof.seconds)));
  if (arguments.guards) {
    const auto guards = prover.guards(options);
    session.print(fmt::format("{} of {} guards satisfiable\n", guards.satisfiable, proof.ways));
    for (const auto& g : guards.never) session.print("never: " + g + "\n");
    for (const auto& g : guards.unknown) session.print("unknown: " + g + "\n");
  }
  if (proof.verdict != unbounded::Proof::Verdict::proved) return Exit::fail;
  return arguments.cutoff ? exit_of(say_cutoff(session, *manifest, subject).verdict) : Exit::pass;
}

const Command prove{"prove", "the invariants are inductive, for any number of readers: else where not",
                    {"lockstep prove vma_refcnt"}, [](CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PROTOCOL", arguments->protocol, "its name")->required();
  app.add_option("--variant", arguments->variant, "a variant of the protocol");
  app.add_option("--assume", arguments->assume, "of the parameters, instead of the manifest's");
  app.add_option("--without", arguments->without, "a conjunct to drop");
  app.add_flag("--guards", arguments->guards, "which guards are satisfiable");
  app.add_flag("--cutoff", arguments->cutoff, "the smallest model that shows every view");
  app.add_flag("--first", arguments->first, "stop at the first failure");
  return Work([arguments](Session& session) { return prove_work(session, *arguments); });
}};

}  // namespace
}  // namespace lockstep::cli
