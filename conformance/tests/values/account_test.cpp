// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/values/account.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "orders/placements/opened.hpp"
#include "tests/has_tlc.hpp"
#include "tests/values/toys.hpp"

namespace lockstep::values {
namespace {

using namespace account;

struct Worker {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    Code<M> p{m, static_cast<int>(n["modulus"])};
    m.point("Idle"_point);
    const auto box = m.named("at"_local, m.template choose<Box>());
    if (!p.enter(box)) m.rest("GaveUp"_point);
    p.add(box);
    p.leave(box);
    m.rest("Done"_point);
  }
};

std::uint32_t two(const Numbers&) {
  return 2;
}
const RegisteredProtocol protocol({{"account",
                                    {{"Workers", "worker"}, {"Boxes", "box", 1}},
                                    {{"modulus", "Modulus", "value", two}}},
                                   {{"Box", "b", "Boxes"}},
                                   {variable_of(lock), variable_of(other), variable_of(data)},
                                   {},
                                   {},
                                   {{"worker", "w", "Workers", {"GaveUp", "Done"}}},
                                   {"Null"},
                                   [] {
                                     return std::vector<Form>{
                                         form<Holds, Worker>("holds"),
                                         form<Tries, Worker>("tries"),
                                         form<TryIgnored, Worker>("try_ignored"),
                                         form<NoLock, Worker>("no_lock"),
                                         form<Mutex, Worker>("mutex"),
                                         form<Wheel, Worker>("wheel"),
                                         form<MutexTries, Worker>("mutex_tries"),
                                         form<TwoOrders, Worker>("two_orders")};
                                   }});
const Toy toy{protocol, "Account"};

/// Two who add one: one of them sees what the other has added.
std::string guarded(const std::string& site) {
  const std::string ends = site == "Lock" ? "Done" : "Done, GaveUp";
  const auto task = [&](const std::string& name) {
    return "task one" + name + ": worker as w" + name + " at " + site +
           "\n  locals: at = b1\n  until: " + ends + "\n";
  };
  return "cells: lock[b1] = 0, data[b1] = 0\n" + task("1") + task("2") +
         "forbidden: one1.Load = 0 /\\ one2.Load = 0\n";
}

}  // namespace

TEST_CASE("locks: code, automaton and text have one graph", "[values]") {
  for (const char* variant :
       {"holds", "tries", "try_ignored", "no_lock", "mutex", "mutex_tries", "wheel"}) {
    for (const char* size : {"1", "2", "2x2", "3"}) {
      CAPTURE(variant, size);
      CHECK_THAT(toy.graph(size, variant), Catch::EndsWith(" states"));
    }
  }
}

TEST_CASE("locks: who has it is alone; without it, or where a try is ignored, one is lost",
          "[values]") {
  CHECK(toy.explored("3", "holds", {"DataOK", "Held", "Alone"}) == "holds");
  CHECK(toy.explored("3", "tries", {"DataOK", "Held", "Alone"}) == "holds");
  CHECK(toy.explored("3", "mutex", {"DataOK", "Held", "Alone"}) == "holds");
  CHECK(toy.explored("3", "mutex_tries", {"DataOK", "Held", "Alone"}) == "holds");
  CHECK(toy.explored("2", "no_lock", {"DataOK"}) == "DataOK");
  CHECK(toy.explored("2", "try_ignored", {"DataOK"}) == "DataOK");
}

TEST_CASE("a number that wraps: it does, and loses nothing else", "[values]") {
  const std::vector<std::string> why{"Home", "Held", "Alone", "DataOK"};
  CHECK(toy.explored("3", "wheel", {"DataOK"}) == "holds");
  CHECK(toy.explored("1", "wheel", {"AllOK"}) == "AllOK");
  CHECK(toy.explored("3", "holds", {"AllOK"}) == "holds");
  CHECK(toy.explored("3,modulus=3", "wheel", {"DataOK", "WheelOK"}) == "holds");
  CHECK_THAT(toy.graph("3,modulus=3", "wheel"), Catch::EndsWith(" states"));
  CHECK(toy.proved("wheel", why) == "proved");
  const std::vector<std::string> range{"Home", "WheelOK"};
  CHECK(toy.proved("wheel", range, "Modulus >= 2") == "proved");
  CHECK_THAT(toy.proved("wheel", range, "Modulus >= 1"), Catch::Contains("WheelOK"));
  const char* const turns = R"(cells: lock[b1] = 0, data[b1] = 0
task one: worker as w1 at Lock
  locals: at = b1
  until: Done
task two: worker as w2 at Lock
  locals: at = b1
  until: Done
forbidden: one.Turn = two.Turn
)";
  CHECK(outcomes(toy, "wheel", turns) == "nnnnn");
  CHECK(outcomes(toy, "wheel", turns, {{"Lock", Order::once}}) == "nnrrr");
  CHECK(toy.as_litmus("wheel", turns) == "");
}

TEST_CASE("locks: those that are taken in two orders are a deadlock", "[values]") {
  CHECK(toy.explored("2", "two_orders", {"DataOK"}) == "Deadlock");
  CHECK(toy.explored("1", "two_orders", {"DataOK"}) == "holds");
  CHECK_THAT(toy.graph("1x2", "two_orders"), Catch::EndsWith(" states"));
}

TEST_CASE("locks: TLC counts the same states and transitions", "[values][tlc][slow]") {
  if (!testing::has_tlc_or_skips()) return;
  CHECK(toy.by_tlc("2", "holds") == "holds");
}

TEST_CASE("locks: so it is for any number of workers and boxes", "[values]") {
  const std::vector<std::string> all{"Home", "Held", "Alone", "Loaded", "DataOK"};
  CHECK(toy.proved("holds", all) == "proved");
  CHECK(toy.proved("tries", all) == "proved");
  CHECK(toy.proved("mutex", all) == "proved");
  CHECK(toy.proved("mutex_tries", all) == "proved");
  CHECK_THAT(toy.proved("try_ignored", all), Catch::Contains("Trylock"));
  CHECK_THAT(toy.proved("no_lock", all), Catch::Contains("Load_Bare"));
}

TEST_CASE("locks: who gets it sees what was done under it", "[values]") {
  for (const auto& [variant, site] : {std::pair{"holds", "Lock"},
                                      {"tries", "Trylock"},
                                      {"mutex", "Lock"},
                                      {"mutex_tries", "Trylock"}}) {
    CAPTURE(variant);
    const std::string question = guarded(site);
    CHECK(outcomes(toy, variant, question) == "nnnnn");
    CHECK(outcomes(toy, variant, question, {{site, Order::once}}) == "nnrrr");
    CHECK(outcomes(toy, variant, question, {{"Unlock", Order::once}}) == "nnrrr");
    CHECK(toy.as_litmus(variant, question) == "");
  }
}

TEST_CASE("locks: a spinlock is one to the kernel's model, until it is weakened", "[values]") {
  using orders::Mark;
  const auto marked = [](std::string_view variant, const std::string& site, Mark mark,
                         const orders::Overrides& weaker = {}) {
    std::size_t all = 0, those = 0;
    const std::string locks = variant.ends_with("tries") ? "Trylock" : "Lock";
    for (const orders::Event& e : toy.program(variant, guarded(locks), weaker).events) {
      all += e.site == site ? 1 : 0;
      those += e.site == site && e.has(mark) ? 1 : 0;
    }
    return those == 0 ? "none" : those == all ? "all" : "some";
  };
  CHECK(marked("holds", "Lock", Mark::lock) == std::string{"all"});
  CHECK(marked("tries", "Trylock", Mark::lock) == std::string{"all"});
  CHECK(marked("holds", "Unlock", Mark::unlock) == std::string{"all"});
  CHECK(marked("mutex", "Lock", Mark::lock) == std::string{"none"});
  CHECK(marked("mutex", "Unlock", Mark::unlock) == std::string{"none"});
  CHECK(marked("mutex_tries", "Trylock", Mark::lock) == std::string{"none"});
  CHECK(marked("holds", "Lock", Mark::lock, {{"Lock", Order::once}}) == std::string{"none"});
  CHECK(marked("holds", "Unlock", Mark::unlock, {{"Unlock", Order::once}}) == std::string{"none"});
}

TEST_CASE("locks: a placement leaves a spinlock as it is, and asks of a mutex what it needs",
          "[values]") {
  const auto opened = [](std::string_view variant) {
    std::set<std::string> out;
    const orders::Program program = toy.program(variant, guarded("Lock"));
    for (const auto& open : orders::opened(program, orders::Opening::declared).program.open) {
      out.insert(open.site);
    }
    return out;
  };
  CHECK(opened("holds").empty());
  CHECK(opened("mutex") == std::set<std::string>{"Lock", "Unlock"});
}

}  // namespace lockstep::values
