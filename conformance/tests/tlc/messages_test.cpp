// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/messages.hpp"

#include <catch2/catch.hpp>
#include <optional>

#include "model/verdict.hpp"

using namespace lockstep;
using namespace lockstep::tlc;

namespace {

std::string message(const std::string& code, const std::string& text) {
  const std::string number = code.substr(0, code.find(':'));
  return "@!@!@STARTMSG " + code + " @!@!@\n" + text + "\n@!@!@ENDMSG " + number + " @!@!@\n";
}

const std::string start = message("2262:0", "TLC2 Version 2.18 of 20 March 2023") +
                          "Parsing file MC.tla\nSemantic processing of module MC\n" +
                          message("2190:0", "Finished computing initial states: 1 distinct state");
const std::string counts =
    message("2199:0", "1,053 states generated, 30 distinct states found, 2 states left on queue.") +
    message("2194:0", "The depth of the complete state graph search is 9.");
const std::string end = message("2186:0", "Finished in 395ms at (2026-11-21 11:56:31)");
const std::string success = message("2193:0", "Model checking completed. No error has been found.");
const std::string behaviour =
    message("2121:1", "The behavior up to this point is:") +
    message("2217:4", "1: <Initial predicate>\n/\\ n = 0\n/\\ pc = \"a\"\n") +
    message("2217:4", "2: <Go_r1 line 5, col 12 to line 5, col 27 of module MC>\n/\\ n = 1\n");

const std::string passing = start + success + counts + end;
const std::string failing =
    start + message("2110:1", "Invariant Low is violated.") + behaviour + counts + end;

Report read(const std::string& text, int code, int signal = 0, const std::string& errors = {}) {
  MessageReader reader;
  reader.feed(text);
  return reader.finish(code, signal, errors);
}

std::string undecided(const std::string& text, int code, int signal = 0,
                      const std::string& errors = {}) {
  try {
    read(text, code, signal, errors);
  } catch (const Undecided& reason) {
    return reason.what();
  }
  return "decided";
}

std::string wrong_input(const std::string& text, int code) {
  try {
    read(text, code);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("a run without a violation holds, with its counts") {
  const Report report = read(passing, 0);
  CHECK(report.finding == Finding::holds);
  CHECK(report.counts.transitions == 1053);
  CHECK(report.counts.states == 30);
  CHECK(report.counts.queued == 2);
  CHECK(report.counts.depth == 9);
}

TEST_CASE("a violated invariant comes with its behaviour") {
  const Report report = read(failing, 12);
  CHECK(report.finding == Finding::invariant);
  CHECK(report.violated == "Low");
  REQUIRE(report.behaviour.size() == 2);
  CHECK(report.behaviour[0].action.empty());
  CHECK(report.behaviour[0].state == "/\\ n = 0\n/\\ pc = \"a\"\n\n");
  CHECK(report.behaviour[1].action == "Go_r1");
}

TEST_CASE("violations of every kind are told apart") {
  const auto finding = [](const std::string& code, const std::string& text, int status) {
    return read(start + message(code, text) + end, status);
  };
  CHECK(finding("2114:1", "Deadlock reached.", 11).finding == Finding::deadlock);
  CHECK(finding("2116:1", "Temporal properties were violated.\n", 13).finding == Finding::temporal);
  const Report action = finding("2112:1", "Action property Mono is violated.", 13);
  CHECK(action.finding == Finding::action_property);
  CHECK(action.violated == "Mono");
  const Report initial =
      finding("2107:1", "Invariant Zero is violated by the initial state:\n/\\ n = 1\n", 12);
  CHECK(initial.violated == "Zero");
  REQUIRE(initial.behaviour.size() == 1);
  CHECK(initial.behaviour[0].state == "\n/\\ n = 1\n\n");
  CHECK(finding("2108:1", "Property Zero is violated by the initial state:\n/\\ n = 1\n", 13)
            .violated == "Zero");
}

TEST_CASE("a lasso and a stuttering behaviour are told apart") {
  const std::string temporal = start + message("2116:1", "Temporal properties were violated.\n") +
                               message("2264:1", "The following behavior\n") + behaviour;
  const Report lasso = read(
      temporal + message("2122:4", "1: Back to state: <Turn_r2 line 5, col 1 of module MC>") + end,
      13);
  CHECK(lasso.back_to == std::optional<std::size_t>{0});
  CHECK(lasso.back_action == "Turn_r2");
  CHECK_FALSE(lasso.stutters);
  CHECK(read(temporal + message("2218:4", "3: Stuttering") + end, 13).stutters);
}

TEST_CASE("progress is passed on while TLC runs, however the text is cut") {
  const std::string text =
      start + message("2200:0",
                      "Progress(158) at 2026-11-21 11:59:22: 96,054,649 states generated "
                      "(88,458,219 s/min), 24,545,343 distinct states found (22,551,737 ds/min), "
                      "531,689 states left on queue.");
  std::vector<Progress> seen;
  MessageReader reader{[&seen](const Progress& progress) { seen.push_back(progress); }};
  for (const char c : text) reader.feed({&c, 1});
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].transitions == 96'054'649);
  CHECK(seen[0].states == 24'545'343);
  CHECK(seen[0].queued == 531'689);
  CHECK(seen[0].depth == 158);
}

TEST_CASE("a report cut short anywhere is never a verdict") {
  // The last line break may be missing.
  for (std::size_t size = 0; size + 1 < passing.size(); ++size) {
    INFO(passing.substr(0, size));
    CHECK_THROWS_AS(read(passing.substr(0, size), 0), Undecided);
  }
  for (std::size_t size = 0; size + 1 < failing.size(); ++size) {
    CHECK_THROWS(read(failing.substr(0, size), 12));
  }
}

TEST_CASE("a report is complete at its very end, and says what it says with the exit status") {
  for (const std::string& text : {passing, failing}) {
    for (std::size_t size = 0; size < text.size(); ++size) {
      MessageReader reader;
      reader.feed(text.substr(0, size));
      INFO(text.substr(0, size));
      CHECK_FALSE(reader.is_complete());
    }
    MessageReader reader;
    reader.feed(text);
    REQUIRE(reader.is_complete());
    const Report taken = reader.take(), waited = read(text, text == passing ? 0 : 12);
    CHECK(taken.finding == waited.finding);
    CHECK(taken.violated == waited.violated);
    CHECK(taken.counts.states == waited.counts.states);
    CHECK(taken.behaviour.size() == waited.behaviour.size());
  }
}

TEST_CASE("of what is no verdict the end is waited for") {
  const auto is_complete = [](const std::string& text) {
    MessageReader reader;
    reader.feed(text);
    return reader.is_complete();
  };
  CHECK_FALSE(is_complete(start + counts + end));
  CHECK_FALSE(is_complete(start + success + end + "@!@!@STARTMSG 2193:0 @!@!@\n"));
  CHECK_FALSE(is_complete(start + message("1001:1", "Java ran out of memory.") + success + end));
  CHECK_FALSE(is_complete(start + message("3002:1", "Parsing or semantic analysis failed.") +
                          success + end));
  CHECK_FALSE(is_complete(start + message("2103:1", "TLC failed.") + success + end));
  CHECK_FALSE(is_complete(start + message("2110:1", "Invariant Low is violated.") + success + end));
}

TEST_CASE("a complete report with the wrong exit status is no verdict") {
  for (const int code : {1, 12, 137, 255}) CHECK(undecided(passing, code) != "decided");
  for (const int code : {0, 1, 255}) CHECK(undecided(failing, code) != "decided");
  CHECK(undecided(passing, 0, 15) == "TLC was killed by signal 15");
}

TEST_CASE("a killed TLC, one out of heap and something that is no TLC are undecided") {
  CHECK_THAT(undecided(start, 0, 9), Catch::Contains("killed by signal 9"));
  CHECK_THAT(undecided(start, 3, 0, "Terminating due to java.lang.OutOfMemoryError: heap"),
             Catch::Contains("out of heap"));
  CHECK_THAT(undecided(start + message("1001:1", "Java ran out of memory."), 1),
             Catch::Contains("out of heap"));
  CHECK_THAT(undecided("Hello\nI am a jar\n", 0), Catch::Contains("I am a jar"));
  CHECK_THAT(undecided("", 1, 0, "Error: Could not find or load main class tlc2.TLC\n"),
             Catch::Contains("main class"));
  CHECK_THAT(undecided("", 0), Catch::Contains("said nothing"));
}

TEST_CASE("mistakes of the specification are errors of the input, with their place") {
  const std::string failed = message("3002:1", "Parsing or semantic analysis failed.") + end;
  CHECK_THAT(wrong_input(start +
                             "Semantic errors:\n\n*** Errors: 1\n\nline 12, col 25 to line 12, "
                             "col 30 of module Vma\n\nUnknown operator: `Assert'.\n" +
                             failed,
                         150),
             Catch::StartsWith("Vma.tla:12:25: ") && Catch::Contains("Unknown operator"));
  CHECK_THAT(wrong_input(start +
                             "***Parse Error***\nEncountered \"==\" at line 11, column 3 and\n"
                             "*** Abort messages: 1\n\nIn module Vma\n" +
                             failed,
                         150),
             Catch::StartsWith("Vma.tla:11:3: "));
  CHECK_THAT(wrong_input(start +
                             message("2229:1",
                                     "The invariant Nope specified in the\n"
                                     "configuration file is not defined") +
                             end,
                         151),
             Catch::Contains("The invariant Nope"));
  CHECK_THAT(wrong_input(start + "@!@!@STARTMSG 2111:1 @!@!@\nEvaluating invariant Low failed.\n" +
                             message("2132:0", "The first argument of Assert evaluated to FALSE") +
                             "@!@!@ENDMSG 2111 @!@!@\n" + behaviour + counts + end,
                         76),
             Catch::Contains("Low failed. The first argument"));
  // The cause stands last, behind a message that TLC puts into an exception's text.
  const std::string method = "public static tlc2.value.impl.IntValue " + std::string(400, 'x');
  const std::string thrown =
      wrong_input(start +
                      message("1000:1",
                              "TLC threw an unexpected exception.\nThe exception was a "
                              "java.lang.RuntimeException\n: @!@!@STARTMSG 2154:0 @!@!@\n"
                              "Attempted to apply the operator overridden by the Java method\n" +
                                  method +
                                  ",\nbut it produced the following error:\nNull + 1\n"
                                  "@!@!@ENDMSG 2154 @!@!@") +
                      counts + end,
                  75);
  CHECK_THAT(thrown, Catch::EndsWith("it produced the following error: Null + 1") &&
                         Catch::Contains("RuntimeException : Attempted to apply"));
}

TEST_CASE("TLC tells its version, and whether it checks behaviours") {
  const Report report = read(passing, 0);
  CHECK(report.version == "2.18");
  CHECK_FALSE(report.temporal);
  const std::string temporal =
      message("2212:0", "Implied-temporal checking--satisfiability problem has 1 branches.");
  CHECK(read(start + temporal + success + counts + end, 0).temporal);
  const std::string other = message("2262:0", "TLC2 Version 2.20 of Day Month 20?? (rev: 1)");
  CHECK(read(other + success + counts + end, 0).version == "2.20");
  CHECK(read(message("2262:0", "TLC") + success + counts + end, 0).version.empty());
}

TEST_CASE("which TLC needs one worker for temporal properties") {
  for (const char* old : {"", "2", "1.57", "2.9", "2.18"}) CHECK(needs_one_worker(old));
  for (const char* mended : {"2.19", "2.20", "3.0", "2.19.1"})
    CHECK_FALSE(needs_one_worker(mended));
}
