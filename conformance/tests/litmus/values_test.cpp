// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "reading.hpp"

// What one thread computes: each condition holds in every execution, and its negation in none.
namespace lockstep::orders {

namespace {

struct Computed {
  const char* initial;
  const char* body;
  const char* condition;
};

void check(const std::vector<Computed>& all) {
  for (const Computed& c : all) {
    INFO(c.initial << " | " << c.body << " | " << c.condition);
    CHECK(verdict_of(alone(c.initial, c.body, c.condition), "sc") == "Always");
    CHECK(verdict_of(alone(c.initial, c.body, "~(" + std::string{c.condition} + ")"), "lkmm") ==
          "Never");
  }
}

}  // namespace

TEST_CASE("Operators of C compute what C says", "[litmus]") {
  check(
      {{"x=6", "int r = *x; r = r + 2 * 3 - 1;", "0:r=11"},
       {"x=6", "int r = *x; int a = r & 3; int b = r | 1; int c = r ^ 2;",
        "0:a=2 /\\ 0:b=7 /\\ 0:c=4"},
       {"x=6", "int r = ~*x; int a = -r; int b = +r;", "0:r=-7 /\\ 0:a=7 /\\ 0:b=-7"},
       {"x=6", "int a = !*x; int b = !a; int c = !!*x;", "0:a=0 /\\ 0:b=1 /\\ 0:c=1"},
       {"x=6", "int a = *x << 2; int b = 7 >> 1; int c = 7 / 2; int d = 7 % 4;",
        "0:a=24 /\\ 0:b=3 /\\ 0:c=3 /\\ 0:d=3"},
       {"x=6", "int a = *x == 6; int b = *x != 6; int c = *x < 6; int d = *x <= 6;",
        "0:a=1 /\\ 0:b=0 /\\ 0:c=0 /\\ 0:d=1"},
       {"x=6", "int a = *x > 5; int b = *x >= 7; int c = -1 < *x; int d = *x >= 6;",
        "0:a=1 /\\ 0:b=0 /\\ 0:c=1 /\\ 0:d=1"},
       {"x=6", "int a = *x && 0; int b = *x && 2; int c = *y || *x; int d = *y || 0;",
        "0:a=0 /\\ 0:b=1 /\\ 0:c=1 /\\ 0:d=0"},
       {"x=6", "int a = *x ? 3 : 4; int b = *y ? 3 : *x ? 5 : 6;", "0:a=3 /\\ 0:b=5"},
       {"x=6", "int a = 0x1F; int b = 010; int c = 3u; int d = 4UL;",
        "0:a=31 /\\ 0:b=8 /\\ 0:c=3 /\\ 0:d=4"},
       {"x=6", "int a, b = 2, *c; a = b = 1 + 1 == 2;", "0:a=1 /\\ 0:b=1"},
       {"x=6", "int a = (int)*x; long b = (unsigned long)(a + 1);", "0:b=7"},
       {"x=6", "int r = 1; r += 2; r *= *x; r -= 3; r |= 16; r &= 29; r ^= 1; r <<= 1;", "0:r=56"},
       {"x=6", "int r = 1; int a = r++; int b = ++r; int c = r--; int d = --r;",
        "0:a=1 /\\ 0:b=3 /\\ 0:c=3 /\\ 0:d=1 /\\ 0:r=1"},
       {"x=6", "*x = 7; *x += 2; (*x)++; ++*x; *y = *x;", "x=11 /\\ y=11"},
       {"", "int r = (1, 2);", "0:r=2"},
       {"", "r1 = 3; if (r1 == 4) r2 = 5; if (r2 == 0) r1 = 4;", "0:r1=4 /\\ 0:r2=0"}});
}

TEST_CASE("Numbers have up to 64 bits", "[litmus]") {
  // VMA_LOCK_OFFSET is 2^30: a count of readers with the mark of a writer in it.
  check({{"x=0x40000000", "int r = *x; int a = r + 3; int b = r & 0x40000000; *y = a - b;",
          "0:a=1073741827 /\\ 0:b=1073741824 /\\ y=3"},
         {"x=1", "*x += 1 << 30; int a = *x >= 0x40000000; int b = *x == 0x40000001;",
          "0:a=1 /\\ 0:b=1 /\\ x=0x40000001"},
         {"x=9999", "int r = *x * 2;", "0:r=19998"},
         {"x=0xffffffff", "*y = *x; int a = *y == 4294967295; int b = *y == 0; int c = !*y;",
          "y=0xffffffff /\\ 0:a=1 /\\ 0:b=0 /\\ 0:c=0"},
         {"x=9223372036854775807", "*y = *x; *z = -9223372036854775807;",
          "y=0x7fffffffffffffff /\\ ~(y=0x7ffffffffffffffe) /\\ z=-9223372036854775807"},
         {"x=0xffffffffffffffff", "int r = *x + 1;", "x=-1 /\\ 0:r=0"},
         {"", "long r = 1UL << 40; long a = (r + 1) / 2; int b = (0x100000000 - 0xffffffff) * 6;",
          "0:r=0x10000000000 /\\ 0:a=0x8000000000 /\\ 0:b=6"}});
}

TEST_CASE("The mark of a writer and the counts of readers stand in one number", "[litmus]") {
  const std::string reader = "(atomic_t *x) { int r; r = atomic_inc_return_acquire(x); }\n";
  const auto judged = [&](const std::string& condition) {
    const std::string writer = "P0(atomic_t *x) { int r; r = atomic_add_return(0x40000000, x); }\n";
    return verdict_of(
        "C t\n{}\n" + writer + "P1" + reader + "P2" + reader + "exists (" + condition + ")\n",
        "lkmm");
  };
  CHECK(judged("x=0x40000002") == "Always");
  CHECK(judged("0:r=0x40000001 /\\ 1:r=1 /\\ 2:r=0x40000002") == "Sometimes");
  CHECK(judged("0:r=0x40000001 /\\ 1:r=1 /\\ 2:r=1") == "Never");
}

TEST_CASE("An operand behind && and || is evaluated only where it matters", "[litmus]") {
  check({{"x=1", "int a = *y && (*z = 5); int b = *x && (*y = 6);",
          "z=0 /\\ y=6 /\\ 0:a=0 /\\ 0:b=1"},
         {"x=1", "int a = *x || (*z = 5); int b = *y || (*y = 6);",
          "z=0 /\\ y=6 /\\ 0:a=1 /\\ 0:b=1"},
         {"x=1", "int a = *x ? (*y = 2) : (*z = 3);", "y=2 /\\ z=0 /\\ 0:a=2"},
         {"", "int a = 0 && (*z = 5);", "z=0 /\\ 0:a=0"}});
}

TEST_CASE("Branches and loops are carried out", "[litmus]") {
  check({{"x=1", "if (*x) { *y = 1; } else { *y = 2; }", "y=1"},
         {"x=0", "if (*x) *y = 1; else *y = 2;", "y=2"},
         {"x=2", "if (*x == 1) *y = 1; else if (*x == 2) *y = 5; else *y = 9;", "y=5"},
         {"x=2", "if (*x == 2) if (*x == 3) *y = 1; else *y = 5;", "y=5"},
         {"x=1", "int r = 7; if (*x) { int r = 8; } ;", "0:r=8"},
         {"x=1", "int r; if (*y) r = 8;", "0:r=0"},
         {"x=1", "int r; if (*x) ; else r = 8;", "0:r=0"},
         {"x=0", "if (*x) ; else r = 8; int s = r;", "0:s=8"},
         {"", "int i = 7; do { i++; } while (i < 3); *x = i;", "x=8"},
         {"", "int i; int s = 0; for (i = 0; i < 5; i++) s += i; *x = s;", "x=10 /\\ 0:i=5"},
         {"", "int s = 0; for (int i = 9; i > 6; i -= 1) { s = s + 1; }", "0:s=3"},
         {"", "int i = 0; while (i != 4) { i++; }", "0:i=4"},
         {"", "int i = 7; do { i++; } while (i < 3); do i--; while (i > 5);", "0:i=5"},
         {"x=2", "while (*x) { *x = *x - 1; } ", "x=0"},
         {"x=2", "int n = 0; do { n++; *x -= 1; } while (*x); ", "x=0 /\\ 0:n=2"},
         {"x=1", "if (1) *y = 1; if (0) *z = 1; ;;", "y=1 /\\ z=0"}});
}

TEST_CASE("A loop is followed three times round and no further", "[litmus]") {
  const auto counted = [](int n) {
    return alone("x=" + std::to_string(n), "while (*x) *x -= 1;", "x=0");
  };
  CHECK(verdict_of(counted(3), "sc") == "Always");
  CHECK(read_test(counted(3)).cut_loops);
  CHECK(verdict_of(counted(4), "sc") == "Unknown");  // no execution ends within the bound
  CHECK_FALSE(read_test(alone("", "for (int i = 0; i < 9; i++) *x = i;", "x=8")).cut_loops);
}

TEST_CASE("Names of variables are values, and pointers lead to them", "[litmus]") {
  check({{"x=y; y=4", "int *r = *x; int a = *r; *r = 5;", "0:a=4 /\\ y=5 /\\ 0:r=y /\\ x=y"},
         {"int *x = &y;", "int *r = READ_ONCE(*x); WRITE_ONCE(*r, 5);", "y=5 /\\ 0:r=&y"},
         {"x=y; y=z", "int **r = *x; int *s = *r; *s = 6;", "z=6 /\\ 0:s=z"},
         {"", "*x = y; rcu_assign_pointer(*(int **)z, (int *)y);", "x=y /\\ z=y /\\ ~z=x"},
         {"", "int *p = x; int *q = NULL; int a = p == x; int b = p != y; int c = q == 0;",
          "0:a=1 /\\ 0:b=1 /\\ 0:c=1 /\\ 0:p=x"},
         {"x=y", "int *p = *x; if (p) *z = 1; if (p == NULL) *z = 2;", "z=1"},
         {"", "*z = x; x = y; int a = x == y; *x = 3;", "z=x /\\ y=3 /\\ 0:a=1 /\\ 0:x=y"},
         {"", "int r = *y & 8; int *p = x + r; WRITE_ONCE(*p, 1); WRITE_ONCE(*(z - r), 2);",
          "x=1 /\\ z=2"},
         {"", "WRITE_ONCE(*&*x, 1); int *p = &*y; *p = 2;", "x=1 /\\ y=2"},
         {"0:r1=3; int 0:r2=4; 0:r3=x", "int r1; *r3 = r1 + r2;", "x=7"}});
}

TEST_CASE("Arrays have elements of their own", "[litmus]") {
  check({{"int x[3]", "x[1] = 4; WRITE_ONCE(x[2], 5); int r = x[1]; *x = 6;",
          "x[0]=6 /\\ x[1]=4 /\\ x[2]=5 /\\ 0:r=4"},
         {"int x[2] = {7, 8}", "int r = *(x + 1); int s = *x; smp_store_release(&x[0], r);",
          "x[0]=8 /\\ 0:s=7"},
         {"int x[2] = {7}; y=1", "int i = *y; x[i] = 3; int r = x[i - 1];",
          "x[1]=3 /\\ x[0]=7 /\\ 0:r=7"},
         {"int x[2]; x[1] = 9", "int r = x[0]; int s = READ_ONCE(x[1]);", "0:r=0 /\\ 0:s=9"},
         {"x=3", "int r = x[0]; y[0] = r;", "y=3"}});
}

TEST_CASE("The initial state has many forms", "[litmus]") {
  check({{"x = 1; y = -2; z = 0x10;", ";", "x=1 /\\ y=-2 /\\ z=16"},
         {"int x; int y = 2; volatile int z = 3", ";", "x=0 /\\ y=2 /\\ z=3"},
         {"atomic_t x = ATOMIC_INIT(4); spinlock_t y; struct srcu_struct z;", ";", "x=4 /\\ y=0"},
         {"[x] = 1; *y = 2; int *z = x;", ";", "x=1 /\\ y=2 /\\ z=x"},
         {"(* a comment *) x=1; // more\n y=(2); /* and */ z = (int)3", ";", "x=1 /\\ y=2 /\\ z=3"},
         {"x=NULL; y=&x; z=true", ";", "x=0 /\\ y=x /\\ z=1"}});
}

TEST_CASE("Conditions are read as they are written", "[litmus]") {
  check({{"x=1; y=2", "int r = 3;", "true"},
         {"x=1; y=2", "int r = 3;", "not (false)"},
         {"x=1; y=2", "int r = 3;", "x=9 /\\ y=9 \\/ x=1"},
         {"x=1; y=2", "int r = 3;", "x=1 \\/ x=9 /\\ y=9"},
         {"x=1; y=2", "int r = 3;", "~(x=2 \\/ x=3) /\\ ~x=2"},
         {"x=1; y=2", "int r = 3;", "x!=2 /\\ [y]=2 /\\ ((( *x=1)))"},
         {"x=1; y=2", "int r = 3; int s = 3;", "0:r=0:s /\\ 0:r=3"},
         {"x=1; y=2", "int r = 3; int s = 4;", "~0:r=0:s /\\ 0:s!=0:r"},
         {"x=1; y=2", "int r = 3;", "w=0"},
         {"x=1; y=2", "int r = 3;", "x==1 /\\ y<>1 /\\ [y]==2"},
         {"x=1; y=2", "int r = 3;", "x=1 => y=2 /\\ (x=2 => y=1)"},
         {"x=1; y=2", "int r = 3;", "~(x=1 => y=1) /\\ (x=1 => y=1 => x=2)"},
         {"x=1; y=2", "int r = 3;", "x=1 => y=1 \\/ y=2"},
         {"x=1; y=2", "int r = 3;", "~(x=2 => y=1 /\\ x=2)"},
         {"x=1; P0:s=2", "int r = 3;", "P0:r=3 /\\ 0:s=2 /\\ 0:s=P0:s"}});
  const std::string head = "C t\n{}\nP0(int *x) { *x = 1; int r = 2; }\n";
  for (const char* text : {"(x=1)", "final (x=1)", "final x=1 /\\ 0:r=2", "filter (x=1) (0:r=2)",
                           "locations [x int; 0:r int*; 0:s *]\nexists (0:r=2)"}) {
    INFO(text);
    CHECK(verdict_of(head + text, "sc") == "Always");
  }
}

TEST_CASE("A variable that nothing assigns is 0, and is told", "[litmus]") {
  check({{"", "int r = s + 2; if (t) r = 9;", "0:r=2 /\\ 0:s=0 /\\ 0:u=0"}});
  using Names = std::set<std::string>;
  const auto unassigned = [](const std::string& body, const std::string& condition) {
    return read_test(alone("0:s=1", body, condition)).unassigned;
  };
  CHECK(unassigned("int r = 1; int t;", "0:r=1 /\\ 0:s=1 /\\ 0:t=0") == Names{});
  CHECK(unassigned("*x = r;", "0:u=0") == Names{"0:r", "0:u"});
}

TEST_CASE("Threads stand in any order, remarks hold what they like", "[litmus]") {
  const litmus::Test t = read_test(
      "C t\n\"a\ntitle { \" // not yet {\n/* { */ Info=1\n{}\n"
      "{\n#include \"x.h\"\nint f() { return '1'; }\n}\n"
      "P1(int *x) { *x = 1; }\nP0(int *x) { int r = *x; }\n"
      "exists (0:r=1)\n");
  CHECK(t.program.events.back().thread == 1);
  CHECK(name_of(observe(t.program, builtin_model("sc")).verdict) == "Sometimes");
}

TEST_CASE("The quantifier and the result are kept, the verdict is of the proposition", "[litmus]") {
  const std::string start = "C t\n\"a title\"\nKey=value {\"x\"}\n";
  CHECK(complaint(start) != "it is read");
  const std::string head =
      "C t\n\"a { title\"\nKey=value\n(* Result: Sometimes (* { *) *)\n{}\n"
      "P0(int *x) { *x = 1; }\nlocations [x; 0:r1]\n";
  const litmus::Test never = read_test(head + "~exists (x=2)");
  CHECK(never.quantifier == litmus::Quantifier::not_exists);
  CHECK(never.name == "t");
  CHECK(never.result == "sometimes");
  CHECK(never.dialect == litmus::Dialect::kernel);
  CHECK(name_of(observe(never.program, builtin_model("sc")).verdict) == "Never");
  CHECK(read_test(head + "forall x=1").quantifier == litmus::Quantifier::forall);
  CHECK(verdict_of(head + "forall x=1", "sc") == "Always");
  // Without a condition it is `forall (true)`.
  CHECK(read_test(head).quantifier == litmus::Quantifier::forall);
  CHECK(verdict_of(head, "sc") == "Always");
  const auto filtered = [](const std::string& filter, const std::string& last = "") {
    return verdict_of("C t\n{}\nP0(int *x) { int r = *x; int s = *x; " + last +
                          " }\nP1(int *x) { *x = 1; }\n" + filter + "exists (0:s=1)",
                      "sc");
  };
  CHECK(filtered("", "assume(r);") == "Always");
  CHECK(filtered("", "assume(s == 0);") == "Never");
  CHECK(filtered("") == "Sometimes");
  CHECK(filtered("filter (0:r=1)\n") == "Always");
  CHECK(filtered("filter (0:s=0)\n") == "Never");
  CHECK(filtered("filter (~0:r=1)\n") == "Sometimes");
}

TEST_CASE("A test with atomic types, or functions of C11 alone, is one of C11", "[litmus]") {
  const auto dialect = [](const std::string& type, const std::string& call) {
    return read_test("C t\n{}\nP0(" + type + " *x) { " + call + " }\nexists (x=1)").dialect;
  };
  CHECK(dialect("atomic_int", "") == litmus::Dialect::c11);
  CHECK(dialect("int", "atomic_store_explicit(x, 1, memory_order_relaxed);") ==
        litmus::Dialect::c11);
  CHECK(dialect("atomic_t", "atomic_inc(x);") == litmus::Dialect::kernel);
}

}  // namespace lockstep::orders
