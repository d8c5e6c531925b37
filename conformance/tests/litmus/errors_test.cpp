// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "reading.hpp"

// What is no litmus test, and what is one that is not read: each with its place.
namespace lockstep::orders {

namespace {

struct Complaint {
  std::string text;
  std::string expected;
};

void check(const std::vector<Complaint>& all) {
  for (const Complaint& c : all) {
    INFO(c.text);
    CHECK(complaint(c.text) == "t.litmus:" + c.expected);
  }
}

/// A body of one line, the fifth of its file.
std::string body(const std::string& text, const std::string& initial = "") {
  return alone(initial, text, "true");
}

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("A text that is no litmus test is refused where it goes wrong", "[litmus]") {
  check({{"", "1:1: no litmus test; expected its language and its name, as in 'C name'"},
         {"C", "1:2: expected the name of the test"},
         {"C t\nmore", "2:5: the end; expected '{' and the initial state"},
         {"C t (* x", "1:5: a comment without its end; expected '*)'"},
         {"C t \"x\n{}", "1:5: a text without its end; expected '\"'"},
         {"C t {", "1:6: the end; expected the name of a variable or register"},
         {"C t {}", "1:7: the end; expected a thread, as in 'P0(int *x) { }'"},
         {"C t {} P0() {} filter (x=1) then",
          "1:29: 'then'; expected a thread, 'filter', "
          "'locations', 'exists', '~exists' or 'forall'"},
         {"C t {} P1() {} exists true", "1:8: thread P1; expected P0"},
         {"C t {} Q0() {} exists true", "1:8: 'Q0'; expected a thread, as in 'P0(int *x)'"},
         {"C t {} { {} P0() {}", "1:8: '{' without its end; expected '}'"},
         {"C t {} P0(x) {} exists true", "1:11: 'x'; expected the type of a parameter"},
         {"C t {} P0() {} exists",
          "1:22: the end; expected a register, as in '0:r1', or the name "
          "of a variable"},
         {"C t {} P0() {} exists (x=1", "1:27: the end; expected ')'"},
         {"C t {} P0() {} exists (x=1) y", "1:29: 'y'; expected the end"},
         {"C t {} P0() {} exists (x)", "1:25: ')'; expected '='"},
         {"C t {} P0() {} exists (x=)", "1:26: ')'; expected a number, or the name of a variable"},
         {"C t {} P0() {} exists (1:r=1)", "1:24: there is no thread P1"},
         {"C t {x=1} P0() {} exists (0:x=1)", "1:27: P0 has no variable 'x'"},
         {"C t {} P1() {} P1() {} exists true", "1:8: thread P1; expected P0"},
         {"C t {} P0() {} exists (P1:r=1)", "1:24: there is no thread P1"},
         {"C t {} P0() {} exists (x<1)", "1:26: '1'; expected '>'"},
         {"C t {1:r=1} P0() {} exists true", "1:8: there is no thread P1"},
         {"C t {x=1; x=2} P0() {} exists true", "1:11: 'x' is given a value twice"},
         {"C t {int x[2]={1,2,3}} P0() {} exists true", "1:10: no such element; 'x' has 2"},
         {"C t {int x[2];} P0() {} exists x[2]=0", "1:32: no such element; 'x' has 2"},
         {"C t {x 1} P0() {} exists true", "1:8: '1'; expected ';'"},
         {"C t {} P0() { \x01 } exists true", "1:15: the byte 1 means nothing in a litmus test"},
         {"C t {} P0() { @ } exists true",
          "1:15: the character '@' means nothing in a litmus test"}});
}

TEST_CASE("A thread that is no C is refused where it goes wrong", "[litmus]") {
  check({{body("*x = 1"), "6:1: '}'; expected ';'"},
         {body("int = 1;"), "5:5: '='; expected the name of a variable"},
         {body("r = ;"), "5:5: ';'; expected an expression"},
         {body("r = (1;"), "5:7: ';'; expected ')'"},
         {body("if 1 *x = 1;"), "5:4: '1'; expected '('"},
         {body("do *x = 1; until (1);"), "5:12: 'until'; expected 'while'"},
         {body("r = 09;"), "5:5: no number; expected digits of base 8"},
         {body("r = 0x;"), "5:5: no number; expected digits of base 16"},
         {body("r = 1a;"), "5:5: no number; expected digits of base 10"},
         {body("1 = 2;"), "5:1: no object; expected a variable, '*x' or 'x[i]'"},
         {body("r = w;", "w=1"),
          "5:5: 'w' is unknown; expected a parameter of P0 or a variable of it"},
         {body("READ_ONCE();"), "5:1: READ_ONCE() with 0 arguments; expected 1"},
         {body("READ_ONCE(*x, 1);"), "5:1: READ_ONCE() with 2 arguments; expected 1"},
         {body("r = smp_mb();"), "5:5: smp_mb() returns nothing; expected a value"},
         {body("site_load(1, x);"), "5:11: no name; expected that of a site"},
         {body("site_fence(S); r = site_load(S, x);"),
          "5:20: site 'S' is a fence elsewhere; expected a name of its own"},
         {body("x[2] = 1;", "int x[2]"), "5:2: no such element; 'x' has 2"}});
}

TEST_CASE("What is not supported is named, with its place", "[litmus]") {
  const auto no = [](const std::string& what) { return what + " is not supported"; };
  check({{"AArch64 t\n{}\n", no("1:1: a test in the language 'AArch64'")},
         {body("frobnicate(x);"), no("5:1: the function 'frobnicate'")},
         {body("r = *x + *y;"), no("5:8: '+' with accesses that C puts in no order")},
         {body("r = READ_ONCE(*x) == atomic_read(y);"),
          no("5:19: '==' with accesses that C puts in no order")},
         {body("*x += *y;"), no("5:4: '+=' with accesses that C puts in no order")},
         {body("**x = *y;"), no("5:5: '=' with accesses that C puts in no order")},
         {body("r = cmpxchg(x, *y, *z);"),
          no("5:5: 'cmpxchg' with accesses that C puts in no order")},
         {body("WRITE_ONCE(**x, *y);"),
          no("5:1: 'WRITE_ONCE' with accesses that C puts in no order")},
         {body("x = y;", "int x[2]"), no("3:1: a change of the array 'x'")},
         {body("goto out;"), no("5:1: 'goto'")},
         {body("while (1) break;"), no("5:11: 'break'")},
         {body("return;"), no("5:1: 'return'")},
         {body("int a[2];"), no("5:5: an array of a thread")},
         {body("foo bar;"), no("5:1: the type 'foo'")},
         {body("r = x->next;"), no("5:6: a member of a structure")},
         {body("r = 99999999999999999999999999;"), no("5:5: a number of more than 64 bits")},
         {body("r = 0x7fffffffffffffff + 1;"), no("5:24: '+' of 9223372036854775807 and 1")},
         {body("r = *x + 0x100000000;"), no("5:8: '+' with a number beyond 1610612735")},
         {body("int r = *x; r++;", "x=5000000000"),
          no("5:14: arithmetic on what may be an address, or a number beyond 1610612735")},
         {body("r = *x / 2;"), no("5:8: '/' on what is not known before the test runs")},
         {body("r = *x >> 1;"), no("5:8: '>>' on what is not known before the test runs")},
         {body("r = 1 / 0;"), no("5:7: '/' of 1 and 0")},
         {body("r = x * 2;"), no("5:7: '*' on an address")},
         {body("r = *x; r++;", "x=y"), no("5:10: arithmetic on what may be an address")},
         {body("atomic_inc(x);", "x=y"), no("5:1: arithmetic on what may be an address")},
         {body("r = *x < 1;", "x=y"), no("5:8: arithmetic on what may be an address")},
         {body("*y = x; r = **z; s = *y & 4;"), no("5:25: arithmetic on what may be an address")},
         {body("int r = *x; " + repeated("r = r + r; ", 14)),
          no("5:129: a value computed in this many steps")},
         {body("*x = *x * 2; *y = *x * 99999; *x = *y * 99999; r = *x + 1;", "x=1"),
          no("5:9: a value that may go beyond 1610612735")},
         {body("r = READ_ONCE(x);"), no("5:15: the parameter 'x' without '*' here")},
         {body("r = READ_ONCE(w);"), no("5:15: the variable 'w' without '*' here")},
         {body("r = __load{once}(x);"), no("5:5: herd7's own function '__load{}'")},
         {body("r = &r;"), no("5:5: the address of a variable of the thread")},
         {body("r = READ_ONCE(r);"), no("5:15: READ_ONCE() of a variable of the thread")},
         {body("r = try_cmpxchg(x, y, 1);"),
          no("5:20: try_cmpxchg() with anything but the address of a variable of the thread")},
         {body("r = x;", "int x[2]"), no("5:5: the address of the array 'x' as a value")},
         {body("r = &x[1];", "int x[2]"), no("5:5: the address of an element as a value")},
         {body("r = x[1];"), no("5:6: an element of what is no array")},
         {body("while (1) *x = 1;"), no("5:14: a test of more than 1000 events")},
         {body("while (1) ;"), no("5:8: a test that runs this long")},
         {body("r = 1 ? 2 : " + repeated("(", 300)), no("5:111: nesting this deep")},
         {body(repeated("{", 300)), no("5:201: nesting this deep")},
         {body("r = 0" + repeated("+1", 300) + ";"), no("5:404: nesting this deep")},
         {"C t {int x[2];} P0() {} exists x=0", no("1:32: the value of a whole array")},
         {"C t {x=y; int y[2];} P0() {} exists true", no("1:8: the address of the array 'y'")},
         {"C t {int x[99];} P0() {} exists true", no("1:12: an array of 99 elements")},
         {"C t {} P0(int x) {} exists true", no("1:11: the parameter 'x', which is no pointer,")}});
}

}  // namespace lockstep::orders
