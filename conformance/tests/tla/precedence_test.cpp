// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/tla/small_module.hpp"

using namespace lockstep::testing;
using Catch::Contains;

TEST_CASE("operators bind as TLA+ says", "[tla]") {
  CHECK(meaning("a = b <=> c = d") == "(a = b) = (c = d)");
  CHECK(meaning("a /\\ b => c \\/ d") == "a /\\ b => c \\/ d");
  CHECK(meaning("a => b <=> c") == "a => b = c");
  CHECK(meaning("~a /\\ b") == "~a /\\ b");
  CHECK(meaning("~(a /\\ b)") == "~(a /\\ b)");
  CHECK(meaning("~a = b") == "a # b");
  CHECK(meaning("~ a \\in S /\\ b") == "a \\notin S /\\ b");
  CHECK(meaning("a /\\ ~b = c") == "a /\\ b # c");
  CHECK(meaning("a + b * c = d") == "a + b * c = d");
  CHECK(meaning("a - b + c = d") == "a - b + c = d");
  CHECK(meaning("a + b - c = d") == "a + b - c = d");
  CHECK(meaning("(a + b) - c = d") == "(a + b) - c = d");
  CHECK(meaning("a - b - c = d") == "a - b - c = d");
  CHECK(meaning("a - (b - c) = d") == "a - (b - c) = d");
  CHECK(meaning("(a + b) * c = d") == "(a + b) * c = d");
  CHECK(meaning("a * b % 2 = 0") == "a * b % 2 = 0");
  CHECK(meaning("-a + b = c") == "0 - a + b = c");
  CHECK(meaning("a = -1") == "a = -1");
  CHECK(meaning("a \\in {1} \\cup {2} /\\ b") == "(a = 1 \\/ a = 2) /\\ b");
  CHECK(meaning("a \\in 1 .. b + 1") == "a \\in Int /\\ 1 <= a /\\ a <= b + 1");
  CHECK(meaning("f'[a] = f[a]'") ==
        "5:21: a prime is understood only on a variable: f'[x], not f[x]'");
  CHECK(meaning("a' + 1 = b'") == "a' + 1 = b'");
  CHECK(meaning("a = \\A x \\in S : f[x] /\\ b") == "a = (\\A x \\in S : f[x] /\\ b)");
  CHECK(meaning("a /\\ \\E x \\in S : f[x] \\/ b") == "a /\\ (\\E x \\in S : f[x] \\/ b)");
  CHECK(meaning("a = IF b THEN 1 ELSE 2 + c") == "a = (IF b THEN 1 ELSE 2 + c)");
}

TEST_CASE("an operator may have several spellings", "[tla]") {
  CHECK(meaning("a /= b") == meaning("a # b"));
  CHECK(meaning("a =< b") == "a <= b");
  CHECK(meaning("a \\leq b") == "a <= b");
  CHECK(meaning("a \\geq b") == "b <= a");
  CHECK(meaning("a \\in S \\union T") == "a \\in S \\/ a \\in T");
  CHECK(meaning("a \\in S \\intersect T") == "a \\in S /\\ a \\in T");
}

TEST_CASE("comments are nothing", "[tla]") {
  CHECK(meaning("a = (* one (* two *) = b *) 1 \\* + 1") == "a = 1");
  CHECK(meaning("\n  /\\ a (* bullets *)\n  (* below *)\n  /\\ b \\* /\\ c\n") == "a /\\ b");
}

TEST_CASE("operators that do not bind are refused", "[tla]") {
  const char* const bodies[] = {"a /\\ b \\/ c",
                                "a \\/ b /\\ c",
                                "a => b => c",
                                "a <=> b <=> c",
                                "a = b = c",
                                "a = b # c",
                                "a < b < c",
                                "a \\in S = b",
                                "a \\in S \\cup T \\cap S",
                                "a \\in S \\ T \\ S",
                                "a \\in S \\cup T \\ S",
                                "a + b % 2 = 0",
                                "a - b % 2 = 0",
                                "a % 2 % 2 = 0",
                                "a = ~b",
                                "a + ~b = c",
                                "a \\in 1 .. 2 .. 3",
                                "2 * -1 = a"};
  for (const char* body : bodies) CHECK_THAT(meaning(body), Contains("expected parentheses"));
  CHECK(meaning("a /\\ b \\/ c") ==
        "5:16: '/\\' and '\\/' side by side: neither binds tighter; expected parentheses");
}
