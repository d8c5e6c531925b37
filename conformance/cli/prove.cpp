// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "cli/prove.hpp"

#include "cli/frame/command.hpp"

namespace lockstep::cli {
namespace {

Exit prove_work(Session& session, const ProveArguments& arguments) {
  if (arguments.variants) return prove_variants(session, arguments);
  if (arguments.drop) return prove_drop(session, arguments);
  if (arguments.guards) return prove_guards(session, arguments);
  if (arguments.limits) return prove_limits(session, arguments);
  return prove_protocol(session, arguments);
}

const Command prove{
    "prove",
    "prove the invariant inductive for any number of readers, or say what breaks it",
    {"lockstep prove vma_refcnt", "lockstep prove vma_refcnt --variant no_recheck",
     "lockstep prove vma_refcnt --cutoff", "lockstep prove vma_refcnt --variants"},
    [](CommandLine& line) {
      auto a = std::make_shared<ProveArguments>();
      line.add_option("PROTOCOL", a->protocol, "its name, as `lockstep list protocols` prints it")
          .required();
      line.add_option("--variant", a->variant, "what is different; `--variants` names them all")
          .type_name("VARIANT")
          .default_str("holds");
      line.add_option("--assume", a->assume,
                      "TLA+ text about the open constants, in place of the manifest's assumption")
          .type_name("TEXT")
          .check([](const std::string& text) {
            return text.empty() ? "nothing is assumed by no text" : "";
          });
      const Argument without =
          line.add_option("--without", a->without, "a conjunct that is neither assumed nor shown")
              .type_name("NAME");
      const Argument first = line.add_flag("--first", a->first, "stop at the first failure");
      Argument cutoff = line.add_flag(
          "--cutoff", a->cutoff, "and the first of the manifest's sizes that shows every view");
      cutoff.excludes(without);  // views are closed under steps from states of the whole invariant
      std::vector<Argument> tables{
          line.add_flag("--variants", a->variants,
                        "a table: what becomes of each variant of the manifest"),
          line.add_flag("--drop", a->drop, "a table: what fails first without each conjunct"),
          line.add_flag("--guards", a->guards,
                        "is there a state of the invariant for each way to step?"),
          line.add_flag("--limits", a->limits,
                        "a table: what follows under the manifest's limits")};
      for (Argument& one : tables) {
        one.excludes(without).excludes(first).excludes(cutoff);
        for (const Argument& other : tables) {
          if (&one != &other) one.excludes(other);
        }
      }
      return Work([a](Session& session) { return prove_work(session, *a); });
    }};

}  // namespace
}  // namespace lockstep::cli
