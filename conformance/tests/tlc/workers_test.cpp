// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tiny_spec.hpp"
#include "tlc/driver.hpp"

using namespace lockstep;
using namespace lockstep::tlc;
using lockstep::testing::Environment;
using lockstep::testing::has_tlc;
using lockstep::testing::TinySpec;

namespace {

/// A TLC of this version that misses what is violated if it has two workers.
std::string misses(const std::string& version, const std::string& checks) {
  const auto say = [](const std::string& code, const std::string& text) {
    const std::string number = code.substr(0, code.find(':'));
    return "echo '@!@!@STARTMSG " + code + " @!@!@'\necho '" + text + "'\necho '@!@!@ENDMSG " +
           number + " @!@!@'\n";
  };
  return say("2262:0", "TLC2 Version " + version + " of 20 March 2023") + say("2212:0", checks) +
         "case \"$*\" in\n*'-workers 2'*)\n" + say("2193:0", "No error has been found.") +
         say("2186:0", "Finished in 1ms") + "exit 0;;\nesac\n" +
         say("2116:1", "Temporal properties were violated.") + say("2186:0", "Finished in 1ms") +
         "exit 13\n";
}

CheckResult two_workers(const TinySpec& spec, const std::string& version) {
  const auto home = spec.fake_java(misses(version, "Implied-temporal checking--"));
  const Environment java{"JAVA_HOME", home.c_str()};
  Layout layout = TinySpec::layout();
  ModelRun run = spec.run();
  run.properties = {"Reached"};
  Options options = spec.options();
  options.workers = 2;
  return check(run, layout, options);
}

}  // namespace

TEST_CASE("an old TLC gets one worker for temporal properties", "[java]") {
  if (!has_tlc()) return;  // the jar is looked for, if not run
  const TinySpec spec;
  const CheckResult old = two_workers(spec, "2.18");
  CHECK(old.finding == Finding::temporal);
  CHECK(old.workers == 1);
  CHECK(old.version == "2.18");
  // What was repaired is believed.
  const CheckResult mended = two_workers(spec, "2.19");
  CHECK(mended.holds());
  CHECK(mended.workers == 2);
  CHECK(spec.scratch_is_empty());
}

TEST_CASE("the TLC that is run: one worker for behaviours, two for states and steps", "[java]") {
  if (!has_tlc()) return;
  const TinySpec spec;
  Layout layout = TinySpec::layout();
  Options options = spec.options();
  options.workers = 2;
  ModelRun run = spec.run();
  run.properties = {"Owned"};
  const CheckResult steps = check(run, layout, options);
  CHECK(steps.holds());
  CHECK(steps.workers == 2);
  CHECK_FALSE(steps.version.empty());
  run.properties = {"Reached"};
  run.fairness = "WF_vars(MC_Next)";
  const CheckResult behaviours = check(run, layout, options);
  CHECK(behaviours.finding == Finding::temporal);
  CHECK(behaviours.workers == (needs_one_worker(behaviours.version) ? 1u : 2u));
}
