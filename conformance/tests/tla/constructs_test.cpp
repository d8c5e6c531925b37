// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/has_tlc.hpp"
#include "tests/tla/random_module.hpp"

using namespace lockstep::testing;

namespace {

const std::string start =
    "  /\\ n' = [x \\in S |-> IF x = s THEN 1 ELSE 2] /\\ b' = [x \\in S |-> x = s]\n"
    "  /\\ g' = [x \\in S |-> [y \\in T |-> IF y = t THEN Null ELSE t]] /\\ UNCHANGED <<p, pc>>\n";

/// What an action says of n, g and p beside its construct.
const std::string rest = " /\\ UNCHANGED <<b, pc>>";
const std::string of_n = " /\\ UNCHANGED <<g, b, p, pc>>";
const std::string of_g = " /\\ UNCHANGED <<n, b, p, pc>>";
const std::string of_p = " /\\ UNCHANGED <<n, g, b, pc>>";

/// Each construct of the language, where another reading of it makes another graph.
const std::vector<std::string> constructs = {
    "n[s] = 1 /\\ n' = [n EXCEPT ![s] = 0]" + of_n,
    "n' = [n EXCEPT ![s] = 0, ![s] = @ + 1]" + of_n,
    "n' = [n EXCEPT ![CHOOSE i \\in {s} : TRUE] = (@ + 1) % 3]" + of_n,
    "n' = [n EXCEPT ![IF b[s] THEN s ELSE s] = n[s] % 2]" + of_n,
    "g' = [g EXCEPT ![s][t] = t]" + of_g,
    "g' = [g EXCEPT ![s] = [@ EXCEPT ![t] = IF @ = t THEN Null ELSE t]]" + of_g,
    "g' = [g EXCEPT ![s] = [y \\in T |-> IF y = t THEN @[t] ELSE t]]" + of_g,
    "g' = [g EXCEPT ![s][t] = Null, ![s][t] = @]" + of_g,
    "n' = [x \\in S |-> IF x = s THEN n[x] ELSE 0]" + of_n,
    "n' = [x \\in (S \\ {s}) \\cup {s} |-> Cardinality({y \\in S : n[y] = n[x]})]" + of_n,
    "n' = [[n EXCEPT ![s] = 2] EXCEPT ![s] = @ - 1]" + of_n,
    "(n' = n \\/ n' = [n EXCEPT ![s] = 0] \\/ FALSE)" + of_n,
    "(n[s] = 0 \\/ n[s] = 1) /\\ n' = [n EXCEPT ![s] = @ + 1]" + of_n,
    "(\\E i \\in 0 .. 2 : n' = [n EXCEPT ![s] = i])" + of_n,
    "(\\E i \\in {j \\in 0 .. 2 : j > n[s]} : n' = [n EXCEPT ![s] = i])" + of_n,
    "(\\E i \\in {n[s], 0} : n' = [x \\in S |-> i])" + of_n,
    "(\\E i, j \\in 0 .. 1 : i # j /\\ n' = [n EXCEPT ![s] = i + 2 * j])" + of_n,
    "(\\A x \\in S : n[x] # 0) /\\ n' = [n EXCEPT ![s] = 0]" + of_n,
    "(\\A x \\in {s} : n' = [n EXCEPT ![x] = 0])" + of_n,
    "n' = [n EXCEPT ![s] = 0] /\\ (\\A x \\in {y \\in S : b[y]}, z \\in T : n'[x] = 2 \\/ g[x][z] = z)" +
        of_n,
    "(IF n[s] = 1 THEN n' = [n EXCEPT ![s] = 2] ELSE UNCHANGED n)" + of_n,
    "n' = (IF b[s] THEN n ELSE [n EXCEPT ![s] = 0])" + of_n,
    "(CASE n[s] > 0 -> n' = [n EXCEPT ![s] = 0] [] n[s] > 1 -> n' = [n EXCEPT ![s] = 1]"
    " [] OTHER -> n' = [n EXCEPT ![s] = 2])" +
        of_n,
    "n' = [n EXCEPT ![s] = CASE @ = 0 -> 1 [] @ < 2 -> 2 [] @ = 2 -> 0]" + of_n,
    "(LET v == n[s] f == [n EXCEPT ![s] = v] IN n' = [f EXCEPT ![s] = (v + 1) % 3])" + of_n,
    "(LET v(x) == n[x] + 1 IN n' = [n EXCEPT ![s] = v(s) % 3])" + of_n,
    "(LET is(x) == x = s IN Change(is, 2))" + of_n,
    "n' = [n EXCEPT ![s] = <<2, 0, 1>>[n[s] + 1]]" + of_n,
    "n' = [n EXCEPT ![s] = Len(<<s, t>>) % 2]" + of_n,
    "n' = [n EXCEPT ![s] = CHOOSE i \\in 0 .. 2 : i # n[s]]" + of_n,
    "n' = [n EXCEPT ![s] = CHOOSE i \\in {2, 1, 0} : i # n[s]]" + of_n,
    "p' = [p EXCEPT ![s] = Path[CHOOSE i \\in DOMAIN Path : Path[i] # p[s]]]" + of_p,
    "p[s] \\in {\"a\", \"c\"} /\\ p' = [p EXCEPT ![s] = IF @ = \"a\" THEN \"c\" ELSE \"d\"]" + of_p,
    "n' = [n EXCEPT ![s] = 0] /\\ n'[s] < n[s]" + of_n,
    "n' = [n EXCEPT ![s] = 0] /\\ n' = [x \\in S |-> n[x]]" + of_n,
    "n' = [n EXCEPT ![s] = 0] /\\ UNCHANGED n" + of_n,
    "n' = [n EXCEPT ![s] = 0] /\\ p' = [p EXCEPT ![s] = IF n'[s] = n[s] THEN \"b\" ELSE \"c\"]"
    " /\\ UNCHANGED g" +
        rest,
    "n = [x \\in S |-> IF x = s THEN 1 ELSE 2] /\\ n' = [x \\in S |-> 0]" + of_n,
    "(n[s] = 1 => g[s][t] = Null) /\\ n' = [n EXCEPT ![s] = 0]" + of_n,
    "(n[s] = 1 <=> b[s]) /\\ n' = [n EXCEPT ![s] = 0]" + of_n,
    "~(n[s] = 1) /\\ n[s] \\notin {0} /\\ n' = [n EXCEPT ![s] = (n[s] - 3) % 3]" + of_n,
    "g[s][t] \\in (T \\ {t}) \\cup {Null} /\\ g' = [g EXCEPT ![s][t] = t]" + of_g,
    "(\\E y \\in T \\cap {t} : g' = [g EXCEPT ![s][y] = Null])" + of_g,
    "n \\in [S -> 0 .. 1] /\\ n' = [n EXCEPT ![s] = 2]" + of_n,
    "n' = [n EXCEPT ![s] = 0] /\\ UNCHANGED <<g, <<b, pc>>, p>>",
    "(n' = [n EXCEPT ![s] = 0] \\/ n' = [n EXCEPT ![s] = 1])"
    " /\\ (g' = [g EXCEPT ![s][t] = t] \\/ UNCHANGED g) /\\ UNCHANGED <<b, p, pc>>",
};

}  // namespace

TEST_CASE("each construct of an action means to TLC what it means here", "[tla][tlc]") {
  if (!has_tlc_or_skips()) return;
  std::vector<Batch::Part> parts;
  for (const std::string& construct : constructs) parts.push_back({start, {"  /\\ " + construct}});
  lockstep::ComparisonResult sum;
  CHECK(difference_of(Batch{parts}, sum) == "");
  CHECK(sum.states > parts.size() * 4);
}

TEST_CASE("where TLC stops with an error the text is refused too", "[tla][tlc]") {
  if (!has_tlc_or_skips()) return;
  for (const std::string& wrong : std::vector<std::string>{
           "n' = [n EXCEPT ![s] = CASE n[s] = 5 -> 1]" + of_n,
           "n' = [n EXCEPT ![s] = CHOOSE i \\in 0 .. 2 : i > 2]" + of_n,
           "n' = [n EXCEPT ![s] = n[g[s][t]]]" + of_n,
           "n' = [n EXCEPT ![s] = <<1, 2>>[n[s] + 2]]" + of_n, "UNCHANGED <<g, b, p, pc>>",
           "(IF n'[s] = 1 THEN UNCHANGED n ELSE n' = n)" + of_n}) {
    INFO(wrong);
    const Batch batch{{{start, {"  /\\ " + wrong}}}};
    CHECK(refused_here(batch) != "");
    CHECK(refused_by_tlc(batch) != "");
  }
}
