// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "build_info.hpp"
#include "claims/check.hpp"
#include "cli/common.hpp"
#include "cli/verify_update.hpp"
#include "cli/frame/command.hpp"
#include "model/stopwatch.hpp"
#include "report/table.hpp"
#include "report/text.hpp"
#include "tlc/java.hpp"

namespace lockstep::cli {
namespace {

struct Arguments {
  bool quick = false, update = false;
  std::vector<std::string> protocols, scenarios;
};

std::string with_steps(const std::string& words, const std::optional<std::uint64_t>& steps) {
  return steps ? words + " in " + std::to_string(*steps) + " steps" : words;
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

std::vector<Check> wanted(const Arguments& arguments, const std::shared_ptr<const Manifest>& manifest) {
  for (const auto& protocol : arguments.protocols) manifest->protocol(protocol);
  for (const auto& scenario : arguments.scenarios) manifest->scenario(scenario);
  const auto among = [](const std::vector<std::string>& names, const std::string& name) {
    return names.empty() || std::ranges::find(names, name) != names.end();
  };
  std::vector<Check> out = all_checks(manifest);
  std::erase_if(out, [&](const Check& check) {
    return (arguments.quick && !check.quick) || !among(arguments.protocols, check.protocol) ||
           !among(arguments.scenarios, check.scenario.value_or(""));
  });
  return out;
}

/// Runs the checks, `jobs` at a time. What stops one stops all: the first exception is rethrown.
std::vector<std::optional<Checked>> run_all(Session& session, const std::vector<Check>& checks) {
  std::vector<std::optional<Checked>> results(checks.size());
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  Workshop shop = workshop(session, 1);
  shop.stop = session.stop();
  shop.on_progress = [&session](std::uint64_t) { session.check(); };
  // Two at a time share the memory of a machine with 4 GB.
  shop.heap_bytes = std::uint64_t{1} << 30;
  const auto work = [&] {
    for (std::size_t i = next++; i < checks.size(); i = next++) {
      try {
        session.check();
        results[i] = perform(checks[i], shop);
        const Checked& checked = *results[i];
        session.progress.finished(fmt::format("{}  {}  {}", checks[i].id, name_of(checked.verdict),
                                              report::seconds(checked.outcome.seconds)));
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
        next = checks.size();
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::min<std::size_t>(session.options.jobs, checks.size()); ++i) {
      threads.emplace_back(work);
    }
  }
  if (failure) std::rethrow_exception(failure);
  return results;
}

Exit verify_work(Session& session, const Arguments& arguments) {
  const Stopwatch watch;
  const auto manifest = read_manifest();
  std::vector<Check> checks = wanted(arguments, manifest);
  // A jar that is named and not there is an error of the call, not of a check.
  if (std::ranges::any_of(checks, [](const Check& check) { return check.judge == "tlc"; })) {
    try {
      tlc::find_jar();
    } catch (const Undecided&) {  // each check says so
    }
  }
  session.progress.begin("checks", checks.size());
  auto results = run_all(session, checks);
  session.progress.end();
  if (arguments.update) {
    update_recorded(session, *manifest, checks, results);
    // The same outcomes beside what is recorded now.
    const std::vector<Check> now = wanted(arguments, read_manifest());
    for (std::size_t i = 0; i < checks.size(); ++i) {
      const auto same = std::ranges::find(now, checks[i].id, &Check::id);
      if (same == now.end()) continue;
      checks[i].expected = same->expected;
      results[i] = judged(checks[i], results[i]->outcome);
    }
  }

  report::Table table({"check", "claim", "judge", "bounds", "expected", "got", ">states", ">time", ""});
  report::Json documents = report::Json::array();
  Verdicts verdicts;
  struct Sum {
    std::size_t passed = 0, all = 0;
  };
  std::map<std::string, Sum> sums;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const Check& check = checks[i];
    const Checked& checked = *results[i];
    verdicts.add(checked.verdict);
    sums[check.protocol].passed += checked.verdict == Verdict::pass ? 1u : 0u;
    ++sums[check.protocol].all;
    documents.push_back(check_json(check, checked));
    table.row({check.id, check.claim, who(check, checked.outcome),
               check.bounds, with_steps(check.expected.verdict, check.expected.steps),
               with_steps(checked.got(), check.expected.steps ? checked.outcome.steps : std::nullopt),
               checked.outcome.states ? report::grouped(*checked.outcome.states) : "",
               report::seconds(checked.outcome.seconds), session.paint.verdict(checked.verdict)});
  }
  session.print(table.text());
  for (const auto& [protocol, sum] : sums) {
    session.print(fmt::format("{}: {} of {} checks as expected\n", protocol, sum.passed, sum.all));
  }
  const double seconds =
      watch.seconds();
  const Verdict verdict = verdicts.all();
  session.document({{"tool", "lockstep"},
                    {"version", LOCKSTEP_VERSION},
                    {"verdict", name_of(verdict)},
                    {"seconds", seconds},
                    {"checks", documents}});
  std::string bounds = fmt::format("{} checks in {}", checks.size(), report::seconds(seconds));
  for (const auto& [protocol, sum] : sums) {
    for (const Check& check : checks) {
      if (check.protocol != protocol || check.claim != "safe" || check.variant != "holds") continue;
      bounds += "; " + protocol + " safe: " + check.bounds;
      break;
    }
  }
  session.conclude(verdict, bounds);
  return exit_of(verdict);
}

const Command verify{"verify", "every check of the manifest, each verdict against the expected one",
                     {"lockstep verify --quick", "lockstep verify --scenario S39 --json -"},
                     [](CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_flag("--quick", arguments->quick, "the small models alone, in less than a minute");
  app.add_flag("--update", arguments->update,
               "write what was measured to spec/*/verdicts.json, to be read as a diff");
  app.add_option("--protocol", arguments->protocols, "only this one; may be given several times");
  app.add_option("--scenario", arguments->scenarios, "only this one, S39; several times");
  return Work([arguments](Session& session) { return verify_work(session, *arguments); });
}};

}  // namespace
}  // namespace lockstep::cli
