// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/driver.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "model/verdict.hpp"
#include "tiny_spec.hpp"
#include "tlc/dot.hpp"

using namespace lockstep;
using namespace lockstep::tlc;
using lockstep::testing::has_tlc;
using lockstep::testing::TinySpec;

namespace {

std::vector<std::string> texts(const CheckResult& result, const Layout& layout) {
  std::vector<std::string> out;
  for (const Step& step : result.steps) out.push_back(step.text(layout.symbols));
  return out;
}

}  // namespace

TEST_CASE("TLC: a model that holds, with its counts", "[java]") {
  if (!has_tlc()) return;
  const TinySpec spec;
  Layout layout = TinySpec::layout();
  const CheckResult result = check(spec.run(), layout, spec.options());
  CHECK(result.holds());
  CHECK(result.counts.states == 18);
  CHECK(result.counts.queued == 0);
  CHECK(result.counts.transitions > 18);
  CHECK(result.counts.depth > 4);
  CHECK(result.states.empty());
  CHECK(spec.scratch_is_empty());
}

TEST_CASE("TLC: the shortest way to a violated invariant", "[java]") {
  if (!has_tlc()) return;
  const TinySpec spec;
  ModelRun run = spec.run();
  run.invariants = {"TypeOK", "Low"};
  Layout layout = TinySpec::layout();
  const CheckResult result = check(run, layout, spec.options());
  CHECK(result.finding == Finding::invariant);
  CHECK(result.violated == "Low");
  REQUIRE(result.states.size() == 4);
  REQUIRE(result.steps.size() == 3);
  CHECK(result.states[3][1] >= 2);
  CHECK(layout.symbols.text(result.states[1][2]) != layout.symbols.text(result.states[1][3]));
  CHECK_THAT(texts(result, layout)[0], Catch::StartsWith("Lock(r"));
  CHECK_THAT(texts(result, layout)[1], Catch::StartsWith("Bump(r"));
  CHECK(spec.scratch_is_empty());
}

TEST_CASE("TLC: a property that a step violates, and one of liveness", "[java]") {
  if (!has_tlc()) return;
  const TinySpec spec;
  Layout layout = TinySpec::layout();
  ModelRun run = spec.run();
  run.properties = {"ByOne"};
  const CheckResult step = check(run, layout, spec.options());
  CHECK(step.finding == Finding::action_property);
  CHECK(step.violated == "ByOne");
  REQUIRE(step.steps.size() == 2);

  run.properties = {"Reached"};
  const CheckResult unfair = check(run, layout, spec.options());
  CHECK(unfair.finding == Finding::temporal);
  CHECK(unfair.violated == "Reached");
  CHECK(unfair.stutters);

  run.fairness = "WF_vars(MC_Next)";
  const CheckResult lasso = check(run, layout, spec.options());
  CHECK(lasso.finding == Finding::temporal);
  REQUIRE(lasso.back_to);
  CHECK(*lasso.back_to < lasso.states.size());
  CHECK(lasso.steps.size() == lasso.states.size());
}

TEST_CASE("TLC: a violated refinement is named among several properties", "[java]") {
  if (!has_tlc()) return;
  const TinySpec spec;
  Layout layout = TinySpec::layout();
  ModelRun run = spec.run();
  run.properties = {"Owned", "Counts"};
  const CheckResult result = check(run, layout, spec.options());
  CHECK(result.finding == Finding::action_property);
  CHECK(result.violated == "Counts");
  run.properties = {"Reached", "Counts", "Owned"};
  run.actions = {instance("Lock", "r1", {}), instance("Bump", "r1", {"1"})};
  const CheckResult temporal = check(run, layout, spec.options());
  CHECK(temporal.finding == Finding::temporal);
  CHECK(temporal.violated == "Reached");
  CHECK(spec.scratch_is_empty());
}

TEST_CASE("TLC: a deadlock counts only where it is asked for", "[java]") {
  if (!has_tlc()) return;
  const TinySpec spec;
  Layout layout = TinySpec::layout();
  ModelRun run = spec.run();
  run.actions = {instance("Lock", "r1", {})};
  CHECK(check(run, layout, spec.options()).holds());
  run.deadlock = true;
  const CheckResult result = check(run, layout, spec.options());
  CHECK(result.finding == Finding::deadlock);
  CHECK(result.steps.size() == 1);
}

TEST_CASE("TLC: the state graph of a model, the same with two workers", "[java]") {
  if (!has_tlc()) return;
  const TinySpec spec;
  Layout layout = TinySpec::layout();
  const Dump one = dump(spec.run(), layout, spec.options());
  REQUIRE(one.result.holds());
  const LabelledGraph graph = read_dot(one.path(), layout, one.table);
  CHECK(graph.nodes() == one.result.counts.states);
  CHECK(graph.initial.size() == 1);
  // TLC counts the initial state as generated, and all edges are distinct here.
  CHECK(graph.edges.size() + 1 == one.result.counts.transitions);
  Options options = spec.options();
  options.workers = 2;
  const Dump two = dump(spec.run(), layout, options);
  const LabelledGraph again = read_dot(two.path(), layout, two.table);
  CHECK(again.nodes() == graph.nodes());
  CHECK(again.edges.size() == graph.edges.size());
}

TEST_CASE("TLC: a graph is removed with the object that owns it", "[java]") {
  if (!has_tlc()) return;
  const TinySpec spec;
  Layout layout = TinySpec::layout();
  {
    const Dump graph = dump(spec.run(), layout, spec.options());
    CHECK(std::filesystem::exists(graph.path()));
  }
  CHECK(spec.scratch_is_empty());
}

TEST_CASE("TLC: mistakes of a specification are errors of the input", "[java]") {
  if (!has_tlc()) return;
  const TinySpec spec;
  Layout layout = TinySpec::layout();
  ModelRun run = spec.run();
  run.invariants = {"Bad"};
  CHECK_THROWS_AS(check(run, layout, spec.options()), InputError);
  run.invariants = {"Unknown"};
  CHECK_THROWS_AS(check(run, layout, spec.options()), InputError);
  run = spec.run();
  run.definitions = "More == Missing";
  CHECK_THROWS_AS(check(run, layout, spec.options()), InputError);
  run = spec.run();
  run.spec_module = "Other";
  CHECK_THROWS_AS(check(run, layout, spec.options()), InputError);
  Layout narrow;
  narrow.add({"owner", {}, Sort::name, {}});
  run = spec.run();
  run.invariants = {"Low"};
  CHECK_THROWS_AS(check(run, narrow, spec.options()), InputError);
  CHECK(spec.scratch_is_empty());
}

TEST_CASE("TLC: two runs at once do not disturb each other", "[java]") {
  if (!has_tlc()) return;
  const TinySpec spec;
  std::vector<std::uint64_t> states(4);
  std::vector<std::thread> threads;
  for (std::uint64_t& count : states) {
    threads.emplace_back([&] {
      Layout layout = TinySpec::layout();
      count = check(spec.run(), layout, spec.options()).counts.states;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::uint64_t count : states) CHECK(count == 18);
  CHECK(spec.scratch_is_empty());
}
