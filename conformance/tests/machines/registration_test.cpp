// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "explore/search.hpp"
#include "machines/protocol_error.hpp"
#include "machines/stepped_system.hpp"
#include "tests/toys/door.hpp"

// Mistakes in a registration: each is refused with the place where the registration stands, and
// with what the name could have been. No machine runs before.
namespace lockstep {
namespace {

using Catch::Contains;

/// The toy's registration with a mistake. What is learned of a protocol's code is kept by its name.
template <class Spoil>
std::string refused(const std::string& name, Spoil spoil) {
  Registration registration = door::protocol().registration();
  registration.sizes.protocol = name;
  spoil(registration);
  try {
    const Size size = registration.sizes.smallest();
    RegisteredModel(registration, size, registration.forms().front());
    return "accepted";
  } catch (const ProtocolError& error) {
    return error.what();
  }
}

void erase_field(Registration& registration, std::string_view name) {
  std::erase_if(registration.fields, [&](const auto& field) { return field.name == name; });
}

struct Mm {
  static constexpr std::string_view kind = "Mm";
};

/// Counts itself in a box that has another field, of another kind, or is called otherwise.
template <auto field, class Own = door::Door>
struct Visitor {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    const auto own = m.template own<Own>();
    for (;;) {
      m.point("Reader_Idle"_point);
      m.load("Look"_site, own, field, Order::once);
      m.load("Use"_site, own, door::users, Order::once);
      m.load("Stand"_site, own, door::open, Order::once);
    }
  }
};
struct Leaver {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    m.point("Reader_Idle"_point);
    m.load("Look"_site, m.template choose<door::Door>(), door::open, Order::once);
    m.rest("Gone"_point);
  }
};

/// Asks for a number that the size does not have.
struct Counting {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    for (std::uint32_t i = 0; i < n["limit"]; ++i) m.point("Reader_Idle"_point);
    m.rest("Reader_Idle"_point);
  }
};

constexpr Field<"users", Mm, int> users_of_mm;
constexpr Field<"lost", door::Door, int> lost;

}  // namespace

TEST_CASE("a field that the registration leaves out is named with its site", "[machines]") {
  const auto left_out = [](Registration& r) { erase_field(r, "users"); };
  const std::string why = refused("left_out", left_out);
  CHECK_THAT(why, Contains("door.hpp:") &&
                      Contains("left_out: form holds, role reader: Enter accesses field users of "
                               "kind Door, which is not in the protocol's world; list it in the "
                               "registration's .fields, by variable_of()"));
}

TEST_CASE("the stepped machine names a field that its world lacks, and the site", "[machines]") {
  const auto model = door::protocol().model(Size::parse("1"), "holds");
  WorldSpec spec = model->world().spec();
  std::erase_if(spec.fields, [](const auto& field) { return field.name == "open"; });
  const World world(spec);
  const auto found = [&](const SteppedSystem::Code& reader) {
    SteppedSystem system(world, {reader, [](SteppedMachine& m) { m.rest("Owner_Idle"_point); }});
    const auto violation = search(system, {}).violation;
    return violation ? violation->detail : "nothing";
  };
  const auto box = [](SteppedMachine& m) { return m.choose<door::Door>(); };
  const std::string lacks = ": field open is not in the protocol's world";
  CHECK(found([&](SteppedMachine& m) {
          m.point("Reader_Idle"_point);
          m.load("Look"_site, box(m), door::open, Order::once);
          m.rest("Reader_Idle"_point);
        }) == "Look" + lacks);
  CHECK(found([&](SteppedMachine& m) {
          m.point("Reader_Idle"_point);
          m.store("Close"_site, box(m), door::open, 1, Order::once);
          m.rest("Reader_Idle"_point);
        }) == "Close" + lacks);
  CHECK(found([&](SteppedMachine& m) {
          m.point("Reader_Idle"_point);
          const auto it = m.choose<door::Door>();
          m.group("Close"_site, write(it, door::open, 1));
          m.rest("Reader_Idle"_point);
        }) == "Close" + lacks);
}

TEST_CASE("a field that no site accesses is refused", "[machines]") {
  CHECK_THAT(refused("unused", [](Registration& r) { r.fields.push_back(variable_of(lost)); }),
             Contains("door.hpp:") &&
                 Contains("unused: field lost stands in .fields, but no site of the reference "
                          "accesses it"));
}

TEST_CASE("a field is of one kind to the code and to the registration", "[machines]") {
  CHECK_THAT(
      refused("other_kind",
              [](Registration& r) {
                r.kinds.push_back({"Mm", "m", "Doors"});
                r.roles.front() = {"reader", "d", "Doors", {"Reader_Idle"}};
                r.forms = [] {
                  return std::vector<Form>{
                      form<door::Holds, Visitor<users_of_mm>, door::Owner>("holds")};
                };
              }),
      Contains("Look accesses field users of kind Mm; in the registration's .fields it is of "
               "kind Door"));
}

TEST_CASE("a task that is called like no object of the kind has none of its own", "[machines]") {
  CHECK_THAT(
      refused("not_own",
              [](Registration& r) {
                r.forms = [] {
                  return std::vector<Form>{
                      form<door::Holds, Visitor<door::users>, door::Owner>("holds")};
                };
              }),
      Contains("own<Door>() of role reader is the object that the task is called like, but "
               "tasks begin with r1 and objects with d1; give both one prefix and one count"));
}

TEST_CASE("a task that ends at a point which is no rest is refused", "[machines]") {
  const auto leaves = [](Registration& r) {
    r.forms = [] { return std::vector<Form>{form<door::Holds, Leaver, door::Owner>("holds")}; };
  };
  CHECK_THAT(refused("no_rest", leaves),
             Contains("a task stays at Gone for ever, which is a deadlock; list it among the rests "
                      "of role reader"));
}

TEST_CASE("each name in a registration stands for something", "[machines]") {
  CHECK_THAT(
      refused("starts", [](Registration& r) { r.starts["opn"] = 1; }),
      Contains("door.hpp:") && Contains("starts: .starts gives a value to 'opn', which is not "
                                        "among .fields; expected one of: users, open, data"));
  CHECK_THAT(refused("no_kind", [](Registration& r) { r.kinds.clear(); }),
             Contains("field users is of kind 'Door', which is not among .kinds; expected none"));
  CHECK_THAT(refused("no_index", [](Registration& r) { r.fields.front().index = "Slot"; }),
             Contains("field users is indexed by kind 'Slot', which is not among .kinds; expected "
                      "one of: Door"));
  CHECK_THAT(refused("no_value", [](Registration& r) { r.fields.front().values = "Slot"; }),
             Contains("field users holds objects of kind 'Slot'"));
  CHECK_THAT(refused("twice", [](Registration& r) { r.fields.push_back(r.fields.front()); }),
             Contains("field users stands twice in .fields"));
  CHECK_THAT(
      refused("count_of_kind", [](Registration& r) { r.kinds.front().count = "Boxs"; }),
      Contains("kind Door is counted by 'Boxs', which is no count of .sizes; expected one of: "
               "Readers, Doors"));
  CHECK_THAT(refused("count_of_role", [](Registration& r) { r.roles.front().count = "Raeders"; }),
             Contains("role reader is counted by 'Raeders'"));
  CHECK_THAT(refused("rest", [](Registration& r) { r.roles.front().rests = {"Reader_Idl"}; }),
             Contains("role reader rests at 'Reader_Idl', which is no point of its code; expected "
                      "one of: Reader_Idle"));
  const auto always = [](const Numbers&) { return true; };
  CHECK_THAT(refused("base",
                     [&](Registration& r) {
                       r.view = {"usrs", {}, always};
                     }),
             Contains(".view is relative to 'usrs', which is not among .fields"));
  CHECK_THAT(refused("relative",
                     [&](Registration& r) {
                       r.view = {"users", {"oepn"}, always};
                     }),
             Contains(".view counts 'oepn' from users, but it is neither a field nor a local; "
                      "expected one of: users, open, data, at"));
  CHECK_THAT(refused("number",
                     [](Registration& r) {
                       r.sizes.settings.push_back({"limit", "Limit", "limit",
                                                   [](const Numbers& n) { return n["Raeders"]; }});
                     }),
             Contains("number: what 'limit' usually is: the registration declares no number "
                      "'Raeders'; expected one of its counts or settings: Readers, Doors"));
  CHECK_THAT(
      refused("in_code",
              [](Registration& r) {
                r.forms = [] {
                  return std::vector<Form>{form<door::Holds, Counting, door::Owner>("holds")};
                };
              }),
      Contains("door.hpp:") && Contains("in_code: form holds, role reader: the registration "
                                        "declares no number 'limit'"));
  CHECK(refused("right", [](Registration&) {}) == "accepted");
}

}  // namespace lockstep
