// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "explore/search.hpp"
#include "machines/protocol_error.hpp"
#include "machines/stepped_system.hpp"
#include "tests/toys/door.hpp"

// Mistakes in the code of a protocol are its author's: each is an InputError that says where.
namespace lockstep {
namespace {

using Catch::Contains;
using door::Door;

const World& world() {
  static const auto model = door::protocol().model(Size::parse("1"), "holds");
  return model->world();
}
template <class Code>
Automaton automaton_of(Code code) {
  return Extraction(world(), 0).run(code);
}
/// What a search finds wrong in the steps of the reader's code, the owner at rest.
template <class Code>
std::string explored(Code code) {
  SteppedSystem system(world(), {code, [](SteppedMachine& m) { m.rest("Owner_Idle"_point); }});
  const auto found = search(system, {}).violation;
  return found ? found->property + ": " + found->detail : "nothing";
}

/// A helper with names of its own, which leaves what it found to whoever calls it.
auto helped(auto& m, const auto& box) {
  m.load("Helper_First"_site, box, door::open, Order::once);
  return m.load("Helper_Second"_site, box, door::users, Order::once) == 0;
}

}  // namespace

TEST_CASE("a helper with fixed names at two program points is refused", "[machines]") {
  const auto twice = [](auto& m) {
    for (;;) {
      m.point("Idle"_point);
      const auto box = m.named("at"_local, m.template choose<Door>());
      if (m.branch(2) == 0) {
        m.fetch_add("Enter"_site, box, door::users, 1, Order::full);
        if (helped(m, box)) m.load("Use"_site, box, door::open, Order::plain);
      } else {
        m.load("Look"_site, box, door::open, Order::plain);
        if (helped(m, box)) m.fetch_sub("Leave"_site, box, door::users, 1, Order::full);
      }
    }
  };
  CHECK_THROWS_WITH(automaton_of([&](SymbolicMachine& m) { twice(m); }),
                    Contains("Helper_Second depends on more than its locals") &&
                        Contains("a site at two program points needs two names"));
}

TEST_CASE("a point directly after a point is refused by both machines", "[machines]") {
  const auto code = [](auto& m) {
    for (;;) {
      m.point("First"_point);
      m.point("Second"_point);
      m.rcu_read_lock("Section"_site);
    }
  };
  CHECK_THROWS_WITH(automaton_of([&](SymbolicMachine& m) { code(m); }),
                    Contains("point Second comes directly after point First"));
  const auto quiet = [](auto& m) {
    for (;;) {
      m.point("First"_point);
      m.point("Second"_point);
    }
  };
  CHECK(explored([&](SteppedMachine& m) { quiet(m); }) ==
        "Fault: Second: a point directly after a point");
}

TEST_CASE("a local that the world lacks is named by both machines", "[machines]") {
  const auto code = [](auto& m) {
    for (;;) {
      m.point("Idle"_point);
      const auto box = m.template choose<Door>();
      const auto lost = m.named("lost"_local, m.load("Look"_site, box, door::open, Order::once));
    }
  };
  CHECK_THROWS_AS(automaton_of([&](SymbolicMachine& m) { code(m); }), InputError);
  CHECK_THROWS_WITH(automaton_of([&](SymbolicMachine& m) { code(m); }),
                    Contains("local lost of role reader is not in the protocol's world"));
  CHECK(explored([&](SteppedMachine& m) { code(m); }) ==
        "Fault: local lost is not in the protocol's world");
}

TEST_CASE("a local of two sorts is refused", "[machines]") {
  Discovery found;
  const auto code = [](SymbolicMachine& m) {
    for (;;) {
      m.point("Idle"_point);
      const auto box = m.choose<Door>();
      { const auto one = m.named("it"_local, m.load("Look"_site, box, door::open, Order::once)); }
      const auto two = m.named("it"_local, m.choose<Door>());
      m.load("Use"_site, two, door::open, Order::once);
    }
  };
  CHECK_THROWS_WITH(Extraction(world(), 0, found).run(code),
                    Contains("local it holds values of two sorts or kinds"));
}

TEST_CASE("odd can be said on both machines", "[machines]") {
  const auto code = [](auto& m) {
    for (;;) {
      m.point("Idle"_point);
      const auto box = m.named("at"_local, m.template choose<Door>());
      m.fetch_add("Enter"_site, box, door::users, 1, Order::full);
      if ((m.load("Look"_site, box, door::users, Order::once) & 1) == 1) {
        m.fetch_sub("Leave"_site, box, door::users, 1, Order::full);
      }
    }
  };
  const Automaton automaton = automaton_of([&](SymbolicMachine& m) { code(m); });
  CHECK(automaton.nodes.size() == 4);
  CHECK(automaton.edges.size() == 5);
}

}  // namespace lockstep
