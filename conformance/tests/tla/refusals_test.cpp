// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "model/verdict.hpp"
#include "tests/tla/small_module.hpp"

using namespace lockstep;
using namespace lockstep::testing;
using Catch::Contains;

TEST_CASE("what is not understood is refused where it stands", "[tla]") {
  const std::pair<const char*, const char*> cases[] = {
      {"[](a = 1)", "5:9: temporal"},
      {"a ~> b", "5:11: temporal formulas are not understood here: '~>'"},
      {"WF_f(a)", "5:9: temporal formulas are not understood here: 'WF'"},
      {"<<a, b>> = c", "5:9: tuples"},
      {"f = [x \\in S |-> 1]", "5:13: tuples, [x \\in S |-> e] and EXCEPT are not understood"},
      {"f' = [f EXCEPT ![a] = 1]", "5:14: tuples, [x \\in S |-> e] and EXCEPT are not underst"},
      {"f = [x \\in S, y \\in T |-> 1]", "5:13: a function of several arguments"},
      {"f = [f EXCEPT !.x = 1]", "5:24: records"},
      {"f = [f EXCEPT ![a, b] = 1]", "5:24: a function of a tuple"},
      {"f = [f EXCEPT [a] = 1]", "5:23: '['; expected '!'"},
      {"a = CHOOSE x : x = 1", "5:22: ':'; expected '\\in'"},
      {"a = CHOOSE x, y \\in S : TRUE", "5:13: expected CHOOSE x \\in S : P"},
      {"a = @", "5:13: '@' outside of what EXCEPT"},
      {"<<a, b", "6:1: '===='; expected '>>' or ','"},
      {"a = CHOOSE x \\in S : TRUE", "5:13: 'CHOOSE' is not understood"},
      {"a \\in DOMAIN f", "5:15: 'DOMAIN' is not understood"},
      {"UNCHANGED a", "5:9: 'UNCHANGED'"},
      {"ENABLED a", "5:9: 'ENABLED'"},
      {"a \\in SUBSET S", "5:15: 'SUBSET'"},
      {"a \\in UNION S", "5:15: 'UNION'"},
      {"a \\in {f[x] : x \\in S}", "5:21: a set of the values"},
      {"{x \\in S} = a", "expected ':'"},
      {"a \\subseteq S", "5:11: '\\subseteq'"},
      {"a ++ b = c", "5:11: '++'"},
      {"a \\div 2 = 1", "5:11: '\\div'"},
      {"a ^ 2 = 1", "5:11: '^'"},
      {"f[a, b] = 1", "5:10: a function of a tuple"},
      {"a.b = 1", "5:10: '.'"},
      {"M!Next", "5:10: names of an instance"},
      {"\\A x : x = 1", "5:14: ':'; expected '\\in' or ','"},
      {"\\A <<x, y>> \\in S : x = 1", "5:12: '<<'; expected a variable"},
      {"\\A x \\in Nat : x = 1", "5:18: a set without end"},
      {"\\A x \\in 1..b : x = 1", "5:19: a range"},
      {"\\A x \\in f[a] : x = 1", "5:19: a value; expected a set"},
      {"a \\in b", "5:15: 'b' is no set"},
      {"S = T", "5:9: a set; expected a value"},
      {"{a} = {b}", "5:9: a set; expected a value"},
      {"a = S \\cup T", "5:15: a set; expected a value"},
      {"(a + 1)' = 2", "5:16: a prime"},
      {"1' = 2", "5:10: a prime"},
      {"\\A x \\in S : x' = 2", "5:23: a prime"},
      {"\\A a \\in S : a = 2", "5:9: 'a' has a meaning already"},
      {"\\A x \\in S : \\E x \\in S : x = 2", "'x' has a meaning already"},
      {"LET a == 1 IN a = 1", "5:13: 'a' has a meaning already"},
      {"\\E x \\in S, y \\in {x} : y = 1", "5:28: 'x' is not known"},
      {"unknown = 1", "5:9: 'unknown' is not known"},
      {"Here", "5:9: defined by itself"},
      {"Cardinality({a, b}) = 1", "5:9: Cardinality is understood only"},
      {"Cardinality(S \\cup T) = 1", "5:9: Cardinality is understood only"},
      {"Cardinality(S, T) = 1", "5:9: Cardinality has one parameter"},
      {"IsFiniteSet(S)", "5:9: 'IsFiniteSet' is no operator"},
      {"(a + b)[c] = 1", "5:16: only variables"},
      {"a = CASE b = 1 -> 1", "5:13: a CASE without OTHER"},
      {"a \\in IF b = 1 THEN S ELSE T", "5:15: a set that depends on the state"},
      {"f \\notin [S -> T]", "a set of functions, in a condition"},
      {"f \\in [S -> T] => a = 1", "a set of functions, in a condition"},
      {"~(a = 1 /\\ f \\in [S -> T])", "a set of functions, in a condition"},
      {"(f \\in [S -> T]) = (a = 1)", "a set of functions, in a condition"},
      {"(IF f \\in [S -> T] THEN a ELSE b) = 1", "a set of functions, in a condition"},
      {"Cardinality({x \\in S : f \\in [S -> T]}) = 1", "a set of functions, in a condition"},
      {"\\A x \\in {y \\in S : f \\in [S -> T]} : a = x", "a set of functions, in a condition"},
      {"\"x\" = 1", "5:13: a string is compared with a number"},
      {"TRUE = 1", "5:14: a truth value is compared with a number"},
      {"1 /\\ a", "5:9: a number; expected a truth value"},
      {"a => \"x\"", "5:14: a string; expected a truth value"},
      {"~Null", "5:10: a model value; expected a truth value"},
      {"TRUE + 1 = a", "5:9: a truth value; expected a number"},
      {"(a = b) < 1", "a truth value; expected a number"},
      {"a % 0 = 1", "5:11: '%' by what is no number above 0"},
      {"a % b = 1", "5:11: '%' by what is no number above 0"},
      {"2147483647 + 1 = a", "5:20: a number that TLC cannot hold"},
      {"\\A x \\in S : 1", "a number; expected a truth value"},
      {"(a", "6:1: '===='; expected ')'"},
      {"IF a THEN b", "6:1: '===='; expected 'ELSE'"},
      {"a =", "6:1: '===='; expected an expression"},
      {"a b", "5:11: 'b'; expected an operator, or the next unit in column 1"},
  };
  for (const auto& [body, error] : cases) {
    INFO(body);
    CHECK_THAT(meaning(body), Contains(error));
  }
}

TEST_CASE("what a definition does not need is not refused", "[tla]") {
  const char* const units =
      "Ever == [][a' = a]_a\nInst == INSTANCE Other WITH x <- [y \\in S |-> y]\n"
      "Fun[x \\in S] == x\n"
      "Long ==\n  /\\ a' = [a EXCEPT ![b] = 1]\n  /\\ LET z == 1\n     IN  z ++ a\n"
      "THEOREM Ever => a\n"
      "Fine(x) == x = 1\n";
  CHECK(meaning("Fine(a)", units) == "a = 1");
  CHECK_THAT(meaning("Ever", units), Contains("5:9: temporal"));
  CHECK_THAT(meaning("Fine(Inst)", units), Contains("6:18: no module 'Other' (Other.tla)"));
  CHECK_THAT(meaning("Fun[a] = 1", units), Contains("7:4: the definition of a function"));
  CHECK_THAT(meaning("Long", units), Contains("11:12: '++'"));
  CHECK_THAT(meaning("Fine(a, b)", units), Contains("'Fine' has 1 parameters, not 2"));
  CHECK_THAT(meaning("Fine = 1", units), Contains("'Fine' has 1 parameters, not 0"));
}

TEST_CASE("what a property says of every step is read where it is of that form alone", "[tla]") {
  const auto says = [](const std::string& ever) {
    try {
      const tla::Module module =
          module_of("M",
                    "---- MODULE M ----\nEXTENDS Integers\nVARIABLES a, b\nStep == a' = a + 1\n"
                    "vars == <<a, b>>\nEver == " +
                        ever + "\nNext == Step\n====\n");
      return tla::text(module.expand_every_step("Ever", {}));
    } catch (const InputError& error) {
      return std::string{error.what()};
    }
  };
  CHECK(says("[][Step]_vars") == "a' = a + 1");
  // TLC allows a step that leaves `a` as it is, whatever Step says of it.
  CHECK_THAT(says("[][Step]_a"),
             Contains("M.tla:6:1: 'Ever' has the subscript a, which leaves out b; a property of "
                      "steps is understood as [][A]_vars"));
  for (const char* other : {"[][Step /\\ b = 1]_vars", "[][Step]_vars /\\ a = 1", "<>[][Step]_vars",
                            "[]<><<Step>>_vars", "[](a = 1)", "Step", "[][Step]_<<a>>"}) {
    CAPTURE(other);
    CHECK_THAT(says(other), Contains("M.tla:6:1: 'Ever' is not of the form [][Action]_vars"));
  }
  CHECK_THAT(says("[][Stop]_vars"), Contains("no definition 'Stop'"));
}

TEST_CASE("what could change the meaning of the rest is refused when it is read", "[tla]") {
  const auto read = [](const std::string& units) {
    try {
      small_module(units);
      return std::string{"read"};
    } catch (const InputError& error) {
      const std::string what = error.what();
      return what.substr(what.find(".tla:") + 5);
    }
  };
  CHECK(read("x == 1") == "read");
  CHECK_THAT(read("x + y == 1"), Contains("5:1: 'x'; expected a unit"));
  CHECK_THAT(read("x == 1\ny \\prec z == 2"), Contains("6:1: 'y'; expected a unit"));
  CHECK_THAT(read("INSTANCE Other"), Contains("5:1: 'INSTANCE'"));
  CHECK_THAT(read("RECURSIVE x"), Contains("5:1: 'RECURSIVE'"));
  CHECK_THAT(read("x == 1\nx == 2"), Contains("6:1: 'x' is defined twice"));
  CHECK_THAT(read("a == 1"), Contains("5:1: 'a' is defined twice"));
  CHECK_THAT(read("x == \"y"), Contains("5:6: a string without its end"));
  CHECK_THAT(read("x == 1 (* y"), Contains("5:8: a comment without its end"));
  CHECK_THAT(read("x ==\t1"), Contains("5:5: a tab"));
  CHECK_THAT(read("(* \xc3\xa4 *) x == 1"), Contains("5:10: after a comment"));
  CHECK_THAT(read("x == 1.5"), Contains("a number with a fraction"));
  CHECK_THAT(read("x == 2147483648"), Contains("a number above 2147483647"));
  CHECK_THAT(read("x == \xe2\x88\x80"), Contains("5:6: a character that is not of TLA+"));
  CHECK_THAT(read("---- MODULE Inner ----\n===="), Contains("5:1: a module inside of a module"));
}

TEST_CASE("arithmetic is that of the standard modules", "[tla]") {
  const auto of = [](const std::string& extends, const std::string& body) {
    try {
      const std::string text =
          "---- MODULE Own ----\n" + extends + "VARIABLE a\nx == " + body + "\n====";
      return tla::text(module_of("Own", text).expand("x", {}));
    } catch (const InputError& error) {
      return std::string{error.what()};
    }
  };
  CHECK(of("EXTENDS Naturals\n", "a + 1 = 2") == "a + 1 = 2");
  CHECK_THAT(of("", "a + 1 = 2"), Contains("'+' is not defined in Own"));
  CHECK_THAT(of("", "a \\in 1 .. 2"), Contains("'..' is not defined"));
  CHECK_THAT(of("EXTENDS Naturals\n", "a = -1"), Contains("'-' is not defined in Own"));
  CHECK_THAT(of("EXTENDS Naturals\n", "a \\in Int"), Contains("'Int' is no set"));
  CHECK_THAT(of("EXTENDS Integers\n", "Cardinality({}) = a"), Contains("'Cardinality'"));
  // Whose own name it is, its own meaning it has.
  CHECK(of("", "a \\in Nat\nNat == {7}") == "a = 7");
}
