// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <sys/stat.h>

#include <filesystem>

#include "tests/has_tlc.hpp"
#include "toy_root.hpp"

// A Java or a TLC that is not there, or is not what it should be.
namespace lockstep::testing {

namespace {

/// A `java` that does what a script says, in front of PATH; and where TLC works.
class FakeJava {
 public:
  explicit FakeJava(const std::string& script) {
    std::filesystem::create_directory(scratch_ / "bin");
    write_text(scratch_ / "bin/java", "#!/bin/sh\n" + script + "\n");
    chmod((scratch_ / "bin/java").c_str(), 0755);
    write_text(scratch_ / "tla2tools.jar", "");
  }
  Outcome operator()(Words arguments) const {
    return toy(arguments,
               {"JAVA_HOME=", "PATH=" + (scratch_ / "bin") + ":/usr/bin:/bin",
                "TLA2TOOLS_JAR=" + (scratch_ / "tla2tools.jar"), "LOCKSTEP_SCRATCH=" + work()});
  }
  bool nothing_left() const {
    return !std::filesystem::exists(work()) || std::filesystem::is_empty(work());
  }

 private:
  std::string work() const { return scratch_ / "work"; }
  Scratch scratch_;
};

const std::vector<Words> commands{
    {"check", "door"},
    {"compare", "door", "--judge", "tlc"},
};

}  // namespace

TEST_CASE("a Java that fails leaves the question open: status 3, one line, nothing behind") {
  const std::vector<std::pair<std::string, std::string>> ways{
      {"exit 0", "UNKNOWN"},
      {"exit 77", "77"},
      {"echo 'The answer is 42.'", "UNKNOWN"},
      {"echo 'Unrecognized option: -XX:+UseSerialGC' >&2; exit 1", "Unrecognized option"},
      {"head -c 3000000 /dev/urandom", "UNKNOWN"},
      {"echo '@!@!@STARTMSG 2193:0 @!@!@'; head -c 100000 /dev/zero", "UNKNOWN"},
      {"echo '@!@!@STARTMSG 99999999999999999999:0 @!@!@'", "UNKNOWN"},
      {"kill -9 $$", "kill"},
      {"kill -SEGV $$", "UNKNOWN"},
      {"echo 'Terminating due to java.lang.OutOfMemoryError: Java heap space'; exit 3", "memory"},
  };
  for (const Words& command : commands) {
    for (const auto& [script, why] : ways) {
      const FakeJava java(script);
      CAPTURE(command, script);
      const Outcome outcome = java(command);
      check_refused(outcome, 3, why);
      CHECK(outcome.err.size() < 2000);
      CHECK(java.nothing_left());
    }
  }
}

TEST_CASE("a Java that says nothing is ended at the time limit") {
  const FakeJava java("sleep 1000");
  const Outcome outcome = java({"check", "door", "--time-limit", "0.5"});
  check_stopped(outcome, 3, "time limit of 0.50 s reached");
  CHECK(outcome.seconds < 5);
  CHECK(java.nothing_left());
}

TEST_CASE("a jar that is named and not there is wrong usage, no Java is an open question") {
  for (const Words& command : commands) {
    CAPTURE(command);
    check_refused(toy(command, {"TLA2TOOLS_JAR=/nowhere/tla2tools.jar"}), 2,
                  "/nowhere/tla2tools.jar: no such file; TLA2TOOLS_JAR should name");
    check_refused(toy(command, {"JAVA_HOME=", "PATH=/nowhere"}), 3, "no Java");
  }
}

TEST_CASE("TLC that runs out of heap leaves the question open", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Scratch scratch;
  const auto [protocol, size] = largest();
  const Outcome outcome =
      lockstep({"check", protocol, "--size", size},
               {"JAVA_TOOL_OPTIONS=-Xmx12m", "LOCKSTEP_SCRATCH=" + (scratch / "work")});
  check_refused(outcome, 3, "memory");
  CHECK(std::filesystem::is_empty(scratch / "work"));
}

TEST_CASE("in the locale C a tree whose path is not ASCII is checked as any other", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Scratch scratch;
  const std::string root = scratch / "\u00fcber/\u9396";
  std::filesystem::create_directories(root);
  std::filesystem::copy(toys + "/spec", root + "/spec", std::filesystem::copy_options::recursive);
  const Outcome outcome =
      run_on(root, LOCKSTEP_TOYS, {"check", "door", "--safety"},
             {"LANG=C", "LC_ALL=C", "LOCKSTEP_SCRATCH=" + (scratch / "\u00fcber")}, -1);
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 0);
}

}  // namespace lockstep::testing
