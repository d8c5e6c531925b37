// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <functional>
#include <thread>

#include "model/interrupt.hpp"
#include "model/verdict.hpp"
#include "tiny_spec.hpp"
#include "tlc/driver.hpp"

using namespace lockstep;
using namespace lockstep::tlc;
using namespace lockstep::testing;

namespace {

/// A model without end: TLC runs until it is stopped.
ModelRun endless(const TinySpec& spec) {
  ModelRun run = spec.run();
  run.constants[2].value = "2000000000";
  return run;
}

std::string undecided(const ModelRun& run, const Options& options) {
  Layout layout = TinySpec::layout();
  try {
    check(run, layout, options);
  } catch (const Undecided& reason) {
    return reason.what();
  }
  return "decided";
}

bool comes_true(const std::function<bool()>& condition) {
  for (int i = 0; i < 200; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  return false;
}

/// Runs the endless model in a child program; 130 if it was interrupted.
pid_t start_child(const TinySpec& spec) {
  const pid_t child = fork();
  if (child != 0) return child;
  int status = 1;
  try {
    interrupt::install();
    Layout layout = TinySpec::layout();
    check(endless(spec), layout, spec.options());
  } catch (const Interrupted&) {
    status = 130;
  } catch (...) {
  }
  _exit(status);
}

}  // namespace

TEST_CASE("a TLC that prints nonsense is undecided") {
  const TinySpec spec;
  std::ofstream{spec.root / "any.jar"} << "jar";
  const Environment jar{"TLA2TOOLS_JAR", (spec.root / "any.jar").c_str()};
  for (const char* body : {"echo nonsense", "exit 0", "echo '@!@!@STARTMSG 2193:0 @!@!@'; exit 0",
                           "head -c 3000000 /dev/zero; exit 0", "kill -9 $$"}) {
    const auto home = spec.fake_java(body);
    const Environment java{"JAVA_HOME", home.c_str()};
    INFO(body);
    CHECK(undecided(spec.run(), spec.options()) != "decided");
  }
  CHECK(spec.scratch_is_empty());
}

TEST_CASE("a TLC that leaves a process behind or never ends is cleared away") {
  const TinySpec spec;
  std::ofstream{spec.root / "any.jar"} << "jar";
  const Environment jar{"TLA2TOOLS_JAR", (spec.root / "any.jar").c_str()};
  const auto home = spec.fake_java("sleep 600 & sleep 0.2; echo nonsense");
  const Environment java{"JAVA_HOME", home.c_str()};
  CHECK(undecided(spec.run(), spec.options()) != "decided");
  spec.fake_java("sleep 600");
  Options options = spec.options();
  options.time_limit = 0.3;
  CHECK_THAT(undecided(spec.run(), options), Catch::Contains("out of time"));
  CHECK(comes_true([&] { return processes_in(spec.root) == 0; }));
  CHECK(spec.scratch_is_empty());
}

TEST_CASE("a TLC that has said all is not waited for") {
  const TinySpec spec;
  std::ofstream{spec.root / "any.jar"} << "jar";
  const Environment jar{"TLA2TOOLS_JAR", (spec.root / "any.jar").c_str()};
  const auto says = [](const std::string& code) {
    return "echo '@!@!@STARTMSG " + code + " @!@!@'; echo; echo '@!@!@ENDMSG " + code + " @!@!@'; ";
  };
  const auto home = spec.fake_java(says("2262:0") + says("2193:0") + says("2186:0") + "sleep 600");
  const Environment java{"JAVA_HOME", home.c_str()};
  CHECK(undecided(spec.run(), spec.options()) == "decided");
  CHECK(comes_true([&] { return processes_in(spec.root) == 0; }));
  CHECK(spec.scratch_is_empty());
}

TEST_CASE("no Java and no TLC are undecided and say how to get them") {
  const TinySpec spec;
  const Environment home{"JAVA_HOME", nullptr};
  const Environment jar{"TLA2TOOLS_JAR", nullptr};
  const Environment user{"HOME", spec.root.c_str()};
  {
    const Environment path{"PATH", ""};
    CHECK_THAT(undecided(spec.run(), spec.options()), Catch::Contains("no Java"));
  }
  const auto java = spec.fake_java("exit 0");
  const Environment fake{"JAVA_HOME", java.c_str()};
  CHECK_THAT(undecided(spec.run(), spec.options()), Catch::Contains("no TLC"));
  CHECK(spec.scratch_is_empty());
}

TEST_CASE("a jar that is named and not there is an error of the input") {
  const TinySpec spec;
  const auto home = spec.fake_java("exit 0");
  const Environment java{"JAVA_HOME", home.c_str()};
  const Environment jar{"TLA2TOOLS_JAR", "/nonexistent/tla2tools.jar"};
  Layout layout = TinySpec::layout();
  CHECK_THROWS_WITH(check(spec.run(), layout, spec.options()),
                    Catch::StartsWith("/nonexistent/tla2tools.jar: no such file"));
}

TEST_CASE("a scratch directory of a killed run is removed by the next one") {
  const TinySpec spec;
  std::filesystem::create_directories(spec.scratch() / "tlc-dead12");
  std::ofstream{spec.scratch() / "tlc-dead12" / "in-use"} << "";
  const ScratchDirectory first{spec.scratch()};
  const ScratchDirectory second{spec.scratch()};
  CHECK_FALSE(std::filesystem::exists(spec.scratch() / "tlc-dead12"));
  CHECK(std::filesystem::exists(first.path()));
  CHECK(first.path() != second.path());
}

TEST_CASE("TLC out of heap, out of time or killed is undecided", "[java]") {
  if (!has_tlc()) return;
  const TinySpec spec;
  Options options = spec.options();
  options.heap_bytes = 10u << 20;
  ModelRun hungry = endless(spec);
  hungry.definitions = "Big == {[a |-> i, b |-> {i}] : i \\in 1..900000} # {}";
  hungry.invariants = {"Big"};
  CHECK_THAT(undecided(hungry, options), Catch::Contains("out of heap"));
  options = spec.options();
  options.time_limit = 1.5;
  CHECK_THAT(undecided(endless(spec), options), Catch::Contains("out of time"));
  CHECK(spec.scratch_is_empty());
  CHECK(comes_true([&] { return processes_in(spec.root) == 0; }));
}

TEST_CASE("Ctrl-C leaves no TLC and no file", "[java]") {
  if (!has_tlc()) return;
  const TinySpec spec;
  for (const int number : {SIGINT, SIGTERM}) {
    const pid_t child = start_child(spec);
    REQUIRE(comes_true([&] { return processes_in(spec.scratch()) > 0; }));
    std::this_thread::sleep_for(std::chrono::milliseconds{500});
    kill(child, number);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 130);
    CHECK(processes_in(spec.scratch()) == 0);
    CHECK(spec.scratch_is_empty());
  }
}

TEST_CASE("a killed program leaves no TLC", "[java]") {
  if (!has_tlc()) return;
  const TinySpec spec;
  const pid_t child = start_child(spec);
  REQUIRE(comes_true([&] { return processes_in(spec.scratch()) > 0; }));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  CHECK(comes_true([&] { return processes_in(spec.scratch()) == 0; }));
  const ScratchDirectory next{spec.scratch()};
  CHECK(std::distance(std::filesystem::directory_iterator{spec.scratch()}, {}) == 1);
}
