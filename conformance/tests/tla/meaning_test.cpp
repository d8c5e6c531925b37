// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/tla/small_module.hpp"

using namespace lockstep::testing;

TEST_CASE("membership in a set that is written out is a condition", "[tla]") {
  CHECK(meaning("a \\in {1, 2}") == "a = 1 \\/ a = 2");
  CHECK(meaning("a \\notin {1}") == "a # 1");
  CHECK(meaning("a \\in {}") == "FALSE");
  CHECK(meaning("a \\in S") == "a \\in S");
  CHECK(meaning("a \\in S \\cup {Null}") == "a \\in S \\/ a = Null");
  CHECK(meaning("a \\in S \\cap T") == "a \\in S /\\ a \\in T");
  CHECK(meaning("a \\in S \\ {b}") == "a \\in S /\\ a # b");
  CHECK(meaning("a \\in {x \\in S : f[x] = x}") == "a \\in S /\\ f[a] = a");
  CHECK(meaning("a \\in 2..4") == "a \\in Int /\\ 2 <= a /\\ a <= 4");
  CHECK(meaning("a \\in Nat") == "a \\in Int /\\ 0 <= a");
  CHECK(meaning("a \\in Nat \\ {0}") == "a \\in Int /\\ 0 <= a /\\ a # 0");
  CHECK(meaning("a \\in Int") == "a \\in Int");
  CHECK(meaning("a \\in BOOLEAN") == "a = TRUE \\/ a = FALSE");
  CHECK(meaning("3 \\in Nat") == "TRUE");
  CHECK(meaning("-3 \\in Nat") == "FALSE");
  CHECK(meaning("Null \\in Nat") == "FALSE");
  CHECK(meaning("\"x\" \\in {\"y\", \"x\"}") == "TRUE");
  CHECK(meaning("f \\in [S -> {1, 2}]") == "\\A key \\in S : f[key] = 1 \\/ f[key] = 2");
  CHECK(meaning("f \\in [S -> [T -> BOOLEAN]]") ==
        "\\A key \\in S : \\A key_2 \\in T : f[key][key_2] = TRUE \\/ f[key][key_2] = FALSE");
  CHECK(meaning("f \\in [S \\ {a} -> T]") == "\\A key \\in S : key # a => f[key] \\in T");
}

TEST_CASE("a quantifier goes through the parts of its set", "[tla]") {
  CHECK(meaning("\\A x \\in S : f[x] = 1") == "\\A x \\in S : f[x] = 1");
  CHECK(meaning("\\E x, y \\in S, z \\in T : f[x] = g[y][z]") ==
        "\\E x \\in S : \\E y \\in S : \\E z \\in T : f[x] = g[y][z]");
  CHECK(meaning("\\A x \\in {a, b} : f[x] = 1") == "f[a] = 1 /\\ f[b] = 1");
  CHECK(meaning("\\E x \\in {a, b} : f[x] = 1") == "f[a] = 1 \\/ f[b] = 1");
  CHECK(meaning("\\A x \\in {} : f[x] = 1") == "TRUE");
  CHECK(meaning("\\E x \\in {} : f[x] = 1") == "FALSE");
  CHECK(meaning("\\A x \\in {a} \\ {Null} : f[x] = 1") == "a # Null => f[a] = 1");
  CHECK(meaning("\\E x \\in {a} \\ {Null} : f[x] = 1") == "a # Null /\\ f[a] = 1");
  CHECK(meaning("\\A x \\in S \\cup {Null} : f[x] = 1") ==
        "(\\A x \\in S : f[x] = 1) /\\ f[Null] = 1");
  CHECK(meaning("\\E x \\in S \\cup {Null} : f[x] = 1") ==
        "(\\E x \\in S : f[x] = 1) \\/ f[Null] = 1");
  CHECK(meaning("\\A x \\in S \\cap T : f[x] = 1") == "\\A x \\in S : x \\in T => f[x] = 1");
  CHECK(meaning("\\E x \\in Nat \\cap {1, a} : f[x] = 1") ==
        "f[1] = 1 \\/ (a \\in Int /\\ 0 <= a /\\ f[a] = 1)");
  CHECK(meaning("\\A x \\in {y \\in S : g[y]} : f[x] = 1") == "\\A x \\in S : g[x] => f[x] = 1");
  CHECK(meaning("\\E x \\in {y \\in S : g[y]} : f[x] = 1") == "\\E x \\in S : g[x] /\\ f[x] = 1");
  CHECK(meaning("\\A x \\in 1..3 : f[x] = x") == "f[1] = 1 /\\ f[2] = 2 /\\ f[3] = 3");
  CHECK(meaning("\\A x \\in 3..1 : f[x] = x") == "TRUE");
  CHECK(meaning("\\A x \\in BOOLEAN : f[x]") == "f[TRUE] /\\ f[FALSE]");
  CHECK(meaning("Cardinality({x \\in S : f[x] = 1}) = 2") ==
        "Cardinality({x \\in S : f[x] = 1}) = 2");
  CHECK(meaning("Cardinality(S) > a") == "a < Cardinality({element \\in S : TRUE})");
  CHECK(meaning("Cardinality({x \\in S \\ {a} : f[x]} \\cap T) = 1") ==
        "Cardinality({element \\in S : element \\in T /\\ f[element] /\\ element # a}) = 1");
}

TEST_CASE("definitions are put in their places, without capture", "[tla]") {
  const char* const units =
      "One == 1\nSites == {One, 2}\nLeaving == Sites \\cup {3}\n"
      "Has(m, v, sites) == f[m] = v /\\ g[m] \\in sites\n"
      "Some(v) == \\E m \\in S : Has(m, v, Leaving)\n"
      "Of(goes(_), x) == goes(x) /\\ ~goes(b)\n"
      "IsOne(v) == v = One\n";
  CHECK(meaning("\\A m \\in S : Has(m, b, Sites)", units) ==
        "\\A m \\in S : f[m] = b /\\ (g[m] = 1 \\/ g[m] = 2)");
  // The m of Some is not the m that it is asked about.
  CHECK(
      meaning("\\A m \\in S : Some(m)", units) ==
      "\\A m \\in S : \\E m_2 \\in S : f[m_2] = m /\\ (g[m_2] = 1 \\/ g[m_2] = 2 \\/ g[m_2] = 3)");
  CHECK(meaning("\\A m \\in S : Some(m)", std::string{units} + "m_2 == 1\n")
            .starts_with("\\A m \\in S : \\E m_3 \\in S : f[m_3] = m"));
  CHECK(meaning("Of(IsOne, a)", units) == "a = 1 /\\ b # 1");
  CHECK(meaning("LET x == a + 1 IN x = b /\\ x # c") == "a + 1 = b /\\ a + 1 # c");
  CHECK(meaning("LET x(y) == y + 1  z == x(2) IN a = z") == "a = 3");
  CHECK(meaning("LET x == {1} IN a \\in x") == "a = 1");
  CHECK(meaning("\\A m \\in S : LET n == m IN \\E k \\in S : f[k] = n") ==
        "\\A m \\in S : \\E k \\in S : f[k] = m");
  // Each quantifier has a name of its own, also where one definition is used twice.
  CHECK(meaning("Some(1) /\\ Some(2)", units).find("m_2") != std::string::npos);
  CHECK(meaning("\\A x \\in S : LET y == \\E k \\in S : f[k] = x IN y <=> y") ==
        "\\A x \\in S : (\\E k \\in S : f[k] = x) = (\\E k_2 \\in S : f[k_2] = x)");
  // Sets do not see the names that are bound beside them; a filter's name ends with it.
  CHECK(meaning("\\E v \\in {x \\in S : f[x]} : \\A x \\in T : g[x] = v") ==
        "\\E v \\in S : f[v] /\\ (\\A x \\in T : g[x] = v)");
}

TEST_CASE("what the constants decide is decided", "[tla]") {
  const char* const is = "Is(v) == Variant = v\n";
  CHECK(meaning("IF Is(\"holds\") THEN a = 1 ELSE a = 2", is) == "a = 1");
  CHECK(meaning("IF Is(\"other\") THEN a = 1 ELSE a = 2", is) == "a = 2");
  CHECK(meaning("IF Is(\"holds\") THEN <<a>> = 1 ELSE TRUE", is).find("tuples") !=
        std::string::npos);
  CHECK(meaning("IF ~Is(\"holds\") THEN b \\cup c ELSE a = 2", is) == "a = 2");
  CHECK(meaning("a = CASE Is(\"x\") -> 1 [] Is(\"holds\") -> 2 [] OTHER -> 3", is) == "a = 2");
  CHECK(meaning("a = CASE Is(\"x\") -> 1 [] OTHER -> 3", is) == "a = 3");
  CHECK(meaning("a = CASE b = 1 -> 1 [] Is(\"holds\") -> 2", is) == "a = (IF b = 1 THEN 1 ELSE 2)");
  CHECK(meaning("a \\in IF Is(\"holds\") THEN {1} ELSE {2}", is) == "a = 1");
  CHECK(meaning("a \\in CASE Is(\"x\") -> {1} [] OTHER -> {2}", is) == "a = 2");
  CHECK(meaning("FALSE /\\ b \\cup c") == "FALSE");
  CHECK(meaning("a = 1 /\\ TRUE") == "a = 1");
  CHECK(meaning("a = 1 \\/ TRUE") == "TRUE");
  CHECK(meaning("a = 1 => FALSE") == "a # 1");
  CHECK(meaning("TRUE => a = 1") == "a = 1");
  CHECK(meaning("1 = 1") == "TRUE");
  CHECK(meaning("1 = 2") == "FALSE");
  // S may be empty.
  CHECK(meaning("\\A x \\in S : FALSE") == "\\A x \\in S : FALSE");
  CHECK(meaning("\\E x \\in S : TRUE") == "\\E x \\in S : TRUE");
  CHECK(meaning("2 + 3 * 4 = a") == "14 = a");
  CHECK(meaning("7 - 9 < a") == "-2 < a");
  CHECK(meaning("-7 % 3 = a") == "2 = a");
  CHECK(meaning("a > b /\\ a >= b /\\ a < b /\\ a =< b") ==
        "b < a /\\ b <= a /\\ a < b /\\ a <= b");
  CHECK(meaning("Null = 0") == "FALSE");
  CHECK(meaning("Null # \"x\"") == "TRUE");
}
