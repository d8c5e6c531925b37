// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/worker_log.hpp"

#include <catch2/catch.hpp>

using lockstep::tlc::WorkerLog;

// What TLC's server says of its workers, and when "no error" is not believed. The texts are those
// of TLC 2.18.

namespace {

constexpr const char* when = " (2026-11-30 19:39:13)";

struct Log : WorkerLog {
  using WorkerLog::lost;
  Log& came(const std::string& name) {
    return say(7001, "Registration for worker at rmi://" + name + " completed");
  }
  Log& lost(const std::string& name) {
    return say(7006, "TLC worker connection lost rmi://" + name);
  }
  Log& given_up(const std::string& name) {
    return say(7002, "TLC worker rmi://" + name + " disconnected");
  }
  Log& sent(const std::string& name, const std::string& states) {
    return say(7003, "Worker: rmi://" + name + " Sent: " + states + " Rcvd: 5 CacheRatio: 0.71");
  }
  Log& asked_again() {
    return say(7007, "Trying to limit max block size (to recover from transport failure): 348");
  }
  Log& say(int code, const std::string& text) {
    message(code, text + when);
    return *this;
  }
};

/// Two workers of two threads.
Log four() {
  Log log;
  log.came("a:1/0").came("a:1/1").came("b:2/1").came("b:2/0");
  return log;
}

}  // namespace

TEST_CASE("workers: each state was given to one") {
  Log log = four();
  log.sent("a:1/0", "100").sent("a:1/1", "20").sent("b:2/0", "3").sent("b:2/1", "0");
  CHECK(log.processes() == 2);
  CHECK(log.threads() == 4);
  CHECK(log.doubt(123) == "");
  CHECK(log.doubt(124) == "of 124 states 123 were given to workers");
}

TEST_CASE("workers: TLC counts what it sent with 32 bits") {
  Log log = four();
  log.sent("a:1/0", "2147483647").sent("a:1/1", "-2147483648").sent("b:2/0", "3");
  CHECK(log.doubt((1ull << 32) + 2) == "");
  CHECK(log.doubt((1ull << 32) + 3) != "");
}

TEST_CASE("workers: none has come") {
  CHECK(Log{}.doubt(0) == "no worker has registered");
  CHECK_FALSE(Log{}.none_left());
}

TEST_CASE("workers: who is lost has its work given to others") {
  Log log = four();
  log.asked_again().lost("b:2/1").lost("b:2/0").given_up("b:2/1").given_up("b:2/0");
  log.sent("a:1/0", "50").sent("a:1/1", "20");
  CHECK(log.lost() == 2);
  CHECK_FALSE(log.none_left());
  CHECK(log.doubt(123) == "");
  log.lost("a:1/0").given_up("a:1/0").lost("a:1/1").given_up("a:1/1");
  CHECK(log.none_left());
}

TEST_CASE("workers: who falls silent may have had states that nobody looked at") {
  CHECK(four().given_up("b:2/1").doubt(0).find("b:2/1 fell silent") != std::string::npos);
  // The timer was first, and what its thread had is lost with it.
  CHECK(four().given_up("b:2/1").lost("b:2/1").doubt(0).find("fell silent") != std::string::npos);
  // Another one that is lost at the same time does not hide it.
  Log log = four();
  log.lost("b:2/0").given_up("b:2/1").given_up("b:2/0");
  CHECK(log.doubt(0).find("b:2/1 fell silent") != std::string::npos);
}

TEST_CASE("workers: who is there still and was asked again leaves out what it remembers") {
  CHECK(four().asked_again().doubt(0).find("may not repeat it") != std::string::npos);
  // It was not the one that is lost: that one went before.
  Log log = four();
  log.lost("b:2/0").given_up("b:2/0").asked_again();
  CHECK(log.doubt(0).find("may not repeat it") != std::string::npos);
}

TEST_CASE("workers: two of one name cannot be told apart") {
  Log log;
  log.came("localhost:0/0").came("localhost:0/0").sent("localhost:0/0", "7");
  CHECK(log.processes() == 2);
  CHECK(log.doubt(7) == "");
  log.lost("localhost:0/0").given_up("localhost:0/0");
  CHECK(log.doubt(7).find("two workers have the name") != std::string::npos);
}

TEST_CASE("workers: an error of TLC's own") {
  CHECK(four().say(7006, "\njava.lang.NullPointerException").doubt(0).find("TLC failed") == 0);
}
