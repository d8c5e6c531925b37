// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "explore/atomic.hpp"

#include <catch2/catch.hpp>

#include "machines/stepped_system.hpp"
#include "tests/toys/door.hpp"

// The reader does something in one step; the owner, a step that may come between.
namespace lockstep {
namespace {

using door::Door;

constexpr auto nothing = [](auto&, const auto&) {};

/// What is found of the reader's code while the owner's runs.
template <class Reader, class Owner>
std::string found(Reader reader, Owner owner) {
  static const auto model = door::protocol().model(Size::parse("1"), "holds");
  const auto loop = [](auto& m, auto body) {
    for (;;) {
      m.point("Idle"_point);
      const auto box = m.template choose<Door>();
      body(m, box);
    }
  };
  SteppedSystem system(model->world(),
                       {[&](SteppedMachine& m) { loop(m, reader); },
                        [&](SteppedMachine& m) {
                          loop(m, [&](SteppedMachine& machine, const Handle<Door>& box) {
                            machine.load("Owner_Look"_site, box, door::users, Order::once);
                            owner(machine, box);
                          });
                        }});
  std::string out;
  for (const NotAtomic& one : check_atomic(system).found) {
    out += (out.empty() ? "" : "; ") + text(one);
  }
  return out;
}

const auto opens = [](SteppedMachine& m, const auto& box) {
  m.store("Close"_site, box, door::open, 0, Order::once);
  m.store("Open"_site, box, door::open, 1, Order::once);
};
const auto counts = [](SteppedMachine& m, const auto& box) {
  m.store("Count"_site, box, door::users, 1, Order::once);
  m.store("Forget"_site, box, door::users, 0, Order::once);
};
const auto opens_and_counts = [](SteppedMachine& m, const auto& box) {
  opens(m, box);
  counts(m, box);
};

}  // namespace

TEST_CASE("One access is one step, whoever comes between", "[explore][atomic]") {
  const auto loads = [](SteppedMachine& m, const auto& box) {
    m.load("Load"_site, box, door::open, Order::once);
  };
  CHECK(found(loads, opens_and_counts).empty());
  const auto adds = [](SteppedMachine& m, const auto& box) {
    if (m.fetch_add("Add"_site, box, door::users, 1, Order::once) > 0) {
      m.fetch_sub("Sub"_site, box, door::users, 1, Order::once);
    }
  };
  CHECK(found(adds, counts).empty());
}

TEST_CASE("What a site reads besides may be others' if its own access is not",
          "[explore][atomic]") {
  const auto also_open = [](SteppedMachine& m, const auto& box) {
    m.load("Load"_site, box, door::users, Order::once, also(box, door::open));
  };
  CHECK(found(also_open, nothing).empty());
  CHECK(found(also_open, opens).empty());
  CHECK(found(also_open, counts).empty());
  CHECK(found(also_open, opens_and_counts).starts_with("Load: open[d1], users[d1], by "));
}

TEST_CASE("A group has one cell at most that others meet, as readers too", "[explore][atomic]") {
  const auto group = [](SteppedMachine& m, const auto& box) {
    m.group("Both"_site, write(box, door::open, 0), write(box, door::users, 0));
  };
  // Owner_Look reads `users` alone.
  CHECK(found(group, nothing).empty());
  const auto looks = [](SteppedMachine& m, const auto& box) {
    m.load("Owner_Open"_site, box, door::open, Order::once);
  };
  CHECK(found(group, looks).starts_with("Both: open[d1], users[d1], by "));
}

TEST_CASE("An increment that is no read-modify-write is two accesses", "[explore][atomic]") {
  const auto increments = [](SteppedMachine& m, const auto& box) {
    m.increment("Inc"_site, box, door::open, Order::plain);
    m.store("Reset"_site, box, door::open, 0, Order::once);
  };
  CHECK(found(increments, nothing).empty());
  CHECK(found(increments, counts).empty());
  CHECK(found(increments, opens).starts_with("Inc: open[d1], open[d1], by "));
}

TEST_CASE("What is peeked at behind a site nobody may change until the next", "[explore][atomic]") {
  const auto peeks = [](SteppedMachine& m, const auto& box) {
    m.load("Load"_site, box, door::users, Order::once);
    if (m.peek(box, door::open) == 0) m.load("Closed"_site, box, door::users, Order::once);
    m.load("End"_site, box, door::users, Order::once);
  };
  CHECK(found(peeks, nothing).empty());
  CHECK(found(peeks, counts).empty());
  const std::string said = found(peeks, opens);
  CHECK(said.find("behind the step to Closed: open[d1], by ") != std::string::npos);
  // The same between a point and a site, whatever the step is otherwise.
  const auto chooses = [](SteppedMachine& m, const auto& box) {
    m.assume(m.peek(box, door::open) == 0);
    m.load("Load"_site, box, door::users, Order::once);
  };
  CHECK(found(chooses, counts).empty());
  CHECK(found(chooses, opens).starts_with("Load: open[d1], by "));
  // Neither hides the other: a site that is known not to be one step is not excused for a peek.
  const auto reads_both = [](SteppedMachine& m, const auto& box) {
    m.assume(m.peek(box, door::data) == 0);
    m.load("Load"_site, box, door::users, Order::once, also(box, door::open));
  };
  const auto changes_all = [](SteppedMachine& m, const auto& box) {
    m.store("Data"_site, box, door::data, 1, Order::once);
    m.store("Clear"_site, box, door::data, 0, Order::once);
    opens_and_counts(m, box);
  };
  const std::string two = found(reads_both, changes_all);
  CHECK_THAT(two, Catch::Contains("Load: data[d1], by ") &&
                      Catch::Contains("Load: open[d1], users[d1], by "));
}

}  // namespace lockstep
