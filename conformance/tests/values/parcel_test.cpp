// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/values/parcel.hpp"

#include <catch2/catch.hpp>

#include "tests/has_tlc.hpp"
#include "tests/values/toys.hpp"

namespace lockstep::values {
namespace {

using namespace parcel;

struct Taker {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    Code<M> p{m};
    m.point("Taker_Idle"_point);
    const auto box = m.named("at"_local, m.template choose<Box>());
    const auto found = p.take(box);
    if (found == 0) m.rest("Left"_point);
    if (found == 1) {
      m.load("Open"_site, box, data, Order::plain);
    } else {
      m.load("Late"_site, box, data, Order::once);
    }
    p.count(box);
    m.rest("Took"_point);
  }
};
struct Giver {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    const auto box = m.template own<Box>();
    m.point("Giver_Idle"_point);
    Code<M>{m}.give(box);
    m.rest("Gave"_point);
  }
};

const RegisteredProtocol protocol({{"parcel", {{"Takers", "taker"}, {"Boxes", "box", 1}}},
                                   {{"Box", "b", "Boxes"}},
                                   {variable_of(data), variable_of(gift), variable_of(seen)},
                                   {},
                                   {},
                                   {{"taker", "t", "Takers", {"Left", "Took"}},
                                    {"giver", "b", "Boxes", {"Gave"}}},
                                   {"Null"},
                                   [] {
                                     return std::vector<Form>{
                                         form<Holds, Taker, Giver>("holds"),
                                         form<TakeXchg, Taker, Giver>("take_xchg"),
                                         form<TakeStores, Taker, Giver>("take_stores"),
                                         form<CountStores, Taker, Giver>("count_stores")};
                                   }});

const Toy toy{protocol, "Parcel"};

/// The one who takes it sees what was put there.
const char* const given = R"(cells: data[b1] = 0, gift[b1] = 0, seen[b1] = 0
task giver: giver as b1 at Fill
  until: Gave
task taker: taker as t1 at Take
  locals: at = b1
  until: Count_Load
forbidden: taker.Open = 0
)";
/// One who comes too late sees it too.
const char* const late = R"(cells: data[b1] = 0, gift[b1] = 0, seen[b1] = 0
task giver: giver as b1 at Fill
  until: Gave
task taker: taker as t1 at Take
  locals: at = b1
  until: Count_Load
task second: taker as t2 at Take
  locals: at = b1
  until: Count_Load
forbidden: taker.Take = 1 /\ second.Take = 2 /\ second.Late = 0
)";

}  // namespace

TEST_CASE("exchanges: code, automaton and text have one graph", "[values]") {
  const char* const sizes[] = {"1", "2", "1x2", "3"};
  for (const char* variant : {"holds", "take_xchg", "take_stores", "count_stores"}) {
    for (const char* size : sizes) {
      CAPTURE(variant, size);
      CHECK_THAT(toy.graph(size, variant), Catch::EndsWith(" states"));
    }
  }
}

TEST_CASE("exchanges: one gets it, and all are counted; a load and a store are not enough",
          "[values]") {
  const std::vector<std::string> all{"OneOK", "SeenOK", "OpenOK"};
  CHECK(toy.explored("3", "holds", all) == "holds");
  CHECK(toy.explored("3", "take_xchg", all) == "holds");
  CHECK(toy.explored("2", "take_stores", all) == "OneOK");
  CHECK(toy.explored("2", "count_stores", all) == "SeenOK");
}

TEST_CASE("exchanges: TLC counts the same states and transitions", "[values][tlc][slow]") {
  if (!testing::has_tlc_or_skips()) return;
  CHECK(toy.by_tlc("2", "holds") == "holds");
}

TEST_CASE("exchanges: so it is for any number of takers and boxes", "[values]") {
  const std::vector<std::string> all{"Home",  "Filled", "Mine",   "Opens", "Counts",
                                     "Given", "OneOK",  "SeenOK", "OpenOK"};
  CHECK(toy.proved("holds", all) == "proved");
  CHECK_THAT(toy.proved("take_stores", all), Catch::Contains("Take_"));
  CHECK_THAT(toy.proved("count_stores", all), Catch::Contains("Count_Store"));
}

TEST_CASE("exchanges: one that succeeds has its order, one that fails has none", "[values]") {
  CHECK(outcomes(toy, "holds", given) == "nnnnn");
  CHECK(outcomes(toy, "holds", given, {{"Give", Order::once}}) == "nnrrr");
  CHECK(outcomes(toy, "holds", given, {{"Take", Order::once}}) == "nnrrr");
  CHECK(outcomes(toy, "take_xchg", given) == "nnnnn");
  CHECK(outcomes(toy, "take_xchg", given, {{"Take", Order::once}}) == "nnrrr");
  // On x86 a compare-and-exchange is a barrier whether it fails or not.
  CHECK(outcomes(toy, "holds", late) == "nnrrr");
  CHECK(outcomes(toy, "take_xchg", late) == "nnnnn");
}

TEST_CASE("exchanges: as a litmus test a question has the same answer", "[values]") {
  for (const char* variant : {"holds", "take_xchg"}) {
    for (const char* question : {given, late}) {
      CHECK(toy.as_litmus(variant, question) == "");
      CHECK(toy.as_litmus(variant, question, {{"Take", Order::once}}) == "");
      CHECK(toy.as_litmus(variant, question, {{"Give", Order::once}}) == "");
    }
  }
}

}  // namespace lockstep::values
