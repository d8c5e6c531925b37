// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "machines/protocol_error.hpp"
#include "machines/registration.hpp"

// Names of no object, besides Null: the registration lists them, the code knows them.
namespace lockstep {
namespace {

using Catch::Contains;

struct Desk {
  static constexpr std::string_view kind = "Desk";
};
inline constexpr Field<"taken", Desk, int> taken;
inline constexpr ModelValue<"Busy"> busy;
inline constexpr ModelValue<"Retry"> retry;

template <class M>
struct Plain {
  M& m;
};
struct Guest {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    for (;;) {
      m.point("Guest_Idle"_point);
      auto desk = m.named("desk"_local, m.template choose<Desk>());
      if (m.fetch_add("Sit"_site, desk, taken, 1, Order::full) != 0) {
        m.fetch_sub("Rise"_site, desk, taken, 1, Order::full);
        desk = busy;
      }
      m.fence("Mb"_site, Order::mb);
      m.point("Guest_Looks"_point);
      const auto other = m.template choose<Desk>();
      m.assume(desk != busy);
      if (m.load("Look"_site, other, taken, Order::once) == 1) desk = retry;
      m.point("Guest_Leaves"_point);
      m.assume(desk == retry);
      auto last = m.named("last"_local, m.template choose<Desk>());
      m.load("Leave"_site, last, taken, Order::once);
      desk = last;
      last = null;
      m.load("Bow"_site, desk, taken, Order::once);
    }
  }
};
std::vector<Form> guests() {
  return {form<Plain, Guest>("holds")};
}

RegisteredProtocol desks(const char* name, std::vector<std::string> values) {
  return RegisteredProtocol({{name, {{"Guests", "guest"}, {"Desks", "desk"}}},
                             {{"Desk", "d", "Desks"}},
                             {variable_of(taken)},
                             {},
                             {},
                             {{"guest", "g", "Guests", {}}},
                             std::move(values),
                             guests});
}
std::string refused(const RegisteredProtocol& protocol) {
  try {
    protocol.model(Size::parse("2x1"), "holds");
    return "understood";
  } catch (const ProtocolError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("any number of model values: the machines agree, and no two are one", "[kinds]") {
  const RegisteredProtocol protocol = desks("desks", {"Null", "Busy", "Retry"});
  const auto model = protocol.model(Size::parse("2x1"), "holds");
  const auto code = model->stepped();
  AutomatonSystem automaton(model->world(), model->automata(Parameters::given));
  const Symbols& names = model->world().layout().symbols;
  const auto held = [&](System& system) {
    std::set<std::string> out;
    SearchOptions options;
    options.monitors.push_back({"held", [&](const Atom* state) {
                                  for (const auto& task : model->world().tasks()) {
                                    const auto& local = model->world().local(task.role, "desk");
                                    out.insert(names.text(state[local.base + task.index]));
                                  }
                                  return true;
                                }});
    const SearchResult found = search(system, options);
    out.insert(std::to_string(found.states) + " states, " + std::to_string(found.transitions));
    return out;
  };
  const auto by_code = held(*code);
  CHECK(by_code == held(automaton));
  for (const char* name : {"Null", "Busy", "Retry", "d1"}) CHECK(by_code.contains(name));
  const auto constants = model->constants();
  CHECK(std::ranges::count(constants, std::pair<std::string, std::string>{"Retry", "Retry"}) == 1);
}

TEST_CASE("a model value is listed and known, or refused by name", "[kinds]") {
  CHECK(refused(desks("desks_all", {"Null", "Busy", "Retry"})) == "understood");
  CHECK_THAT(refused(desks("desks_few", {"Null", "Busy"})),
             Contains("desks_few: form holds, role guest: the code knows the model value Retry, "
                      "but the registration's .values list Null, Busy; expected Retry among them"));
  CHECK_THAT(refused(desks("desks_many", {"Null", "Busy", "Retry", "Again"})),
             Contains("desks_many: .values lists Again, but no form of the code knows a model "
                      "value of that name"));
  CHECK_THAT(refused(desks("desks_named", {"Null", "Busy", "Retry", "d1"})),
             Contains("an object of Desk has the name of a model value: d1"));
}

}  // namespace lockstep
