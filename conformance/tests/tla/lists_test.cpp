// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/tla/small_module.hpp"

using namespace lockstep::testing;
using Catch::Contains;

// Bodies begin in line 5, after `Here == `; what begins in a new line has the columns that it has.

TEST_CASE("an item of a list goes on to what is not right of its bullet", "[tla]") {
  CHECK(meaning("\n  /\\ a\n  /\\ b") == "a /\\ b");
  CHECK(meaning("\n/\\ a\n/\\ b") == "a /\\ b");
  CHECK(meaning("\n  /\\ a\n     \\/ b\n  /\\ c") == "(a \\/ b) /\\ c");
  CHECK(meaning("\n  /\\ a \\/ b\n  /\\ c") == "(a \\/ b) /\\ c");
  CHECK(meaning("\n  /\\ \\/ a\n     \\/ b\n  /\\ c") == "(a \\/ b) /\\ c");
  CHECK(meaning("\n  \\/ /\\ a\n     /\\ b\n  \\/ c\n     /\\ d") == "(a /\\ b) \\/ (c /\\ d)");
  CHECK(meaning("\n  /\\ a =>\n     b\n  /\\ c") == "(a => b) /\\ c");
}

TEST_CASE("an operator not right of the bullets takes the whole list", "[tla]") {
  CHECK(meaning("\n  /\\ a\n  /\\ b\n  => c") == "a /\\ b => c");
  CHECK(meaning("\n  /\\ a\n  /\\ b\n => c") == "a /\\ b => c");
  CHECK(meaning("\n  /\\ a\n  /\\ b\n     => c") == "a /\\ (b => c)");
  CHECK(meaning("\n  /\\ a\n  /\\ \\/ b\n     \\/ c\n    => d") == "a /\\ (b \\/ c => d)");
  CHECK(meaning("\n    \\/ a\n    \\/ b\n  /\\ c") == "(a \\/ b) /\\ c");
}

TEST_CASE("a list is an operand", "[tla]") {
  CHECK(meaning("a => /\\ b\n             /\\ c") == "a => b /\\ c");
  CHECK(meaning("\n  a => /\\ b\n       /\\ c") == "a => b /\\ c");
  // Not below the first: no bullet, but the operator, which binds tighter than =>.
  CHECK(meaning("\n  a => \\/ b\n       \\/ c\n    /\\ d") == "a => (b \\/ c) /\\ d");
  CHECK(meaning("\n  \\/ a\n  \\/ ~ /\\ b\n         /\\ c") == "a \\/ ~(b /\\ c)");
}

TEST_CASE("quantifiers, IF, CASE and LET take all that an item has", "[tla]") {
  CHECK(meaning("\n  /\\ \\A x \\in S : /\\ f[x]\n                  /\\ g[x]\n  /\\ a") ==
        "(\\A x \\in S : f[x] /\\ g[x]) /\\ a");
  CHECK(meaning("\n  /\\ \\A x \\in S : f[x]\n     /\\ a\n  /\\ b") ==
        "(\\A x \\in S : f[x] /\\ a) /\\ b");
  CHECK(meaning("\n  \\/ \\E x \\in S :\n     /\\ f[x]\n     /\\ g[x]\n  \\/ a") ==
        "(\\E x \\in S : f[x] /\\ g[x]) \\/ a");
  CHECK(meaning("\n  /\\ IF a\n     THEN /\\ b\n          /\\ c\n     ELSE \\/ c\n          \\/ d\n"
                "  /\\ d") == "(IF a THEN b /\\ c ELSE c \\/ d) /\\ d");
  CHECK(meaning("\n  /\\ LET x == 1\n         y == x + 1\n     IN a = y\n  /\\ b") ==
        "a = 2 /\\ b");
  CHECK(meaning("\n  /\\ CASE a -> b\n       [] c -> d\n       [] OTHER -> a\n  /\\ b") ==
        "(IF a THEN b ELSE IF c THEN d ELSE a) /\\ b");
}

TEST_CASE("what is not right of a bullet is in none of its parentheses", "[tla]") {
  CHECK_THAT(meaning("\n  /\\ (a\n  /\\ b)\n"),
             Contains("7:3: '/\\', which is not to the right of the list's bullet; expected ')'"));
  CHECK_THAT(meaning("\n  /\\ IF a\n  THEN b ELSE c\n"), Contains("7:3: 'THEN', which is not"));
  CHECK_THAT(meaning("\n  /\\ a\n  \\/ b"), Contains("7:3: a bullet of another kind"));
  CHECK_THAT(meaning("\n  /\\ a\n  b"), Contains("7:3: 'b'; expected an operator"));
  CHECK_THAT(meaning("\n  /\\\n  /\\ b"), Contains("7:3: '/\\', which is not"));
}
