// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/values/flags.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/has_tlc.hpp"
#include "tests/values/toys.hpp"

namespace lockstep::values {
namespace {

using namespace flags;

struct Worker {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    Code<M> p{m};
    m.point("Idle"_point);
    const auto box = m.named("at"_local, m.template choose<Box>());
    if (m.branch(2) == 0) {
      p.mark(box);
      p.clean(box);
      if (!odd(m.load("Look"_site, box, flags::flags, Order::once))) m.rest("Unmarked"_point);
      if (m.test_bit("Test"_site, box, flags::flags, dirty, Order::once)) m.rest("Dirty"_point);
      m.rest("Marked"_point);
    }
    if (!p.enter(box)) m.rest("Busy"_point);
    p.add(box);
    if (!p.leave(box)) m.rest("Lost"_point);
    m.rest("Done"_point);
  }
};

const RegisteredProtocol protocol(
    {{"flags", {{"Workers", "worker"}, {"Boxes", "box", 1}}},
     {{"Box", "b", "Boxes"}},
     {variable_of(flags::flags), variable_of(data)},
     {{"flags", 1 << dirty}},
     {},
     {{"worker", "w", "Workers", {"Unmarked", "Dirty", "Marked", "Busy", "Lost", "Done"}}},
     {"Null"},
     [] {
       return std::vector<Form>{form<Holds, Worker>("holds"), form<ByMasks, Worker>("by_masks"),
                                form<MarkStores, Worker>("mark_stores"),
                                form<LeaveStores, Worker>("leave_stores")};
     }});
const Toy toy{protocol, "Flags"};
const std::vector<std::string> all{"MarkOK", "DataOK", "LeaveOK"};

/// Two who add one: one of them sees what the other has added.
const char* const guarded = R"(cells: flags[b1] = 4, data[b1] = 0
task one: worker as w1 at Enter
  locals: at = b1
  until: Done
task two: worker as w2 at Enter
  locals: at = b1
  until: Done
forbidden: one.Load = 0 /\ two.Load = 0
)";

}  // namespace

TEST_CASE("bits: code, automaton and text have one graph", "[values]") {
  for (const char* variant : {"holds", "by_masks", "mark_stores", "leave_stores"}) {
    for (const char* size : {"1", "2", "1x2", "3"}) {
      CAPTURE(variant, size);
      CHECK_THAT(toy.graph(size, variant), Catch::EndsWith(" states"));
    }
  }
}

TEST_CASE("bits: nobody changes another's; a load and a store do", "[values]") {
  CHECK(toy.explored("3", "holds", all) == "holds");
  CHECK(toy.explored("3", "by_masks", all) == "holds");
  CHECK(toy.explored("3", "mark_stores", {"DataOK"}) == "DataOK");
  CHECK(toy.explored("3", "leave_stores", {"MarkOK"}) == "MarkOK");
}

TEST_CASE("bits: TLC counts the same states and transitions", "[values][tlc][slow]") {
  if (!testing::has_tlc_or_skips()) return;
  CHECK(toy.by_tlc("2", "holds") == "holds");
}

TEST_CASE("bits: so it is for any number of workers and boxes", "[values]") {
  std::vector<std::string> why{"Home", "Marks", "Cleans", "Held", "Alone", "Loaded"};
  why.insert(why.end(), all.begin(), all.end());
  CHECK(toy.proved("holds", why) == "proved");
  CHECK(toy.proved("by_masks", why) == "proved");
  CHECK_THAT(toy.proved("mark_stores", why), Catch::Contains("Mark_Store"));
  CHECK_THAT(toy.proved("leave_stores", why), Catch::Contains("Leave"));
}

TEST_CASE("bits: who gets the lock sees what was done under it", "[values]") {
  for (const char* variant : {"holds", "by_masks"}) {
    CAPTURE(variant);
    CHECK(outcomes(toy, variant, guarded) == "nnnnn");
    CHECK(outcomes(toy, variant, guarded, {{"Enter", Order::once}}) == "nnrrr");
    CHECK(outcomes(toy, variant, guarded, {{"Leave", Order::once}}) == "nnrrr");
    CHECK(toy.as_litmus(variant, guarded) == "");
  }
}

TEST_CASE("bits: one that is set already is a look, unless it is fully ordered", "[values]") {
  const auto may_fail = [](std::string_view variant) {
    const orders::Program program = toy.program(variant, guarded);
    const auto enters = [](const orders::Event& e) {
      return e.site == "Enter" && e.act == orders::Act::read;
    };
    const auto read = std::ranges::find_if(program.events, enters);
    REQUIRE(read != program.events.end());
    return !term::equal(read->guard, program.events.at(read->partner).guard);
  };
  CHECK(may_fail("holds"));
  CHECK_FALSE(may_fail("by_masks"));
}

TEST_CASE("bits: what nobody asks for is not given", "[values]") {
  const char* const marks = R"(cells: flags[b1] = 4, data[b1] = 0
task one: worker as w1 at Mark
  locals: at = b1
  until: Marked, Unmarked, Dirty
forbidden: one.Look = 1
)";
  const auto without = [&](std::string_view variant, const std::string& site) {
    const orders::Program program = toy.program(variant, marks);
    return std::ranges::count_if(program.events, [&](const orders::Event& e) {
      return e.site == site && e.has(orders::Mark::noreturn);
    });
  };
  CHECK(without("holds", "Mark") == 2);
  CHECK(without("holds", "Clean") == 2);
  CHECK(without("by_masks", "Mark") == 0);
  CHECK(outcomes(toy, "holds", marks) == "rrrrr");
  CHECK(toy.as_litmus("holds", marks) == "");
}

}  // namespace lockstep::values
