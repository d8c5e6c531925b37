// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/driver.hpp"

#include <algorithm>
#include <chrono>

#include "model/stopwatch.hpp"
#include "model/verdict.hpp"
#include "tlc/flatten.hpp"
#include "tlc/java.hpp"
#include "tlc/process.hpp"

namespace lockstep::tlc {

namespace {

std::vector<std::string> command(const std::filesystem::path& scratch, const Options& options,
                                 bool dump) {
  std::vector<std::string> words{find_java().string(), "-XX:+UseSerialGC"};
  // Without this a TLC that is out of heap may hang for ever, its main thread being dead.
  words.insert(words.end(), {"-XX:+ExitOnOutOfMemoryError"});
  if (options.brief) words.push_back("-XX:TieredStopAtLevel=1");
  if (options.heap_bytes != 0) words.push_back("-Xmx" + std::to_string(options.heap_bytes));
  words.push_back("-Djava.io.tmpdir=" + scratch.string());
  words.insert(words.end(), {"-cp", find_jar().string(), "tlc2.TLC", "-tool"});
  // The polynomial of the fingerprints and the seed are random otherwise.
  words.insert(words.end(), {"-fp", "0", "-seed", "1", "-checkpoint", "0"});
  const std::string workers = std::to_string(std::max(1u, options.workers));
  words.insert(words.end(), {"-workers", workers});
  // TLC names its directory after the second, and refuses one that is there: a run that is begun
  // again with fewer workers needs another.
  words.insert(words.end(), {"-metadir", "meta" + workers, "-config", "MC.cfg"});
  if (dump) words.insert(words.end(), {"-dump", "dot,actionlabels", "graph.dot"});
  words.push_back("MC.tla");
  return words;
}

/// A temporal property is checked by a TLC that may miss its violations with several workers.
struct MayMissViolations {};

Report run_tlc(const std::filesystem::path& scratch, const Options& options, bool dump) {
  const std::vector<std::string> words = command(scratch, options, dump);
  MessageReader reader{options.on_progress};
  std::string errors;
  Process process{words, scratch};
  std::optional<ExitStatus> status;
  try {
    using Limit = std::optional<std::chrono::duration<double>>;
    status = process.wait_until(
        // A graph may be written still.
        [&] { return !dump && reader.is_complete(); },
        [&](std::string_view text) {
          reader.feed(text);
          const Report& said = reader.so_far();
          if (options.workers > 1 && said.temporal && needs_one_worker(said.version)) {
            throw MayMissViolations{};
          }
        },
        [&errors](std::string_view text) {
          if (errors.size() < 4096) errors += text.substr(0, 4096);
        },
        options.time_limit ? Limit{*options.time_limit} : Limit{});
  } catch (const Undecided& reason) {
    throw Undecided(std::string{"TLC did not finish: "} + reason.what());
  }
  return status ? reader.finish(status->code, status->signal, errors) : reader.take();
}

/// Is it known by its name in the run what is violated? TLC does not tell of a temporal property,
/// and names a part of a refinement by its place, or by a definition inside it.
bool is_named(const ModelRun& run, const CheckResult& result) {
  const auto has = [&result](const std::vector<std::string>& names) {
    return std::ranges::find(names, result.violated) != names.end();
  };
  return result.holds() || result.finding == Finding::deadlock || has(run.invariants) ||
         has(run.properties) || (run.same_steps && result.violated == "MC_SameSteps");
}

/// With the specification's own Next TLC knows the actions without their arguments.
Step step_named(const StepTable& table, const std::string& action, const ModelRun& run,
                Symbols& symbols) {
  const auto found = table.find(action);
  if (!found && run.own_next) return {symbols.intern(action), null_atom, 0, {}};
  if (!found) throw Undecided("TLC reports the action '" + action + "', which is not of the run");
  return table.steps()[*found];
}

void read_behaviour(const Report& report, const ModelRun& run, Layout& layout,
                    const StepTable& table, CheckResult& result) {
  const auto named = [&](const std::string& action) {
    return step_named(table, action, run, layout.symbols);
  };
  Flattener flattener{layout};
  for (const Report::Entry& entry : report.behaviour) {
    if (!result.states.empty()) result.steps.push_back(named(entry.action));
    State state(layout.size());
    flattener.flatten(entry.state, {.file = "state of TLC"}, state.data());
    result.states.push_back(std::move(state));
  }
  result.stutters = report.stutters;
  if (!report.back_to) return;
  if (*report.back_to >= result.states.size()) throw Undecided("TLC's lasso has no such state");
  result.back_to = report.back_to;
  result.steps.push_back(named(report.back_action));
}

CheckResult run_in(const ScratchDirectory& scratch, const ModelRun& run, Layout& layout,
                   const StepTable& table, const Options& options, bool dump) {
  const Stopwatch watch;
  write_module(run, scratch.path());
  CheckResult result;
  result.workers = std::max(1u, options.workers);
  Report report;
  try {
    report = run_tlc(scratch.path(), options, dump);
  } catch (const MayMissViolations&) {
    Options one = options;
    one.workers = result.workers = 1;
    report = run_tlc(scratch.path(), one, dump);
  }
  result.version = report.version;
  result.finding = report.finding;
  result.violated = report.violated;
  result.counts = report.counts;
  result.seconds = watch.seconds();
  read_behaviour(report, run, layout, table, result);
  return result;
}

/// Finds the name of the violated property by asking TLC for one after the other; the last one
/// first, because that is where a specification has its refinement.
void name_violated(const ModelRun& run, Layout& layout, const StepTable& table,
                   const Options& options, CheckResult& result) {
  if (is_named(run, result) || run.properties.empty()) return;
  ModelRun one = run;
  one.invariants.clear();
  try {
    for (std::size_t i = run.properties.size(); i-- > 1;) {
      one.properties = {run.properties[i]};
      const ScratchDirectory scratch{options.scratch_root};
      if (run_in(scratch, one, layout, table, options, false).holds()) continue;
      result.violated = run.properties[i];
      return;
    }
    result.violated = run.properties.front();
  } catch (const Undecided&) {
    // The violation stands, under the name that TLC has for it.
  }
}

}  // namespace

CheckResult check(const ModelRun& run, Layout& layout, const Options& options) {
  const StepTable table = step_table(run, layout.symbols);
  const ScratchDirectory scratch{options.scratch_root};
  CheckResult result = run_in(scratch, run, layout, table, options, false);
  name_violated(run, layout, table, options, result);
  return result;
}

Dump dump(const ModelRun& run, Layout& layout, const Options& options) {
  StepTable table = step_table(run, layout.symbols);
  ScratchDirectory scratch{options.scratch_root};
  CheckResult result = run_in(scratch, run, layout, table, options, true);
  name_violated(run, layout, table, options, result);
  return {std::move(scratch), std::move(result), std::move(table)};
}

}  // namespace lockstep::tlc
