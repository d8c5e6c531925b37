// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <sys/stat.h>

#include <algorithm>
#include <deque>

#include "tests/background.hpp"
#include "tests/has_tlc.hpp"
#include "tests/schema.hpp"
#include "toy_root.hpp"

// TLC's server here and workers on the loopback: the words, counts and columns of `check`; and
// nothing that goes wrong with a worker, or with the server, becomes a PASS.
namespace lockstep::testing {

namespace {

constexpr double patience = 150;  // seconds; a machine may have other work

/// `check --distributed` on the toy, with workers that are started by the line it prints.
class Distributed {
 public:
  explicit Distributed(Words more, const Words& settings = {}) {
    Words words{"env", "LOCKSTEP_ROOT=" + toys, "LOCKSTEP_SCRATCH=" + work()};
    words.insert(words.end(), settings.begin(), settings.end());
    words.insert(words.end(), {LOCKSTEP_TOYS, "check", "door", "--distributed", "--address",
                               "127.0.0.1", "--port", "0"});
    words.insert(words.end(), more.begin(), more.end());
    server_.emplace(words);
  }
  /// The line for a shell, "" if none comes.
  std::string line() const {
    const std::string mark = "\n  java ";
    std::string said;
    Background::until(patience, [&] {
      said = server_->err();
      const std::size_t at = said.find(mark);
      return at != said.npos && said.find('\n', at + 1) != said.npos;
    });
    const std::size_t at = said.find(mark);
    if (at == said.npos) return "";
    return said.substr(at + 3, said.find('\n', at + 1) - at - 3);
  }
  Background& start_worker() {
    return workers_.emplace_back(
        Words{"env", "JAVA_TOOL_OPTIONS=-Dtlc2.tool.distributed.TLCWorker.threadCount=1", "sh",
              "-c", "exec " + line()});
  }
  Background& server() { return *server_; }
  /// Is this on standard error so many times, sooner or later?
  bool says(const std::string& what, int times) const {
    return Background::until(patience, [&] {
      const std::string said = server_->err();
      int count = 0;
      for (std::size_t at = 0; (at = said.find(what, at)) != said.npos; ++at) ++count;
      return count >= times;
    });
  }
  Outcome outcome() {
    REQUIRE(server_->ends_within(patience));
    return server_->outcome();
  }
  bool nothing_left() const { return std::filesystem::is_empty(work()); }
  std::string work() const { return scratch_ / "work"; }

 private:
  Scratch scratch_;
  std::optional<Background> server_;
  std::deque<Background> workers_;
};

/// A worker that is stopped holds what it was given, so the search cannot end before it is killed.
void kill_midway(Distributed& run, Background& worker, int all) {
  REQUIRE(run.says("a worker has come: Registration for worker at rmi://", all));
  worker.send(SIGSTOP);
  usleep(300'000);
  worker.send(SIGKILL);
}

nlohmann::json plain(const Words& more) {
  Words words{"check", "door", "--json", "-"};
  words.insert(words.end(), more.begin(), more.end());
  return nlohmann::json::parse(toy(words).out);
}

/// A server that says what a script says.
Outcome with_server(const std::string& says, int status = 0) {
  const Scratch scratch;
  std::filesystem::create_directory(scratch / "bin");
  write_text(scratch / "bin/java",
             "#!/bin/sh\ncat " + (scratch / "says") + "\nexit " + std::to_string(status) + "\n");
  chmod((scratch / "bin/java").c_str(), 0755);
  write_text(scratch / "tla2tools.jar", "");
  write_text(scratch / "says", says);
  return toy(
      {"check", "door", "--distributed", "--port", "0"},
      {"JAVA_HOME=", "PATH=" + (scratch / "bin") + ":/usr/bin:/bin",
       "TLA2TOOLS_JAR=" + (scratch / "tla2tools.jar"), "LOCKSTEP_SCRATCH=" + (scratch / "work")});
}

std::string message(int code, const std::string& text, int kind = 0) {
  const std::string number = std::to_string(code);
  return "@!@!@STARTMSG " + number + ":" + std::to_string(kind) + " @!@!@\n" + text +
         "\n@!@!@ENDMSG " + number + " @!@!@\n";
}
const std::string registered =
    "TLC2 TLC Server Version 2.18 of 20 March 2023\n" +
    message(2189, "Computing initial states...") +
    message(7001, "Registration for worker at rmi://h:1/0 completed (2026-11-30 19:32:04)");
std::string ended(const std::string& sent, const std::string& states, const std::string& queue) {
  return message(7003, "Worker: rmi://h:1/0 Sent: " + sent + " Rcvd: 5 CacheRatio: 0.7 (now)") +
         message(2193, "Model checking completed. No error has been found.") +
         message(2199, "500 states generated, " + states + " distinct states found, " + queue +
                           " states left on queue.") +
         message(2186, "Finished in 04s at (now)");
}

}  // namespace

TEST_CASE("distributed: one of two workers is killed on the way; the answer is that of one machine",
          "[java]") {
  if (!has_tlc_or_skips()) return;
  Distributed run({"--size", "3x2", "--workers-wanted", "2"});
  Background& killed = run.start_worker();
  CHECK(run.says("lockstep: 1 of 2 workers are there", 1));
  CHECK(run.server().err().find("has come") == std::string::npos);  // nothing is explored yet
  run.start_worker();
  kill_midway(run, killed, 2);
  const Outcome outcome = run.outcome();
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 0);
  CHECK_THAT(
      outcome.out,
      Catch::Contains("door holds: holds, expected holds\n21,249 states, 2 workers with 2 "
                      "threads, ") &&
          Catch::Contains("left out, distributed TLC judges invariants alone: CloseOK, "
                          "LeaveEnds\nPASS, 3 readers, 2 doors, TLC 2.18 distributed, 2 "
                          "workers, 1 thread of them lost, 21,249 states, invariants alone"));
  CHECK(plain({"--size", "3x2"})["states"] == 21'249);
  CHECK(run.nothing_left());
}

TEST_CASE("distributed: all workers are killed: UNKNOWN, and nothing left", "[java]") {
  if (!has_tlc_or_skips()) return;
  Distributed run({"--size", "2x2"});
  Background& killed = run.start_worker();
  kill_midway(run, killed, 1);
  const Outcome outcome = run.outcome();
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 3);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err,
             Catch::Contains("lockstep: a worker is lost: TLC worker connection lost") &&
                 Catch::Contains("lockstep: UNKNOWN: all workers are lost, after ") &&
                 Catch::Contains("; begin again, with others"));
  CHECK(run.nothing_left());
}

TEST_CASE("distributed: a violation has the words, the columns and the document of check",
          "[java]") {
  if (!has_tlc_or_skips()) return;
  const Scratch scratch;
  Distributed run({"--variant", "no_look", "--json", scratch / "check.json"});
  run.start_worker();
  const Outcome outcome = run.outcome();
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out,
             Catch::Contains("no_look: violates AloneOK, expected violates AloneOK\n") &&
                 Catch::Contains("\nPASS, 2 readers, TLC 2.18 distributed, 1 worker, "));
  // The server knows neither the way nor what is wrong.
  const std::string wrong = "AloneOK is violated: ";
  const auto columns = [&wrong](const std::string& text) {
    return text.substr(0, text.find(wrong));
  };
  const Outcome explored = toy({"explore", "door", "--spec", "--variant", "no_look"});
  CHECK(columns(outcome.out) == columns(explored.out));
  const std::string text = text_of(scratch / "check.json");
  CHECK(misfits_of("check", text) == "");
  // Of several workers TLC's counterexample need not be a shortest.
  const auto document = nlohmann::json::parse(text),
             usual = plain({"--variant", "no_look", "--workers", "1"});
  for (const char* what : {"verdict", "violated", "steps", "bounds"}) {
    CHECK(document[what] == usual[what]);
  }
  CHECK(document["workers"] == 1);
  CHECK(document["distributed"]["threads"] == 1);
  CHECK(document["transitions"].is_null());
}

TEST_CASE("distributed: who waits for workers can be ended, and says how many came", "[java]") {
  if (!has_tlc_or_skips()) return;
  Distributed limited({"--workers-wanted", "2", "--time-limit", "0.8"});
  const Outcome outcome = limited.outcome();
  const std::string why = "time limit of 0.80 s reached, done: 0 of 2 workers\n";
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 3);
  CHECK(outcome.out == "UNKNOWN, " + why);
  CHECK_THAT(outcome.err, Catch::EndsWith("\nlockstep: " + why));
  CHECK(limited.nothing_left());
  Distributed interrupted({"--workers-wanted", "2"});
  Background& worker = interrupted.start_worker();
  REQUIRE(interrupted.says("lockstep: 1 of 2 workers are there", 1));
  interrupted.server().send(SIGINT);
  const Outcome ended = interrupted.outcome();
  CHECK(ended.status == 130);
  CHECK(ended.out == "UNKNOWN, interrupted, done: 1 of 2 workers\n");
  CHECK(worker.ends_within(patience));  // its server is gone
  CHECK(interrupted.nothing_left());
}

TEST_CASE("distributed: what the server says is not taken for more than it is") {
  const Outcome good = with_server(registered + ended("123", "123", "0"));
  CAPTURE(good.out, good.err);
  CHECK(good.status == 0);
  CHECK_THAT(good.out,
             Catch::Contains("PASS, 2 readers, TLC 2.18 distributed, 1 worker, 123 states"));
  const std::string lost = message(7006, "TLC worker connection lost rmi://h:1/0 (now)");
  const std::string given_up = message(7002, "TLC worker rmi://h:1/0 disconnected (now)");
  const std::string other = message(7001, "Registration for worker at rmi://h:2/0 completed (now)");
  const std::vector<std::pair<std::string, std::string>> ways{
      {ended("123", "123", "0"), "no worker has registered"},
      {registered + ended("122", "123", "0"), "of 123 states 122 were given to workers"},
      {registered + ended("123", "123", "1"), "left states in its queue"},
      {registered + ended("122", "122", "0"), "saw 122 states, but 123 are recorded of 2"},
      {registered + message(1000, "TLC threw an unexpected exception.", 1) +
           ended("123", "123", "0"),
       "reports an error: TLC threw an unexpected exception."},
      {registered + message(7007, "Trying to limit max block size") + ended("123", "123", "0"),
       "an answer of a worker was lost on the way"},
      {registered + other + given_up + ended("123", "123", "0"), "fell silent"},
      {registered + lost + given_up, "all workers are lost"},
      {registered, "not complete"},
      {"", "not TLC"},
  };
  for (const auto& [says, why] : ways) {
    CAPTURE(says);
    const Outcome outcome = with_server(says);
    CHECK(outcome.status == 3);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, Catch::Contains("UNKNOWN: ") && Catch::Contains(why));
  }
  CHECK(with_server(registered + ended("123", "123", "0"), 1).status == 3);
  const std::string behaviour =
      message(2121, "The behavior up to this point is:", 1) +
      message(
          2217,
          "1: <Initial predicate>\n/\\ users = (d1 :> 0)\n/\\ at = (r1 :> Null @@ r2 :> Null)\n"
          "/\\ open = (d1 :> 1)\n/\\ data = (d1 :> 0)\n/\\ pc = (r1 :> \"Reader_Idle\" @@ r2 :> "
          "\"Reader_Idle\" @@ d1 :> \"Owner_Idle\")\n",
          4);
  const Outcome harmless = with_server(registered + behaviour + message(2186, "Finished"));
  CHECK(harmless.status == 3);
  CHECK_THAT(harmless.err, Catch::Contains("stopped at a state that violates no invariant here"));
}

TEST_CASE("distributed: what it cannot judge, and what it is not given, is said") {
  check_refused(lockstep({"check", "seq_mark", "--variant", "spec_waits", "--distributed"}), 2,
                "--distributed: variant 'spec_waits' breaks ReadEnds, which is no invariant, and "
                "distributed TLC judges nothing else; expected 'check seq_mark --variant "
                "spec_waits' without --distributed");
  check_refused(toy({"check", "door", "--workers-wanted", "2"}), 2, "expected --distributed too");
  check_refused(toy({"check", "door", "--distributed", "--workers", "2"}), 2, "excludes");
  check_refused(toy({"check", "door", "--distributed"}, {"JAVA_HOME=", "PATH=/nowhere"}), 3,
                "no Java");
  check_refused(toy({"check", "door", "--distributed"}, {"TLA2TOOLS_JAR=/nowhere/t.jar"}), 2,
                "/nowhere/t.jar: no such file");
}

}  // namespace lockstep::testing
