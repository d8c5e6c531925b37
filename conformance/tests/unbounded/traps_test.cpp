// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "shelf_subject.hpp"
#include "subject.hpp"
#include "toy.hpp"
#include "unbounded/views.hpp"

// Where a proof could be false, or about nothing.
namespace lockstep::testing {

using Catch::Contains;
using Catch::StartsWith;

namespace {

std::string with(const std::string& conjunct) {
  Toy toy;
  toy.conjuncts = {Toy::counted, Toy::somewhere, conjunct};
  return toy.verdict();
}
std::string follows(const std::string& property) {
  Toy toy;
  toy.conjuncts = {Toy::counted, Toy::somewhere};
  toy.properties = {property};
  return toy.verdict();
}

}  // namespace

TEST_CASE("what is true of a counting protocol is proved, what is not is not", "[quick]") {
  CHECK(follows("\\A b \\in Boxes : count[b] >= 0") == "PROVED");
  CHECK(follows("\\A u \\in Users : pc[u] = \"Leave\" => count[at[u]] >= 1") == "PROVED");
  CHECK(follows("\\A b \\in Boxes : count[b] > 0") == "NOT INDUCTIVE: P1");
  CHECK(with("\\A b \\in Boxes : count[b] <= 1") == "NOT INDUCTIVE: Enter -> Leave, C3");
  Toy toy;
  toy.conjuncts = {Toy::counted};
  CHECK(toy.verdict() == "NOT INDUCTIVE: Leave -> Idle, NoFault (count: a wild reference)");
  toy.conjuncts = {Toy::somewhere};
  toy.properties = {"\\A b \\in Boxes : count[b] >= 0"};
  CHECK(toy.verdict() == "NOT INDUCTIVE: P1");
}

TEST_CASE("a step that counts wrongly breaks the equation", "[quick]") {
  for (const int by : {0, 2, -1}) {
    CAPTURE(by);
    for (const Toy::Node node : {Toy::enter, Toy::leave}) {
      Toy toy;
      toy.conjuncts = {Toy::counted, Toy::somewhere};
      const Op op = node == Toy::enter ? Op::add : Op::sub;
      toy.user.nodes[node].new_value = term::make(op, {term::variable("@"), term::constant(by)});
      CHECK_THAT(toy.verdict(), StartsWith("NOT INDUCTIVE: ") && Contains("C1"));
    }
  }
}

TEST_CASE("what a step changes is asked, whatever else stands beside it", "[quick]") {
  CHECK(with("\\A u \\in Users : pc[u] = \"Leave\" => n[u] = 1") ==
        "NOT INDUCTIVE: Enter -> Leave, C3");
  CHECK(with("\\A u \\in Users, b \\in Boxes : pc[u] = \"Idle\" \\/ count[b] = 0") ==
        "NOT INDUCTIVE: Enter -> Leave, C3");
}

TEST_CASE("at the start nobody is a member only of what no task could be in", "[quick]") {
  const std::string those = "Cardinality({u \\in Users : pc[u] = ";
  CHECK(with(those + "\"Idle\"}) = 0") == "NOT INDUCTIVE: Init, C3");
}

TEST_CASE("of two members of a counted set one leaves, and the other is still one", "[quick]") {
  // From the number alone, with nothing else known: in the state after a step of another task.
  Toy toy;
  toy.conjuncts = {Toy::somewhere,
                   "\\A u \\in Users : pc[u] = \"Leave\" => "
                   "Cardinality({w \\in Users : pc[w] = \"Leave\" /\\ at[w] = at[u]}) >= 1"};
  CHECK(toy.verdict() == "PROVED");
  // ... but not that there are two.
  toy.conjuncts[1].back() = '2';
  CHECK_THAT(toy.verdict(), StartsWith("NOT INDUCTIVE: "));
  // Nor that there is none where nobody is seen.
  CHECK(with("\\A b \\in Boxes : count[b] <= 0 => \\A u \\in Users : at[u] # b") ==
        "NOT INDUCTIVE: Leave -> Idle, C3");
}

TEST_CASE("a set that is counted asks tasks about themselves alone", "[quick]") {
  const std::string where = "\\A b \\in Boxes : Cardinality({u \\in Users : ";
  CHECK_THAT(with(where + "count[at[u]] = 1}) >= 0"), Contains("its own locals alone"));
  CHECK_THAT(with(where + "\\E w \\in Users : at[w] = b /\\ w # u}) >= 0"),
             Contains("its own locals alone"));
  CHECK_THAT(with("\\A u \\in Users : Cardinality({w \\in Users : n[w] = n[u]}) >= 0"),
             Contains("a number that can be Null"));
  // A cell of an object that has the name of a task is no local of it.
  const ShelfSubject shelf("1x1x1");
  unbounded::Question asked = shelf.question;
  const char* empty = "Cardinality({k \\in Shelves : node[k] = Null}) >= 0";
  asked.properties = {{"P1", shelf.formula(empty)}};
  CHECK_THROWS_WITH(unbounded::Prover(asked), Contains("its own locals alone"));
}

TEST_CASE("a name of no object is what the registration lists, and nothing else", "[quick]") {
  const auto follows_with = [](std::vector<std::string> values, const std::string& property) {
    Toy toy(std::move(values));
    toy.conjuncts = {Toy::counted, Toy::somewhere};
    toy.properties = {property};
    return toy.verdict();
  };
  const std::string box_or_null = "\\A u \\in Users : at[u] = Null \\/ at[u] \\in Boxes";
  const std::string all = box_or_null + " \\/ at[u] \\in {Again, Busy}";
  CHECK(follows_with({}, box_or_null) == "PROVED");
  CHECK(follows_with({"Again"}, box_or_null) == "NOT INDUCTIVE: P1");
  CHECK(follows_with({"Again", "Busy"}, box_or_null + " \\/ at[u] = Again") == "NOT INDUCTIVE: P1");
  CHECK(follows_with({"Again", "Busy"}, all) == "PROVED");
  CHECK(follows_with({"Again", "Busy"}, "\\A b \\in Boxes : b # Busy") == "PROVED");
  CHECK_THAT(follows_with({"Busy"}, all), Contains("the model value Again is not known"));
}

TEST_CASE("what is not inductive without Again is shown without it", "[quick]") {
  Toy toy(std::vector<std::string>{});
  toy.conjuncts = {Toy::counted};
  const unbounded::Proof proof = toy.prove();
  REQUIRE_FALSE(proof.failures.empty());
  for (const auto& failure : proof.failures) CHECK_THAT(failure.state, !Contains("Again"));
}

TEST_CASE("of what is counted there is one, and of none there are none", "[quick]") {
  const std::string none = "(\\A u \\in Users : pc[u] # \"Leave\") => ";
  const std::string leave = "Cardinality({u \\in Users : pc[u] = \"Leave\"})";
  CHECK(follows(none + leave + " = 0") == "PROVED");
  CHECK(follows(none + leave + " # 0") == "NOT INDUCTIVE: P1");
  CHECK(follows(none + leave + " = 1") == "NOT INDUCTIVE: P1");
  CHECK(follows(leave + " = 0") == "NOT INDUCTIVE: P1");
  const std::string at = "Cardinality({u \\in Users : pc[u] = \"Leave\" /\\ at[u] = b})";
  CHECK(follows("\\A b \\in Boxes : (\\A u \\in Users : at[u] # b) => " + at + " = 0") == "PROVED");
  CHECK(follows("\\A b, c \\in Boxes : (\\A u \\in Users : at[u] # c) => " + at + " = 0") ==
        "NOT INDUCTIVE: P1");
}

TEST_CASE("Null is none of the objects, and not 0", "[quick]") {
  CHECK(follows("\\A b \\in Boxes : b # Null /\\ b # Again") == "PROVED");
  CHECK(follows("Cardinality({u \\in Users : at[u] = at[u]}) > 0") == "NOT INDUCTIVE: P1");
  CHECK(follows("\\E b \\in Boxes : TRUE") == "NOT INDUCTIVE: P1");
  CHECK(follows("~(Null \\in Boxes) /\\ ~(Again \\in Users)") == "PROVED");
  CHECK(follows("\\A u \\in Users : at[u] = Null \\/ at[u] \\in Boxes") == "NOT INDUCTIVE: P1");
  CHECK(with("\\A u \\in Users : pc[u] = \"Idle\" => at[u] = Null") == "PROVED");
  CHECK(with("\\A u \\in Users : n[u] = Null") == "PROVED");
  CHECK(with("\\A u \\in Users : n[u] = 0") == "NOT INDUCTIVE: Init, C3");
  CHECK(with("\\A u \\in Users : n[u] \\in Int") == "NOT INDUCTIVE: Init, C3");
}

TEST_CASE("from assumptions or an invariant that contradict themselves nothing is proved",
          "[quick]") {
  Toy toy;
  toy.conjuncts = {Toy::counted, Toy::somewhere};
  toy.assumptions = {"A < B"};
  CHECK(toy.verdict() == "PROVED");
  toy.assumptions = {"A < B /\\ B < A"};
  CHECK(toy.verdict() == "UNKNOWN: the assumptions");
  CHECK_THAT(toy.prove().failures.front().state, Contains("no small state meets the assumptions"));
  toy.assumptions = {"\\A b \\in Boxes : FALSE"};  // there are none
  CHECK_THAT(toy.verdict(), Contains("about the parameters alone, and this asks for Boxes"));
  toy.assumptions = {};
  toy.conjuncts.emplace_back("A < B /\\ B < A");
  CHECK(toy.verdict() == "NOT INDUCTIVE: Init, C3");
  toy.conjuncts.back() = "A < B => B < A";
  toy.assumptions = {"A # B"};
  CHECK(toy.verdict() == "NOT INDUCTIVE: Init, C3");
  // An assumption about the state would be believed of every state.
  toy.conjuncts = {Toy::counted};
  toy.assumptions = {"\\A u \\in Users : at[u] \\in Boxes"};
  CHECK_THAT(toy.verdict(), Contains("about the parameters alone, and this asks for at"));
}

TEST_CASE("a name that nobody knows is no number of any size", "[quick]") {
  Toy toy;
  toy.conjuncts = {Toy::counted, Toy::somewhere};
  toy.user.edges[Toy::chooses].condition = term::lt(term::variable("A"), term::constant(1));
  CHECK_THAT(toy.verdict(),
             StartsWith("refused: ") && Contains("a term mentions A, which is no parameter"));
  toy.user.parameters["A"] = 7;
  CHECK(toy.verdict() == "PROVED");
  toy.user.edges[Toy::chooses].condition = term::eq(term::variable("at"), term::variable("arg0"));
  CHECK(toy.verdict() == "PROVED");
  toy.user.edges[Toy::leaves].condition = term::eq(term::variable("at"), term::variable("arg0"));
  CHECK_THAT(toy.verdict(),
             StartsWith("refused: ") && Contains("a term mentions arg0, which is no"));
}

TEST_CASE("a view that counts sees the count after the step", "[quick]") {
  // By the cell, which equals the number, and by the number itself.
  for (const char* see :
       {"count[b] <= 1", "Cardinality({u \\in Users : pc[u] = \"Leave\" /\\ at[u] = b}) <= 1"}) {
    CAPTURE(see);
    Toy toy;
    toy.conjuncts = {Toy::counted, Toy::somewhere};
    toy.properties = {std::string{"\\A b \\in Boxes : "} + see};
    const unbounded::Question asked = toy.question();
    const tla::Expr& all = asked.properties.front().says;
    const unbounded::ViewSpec spec{
        {{all->bound, "Boxes"}}, {{see, all->args.front(), nullptr}}, {}};
    unbounded::Views views{{{1}, {}}};
    const auto escapes = unbounded::Closure(asked, spec).escapes(views, {});
    REQUIRE(escapes.size() == 1);
    CHECK(escapes.front().edge == "Enter -> Leave");
    CHECK_FALSE(escapes.front().unknown);
    views.emplace(unbounded::View{0}, unbounded::Origin{});
    CHECK(unbounded::Closure(asked, spec).escapes(views, {}).empty());
  }
}

TEST_CASE("every role has an automaton", "[quick]") {
  ProofSubject subject = subject_of("holds");
  subject.question.automata.pop_back();
  CHECK_THROWS_WITH(unbounded::Prover(subject.question),
                    Contains("not one automaton of each role"));
}

TEST_CASE("a way that no state of the invariant opens is reported", "[quick]") {
  Toy toy;
  toy.conjuncts = {Toy::counted, Toy::somewhere};
  const auto never = [&] {
    const unbounded::Question asked = toy.question();
    return unbounded::Prover(asked).guards({}).never;
  };
  CHECK(never().empty());
  toy.user.nodes[Toy::leave].guard = term::lt(term::variable("@"), term::constant(1));
  CHECK(toy.verdict() == "PROVED");
  CHECK(never() == std::vector<std::string>{"Leave -> Idle"});
}

TEST_CASE("actions are of two states, conjuncts of one", "[quick]") {
  Toy toy;
  toy.conjuncts = {Toy::counted, Toy::somewhere};
  toy.actions = {"\\A b \\in Boxes : count'[b] <= count[b] + 1"};
  CHECK(toy.verdict() == "PROVED");
  toy.actions = {"\\A b \\in Boxes : count'[b] <= count[b]"};
  CHECK(toy.verdict() == "NOT INDUCTIVE: Enter -> Leave, S1");
  toy.actions.insert(toy.actions.begin(), "\\A b \\in Boxes : count'[b] <= count[b] + 1");
  CHECK(toy.prove().proved == std::vector<std::string>{"S1"});
  unbounded::Options first;
  first.first_only = true;
  CHECK(toy.prove(first).proved.empty());
  toy.actions = {"\\A u \\in Users : u' = u"};
  CHECK_THROWS(toy.question());
  toy.actions = {"\\A b \\in Boxes : Cardinality({u \\in Users : at'[u] = b}) >= 0"};
  CHECK_THAT(toy.verdict(), Contains("its own locals alone"));
  CHECK_THAT(with("\\A b \\in Boxes : count'[b] >= 0"), Contains("refused"));
}

TEST_CASE("what TLC could not compare is refused", "[quick]") {
  for (const char* wrong : {
           "\\A u \\in Users : at[u] = pc[u]",
           "\\A u \\in Users : pc[u] < 3",
           "\\A u \\in Users : pc[u] + 1 = 3",
           "\\A u \\in Users, b \\in Boxes : pc[u] = count[b]",
           "\\A u \\in Users : pc[u] = 1",
           "\\A u \\in Users : n[u] = \"Leave\"",
           "\\A b \\in Boxes : count[b] = TRUE",
           "\\A b \\in Boxes : b < 1",
           "\\A u \\in Users : count[u] = 0",
           "\\A u \\in Users : u = at[u]",
           "\\A u \\in Users : (IF pc[u] = \"Idle\" THEN Null ELSE Again) = Null",
           "\\A u \\in Users : (IF pc[u] = \"Idle\" THEN \"a\" ELSE \"b\") = \"a\"",
           "\\A u \\in Users : at[u]",
       }) {
    CAPTURE(wrong);
    CHECK_THAT(with(wrong), StartsWith("refused"));
  }
}

TEST_CASE("an automaton that is not of any number of objects is refused", "[quick]") {
  Toy toy;
  toy.conjuncts = {Toy::counted};
  SECTION("it names one") {
    toy.user.edges[Toy::chooses].updates[0].value = term::constant(toy.world->first_object("Box"));
    CHECK_THAT(toy.verdict(), Contains("the object b1 is named in the code"));
  }
  SECTION("it compares with one") {
    toy.user.edges[Toy::enters].condition =
        term::eq(term::variable("at"), term::constant(toy.world->first_object("Box")));
    CHECK_THAT(toy.verdict(), Contains("the object b1 is named in the code"));
  }
  SECTION("it chooses among more than objects") {
    toy.user.edges[Toy::chooses].choices[0].domain.push_back(null_atom);
    CHECK_THAT(toy.verdict(), Contains("a choice among other things than objects"));
  }
  SECTION("it compares what could be anything") {
    const Term either = term::ite(term::eq(term::variable("n"), term::constant(1)),
                                  term::constant(1), term::constant(null_atom));
    toy.user.edges[Toy::enters].condition = term::eq(either, term::constant(null_atom));
    CHECK_THAT(toy.verdict(), Contains("it is not known what it could be"));
  }
}

TEST_CASE("nobody calculates with a number that was never written", "[quick]") {
  Toy toy;
  toy.conjuncts = {Toy::counted, Toy::somewhere};
  SECTION("in a comparison") {
    toy.user.edges[Toy::enters].condition = term::lt(term::variable("n"), term::constant(5));
  }
  SECTION("in a sum") {
    toy.user.edges[Toy::enters].updates.push_back(
        {"n", term::add(term::variable("n"), term::constant(1))});
  }
  SECTION("as a truth value") {
    toy.user.edges[Toy::enters].condition = term::variable("n");
  }
  CHECK(toy.verdict() ==
        "NOT INDUCTIVE: Enter -> Leave, NoFault (a calculation with what nobody has written)");
  // It may be compared with Null.
  toy.user.edges[Toy::enters].updates.clear();
  toy.user.edges[Toy::enters].condition = term::eq(term::variable("n"), term::constant(null_atom));
  CHECK(toy.verdict() == "PROVED");
}

TEST_CASE("two roles may stop at sites of one name, and each is asked of its own", "[quick]") {
  WorldSpec spec = Toy().world->spec();
  spec.roles.push_back({"other", {"o1"}, {{"at", Sort::name, "", "Box"}}, false, {}});
  World world(spec);
  Toy toy;
  // Of users alone the count is no longer what is in the box: the others' way in is what breaks it.
  toy.conjuncts = {Toy::counted, Toy::somewhere};
  REQUIRE(toy.verdict() == "PROVED");
  unbounded::Question asked = toy.question();
  asked.world = &world;
  asked.automata.push_back(asked.automata.front());
  asked.automata.back().role = "other";
  const unbounded::Proof proof = unbounded::Prover(asked).prove({});
  REQUIRE_FALSE(proof.failures.empty());
  CHECK(proof.failures.front().edge == "Enter -> Leave");
  CHECK(proof.failures.front().conjunct == "C1");
}

TEST_CASE("what the solver cannot decide is unknown", "[quick]") {
  Toy toy;
  toy.conjuncts = {Toy::counted, Toy::somewhere};
  toy.properties = {"A * A * A + B * B * B + (A - B) * A * B # 1999999973"};
  unbounded::Options hasty;
  hasty.patience_milliseconds = 50;
  hasty.small_milliseconds = 50;
  hasty.query_milliseconds = 100;
  const unbounded::Proof proof = toy.prove(hasty);
  CHECK(name_of(proof.verdict) == "UNKNOWN");
  REQUIRE(proof.failures.size() == 1);
  CHECK(proof.failures.front().unknown);
  CHECK(proof.proved.empty());
}

TEST_CASE("the bits of a number without bounds are those of its remainders") {
  const auto made = [](Op op, const Term& mask, const std::string& property) {
    Toy toy;
    toy.user.nodes[Toy::enter].new_value =
        term::make(op, {term::add(term::variable("@"), term::constant(1)), mask});
    toy.user.nodes[Toy::leave].new_value = term::variable("@");
    toy.conjuncts = {Toy::somewhere, "\\A b \\in Boxes : count[b] \\in Int /\\ (" + property + ")"};
    return toy.verdict();
  };
  const auto shown = [&](Op op, Atom mask, const std::string& property) {
    return made(op, term::constant(mask), property);
  };
  CHECK(shown(Op::band, 1, "count[b] = 0 \\/ count[b] = 1") == "PROVED");
  CHECK(shown(Op::band, 5, "count[b] \\in {0, 1, 4, 5}") == "PROVED");
  CHECK(shown(Op::band, 5, "count[b] \\in {0, 1, 4}") != "PROVED");
  CHECK(shown(Op::band, -2, "count[b] = 0") == "PROVED");
  CHECK(shown(Op::band, -3, "count[b] \\in {0, 1}") == "PROVED");
  CHECK(shown(Op::band, -3, "count[b] = 0") != "PROVED");
  CHECK(shown(Op::bor, 5, "count[b] \\in {0, 5, 7} \\/ count[b] > 12") == "PROVED");
  CHECK(shown(Op::bor, 5, "count[b] \\in {0, 5, 7} \\/ count[b] > 13") != "PROVED");
  CHECK(shown(Op::bor, -2, "count[b] = 0 \\/ count[b] = -1 \\/ count[b] = -2") == "PROVED");
  CHECK(shown(Op::bor, -2, "count[b] = 0 \\/ count[b] = -1") != "PROVED");
  CHECK(shown(Op::bxor, 3, "count[b] \\in {0, 2}") == "PROVED");
  CHECK(shown(Op::bxor, 3, "count[b] = 0") != "PROVED");
  CHECK(shown(Op::bxor, -4, "count[b] \\in {0, -3}") != "PROVED");
  CHECK(shown(Op::bxor, -1, "count[b] = 0 \\/ count[b] = -2") == "PROVED");
  CHECK(
      made(Op::bor, term::variable("@"), "TRUE").find("no operation on bits but with a constant") !=
      std::string::npos);
}

}  // namespace lockstep::testing
