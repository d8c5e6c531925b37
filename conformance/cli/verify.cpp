// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <map>
#include <mutex>

#include "build_info.hpp"
#include "claims/check.hpp"
#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "cli/verify_update.hpp"
#include "model/parallel.hpp"
#include "model/stopwatch.hpp"
#include "report/table.hpp"
#include "report/text.hpp"
#include "tlc/java.hpp"

namespace lockstep::cli {
namespace {

struct Arguments {
  bool quick = false, update = false, verbose = false;
  std::vector<std::string> protocols, scenarios;
};

std::string with_steps(const std::string& words, const std::optional<std::uint64_t>& steps) {
  return steps ? words + " in " + std::to_string(*steps) + " steps" : words;
}

/// What the judge said; in how many steps, where that is asked; and what is to be remarked.
std::string got(const Check& check, const Checked& checked) {
  const auto steps = check.expected.steps ? checked.outcome.steps : std::nullopt;
  return with_steps(checked.outcome.got, steps) +
         (checked.remark.empty() ? "" : ", " + checked.remark);
}

/// The judge as a row names it: with the memory model, or with the version of what was run.
std::string who(const Check& check, const Outcome& outcome) {
  if (check.model) return check.judge + ", " + *check.model;
  if (outcome.tool.empty()) return check.judge;
  return check.judge == "tlc" ? outcome.tool : check.judge + ", " + outcome.tool;
}

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
std::shared_ptr<const Manifest> read_asked(const Arguments& arguments, Stale stale) {
  const auto all = read_manifest(stale);
  if (!arguments.protocols.empty() || !arguments.scenarios.empty() ||
      std::ranges::none_of(all->protocols, &ManifestProtocol::foreign)) {
    return all;
  }
  Manifest foreign = *all;
  std::erase_if(foreign.protocols, [](const ManifestProtocol& p) { return !p.foreign; });
  return std::make_shared<const Manifest>(std::move(foreign));
}

std::vector<Check> wanted(const Arguments& arguments,
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

/// The checks, and what has come of those that are done. It is read while others still work.
struct Run {
  Arguments arguments;
  std::shared_ptr<const Manifest> manifest;
  std::vector<Check> checks;
  std::vector<std::optional<Checked>> results;
  std::mutex mutex;
  const Stopwatch watch;
};

/// About how long a check takes, in TLC's states: a proof is as long as 100,000.
std::uint64_t weight_of(const Check& check) {
  if (check.claim == "cutoff") return 400'000;
  if (check.judge == "z3" && check.claim == "inductive") {
    return check.expected.verdict == "proved" ? 100'000 : 5'000;
  }
  const std::uint64_t states = check.expected.states.value_or(0);
  return check.judge == "tlc" ? std::max<std::uint64_t>(states, 20'000) : states / 100;
}

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
void run_all(Session& session, Run& run) {
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
                                            report::seconds(checked.outcome.seconds)));
    }
  });
}

/// A check whose verdict is not PASS, as lines of its own.
std::string trouble(const Session& session, const Check& check, const Checked& checked) {
  std::string out = session.paint.verdict(checked.verdict) + "  " + check.id + "\n";
  const auto line = [&](const std::string& text) {
    const std::size_t width = session.width() > 20 ? session.width() - 6 : session.width();
    for (const std::string& part : report::folded(text, width)) out += "      " + part + "\n";
  };
  line(check.claim + ", " + check.judge + (check.model ? ", " + *check.model : "") +
       (check.bounds.empty() ? "" : ": " + check.bounds));
  line("expected " + with_steps(check.expected.verdict, check.expected.steps));
  line("got      " + got(check, checked));
  return out;
}

/// The checks that could not be decided, those of one reason together.
std::string unknowns(const Session& session, const Run& run, const std::vector<Checked>& all) {
  std::map<std::string, std::vector<std::size_t>> reasons;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].verdict == Verdict::unknown) reasons[all[i].got()].push_back(i);
  }
  std::string out;
  constexpr std::size_t most = 3;
  for (const auto& [reason, which] : reasons) {
    out += session.paint.verdict(Verdict::unknown) + "  " + report::counted(which.size(), "check") +
           ": " + reason + "\n";
    for (std::size_t i = 0; i < which.size() && i < most; ++i) {
      out += "      " + run.checks[which[i]].id + "\n";
    }
    if (which.size() > most) out += fmt::format("      and {} more\n", which.size() - most);
  }
  return out;
}

/// Why there is nothing to check of what was asked; "" where there is.
std::string nothing_to_check(const Run& run) {
  if (!run.checks.empty()) return "";
  std::string out;
  for (const std::string& id : run.arguments.scenarios) {
    const ManifestScenario& scenario = run.manifest->scenario(id);
    const bool there = std::ranges::any_of(run.manifest->protocols, [&](const auto& protocol) {
      return protocol.name == scenario.protocol;
    });
    const auto& asked = run.arguments.protocols;
    const bool among = asked.empty() || std::ranges::find(asked, scenario.protocol) != asked.end();
    out += (out.empty() ? "" : "; ") + id + ": " +
           (!there   ? "its protocol, " + scenario.protocol + ", is not described here yet"
            : !among ? "its protocol, " + scenario.protocol + ", was not asked for"
                     : "no variant and no question of " + scenario.protocol + " is about it");
  }
  if (run.arguments.quick) out += std::string{out.empty() ? "" : "; "} + "no such check is quick";
  return out.empty() ? "the manifest has no check for what was asked" : out;
}

/// The bounds of the first size at which all of its judges found the protocol safe; "" of none.
std::string safe_at(const Run& run, const std::vector<Checked>& all, const std::string& protocol) {
  std::vector<std::pair<std::string, bool>> sizes;
  for (std::size_t i = 0; i < run.checks.size(); ++i) {
    const Check& check = run.checks[i];
    if (check.protocol != protocol || check.claim != "safe" || check.variant != "holds") continue;
    const auto known = std::ranges::find(sizes, check.bounds, &std::pair<std::string, bool>::first);
    const bool passed = all[i].verdict == Verdict::pass;
    if (known == sizes.end()) {
      sizes.emplace_back(check.bounds, passed);
    } else {
      known->second = known->second && passed;
    }
  }
  const auto safe = std::ranges::find(sizes, true, &std::pair<std::string, bool>::second);
  return safe == sizes.end() ? "" : safe->first;
}

/// Prints what has come of the checks, failures first, and writes the document. What is not done is
/// UNKNOWN, with the reason for which the work was stopped.
Verdict give(Session& session, Run& run) {
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
  report::Table table(
      {"check", "claim", "judge", "bounds", "expected", "got", ">states", ">time", ""});
  report::Json documents = report::Json::array();
  Verdicts verdicts;
  struct Sum {
    std::size_t passed = 0, failed = 0, all = 0;
  };
  std::map<std::string, Sum> sums;
  std::string failures;
  for (std::size_t i = 0; i < run.checks.size(); ++i) {
    const Check& check = run.checks[i];
    const Checked& checked = all[i];
    verdicts.add(checked.verdict);
    sums[check.protocol].passed += checked.verdict == Verdict::pass ? 1u : 0u;
    sums[check.protocol].failed += checked.verdict == Verdict::fail ? 1u : 0u;
    ++sums[check.protocol].all;
    if (checked.verdict == Verdict::fail) failures += trouble(session, check, checked);
    documents.push_back(check_json(check, checked));
    table.row({check.id, check.claim, who(check, checked.outcome), check.bounds,
               with_steps(check.expected.verdict, check.expected.steps), got(check, checked),
               checked.outcome.states ? report::grouped(*checked.outcome.states) : "",
               report::seconds(checked.outcome.seconds), session.paint.verdict(checked.verdict)});
  }
  if (run.arguments.verbose) session.print(table.text(session.width()) + "\n");
  session.print(failures + unknowns(session, run, all));
  for (const auto& [protocol, sum] : sums) {
    session.print(fmt::format("{}: {} of {} checks as expected", protocol, sum.passed, sum.all) +
                  (sum.failed > 0 ? fmt::format(", {} not", sum.failed) : "") +
                  (sum.passed + sum.failed < sum.all
                       ? fmt::format(", {} undecided", sum.all - sum.passed - sum.failed)
                       : "") +
                  "\n");
  }
  const double seconds = run.watch.seconds();
  const Verdict verdict = verdicts.all();
  session.document({{"tool", "lockstep"},
                    {"version", LOCKSTEP_VERSION},
                    {"verdict", name_of(verdict)},
                    {"seconds", seconds},
                    {"checks", documents}});
  std::string bounds = fmt::format("{} in {}", report::counted(run.checks.size(), "check"),
                                   report::seconds(seconds));
  const std::string nothing = nothing_to_check(run);
  if (!nothing.empty()) bounds += ": " + nothing;
  for (const auto& [protocol, sum] : sums) {
    const std::string safe = safe_at(run, all, protocol);
    if (!safe.empty()) bounds += "; " + protocol + " safe: " + safe;
  }
  session.conclude(verdict, bounds);
  return verdict;
}

Exit verify_work(Session& session, const Arguments& arguments) {
  const auto run = std::make_shared<Run>();
  run->arguments = arguments;
  run->manifest = read_asked(arguments, arguments.update ? Stale::dropped : Stale::refused);
  run->checks = wanted(arguments, run->manifest);
  run->results.resize(run->checks.size());
  // A jar that is named and not there is an error of the call, not of a check.
  if (std::ranges::any_of(run->checks, [](const Check& check) { return check.judge == "tlc"; })) {
    try {
      tlc::find_jar();
    } catch (const Undecided&) {  // each check says so
    }
  }
  session.when_stopped([&session, run] { return give(session, *run); });
  session.progress.begin("checks", run->checks.size());
  run_all(session, *run);
  session.progress.end();
  if (arguments.update) {
    update_recorded(session, run->manifest, run->checks, run->results);
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
      auto arguments = std::make_shared<Arguments>();
      line.add_flag("--quick", arguments->quick,
                    "the small models alone, in less than two minutes");
      line.add_flag("--update", arguments->update,
                    "write what was measured to spec/*/verdicts.json, to be read as a diff");
      line.add_flag("--verbose", arguments->verbose,
                    "every check as a row of a table, not failures alone");
      line.add_option("--protocol", arguments->protocols,
                      "only this one; may be given several times");
      line.add_option("--scenario", arguments->scenarios, "only this one, S39; several times");
      return Work([arguments](Session& session) { return verify_work(session, *arguments); });
    }};

}  // namespace
}  // namespace lockstep::cli
