// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/tla/small_module.hpp"
#include "tests/tla/small_world.hpp"
#include "tla/evaluate.hpp"
#include "tla/model_constants.hpp"

using namespace lockstep;
using namespace lockstep::testing;
using tla::KnownCell;

namespace {

struct Asked {
  World world = small_world();
  tla::Module module = module_of("Small", world_text(""));
  std::size_t pc;

  Asked() {
    for (const auto* name : {"a", "b", "c"}) world.symbols().intern(name);
    pc = world.tasks().front().pc;
  }
  tla::Evaluator evaluator() {
    std::map<std::string, std::vector<Atom>> sets;
    for (const auto& [set, members] : tla::ModelConstants::of(world_constants()).members) {
      for (const std::string& member : members) {
        sets[set].push_back(world.layout().symbols.find(member));
      }
    }
    return {world, sets, {}};
  }
  tla::Expr expr(const std::string& text) {
    return module.expand_text(text, "here", tla::ModelConstants::of(world_constants()).constants);
  }
  bool holds(const std::string& text, KnownCell::Of of, const std::string& value = "") {
    tla::Evaluator evaluate = evaluator();
    const Atom atom = value.empty() ? 0 : world.symbols().intern(value);
    return evaluate.holds_by(evaluate.compile_truth(expr(text)), {of, pc, atom});
  }
  tla::Reads reads(const std::string& text) {
    tla::Evaluator evaluate = evaluator();
    return evaluate.reads(evaluate.compile_truth(expr(text)));
  }
};

constexpr auto state = KnownCell::Of::state, after = KnownCell::Of::after,
               stays = KnownCell::Of::stays;

}  // namespace

TEST_CASE("what one cell decides", "[tla]") {
  Asked asked;
  const std::string one = R"(\A w \in Tasks : pc[w] = "a" => \A s \in S : q[s] = 1)";
  CHECK(asked.holds(one, state, "b"));
  CHECK_FALSE(asked.holds(one, state, "a"));
  CHECK_FALSE(asked.holds(one, after, "b"));
  const std::string in = R"(\A w \in Tasks : pc[w] \in {"a", "c"} => \E s \in S : q[s] = 1)";
  CHECK(asked.holds(in, state, "b"));
  CHECK_FALSE(asked.holds(in, state, "c"));
  const std::string choice =
      R"(\A w \in Tasks : IF pc[w] = "a" THEN \A s \in S : q[s] = 1 ELSE pc[w] # "c")";
  CHECK(asked.holds(choice, state, "b"));
  CHECK_FALSE(asked.holds(choice, state, "c"));
  // What is looked at before it may stop.
  const std::string stops = R"(\A w \in Tasks : (\A s \in S : n[s] < 5) /\ pc[w] = "a" => FALSE)";
  CHECK_FALSE(asked.holds(stops, state, "b"));
  const std::string total = R"(\A w \in Tasks : (\A s \in S : n[s] = 5) /\ pc[w] = "a" => FALSE)";
  CHECK(asked.holds(total, state, "b"));
}

TEST_CASE("what a cell that stays decides", "[tla]") {
  Asked asked;
  CHECK(asked.holds(R"(\A w \in Tasks : pc'[w] # pc[w] => \A s \in S : q'[s] = 1)", stays));
  CHECK(asked.holds(R"(\A w \in Tasks : pc'[w] = pc[w])", stays));
  CHECK_FALSE(asked.holds(R"(\A w \in Tasks : pc'[w] # pc[w])", stays));
  CHECK_FALSE(asked.holds(R"(\A w \in Tasks : pc'[w] # "a" => FALSE)", stays));
  CHECK_FALSE(asked.holds(R"(\A w \in Tasks, s \in S : p'[s] # pc'[w] => FALSE)", stays));
  CHECK_FALSE(asked.holds(R"(\A s \in S : n'[s] # n[s] => FALSE)", stays));
  CHECK_FALSE(asked.holds(R"(\A w \in Tasks : pc'[w] # pc[w] => FALSE)", state, "a"));
}

TEST_CASE("what tells two atoms of a cell apart", "[tla]") {
  Asked asked;
  const Atom a = asked.world.symbols().intern("a"), b = asked.world.symbols().intern("b"),
             c = asked.world.symbols().intern("c");
  const auto sets = asked.reads(R"(\A w \in Tasks : pc[w] \in {"a", "b"} => \E s \in S : q[s] = 1)")
                        .state_tests.at(asked.pc);
  CHECK_FALSE(sets.tell_apart(a, b));
  CHECK(sets.tell_apart(a, c));
  CHECK(sets.tell_apart(c, b));
  const auto two =
      asked.reads(R"(\A w \in Tasks : (pc[w] = "a" \/ \A s \in S : q[s] = 1) => pc[w] # "b")");
  CHECK(two.state_tests.at(asked.pc).tell_apart(a, c));
  CHECK(two.state_tests.at(asked.pc).tell_apart(b, c));
  const auto more = asked.reads(R"(\A w \in Tasks, s \in S : pc[w] # "a" => p[s] # pc[w])");
  CHECK(more.state_tests.at(asked.pc).tell_apart(b, c));
  const auto primed = asked.reads(R"(\A w \in Tasks : pc[w] # "a" => pc'[w] # "b")");
  CHECK(primed.state_tests.at(asked.pc).tell_apart(a, b));
  CHECK_FALSE(primed.state_tests.at(asked.pc).tell_apart(b, c));
  CHECK_FALSE(primed.after_tests.at(asked.pc).tell_apart(a, c));
}
