// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <map>
#include <mutex>

#include "build_info.hpp"
#include "claims/check.hpp"
#include "claims/texts.hpp"
#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "cli/verify_run.hpp"
#include "cli/verify_shown.hpp"
#include "cli/verify_update.hpp"
#include "model/parallel.hpp"
#include "report/text.hpp"
#include "tlc/java.hpp"

namespace lockstep::cli {
namespace {

report::Json check_json(const Check& check, const Checked& checked) {
  const Outcome& outcome = checked.outcome;
  return {{"id", check.id},
          {"protocol", check.protocol},
          {"scenario", or_null(check.scenario)},
          {"claim", check.claim},
          {"judge", check.judge},
          {"tool", or_null(outcome.tool)},
          {"variant", check.variant},
          {"model", or_null(check.model)},
          {"bounds", check.bounds},
          {"expected", check.expected.verdict},
          {"got", checked.got()},
          {"verdict", name_of(checked.verdict)},
          {"states", or_null(outcome.states)},
          {"transitions", or_null(outcome.transitions)},
          {"steps", or_null(outcome.steps)},
          {"seconds", outcome.seconds}};
}

/// What is asked about: who brings protocols asks about these, unless others are named.
std::shared_ptr<const Manifest> read_asked(const VerifyArguments& arguments, Stale stale) {
  const auto all = read_manifest(stale);
  if (!arguments.protocols.empty() || !arguments.scenarios.empty() ||
      std::ranges::none_of(all->protocols, &ManifestProtocol::foreign)) {
    return all;
  }
  Manifest foreign = *all;
  std::erase_if(foreign.protocols, [](const ManifestProtocol& p) { return !p.foreign; });
  return std::make_shared<const Manifest>(std::move(foreign));
}

std::vector<Check> wanted(const VerifyArguments& arguments,
                          const std::shared_ptr<const Manifest>& manifest) {
  for (const auto& protocol : arguments.protocols) manifest->protocol(protocol);
  for (const auto& scenario : arguments.scenarios) manifest->scenario(scenario);
  const auto among = [](const std::vector<std::string>& names, const std::string& name) {
    return names.empty() || std::ranges::find(names, name) != names.end();
  };
  // What is not asked for is not held against its code either.
  std::vector<Check> out = all_checks(manifest, [&](const ManifestProtocol& protocol) {
    return among(arguments.protocols, protocol.name) &&
           (arguments.scenarios.empty() ||
            std::ranges::any_of(arguments.scenarios, [&](const std::string& scenario) {
              return manifest->scenario(scenario).protocol == protocol.name;
            }));
  });
  std::erase_if(out, [&](const Check& check) {
    return (arguments.quick && !check.quick) || !among(arguments.protocols, check.protocol) ||
           !among(arguments.scenarios, check.scenario.value_or(""));
  });
  return out;
}

std::map<std::string, std::string> texts_of(const VerifyRun& run) {
  std::map<std::string, std::string> out;
  for (const Check& check : run.checks) {
    if (out.contains(check.protocol)) continue;
    out[check.protocol] = mark_of_texts(*run.manifest, run.manifest->protocol(check.protocol));
  }
  return out;
}

/// About how long a check takes, in TLC's states: a proof is as long as 100,000.
std::uint64_t weight_of(const Check& check) {
  if (check.claim == "cutoff") return 400'000;
  if (check.judge == "z3" && check.claim == "inductive") {
    return check.expected.verdict == "proved" ? 100'000 : 5'000;
  }
  const std::uint64_t states = check.expected.states.value_or(0);
  return check.judge == "tlc" ? std::max<std::uint64_t>(states, 20'000) : states / 100;
}

/// What is added to each for the bar: none takes no time at all.
constexpr std::uint64_t every_check = 1'000;

/// What one worker does at a time: a check, or those of one group. Of several workers none is to be
/// left alone at the end with what takes long: that comes first.
std::vector<std::vector<std::size_t>> units_of(const std::vector<Check>& checks, unsigned workers) {
  std::vector<std::vector<std::size_t>> units;
  std::map<std::string, std::size_t> groups;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const auto [known, added] = groups.emplace(checks[i].group, units.size());
    if (added || checks[i].group.empty()) units.emplace_back();
    (checks[i].group.empty() ? units.back() : units[known->second]).push_back(i);
  }
  const auto weight = [&](const std::vector<std::size_t>& unit) {
    return weight_of(checks[unit.front()]);
  };
  if (workers > 1) std::ranges::stable_sort(units, std::ranges::greater{}, weight);
  return units;
}

/// Runs the checks, `jobs` at a time. What stops one stops all: the first exception is rethrown.
void run_all(Session& session, VerifyRun& run) {
  const std::vector<Check>& checks = run.checks;
  Workshop shop = workshop(session, 1);
  shop.jobs = 1;  // as many checks are at work as there are jobs
  shop.stop = session.stop();
  shop.on_progress = [&session](std::uint64_t) { session.check(); };
  // Two at a time share the memory of a machine with 4 GB.
  shop.heap_bytes = std::uint64_t{1} << 30;
  const auto units = units_of(checks, session.options.jobs);
  parallel_for(session.options.jobs, units.size(), [&](std::size_t unit, unsigned) {
    for (const std::size_t i : units[unit]) {
      session.check();
      const Checked checked = perform(checks[i], shop);
      {
        const std::lock_guard lock(run.mutex);
        // What was asked while the work was being stopped has not been asked.
        if (checked.outcome.decided || session.stop_reason() == StopReason::none) {
          run.results[i] = checked;
        }
      }
      session.progress.finished(fmt::format("{}  {}  {}", checks[i].id, name_of(checked.verdict),
                                            report::seconds(checked.outcome.seconds)),
                                weight_of(checks[i]) + every_check);
    }
  });
}

/// Prints what has come of the checks, failures first, and writes the document. What is not done is
/// UNKNOWN, with the reason for which the work was stopped.
Verdict give(Session& session, VerifyRun& run) {
  std::vector<Checked> all;
  {
    const std::lock_guard lock(run.mutex);
    for (const std::optional<Checked>& result : run.results) {
      all.push_back(result ? *result
                           : Checked{{"not done: " + session.stop_text(), false, {}, {}, {}, 0},
                                     "",
                                     Verdict::unknown});
    }
  }
  report::Json documents = report::Json::array();
  Verdicts verdicts;
  for (std::size_t i = 0; i < run.checks.size(); ++i) {
    verdicts.add(all[i].verdict);
    documents.push_back(check_json(run.checks[i], all[i]));
  }
  const VerifyText shown(session, run, all);
  if (run.arguments.verbose) session.print(shown.table());
  session.print(shown.failures() + shown.unknowns() + shown.protocols());
  const double seconds = run.watch.seconds();
  const Verdict verdict = verdicts.all();
  session.document({{"tool", "lockstep"},
                    {"version", LOCKSTEP_VERSION},
                    {"verdict", name_of(verdict)},
                    {"seconds", seconds},
                    {"texts", run.texts},
                    {"checks", documents}});
  session.conclude(verdict, shown.last_line(seconds));
  return verdict;
}

Exit verify_work(Session& session, const VerifyArguments& arguments) {
  const auto run = std::make_shared<VerifyRun>();
  run->arguments = arguments;
  run->manifest = read_asked(arguments, arguments.update ? Stale::dropped : Stale::refused);
  run->checks = wanted(arguments, run->manifest);
  run->results.resize(run->checks.size());
  run->texts = texts_of(*run);
  // A jar that is named and not there is an error of the call, not of a check.
  if (std::ranges::any_of(run->checks, [](const Check& check) { return check.judge == "tlc"; })) {
    try {
      tlc::find_jar();
    } catch (const Undecided&) {  // each check says so
    }
  }
  session.when_stopped([&session, run] { return give(session, *run); });
  session.progress.begin("checks", run->checks.size());
  std::uint64_t weight = 0;
  for (const Check& check : run->checks) weight += weight_of(check) + every_check;
  session.progress.weighs(weight);
  run_all(session, *run);
  session.progress.end();
  if (arguments.update) {
    // What is written here is of the same texts; what somebody else has written meanwhile is not.
    const bool same_texts = texts_of(*run) == run->texts;
    update_recorded(session, run->manifest, run->checks, run->results);
    if (same_texts) run->texts = texts_of(*run);
    // The same outcomes beside what is recorded now.
    const std::vector<Check> now = wanted(arguments, read_asked(arguments, Stale::refused));
    for (std::size_t i = 0; i < run->checks.size(); ++i) {
      const auto same = std::ranges::find(now, run->checks[i].id, &Check::id);
      if (same == now.end()) continue;
      // Of what has been written, it is asked anew.
      if (same->claim == "derived") run->results[i] = perform(*same, workshop(session, 1));
      run->checks[i].expected = same->expected;
      run->results[i] = judged(run->checks[i], run->results[i]->outcome);
    }
  }
  return exit_of(give(session, *run));
}

const Command verify{
    "verify",
    "every check of the manifest, each verdict against the expected one",
    {"lockstep verify --quick", "lockstep verify --scenario S39 --json -"},
    [](CommandLine& line) {
      auto arguments = std::make_shared<VerifyArguments>();
      line.add_flag("--quick", arguments->quick,
                    "the small models alone, in less than two minutes");
      line.add_flag("--update", arguments->update,
                    "write what was measured to spec/*/verdicts.json, to be read as a diff");
      line.add_flag("--verbose", arguments->verbose,
                    "every check as a row of a table, not failures alone");
      line.add_option("--protocol", arguments->protocols,
                      "only this one; may be given several times")
          .type_name("PROTOCOL");
      line.add_option("--scenario", arguments->scenarios, "only this one, S39; several times")
          .type_name("SCENARIO");
      return Work([arguments](Session& session) { return verify_work(session, *arguments); });
    }};

}  // namespace
}  // namespace lockstep::cli
