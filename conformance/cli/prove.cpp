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
    [](CLI::App& app) {
      auto a = std::make_shared<ProveArguments>();
      app.add_option("PROTOCOL", a->protocol, "its name, as `lockstep list protocols` prints it")
          ->required();
      app.add_option("--variant", a->variant, "what is different; `--variants` names them all")
          ->default_str("holds");
      app.add_option("--assume", a->assume,
                     "TLA+ text about the open constants, in place of the manifest's assumption")
          ->type_name("TEXT")
          ->check([](const std::string& text) {
            return text.empty() ? "nothing is assumed by no text" : "";
          });
      CLI::Option* without =
          app.add_option("--without", a->without, "a conjunct that is neither assumed nor shown")
              ->type_name("NAME");
      CLI::Option* first = app.add_flag("--first", a->first, "stop at the first failure");
      CLI::Option* cutoff = app.add_flag(
          "--cutoff", a->cutoff, "and the first of the manifest's sizes that shows every view");
      cutoff->excludes(without);  // views are closed under steps from states of the whole invariant
      const std::vector<CLI::Option*> tables{
          app.add_flag("--variants", a->variants,
                       "a table: what becomes of each variant of the manifest"),
          app.add_flag("--drop", a->drop, "a table: what fails first without each conjunct"),
          app.add_flag("--guards", a->guards,
                       "is there a state of the invariant for each way to step?"),
          app.add_flag("--limits", a->limits, "a table: what follows under the manifest's limits")};
      for (CLI::Option* one : tables) {
        one->excludes(without)->excludes(first)->excludes(cutoff);
        for (CLI::Option* other : tables) {
          if (one != other) one->excludes(other);
        }
      }
      return Work([a](Session& session) { return prove_work(session, *a); });
    }};

}  // namespace
}  // namespace lockstep::cli
