// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "cli/frame/options.hpp"
#include "tests/process.hpp"

namespace lockstep::testing {
namespace {

Outcome sample(std::vector<std::string> words, double interrupt_after = -1) {
  words.insert(words.begin(), LOCKSTEP_SAMPLE);
  return run(words, interrupt_after);
}

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST_CASE("each way to end has its status") {
  CHECK(sample({"pass"}).status == 0);
  CHECK(sample({"fail"}).status == 1);
  CHECK(sample({"input"}).status == 2);
  CHECK(sample({"undecided"}).status == 3);
  CHECK(sample({"broken"}).status == 4);
}

TEST_CASE("an input that cannot be read is one line with its place") {
  CHECK(sample({"input"}).err == "a.itf.json:3:7: a string; expected a number\n");
}

TEST_CASE("undecided says why") {
  CHECK(sample({"undecided"}).err == "lockstep: UNKNOWN: no Java\n");
}

TEST_CASE("an error of Lockstep asks for a report and says how to reproduce it") {
#ifdef __SANITIZE_ADDRESS__
  const std::vector<std::string> ways = {"throw", "number"};  // it has its own words for the others
#else
  const std::vector<std::string> ways = {"throw", "number", "segv", "abort"};
#endif
  for (const std::string& how : ways) {
    const Outcome outcome = sample({"broken", how, "--time-limit", "9"});
    CAPTURE(how, outcome.err);
    CHECK(outcome.status == 4);
    CHECK(outcome.err.find("Please report it") != std::string::npos);
    CHECK(outcome.err.find(" broken " + how + " --time-limit 9\n") != std::string::npos);
  }
}

TEST_CASE("wrong usage is one line and status 2") {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{}, "lockstep: a command is expected; see lockstep --help\n"},
      {{"psas"}, "lockstep: no command 'psas'; did you mean 'pass'?; see lockstep --help\n"},
      {{"zzzzzz"}, "lockstep: no command 'zzzzzz'; see lockstep --help\n"},
      {{"pass", "--quite"},
       "lockstep pass: no option --quite; did you mean '--quiet'?; see lockstep pass --help\n"},
      {{"pass", "more"},
       "lockstep pass: one argument too many: 'more'; see lockstep pass --help\n"},
  };
  for (const auto& [words, line] : cases) {
    const Outcome outcome = sample(words);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err == line);
  }
  for (const std::vector<std::string>& words : {std::vector<std::string>{"pass", "--jobs", "0"},
                                                {"pass", "--jobs", "many"},
                                                {"pass", "--time-limit", "-1"},
                                                {"pass", "--memory-limit", "big"},
                                                {"pass", "--color", "blue"},
                                                {"pass", "--json"}}) {
    const Outcome outcome = sample(words);
    CAPTURE(words.back(), outcome.err);
    CHECK(outcome.status == 2);
    CHECK(lines(outcome.err) == 1);
  }
}

TEST_CASE("every command has a help with an example") {
  const std::string all = sample({"--help"}).out;
  for (const std::string name : {"pass", "fail", "input", "undecided", "broken", "work"}) {
    CHECK(all.find("\n  " + name + " ") != std::string::npos);
    const Outcome outcome = sample({name, "--help"});
    CHECK(outcome.status == 0);
    CHECK(outcome.out.find("Example:\n  lockstep " + name) != std::string::npos);
    for (const std::string option : {"--jobs", "--time-limit", "--memory-limit", "--json",
                                     "--quiet", "--color", "--version", "--help"}) {
      CHECK(outcome.out.find(option) != std::string::npos);
    }
  }
}

TEST_CASE("the version") {
  CHECK(sample({"--version"}).out == "lockstep " LOCKSTEP_VERSION "\n");
  CHECK(sample({"pass", "--version"}).status == 0);
}

TEST_CASE("results: everything, the last line, or the document") {
  const std::string last = "PASS, 2 readers, 81,402 states\n";
  CHECK(sample({"pass"}).out == "a table\n" + last);
  CHECK(sample({"--quiet", "pass"}).out == last);
  CHECK(sample({"pass", "--json", "-"}).out == "{\n  \"verdict\": \"PASS\"\n}\n");
  CHECK(sample({"pass", "--color", "always", "-q"}).out.starts_with("\033[32mPASS\033[0m, "));
}

TEST_CASE("the document replaces the file whole") {
  const Scratch scratch;
  const std::string file = scratch / "out.json";
  CHECK(sample({"pass", "--json", file}).status == 0);
  CHECK(text_of(file) == "{\n  \"verdict\": \"PASS\"\n}\n");
  const Outcome outcome = sample({"pass", "--json", scratch / "no/such.json"});
  CHECK(outcome.status == 2);
  CHECK(lines(outcome.err) == 1);
  CHECK(outcome.out.empty());
}

TEST_CASE("Ctrl-C ends with 130 at once and says what had been done") {
  const Outcome outcome = sample({"work"}, 0.5);
  CHECK(outcome.status == 130);
  CHECK(outcome.seconds < 1.5);
  CHECK(outcome.err ==
        "[1/40] T01/tlc/no_look  PASS\nlockstep: interrupted, done: 1 of 40 checks\n");
}

TEST_CASE("work that does not listen is ended all the same", "[slow]") {
  const Outcome outcome = sample({"work", "--deaf"}, 0.5);
  CHECK(outcome.status == 130);
  CHECK(outcome.seconds < 5);
  CHECK(outcome.err.find("interrupted, done: 1 of 40 checks") != std::string::npos);
}

TEST_CASE("a limit that is reached is UNKNOWN") {
  const Outcome time = sample({"work", "--time-limit", "0.3"});
  CHECK(time.status == 3);
  CHECK(time.err.find("time limit of 0.30 s reached, done: 1 of 40 checks") != std::string::npos);
  const Outcome memory = sample({"work", "--eat", "--memory-limit", "100M"});
  CHECK(memory.status == 3);
  CHECK(memory.err.find("memory limit of 104,857,600 bytes reached") != std::string::npos);
}

TEST_CASE("where no limit is named a model without an end does not take the machine") {
  std::ifstream file("/proc/meminfo");
  std::string name;
  std::uint64_t kilobytes = 0;
  file >> name >> kilobytes;
  REQUIRE(name == "MemTotal:");
  CHECK(cli::Options().memory_limit > kilobytes * 1024 / 2);
  CHECK(cli::Options().memory_limit < kilobytes * 1024 / 10 * 9);
}

TEST_CASE("standard output that is full is an error of the input's kind") {
  const Outcome outcome = run({"sh", "-c", LOCKSTEP_SAMPLE " pass >/dev/full"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err == "standard output: cannot be written\n");
}

}  // namespace
}  // namespace lockstep::testing
