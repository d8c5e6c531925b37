// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "machines/protocol_error.hpp"
#include "machines/registration.hpp"
#include "machines/shake.hpp"

// Any number of cells that a step looks at, and of numbers in the states.
namespace lockstep {
namespace {

using Catch::Contains;

struct Cell {
  static constexpr std::string_view kind = "Cell";
};
inline constexpr Field<"f1", Cell, int> f1;
inline constexpr Field<"f2", Cell, int> f2;
inline constexpr Field<"f3", Cell, int> f3;
inline constexpr Field<"f4", Cell, int> f4;
inline constexpr Field<"out", Cell, int> out;

/// The conditions are all true, so that the way is taken only if each cell is read as itself.
template <class M>
void look(M& m) {
  for (;;) {
    m.point("Idle"_point);
    const auto cell = m.named("cell"_local, m.template choose<Cell>());
    const auto [second, first, third, fourth] =
        m.load("Look"_site, cell, f2, Order::once, also(cell, f1), also(cell, f3), also(cell, f4));
    if (both(both(first == 1, second == 2), both(third == 3, fourth == 4))) {
      m.store("Found"_site, cell, out, 1, Order::once);
    }
    const auto [old, one, three] =
        m.fetch_sub("Count"_site, cell, f2, 1, Order::full, also(cell, f1), also(cell, f3));
    if (both(old == 2, both(one == 1, three == 3))) {
      m.fetch_add("Count_Back"_site, cell, f2, 1, Order::full);
    }
    m.point("Peeks"_point);
    m.assume(both(m.peek(cell, f1) == 1, m.peek(cell, f2) == 2));
    m.assume(both(m.peek(cell, f3) == 3, m.peek(cell, f4) == 4));
    m.assume(both(m.peek(cell, f4) == 4, m.peek(cell, f3) == 3));
    m.assume(both(m.peek(cell, f2) == 2, m.peek(cell, f1) == 1));
    m.assume(both(m.peek(cell, f1) == 1, m.peek(cell, f2) == 2));
    m.assume(both(m.peek(cell, f3) == 3, m.peek(cell, f4) == 4));
    m.store("Passed"_site, cell, out, 2, Order::once);
  }
}

/// The values one after the other, each from the one before.
constexpr int wide[] = {0,       1 << 30, (1 << 30) + 1, -1,    0x3fff,      0x4000,     -0x7000,
                        -0x7001, -0x8000, 32767,         32768, -0x40000000, 0x5fffffff, 0x7000};
template <class M>
void widen(M& m) {
  for (;;) {
    m.point("Idle"_point);
    const auto cell = m.named("cell"_local, m.template choose<Cell>());
    const auto now = m.named("now"_local, m.load("Read"_site, cell, out, Order::once));
    auto next = m.named("next"_local, 0);
    for (std::size_t i = 0; i < std::size(wide); ++i) {
      if (now == wide[i]) next = wide[(i + 1) % std::size(wide)];
    }
    m.store("Write"_site, cell, out, next, Order::once);
  }
}
template <class M>
void count(M& m) {
  for (;;) {
    m.point("Idle"_point);
    const auto cell = m.named("cell"_local, m.template choose<Cell>());
    m.fetch_add("Add"_site, cell, out, 1 << 17, Order::full);
  }
}

/// A task for each thing that is tried.
#define LOCKSTEP_TASK(Name, function)               \
  struct Name {                                     \
    template <template <class> class Code, class M> \
    static void run(M& m, const Numbers&) {         \
      function(m);                                  \
    }                                               \
  }
LOCKSTEP_TASK(Looker, look);
LOCKSTEP_TASK(Widener, widen);
LOCKSTEP_TASK(Counter, count);
#undef LOCKSTEP_TASK
template <class M>
struct Plain {
  M& m;
};

template <class Task>
std::unique_ptr<Model> cells(const char* name, std::vector<WorldSpec::Field> more = {},
                             std::map<std::string, Atom> starts = {}) {
  more.push_back(variable_of(out));
  static const RegisteredProtocol protocol(
      {{name, {{"Tasks", "task"}}},
       {{"Cell", "c", "Tasks"}},
       std::move(more),
       std::move(starts),
       {},
       {{"task", "t", "Tasks", {}}},
       {"Null"},
       [] { return std::vector<Form>{form<Plain, Task>("holds")}; }});
  return protocol.model(Size::parse("1"), "holds");
}

std::unique_ptr<Model> looker() {
  return cells<Looker>("looker",
                       {variable_of(f1), variable_of(f2), variable_of(f3), variable_of(f4)},
                       {{"f1", 1}, {"f2", 2}, {"f3", 3}, {"f4", 4}});
}

}  // namespace

TEST_CASE("a step looks at any number of cells beside its own", "[kinds]") {
  const auto model = looker();
  const auto code = model->stepped();
  AutomatonSystem automaton(model->world(), model->automata(Parameters::given));
  const auto& values = model->world().field("out");
  bool passed = false;
  SearchOptions options;
  options.monitors.push_back({"passed", [&](const Atom* state) {
                                passed = passed || state[values.base] == 2;
                                return true;
                              }});
  const SearchResult by_code = search(*code, options);
  CHECK(passed);
  passed = false;
  const SearchResult by_automaton = search(automaton, options);
  CHECK(passed);
  CHECK_FALSE(by_code.violation);
  CHECK(by_code.states == by_automaton.states);
  CHECK(by_code.transitions == by_automaton.transitions);
  CHECK(shake(*code, automaton, {}).value_or("") == "");
}

TEST_CASE("a step that chooses more objects than it can hold is refused", "[kinds]") {
  const auto model = looker();
  const auto code = [](SymbolicMachine& m) {
    for (;;) {
      m.point("Idle"_point);
      for (int i = 0; i < 5; ++i) m.choose<Cell>();
      m.load("Look"_site, m.choose<Cell>(), f1, Order::once);
    }
  };
  CHECK_THROWS_WITH(Extraction(model->world(), 0).run(code),
                    Contains("a step chooses more than 4 objects"));
}

TEST_CASE("wide numbers are what they are", "[kinds]") {
  const auto model = cells<Widener>("widener");
  std::set<Atom> seen;
  SearchOptions options;
  const auto& values = model->world().field("out");
  options.monitors.push_back({"seen", [&](const Atom* state) {
                                seen.insert(state[values.base]);
                                return true;
                              }});
  CHECK(search(*model->stepped(), options).states == 2 * std::size(wide));
  CHECK(seen == std::set<Atom>(std::begin(wide), std::end(wide)));
}

// The last of its program: the places for wide numbers are all taken afterwards.
TEST_CASE("too many wide numbers are refused in words", "[kinds]") {
  CHECK_THROWS_AS(search(*cells<Counter>("counter")->stepped(), {}), ProtocolError);
  CHECK_THROWS_WITH(search(*cells<Counter>("counter")->stepped(), {}),
                    Contains("more than 4096 different numbers below -28672 or above 16383"));
}

}  // namespace lockstep
