// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/tla/small_world.hpp"

using namespace lockstep::testing;
using Catch::Contains;

namespace {

using Steps = std::set<std::string>;

/// An action A, in line 9, and the definitions before it; of the variables it speaks of n, b, p.
Steps steps(const std::string& action, const std::string& before = "Free == TRUE",
            const std::string& others = "g, q, pc") {
  return steps_of(std::string{usual_start} + before + "\nA ==" + action +
                  "\n\nNext == A /\\ UNCHANGED <<" + others + ">>\n");
}

std::string error(const std::string& action, const std::string& before = "Free == TRUE",
                  const std::string& others = "g, q, pc") {
  const Steps found = steps(action, before, others);
  return found.size() == 1 ? *found.begin() : "no error";
}

const std::string rest = " /\\ UNCHANGED <<b, p>>";

}  // namespace

TEST_CASE("an action is guards and one value for each cell", "[tla]") {
  CHECK(steps("n' = [n EXCEPT ![CHOOSE s \\in S : s = s] = 1]" + rest) !=
        Steps{"n[s1]=1"});  // several would do
  CHECK(steps("(\\E s \\in S : n' = [n EXCEPT ![s] = @ + 1])" + rest) ==
        Steps{"n[s1]=1", "n[s2]=1"});
  CHECK(steps("n' = [s \\in S |-> q[s] + 1]" + rest) == Steps{"n[s1]=6 n[s2]=6"});
  CHECK(steps("(n' = n \\/ \\E s \\in S : q[s] = 6 /\\ n' = [n EXCEPT ![s] = 1])" + rest) ==
        Steps{"nothing"});
  CHECK(steps("b[CHOOSE s \\in S : TRUE] /\\ UNCHANGED <<n, b, p>>").begin()->find("CHOOSE") !=
        std::string::npos);
  CHECK(steps("(\\A s \\in S : ~b[s]) /\\ UNCHANGED <<n, b, p>>") == Steps{"nothing"});
  CHECK(steps("(\\E s \\in S : b[s]) /\\ UNCHANGED <<n, b, p>>") == Steps{});
}

TEST_CASE("EXCEPT replaces the cells of its keys, one update after the other", "[tla]") {
  const auto n = [](const std::string& f) {
    return steps("(\\E s, t \\in S : s # t /\\ n' = " + f + ")" + rest);
  };
  CHECK(n("[n EXCEPT ![s] = 1, ![s] = @ + 1]") == Steps{"n[s1]=2", "n[s2]=2"});
  CHECK(n("[n EXCEPT ![s] = 1, ![t] = n[s] + 2]") == Steps{"n[s1]=1 n[s2]=2", "n[s1]=2 n[s2]=1"});
  CHECK(n("[[n EXCEPT ![s] = 1] EXCEPT ![t] = @ + 3]") ==
        Steps{"n[s1]=1 n[s2]=3", "n[s1]=3 n[s2]=1"});
  CHECK(n("[n EXCEPT ![IF b[s] THEN s ELSE t] = 4]") == Steps{"n[s1]=4", "n[s2]=4"});
  CHECK(n("[n EXCEPT ![Null] = 4]") == Steps{"nothing"});
  CHECK(n("[n EXCEPT ![s] = [n EXCEPT ![t] = 7][t]]") == Steps{"n[s1]=7", "n[s2]=7"});
  CHECK(steps("(\\E s \\in S, t \\in T : g' = [g EXCEPT ![s][t] = t, ![s][t] = IF @ = t THEN Null"
              " ELSE t]) /\\ UNCHANGED <<n, b, p>>",
              "Free == TRUE", "q, pc") == Steps{"nothing"});
  CHECK(steps("(\\E s \\in S, t \\in T : g' = [g EXCEPT ![s] = [@ EXCEPT ![t] = t]])"
              " /\\ UNCHANGED <<n, b, p>>",
              "Free == TRUE",
              "q, pc") == Steps{"g[s1][t1]=t1", "g[s1][t2]=t2", "g[s2][t1]=t1", "g[s2][t2]=t2"});
}

TEST_CASE("IF, CASE and LET take actions apart", "[tla]") {
  const std::string down = "Set(s, i) == n' = [n EXCEPT ![s] = i]";
  CHECK(steps("(\\E s \\in S : IF b[s] THEN Set(s, 1) ELSE Set(s, 2))" + rest, down) ==
        Steps{"n[s1]=2", "n[s2]=2"});
  CHECK(steps("(\\E s \\in S : CASE b[s] -> Set(s, 1) [] q[s] = 5 -> Set(s, 2) [] q[s] < 6 -> "
              "Set(s, 3))" +
                  rest,
              down) == Steps{"n[s1]=2", "n[s2]=2"});
  CHECK(steps("(\\E s \\in S : CASE b[s] -> Set(s, 1) [] OTHER -> Set(s, 9))" + rest, down) ==
        Steps{"n[s1]=9", "n[s2]=9"});
  CHECK(
      steps("(\\E s \\in S : LET i == q[s] + 1 f == [t \\in S |-> i] IN n' = [f EXCEPT ![s] = 0])" +
            rest) == Steps{"n[s1]=6", "n[s2]=6"});
  CHECK(steps("(\\E s \\in S : LET it(t) == t = s IN Change(it))" + rest,
              "Change(is(_)) == n' = [s \\in S |-> IF is(s) THEN 8 ELSE n[s]]") ==
        Steps{"n[s1]=8", "n[s2]=8"});
}

TEST_CASE("tuples have a length and an index", "[tla]") {
  const std::string path =
      "Path == <<\"a\", \"b\", \"c\">>\n"
      "After(x) == LET i == CHOOSE i \\in DOMAIN Path : Path[i] = x\n"
      "            IN IF i = Len(Path) THEN \"end\" ELSE Path[i + 1]\n";
  const auto p = [&](const std::string& value) {
    return steps("(\\E s \\in S : p' = [p EXCEPT ![s] = " + value + "]) /\\ UNCHANGED <<n, b>>",
                 path);
  };
  CHECK(p("After(\"a\")") == Steps{"p[s1]=b", "p[s2]=b"});
  CHECK(p("After(\"c\")") == Steps{"p[s1]=end", "p[s2]=end"});
  CHECK(p("Path[Len(Path)]") == Steps{"p[s1]=c", "p[s2]=c"});
  CHECK(p("After(p[s])") == Steps{"p[s1]=b", "p[s2]=b"});
  CHECK_THAT(*p("After(\"x\")").begin(), Contains("CHOOSE of a set of which none does"));
  CHECK_THAT(*p("Path[4]").begin(), Contains("outside of its domain"));
  CHECK(p("IF b[s] THEN Path[4] ELSE \"z\"") == Steps{"p[s1]=z", "p[s2]=z"});
}

TEST_CASE("sets that depend on the state are gone through, counted and chosen from", "[tla]") {
  const std::string ones = "Ones == {s \\in S : n[s] = 1}\nFives == {s \\in S : q[s] = 5}";
  CHECK(steps("(\\E s \\in Ones : n' = [n EXCEPT ![s] = 3])" + rest, ones) == Steps{});
  CHECK(steps("(\\E s \\in Fives : n' = [n EXCEPT ![s] = 3])" + rest, ones) ==
        Steps{"n[s1]=3", "n[s2]=3"});
  CHECK_THAT(error("(\\A s \\in Ones : n' = q)" + rest, ones),
             Contains("n' has no value in some alternative"));
  CHECK(steps("n' = [s \\in S |-> Cardinality(Ones) + Cardinality(Fives)]" + rest, ones) ==
        Steps{"n[s1]=2 n[s2]=2"});
  CHECK(steps("n' = [s \\in S |-> CHOOSE i \\in 0 .. 3 : i # n[s]]" + rest) ==
        Steps{"n[s1]=1 n[s2]=1"});
  CHECK(steps("(\\A s \\in S : IF s = s THEN n[s] = 0 ELSE n' = n) /\\ n' = q" + rest) ==
        Steps{"n[s1]=5 n[s2]=5"});
  CHECK(steps("n' = q /\\ (\\A s \\in S : n'[s] = 5) /\\ (\\A s \\in S : n'[s] = 4 => n' = n)" +
              rest) == Steps{"n[s1]=5 n[s2]=5"});
  CHECK(steps("(\\E s \\in S : n' = [n EXCEPT ![s] = 1]) /\\ (\\A s \\in S : n'[s] = 1)" + rest) ==
        Steps{});
  CHECK(steps("n' = [s \\in S |-> CASE n[s] = 0 -> 1 [] q[s] = 5 -> 2 [] OTHER -> 3]" + rest) ==
        Steps{"n[s1]=1 n[s2]=1"});
  CHECK(steps("n' = [s \\in S |-> IF b[s] THEN 1 ELSE 0] /\\ (\\A s \\in S : n'[s] = q[s] - 5 \\/ "
              "n'[s] = 7)" +
              rest) == Steps{"nothing"});
}

TEST_CASE("where a task stands decides which actions are tried", "[tla]") {
  const auto at = [](const std::string& where) {
    return steps("(\\E w \\in Tasks : " + where + " /\\ n' = q)" + rest);
  };
  CHECK(at("pc[w] = \"Idle\"") == Steps{"n[s1]=5 n[s2]=5"});
  CHECK(at("pc[w] = \"Other\"") == Steps{});
  CHECK(at("(pc[w] = \"Other\" \\/ pc[w] = \"Idle\")") == Steps{"n[s1]=5 n[s2]=5"});
  CHECK(at("pc[w] \\in {\"Other\", \"Idle\"}") == Steps{"n[s1]=5 n[s2]=5"});
  CHECK(at("(pc[w] = \"Other\" \\/ \\A s \\in S : q[s] = 5)") == Steps{"n[s1]=5 n[s2]=5"});
  CHECK(at("(IF pc[w] = \"Other\" THEN FALSE ELSE TRUE)") == Steps{"n[s1]=5 n[s2]=5"});
  CHECK(at("pc[w] # \"Other\"") == Steps{"n[s1]=5 n[s2]=5"});
}

TEST_CASE("a prime is what has been assigned", "[tla]") {
  CHECK_THAT(error("(\\A s \\in S : n[s] = 0 => b' = b) /\\ UNCHANGED <<n, p>>"),
             Contains("b' is asked for before it has a value"));
  CHECK(steps("(\\E s \\in S : n' = [n EXCEPT ![s] = 1] /\\ n'[s] = 1 /\\ n[s] = 0)" + rest) ==
        Steps{"n[s1]=1", "n[s2]=1"});
  CHECK(steps("(\\E s \\in S : n' = [n EXCEPT ![s] = 1]) /\\ (\\E s \\in S : n' = [n EXCEPT ![s] = "
              "n'[s]])" +
              rest) == Steps{"n[s1]=1", "n[s2]=1"});
  CHECK(steps("(\\E s \\in S : n' = [n EXCEPT ![s] = 1]) /\\ UNCHANGED n" + rest) == Steps{});
  CHECK(steps("b' \\in {[b EXCEPT ![s] = TRUE] : s \\in S} /\\ UNCHANGED <<n, p>>")
            .begin()
            ->find("a set of the values") != std::string::npos);
}

TEST_CASE("what an action leaves open is refused where it stands", "[tla]") {
  CHECK_THAT(error("UNCHANGED <<n, p>>"),
             Contains("b' has no value in some alternative; expected b' = ..."));
  CHECK_THAT(error("UNCHANGED <<n, p>> /\\ b' = TRUE"), Contains("b is given a function"));
  CHECK_THAT(error("UNCHANGED <<n, p>> /\\ b' = [t \\in T |-> TRUE]"),
             Contains("b is given a function of other keys"));
  CHECK_THAT(error("UNCHANGED <<n, p>> /\\ b' = [s \\in S |-> 1]"),
             Contains("b[s1] is given a number; expected a truth value"));
  CHECK_THAT(error("UNCHANGED <<n, b>> /\\ p' = [s \\in S |-> 1]"),
             Contains("p[s1] is given a number; expected a string"));
  CHECK_THAT(error("n'[Null] = 1 /\\ UNCHANGED <<b, p>>"), Contains("n' is asked for before"));
  CHECK_THAT(error("UNCHANGED <<b, p, n[1]>>"), Contains("UNCHANGED is understood of variables"));
  CHECK_THAT(error("(\\E i \\in Nat : n' = [s \\in S |-> i]) /\\ UNCHANGED <<b, p>>"),
             Contains("a set without end"));
  CHECK_THAT(error("(\\E i \\in 0 .. q[CHOOSE s \\in {} : TRUE] : n' = n)" + rest),
             Contains("a range that is not of constants"));
  CHECK_THAT(error("n' = q /\\ ENABLED A" + rest), Contains("'ENABLED'"));
}

TEST_CASE("where TLC would stop, so do we, and only there", "[tla]") {
  CHECK_THAT(error("(\\E s \\in S, t \\in T : n' = [n EXCEPT ![s] = q[g[s][t]]])" + rest),
             Contains("outside of its domain"));
  CHECK(steps("(\\E s \\in S, t \\in T : g[s][t] # Null /\\ n' = [n EXCEPT ![s] = q[g[s][t]]])" +
              rest) == Steps{});
  CHECK_THAT(error("(\\E s \\in S : CASE b[s] -> n' = n)" + rest),
             Contains("a CASE of which no condition holds"));
}

TEST_CASE("the start is read from Init", "[tla]") {
  CHECK_THAT(*steps_of("Init == n = [s \\in S |-> 1]\nNext == n' = n\n").begin(),
             Contains("has no value at the start"));
  const std::string one(usual_start);
  std::string several = one;
  several.replace(several.find("n = [s \\in S |-> 0]"), 19, "n = n");
  CHECK_THAT(*steps_of(several + "Next == UNCHANGED <<n, g, b, p, q, pc>>\n").begin(),
             Contains("n is asked for before it has a value"));
  several = one;
  several.replace(several.find("n = [s \\in S |-> 0]"), 19,
                  "(n = [s \\in S |-> 0] \\/ n = [s \\in S |-> 1])");
  CHECK_THAT(*steps_of(several + "Next == UNCHANGED <<n, g, b, p, q, pc>>\n").begin(),
             Contains("'Init' has 2 states; expected one: Init has one state"));
}
