// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include <optional>

#include "claims/judges.hpp"
#include "machines/automaton_system.hpp"
#include "machines/extraction.hpp"
#include "machines/shake.hpp"
#include "tests/toys/door.hpp"

// What the site automaton could not say, planted in the code of the toy: the extraction refuses it,
// or random walks of the code leave the automaton.
namespace lockstep::door {
namespace {

/// The toy's reader, with a look at the door of its own.
template <template <class> class Code, class M>
void reads(M& m, auto look) {
  Code<M> p{m};
  for (;;) {
    m.point("Reader_Idle"_point);
    auto door = m.named("at"_local, m.template choose<Door>());
    p.enter(door);
    if (look(door)) m.load("Use"_site, door, data, Order::plain);
    m.fetch_sub("Leave"_site, door, users, 1, Order::release);
    door.forget();
  }
}
template <class M>
auto looked(M& m, const auto& door) {
  return m.load("Look"_site, door, open, Order::acquire);
}

/// Every nth look fails: the code has a state of its own.
template <int n>
struct CountsLooks {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    int tries = 0;
    reads<Code>(m, [&](const auto& door) -> bool {
      ++tries;
      return looked(m, door) == 1 && tries % n != 0;
    });
  }
};
/// What was seen is kept in a plain variable, and looked at after another access.
struct StaleValue {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    reads<Code>(m, [&](const auto& door) -> bool {
      const auto before = m.load("Glance"_site, door, open, Order::plain);
      const auto now = looked(m, door);
      if (before == 0) return false;
      return now == 1;
    });
  }
};
/// The second look has the name of the first, and reads another cell.
struct TwoMeanings {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    reads<Code>(m, [&](const auto& door) -> bool {
      if (looked(m, door) == 0) return false;
      return m.load("Look"_site, door, data, Order::acquire) == 0;
    });
  }
};
/// What was seen is written at the next site, without a name.
struct NoName {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    reads<Code>(m, [&](const auto& door) -> bool {
      const auto now = looked(m, door);
      m.store("Echo"_site, door, data, now, Order::once);
      return true;
    });
  }
};
/// And what is calculated from it, or from a peek.
struct NoNameOfSum {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    reads<Code>(m, [&](const auto& door) -> bool {
      const auto now = looked(m, door);
      m.store("Echo"_site, door, data, now + 1, Order::once);
      return true;
    });
  }
};
struct NoNameOfPeek {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    reads<Code>(m, [&](const auto& door) -> bool {
      looked(m, door);
      m.store("Echo"_site, door, data, m.peek(door, users) - 1, Order::once);
      return true;
    });
  }
};
/// A condition is used sites after its value was read.
struct StaleCondition {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    reads<Code>(m, [&](const auto& door) -> bool {
      const auto contended = m.load("Count"_site, door, users, Order::once) == 2;
      const auto now = looked(m, door);
      if (contended) return false;
      return now == 1;
    });
  }
};
/// What an increment's condition was given is kept.
struct KeptOld {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    reads<Code>(m, [&](const auto& door) -> bool {
      using Number = std::remove_cvref_t<decltype(looked(m, door))>;
      std::optional<Number> seen;
      m.fetch_add_unless("Enter_Twice"_site, door, users, 1, Order::acquire, [&](auto n) {
        seen.emplace(n);
        return n == 0;
      });
      const auto now = looked(m, door);
      if (seen && *seen == 2) return false;
      return now == 1;
    });
  }
};
/// A peek of what may be Null: at a door where there is one, or where there is none.
template <bool where_there>
struct PeekBehindCondition {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    Code<M> p{m};
    for (;;) {
      m.point("Reader_Idle"_point);
      auto door = m.named("at"_local, m.template choose<Door>());
      p.enter(door);
      if (looked(m, door) == 0) {
        m.fetch_sub("Back"_site, door, users, 1, Order::release);
        door = null;
      }
      m.fence("Gap"_site, Order::mb);
      if ((door != null) == where_there) m.assume(m.peek(door, users) != 0);
      if (door != null) {
        m.load("Use"_site, door, data, Order::plain);
        m.fetch_sub("Leave"_site, door, users, 1, Order::release);
      }
      door.forget();
    }
  }
};
/// A branch while a site is made, where the value is that which the site will find.
struct BranchInside {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    reads<Code>(m, [&](const auto& door) -> bool {
      m.fetch_add_unless("Enter_Twice"_site, door, users, 1, Order::acquire, [&](auto n) {
        if (n == 2) return n == 2;
        return n == 0;
      });
      return looked(m, door) == 1;
    });
  }
};
/// Two locals with one name live side by side.
struct TwoOfAName {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    reads<Code>(m, [&](const auto& door) -> bool {
      const auto again = m.named("at"_local, door);
      return looked(m, door) == 1;
    });
  }
};

template <class Role>
std::unique_ptr<Model> model_with() {
  return protocol().model_of(Size::parse("2"), form<Holds, Role, Owner>("drift"));
}
template <class Role>
void extracted() {
  model_with<Role>()->automata();
}
template <class Role>
std::string shaken(std::uint64_t seed) {
  const auto model = model_with<Role>();
  const auto fibers = model->stepped();
  AutomatonSystem automaton(model->world(), model->automata());
  return shake(*fibers, automaton, {seed, 20, 20'000}).value_or("");
}

/// The automaton of a reader that does this.
template <class Code>
Automaton automaton_of(Code code) {
  const auto model = protocol().model(Size::parse("1"), "holds");
  return Extraction(model->world(), 0).run(code);
}

using LateDiffers = CountsLooks<19>;  // later than any way that the extraction follows

}  // namespace

TEST_CASE("a task that can go on for ever without a step is refused by the extraction") {
  CHECK_THROWS_WITH(automaton_of([](SymbolicMachine& m) {
                      for (;;) m.fence("Here"_site, Order::mb);
                    }),
                    "from Here back to it no site is met");
}
TEST_CASE("a counter that makes the second round differ is refused by the extraction") {
  CHECK_THROWS_WITH(extracted<CountsLooks<2>>(),
                    Catch::Contains("Look depends on more than its locals"));
}
TEST_CASE("a counter that makes a late round differ is found by random walks") {
  const std::string difference = shaken<LateDiffers>(1);
  CHECK_THAT(difference, Catch::Contains("Look(r") &&
                             Catch::Contains("leads to different states") &&
                             Catch::Contains("is Leave in the code, Use in the automaton"));
}
TEST_CASE("what is judged by an automaton is held against the code first") {
  CHECK_NOTHROW(hold_against_code(*model_with<Reader>()));
  CHECK_THROWS_WITH(
      hold_against_code(*model_with<LateDiffers>()),
      Catch::Contains("the code is not what its automaton says") && Catch::Contains("Look"));
}
TEST_CASE("random walks with one seed are the same walks") {
  CHECK(shaken<LateDiffers>(7) == shaken<LateDiffers>(7));
  CHECK(shaken<LateDiffers>(7) != shaken<LateDiffers>(8));
}
TEST_CASE("a value that is used after the next site is refused by the extraction") {
  CHECK_THROWS_WITH(extracted<StaleValue>(),
                    Catch::Contains("read before the last site is used after it"));
}
TEST_CASE("one name for two accesses is refused by the extraction") {
  CHECK_THROWS_WITH(extracted<TwoMeanings>(), Catch::Contains("site Look has two meanings"));
}
TEST_CASE("a value carried to the next site without a name is refused by the extraction") {
  // The site, the value, and the way out.
  const auto says = [](const std::string& value) {
    return Catch::Contains("a value without a name is carried to site Echo: " + value +
                           "; name it before that site: m.named(\"next\"_local, ...)");
  };
  CHECK_THROWS_WITH(extracted<NoName>(), says("what Look read"));
  CHECK_THROWS_WITH(extracted<NoNameOfSum>(), says("(what Look read + 1)"));
  CHECK_THROWS_WITH(extracted<NoNameOfPeek>(), says("(the peek of users[at] - 1)"));
}
TEST_CASE("a peek is taken where the code comes to it, and faults there alone") {
  CHECK(shaken<PeekBehindCondition<true>>(7) == "");
  CHECK(shaken<PeekBehindCondition<false>>(7) == "");  // in the automaton as in the code
}
TEST_CASE("a condition whose value has gone stale is refused by the extraction") {
  CHECK_THROWS_WITH(extracted<StaleCondition>(),
                    Catch::Contains("read before the last site is used after it: (@ = 2)"));
  CHECK_THROWS_WITH(extracted<KeptOld>(),
                    Catch::Contains("read before the last site is used after it: @"));
}
TEST_CASE("a branch that is of no edge is refused by the extraction") {
  CHECK_THROWS_WITH(extracted<BranchInside>(),
                    Catch::Contains("a branch inside of a site: (@ = 2)"));
}
TEST_CASE("two locals of one name at a time are refused by the extraction") {
  CHECK_THROWS_WITH(extracted<TwoOfAName>(),
                    Catch::Contains("two locals at a time have the name at"));
}

}  // namespace lockstep::door
