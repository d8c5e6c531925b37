// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/has_tlc.hpp"
#include "tests/liveness/toy.hpp"

using namespace lockstep;
using namespace lockstep::testing;

namespace {

struct Case {
  std::string name, units;
  bool holds;
};

/// x counts up to 3 and stays there.
const std::string counter =
    "Up == X < 3 /\\ SetX(X + 1) /\\ UNCHANGED <<y, n, pc>>\n"
    "Next == Up\n";
/// x goes round 0, 1; from 1 a step out sets y.
const std::string circle =
    "Round == Y = 0 /\\ SetX(1 - X) /\\ UNCHANGED <<y, n, pc>>\n"
    "Out == Y = 0 /\\ X = 1 /\\ SetY(1) /\\ UNCHANGED <<x, n, pc>>\n"
    "Next == Round \\/ Out\n";
/// Two tasks that go a, b, c, a; and one of them may be hindered by the other.
const std::string tasks =
    "Go(w, from, to) == pc[w] = from /\\ pc' = [pc EXCEPT ![w] = to]\n"
    "Turn(w) == /\\ \\/ Go(w, \"a\", \"b\")\n"
    "              \\/ (\\A v \\in Tasks : pc[v] # \"c\") /\\ Go(w, \"b\", \"c\")\n"
    "              \\/ Go(w, \"c\", \"a\")\n"
    "           /\\ UNCHANGED <<x, y, n>>\n"
    "Next == \\E w \\in Tasks : Turn(w)\n";
/// x chooses once: 1 is a dead end, from 2 on it goes round 2, 3.
const std::string fork =
    "Left == X = 0 /\\ SetX(1) /\\ UNCHANGED <<y, n, pc>>\n"
    "Right == X = 0 /\\ SetX(2) /\\ UNCHANGED <<y, n, pc>>\n"
    "Round == X >= 2 /\\ SetX(5 - X) /\\ UNCHANGED <<y, n, pc>>\n"
    "Next == Left \\/ Right \\/ Round\n";
/// The numbers of s1 and s2 go round 0, 1.
const std::string numbers =
    "Flip(s) == n' = [n EXCEPT ![s] = 1 - @] /\\ UNCHANGED <<x, y, pc>>\n"
    "Next == \\E s \\in S : Flip(s)\n";

const std::vector<Case> cases = {
    {"nothing is fair", counter + "Fairness == TRUE\nP == X = 0 ~> X = 3\n", false},
    {"weak fairness of Next", counter + "Fairness == WF_vars(Next)\nP == X = 0 ~> X = 3\n", true},
    {"weak fairness that ends too early",
     counter + "Two == X < 2 /\\ Up\nFairness == WF_vars(Two)\nP == X = 0 ~> X = 3\n", false},
    {"what is passed", counter + "Fairness == WF_vars(Up)\nP == <>(X = 2)\n", true},
    {"what may never begin", counter + "Fairness == TRUE\nP == <>(X = 2)\n", false},
    {"a dead end satisfies <>[]", counter + "Fairness == WF_vars(Up)\nP == <>[](X = 3)\n", true},
    {"a dead end violates []<>", counter + "Fairness == WF_vars(Up)\nP == []<>(X = 2)\n", false},
    {"always", counter + "Fairness == WF_vars(Up)\nP == [](X <= 3)\n", true},
    {"not always", counter + "Fairness == WF_vars(Up)\nP == [](X < 3)\n", false},
    {"weak fairness of what is enabled now and then",
     circle + "Fairness == WF_vars(Round) /\\ WF_vars(Out)\nP == <>(Y = 1)\n", false},
    {"strong fairness of what is enabled now and then",
     circle + "Fairness == WF_vars(Round) /\\ SF_vars(Out)\nP == <>(Y = 1)\n", true},
    {"strong fairness alone lets it stay where it is not enabled",
     circle + "Fairness == SF_vars(Out)\nP == <>(Y = 1)\n", false},
    {"weak fairness of a part of what is enabled without end",
     circle + "Fairness == WF_vars(Next)\nP == []<>(X = 0)\n", false},
    {"round and round", circle + "Fairness == WF_vars(Round)\nP == []<>(X = 0) \n", false},
    {"in the end it stays",
     circle + "Fairness == WF_vars(Round) /\\ SF_vars(Out)\nP == <>[](X = 1)\n", true},
    {"it need not stay", circle + "Fairness == WF_vars(Round)\nP == <>[](X = 1)\n", false},
    {"weak fairness of tasks",
     tasks + "Fairness == \\A w \\in Tasks : WF_vars(Turn(w))\n"
             "P == \\A w \\in Tasks : pc[w] = \"a\" ~> pc[w] = \"b\"\n",
     true},
    {"a task that is hindered again and again",
     tasks + "Fairness == \\A w \\in Tasks : WF_vars(Turn(w))\n"
             "P == \\A w \\in Tasks : pc[w] = \"b\" ~> pc[w] = \"c\"\n",
     false},
    {"a task that is hindered again and again, with strong fairness",
     tasks + "Fairness == \\A w \\in Tasks : SF_vars(Turn(w))\n"
             "P == \\A w \\in Tasks : pc[w] = \"b\" ~> pc[w] = \"c\"\n",
     true},
    {"fairness of all tasks together is not that of each",
     tasks + "Fairness == SF_vars(\\E w \\in Tasks : Turn(w))\n"
             "P == \\A w \\in Tasks : pc[w] = \"b\" ~> pc[w] = \"c\"\n",
     false},
    {"some task always gets there",
     tasks + "Fairness == WF_vars(Next)\nP == []<>(\\E w \\in Tasks : pc[w] = \"c\")\n", true},
    {"a loop behind a stem", fork + "Fairness == WF_vars(Next)\nP == X = 2 ~> X = 1\n", false},
    {"a dead end behind a stem", fork + "Fairness == WF_vars(Next)\nP == X = 1 ~> X = 2\n", false},
    {"what the stem does not decide", fork + "Fairness == WF_vars(Next)\nP == X = 0 ~> X # 0\n",
     true},
    {"a conjunction of which the second fails",
     fork + "Fairness == WF_vars(Next)\nP == /\\ X = 0 ~> X # 0\n     /\\ X = 2 ~> X = 1\n", false},
    {"fairness of one object is not that of the other",
     numbers + "Fairness == \\A s \\in {r \\in S : FALSE} : WF_vars(Flip(s))\n"
               "P == \\A s \\in S : []<>(n[s] = 1)\n",
     false},
    {"fairness of each object",
     numbers + "Fairness == \\A s \\in S : WF_vars(Flip(s))\n"
               "P == \\A s \\in S : []<>(n[s] = 1)\n",
     true},
    {"fairness of some object",
     numbers + "Fairness == WF_vars(Next)\n"
               "P == \\A s \\in S : []<>(n[s] = 1)\n",
     false},
    {"a step again and again",
     numbers + "Fairness == \\A s \\in S : WF_vars(Flip(s))\n"
               "P == \\A s \\in S : []<><<Flip(s)>>_vars\n",
     true},
    {"a step that need not come again",
     numbers + "Fairness == WF_vars(Next)\n"
               "P == \\A s \\in S : []<><<Flip(s)>>_vars\n",
     false},
    {"a step that does not change the subscript does not count",
     numbers + "Fairness == \\A s \\in S : WF_vars(Flip(s))\n"
               "P == \\A s \\in S : []<><<Flip(s)>>_x\n",
     false},
    {"a step that does not change the subscript is allowed",
     numbers + "Fairness == \\A s \\in S : WF_vars(Flip(s))\nP == <>[][FALSE]_x\n", true},
    {"a premise on states",
     numbers + "Fairness == WF_vars(Next)\n"
               "P == \\A s, t \\in S :\n"
               "  <>[](n[s] = 0) => (s = t \\/ n[t] = 0 ~> s = t \\/ n[t] = 1)\n",
     true},
    {"a premise on steps",
     numbers + "Still(s) == n'[s] = n[s]\nFairness == WF_vars(Next)\n"
               "P == \\A s, t \\in S :\n"
               "  <>[][Still(s)]_vars => (s = t \\/ n[t] = 0 ~> s = t \\/ n[t] = 1)\n",
     true},
    {"a premise on what does not change",
     circle + "Fairness == WF_vars(Next)\n"
              "P == <>[][UNCHANGED y]_vars => (X = 0 ~> X = 1)\n",
     true},
    {"without that premise", circle + "Fairness == WF_vars(Next)\nP == Y = 0 ~> Y = 1\n", false},
    {"a premise that excuses nothing",
     circle + "Fairness == WF_vars(Next)\nP == <>[][UNCHANGED n]_vars => Y = 0 ~> Y = 1\n", false},
    {"a premise without parentheses after it",
     circle + "Fairness == WF_vars(Next)\nP == <>[][UNCHANGED x]_vars => Y = 0 ~> Y = 1\n", true},
    {"a premise of what comes again",
     circle + "Fairness == SF_vars(Out)\nP == []<>(X = 1) => <>(Y = 1)\n", true},
    {"a premise of what comes again that is no excuse",
     circle + "Fairness == WF_vars(Round)\nP == []<>(X = 1) => <>(Y = 1)\n", false},
    {"a premise of steps that come again",
     circle + "Fairness == SF_vars(Out)\nP == []<><<Round>>_vars => <>(Y = 1)\n", true},
    {"steps of some kind alone in the end",
     circle + "Fairness == WF_vars(Round) /\\ SF_vars(Out)\nP == <>[][Out]_vars\n", true},
    {"steps of another kind without end",
     circle + "Fairness == WF_vars(Round)\nP == <>[][Out]_vars\n", false},
    {"a subscript that the action does not change",
     circle + "Fairness == WF_y(Round)\nP == X = 0 ~> X = 1\n", false},
    {"a subscript that the action changes",
     circle + "Fairness == WF_x(Round)\nP == X = 0 ~> X = 1\n", true},
    {"a tuple as a subscript", circle + "Fairness == WF_<<y, x>>(Round)\nP == X = 0 ~> X = 1\n",
     true},
    {"steps that change nothing are none",
     "Stay == UNCHANGED vars\nUp == X = 0 /\\ SetX(1) /\\ UNCHANGED <<y, n, pc>>\n"
     "Next == Stay \\/ Up\nFairness == WF_vars(Next)\nP == <>(X = 1)\n",
     true},
    {"an implication under []", counter + "Fairness == WF_vars(Up)\nP == [](X = 1 => <>(X = 3))\n",
     true},
    {"~ within []", counter + "Fairness == WF_vars(Up)\nP == []<>~(X = 2)\n", true},
    {"a step that two actions take",
     "A == SetX(1 - X) /\\ UNCHANGED <<y, n, pc>>\n"
     "B == X = 0 /\\ SetX(1) /\\ UNCHANGED <<y, n, pc>>\n"
     "Next == A\nFairness == WF_vars(B)\nP == []<>(X = 1)\n",
     true},
    {"an action that is fair and no step",
     "A == X < 2 /\\ SetX(X + 1) /\\ UNCHANGED <<y, n, pc>>\n"
     "B == X = 2 /\\ SetX(5) /\\ UNCHANGED <<y, n, pc>>\n"
     "Next == A\nFairness == WF_vars(B)\nP == []<>(X < 2)\n",
     true},
};

void by_tlc(const Case& one) {
  CAPTURE(one.name);
  CHECK(Toy{one.units}.tlc() == (one.holds ? "holds" : "violated"));
}

}  // namespace

TEST_CASE("liveness of toys", "[liveness]") {
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(Toy{one.units}.engine() == (one.holds ? "holds" : "violated"));
  }
}

TEST_CASE("TLC says the same of some toys", "[liveness][tlc]") {
  if (!has_tlc_or_skips()) return;
  for (std::size_t i = 0; i < cases.size(); i += 5) by_tlc(cases[i]);
}

TEST_CASE("TLC says the same of all toys", "[liveness][tlc][thorough]") {
  if (!has_tlc_or_skips()) return;
  for (const Case& one : cases) by_tlc(one);
}
