// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "explore/coverage.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/toys/door.hpp"

namespace lockstep {
namespace {

using door::Door;

/// Who comes second, and is alone with the first, uses what is behind the door.
template <class M>
struct Second {
  M& m;
};
struct Visitor {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    for (;;) {
      m.point("Visitor_Idle"_point);
      const auto door = m.named("at"_local, m.template choose<Door>());
      const auto count = m.fetch_add("Enter"_site, door, door::users, 1, Order::once);
      if (both(count >= 1, count <= 1)) m.load("Use"_site, door, door::data, Order::once);
      m.wait("Stay"_site, door, door::open, 1);
      m.fetch_sub("Leave"_site, door, door::users, 1, Order::once);
    }
  }
};
const RegisteredProtocol& seconds() {
  static const RegisteredProtocol registered(
      {{"seconds", {{"Visitors", "visitor"}, {"Doors", "door", 1}}},
       {{"Door", "d", "Doors"}},
       {variable_of(door::users), variable_of(door::open), variable_of(door::data)},
       {{"open", 1}},
       {},
       {{"visitor", "v", "Visitors", {"Visitor_Idle"}}},
       {"Null"},
       [] { return std::vector<Form>{form<Second, Visitor>("holds")}; }});
  return registered;
}

/// What is made, with the roles in whose company: "reader owner".
std::map<std::string, std::string> made(const RegisteredProtocol& protocol, const char* size) {
  const auto model = protocol.model(Size::parse(size), "holds");
  std::map<std::string, std::string> out;
  const Coverage coverage = cover(model->world(), model->automata(Parameters::open));
  for (const Turn& turn : coverage.turns) {
    if (!turn.made) continue;
    std::string& with = out[Coverage::text(turn)];
    for (std::size_t r = 0; r < coverage.roles.size(); ++r) {
      if (turn.with[r]) with += (with.empty() ? "" : " ") + coverage.roles[r];
    }
  }
  return out;
}

const std::string more = "visitor Enter (1 <= users[at]): ",
                  less = "visitor Enter (users[at] <= 1): ";

}  // namespace

TEST_CASE("Each half of a condition is made where it decides", "[explore][coverage]") {
  const auto one = made(seconds(), "1"), two = made(seconds(), "2"), three = made(seconds(), "3");
  CHECK(one.contains(more + "false"));
  CHECK_FALSE(one.contains(more + "true"));
  // The other half is true as well, and decides nothing.
  CHECK_FALSE(one.contains(less + "true"));
  CHECK(two.contains(more + "true"));
  CHECK(two.contains(less + "true"));
  CHECK_FALSE(two.contains(less + "false"));
  CHECK(three.contains(less + "false"));
  CHECK_FALSE(one.contains("visitor Enter -> Use"));
  CHECK(two.contains("visitor Enter -> Use"));
}

TEST_CASE("A site that is never closed is never waited at", "[explore][coverage]") {
  const auto two = made(seconds(), "2");
  CHECK_FALSE(two.contains("visitor Stay waits"));
  CHECK_FALSE(two.contains("visitor Stay (open[at] = 1): false"));
  CHECK(two.contains("visitor Stay (open[at] = 1): true"));
  CHECK(two.contains("visitor Stay -> Leave"));
  CHECK(made(door::protocol(), "1").contains("owner Drain waits"));
}

TEST_CASE("In company: another is under way, and has the object", "[explore][coverage]") {
  CHECK(made(seconds(), "1").at("visitor Leave -> Visitor_Idle").empty());
  CHECK(made(seconds(), "2").at("visitor Leave -> Visitor_Idle") == "visitor");
  const auto doors = made(door::protocol(), "2x2");
  CHECK(doors.at("reader Look -> Use") == "reader owner");
  CHECK(doors.at("owner Look -> Close") == "reader");
  // A fence is about no object: whoever is under way is company.
  CHECK(doors.at("owner Close_Mb -> Drain") == "reader owner");
  // Nobody is inside any more.
  CHECK(doors.at("owner Drain -> Write").empty());
}

TEST_CASE("Turns are those of the code, at any size", "[explore][coverage]") {
  const auto names = [](const char* size) {
    const auto model = door::protocol().model(Size::parse(size), "holds");
    std::vector<std::string> out;
    for (const Turn& turn : cover(model->world(), model->automata(Parameters::open)).turns) {
      out.push_back(Coverage::text(turn));
    }
    return out;
  };
  CHECK(names("1").size() == 19);
  CHECK(names("1") == names("3x2"));
}

}  // namespace lockstep
