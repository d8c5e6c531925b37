// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "reading.hpp"

// Guards and dependencies: what the models are told about a thread.
namespace lockstep::orders {

namespace {

std::string events_of(const std::string& body) {
  const litmus::Test t = read_test(alone("", body, "true"));
  std::string out;
  for (const Event& e : t.program.events) {
    if (e.thread != initial_thread) out += text(e, t.symbols) + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("A condition reaches the events of its body and no others", "[litmus]") {
  CHECK(events_of("if (READ_ONCE(*x)) WRITE_ONCE(*y, 1);\nWRITE_ONCE(*z, 1);") ==
        "#4 L5: R once x -> L5#4\n"
        "#5 L5.2: W once y = 1 ctrl(#4) when L5#4\n"
        "#6 L6: W once z = 1\n");
  CHECK(events_of("if (READ_ONCE(*x)) ; else WRITE_ONCE(*y, 1);") ==
        "#3 L5: R once x -> L5#3\n"
        "#4 L5.2: W once y = 1 ctrl(#3) when ~L5#3\n");
}

TEST_CASE("A variable that differs after two branches does not carry the condition", "[litmus]") {
  CHECK(events_of("int r = 1;\nif (READ_ONCE(*x)) r = READ_ONCE(*z);\nWRITE_ONCE(*y, r);") ==
        "#4 L6: R once x -> L6#4\n"
        "#5 L6.2: R once z -> L6.2#5 ctrl(#4) when L6#4\n"
        "#6 L7: W once y = (IF L6#4 THEN L6.2#5 ELSE 1) data(#5 if L6#4)\n");
  CHECK(events_of("int r = READ_ONCE(*x) ? 2 : 1;\nWRITE_ONCE(*y, r);") ==
        "#3 L5: R once x -> L5#3\n"
        "#4 L6: W once y = (IF L5#3 THEN 2 ELSE 1)\n");
}

TEST_CASE("Values and addresses carry the reads that flow into them", "[litmus]") {
  CHECK(events_of("int r = READ_ONCE(*x);\nWRITE_ONCE(*y, r + 1);") ==
        "#3 L5: R once x -> L5#3\n"
        "#4 L6: W once y = (L5#3 + 1) data(#3)\n");
  CHECK(events_of("int r = READ_ONCE(*x);\nWRITE_ONCE(*y, r ^ r);") ==
        "#3 L5: R once x -> L5#3\n"
        "#4 L6: W once y = (L5#3 ^ L5#3) data(#3)\n");
  CHECK(events_of("int r = READ_ONCE(*x);\nWRITE_ONCE(*y, r == r);").find("data(#3)") !=
        std::string::npos);
  CHECK(
      events_of("int r = READ_ONCE(*x);\nif (r != r) ; else WRITE_ONCE(*y, 1);").find("ctrl(#3)") !=
      std::string::npos);
  CHECK(events_of("int r = READ_ONCE(*x);\nint *p = y + (r & 8);\nint s = *p;")
            .find("-> L7#4 addr(#3)") != std::string::npos);
  CHECK(events_of("int *r = READ_ONCE(*x);\nint s = READ_ONCE(*r);")
            .find("R once *L5#2 -> L6#3 addr(#2)") != std::string::npos);
}

TEST_CASE("The lock that is waited for is granted", "[litmus]") {
  const litmus::Test t = read_test(alone("", "spin_lock(x);", "true"));
  REQUIRE(t.program.assumptions.size() == 1);
  CHECK(term::text(t.program.assumptions[0], t.symbols) == "(L5#2 = 0)");
}

TEST_CASE("Verdicts of small tests of several threads", "[litmus]") {
  const auto two = [](const std::string& a, const std::string& b, const std::string& condition) {
    return "C two\n{}\nP0(int *x, int *y, int *z) { int r; int s; " + a +
           " }\nP1(int *x, int *y, int *z) { int r; int s; " + b + " }\nexists (" + condition +
           ")\n";
  };
  const std::string lb = "0:r=1 /\\ 1:r=1", mp = "1:r=1 /\\ 1:s=0";
  // P0 reads z, and then writes x and y, maybe in one section.
  const std::string grace =
      "WRITE_ONCE(*z, 1); r = READ_ONCE(*x); synchronize_rcu(); s = READ_ONCE(*y);";
  const auto section = [&](const std::string& begin, const std::string& end, bool found = false) {
    return two("r = READ_ONCE(*z); " + begin + " WRITE_ONCE(*x, 1); WRITE_ONCE(*y, 1); " + end,
               grace, mp + " /\\ 0:r=" + std::to_string(found));
  };
  const std::string publish = "*x = 1; smp_store_release(y, 1);";
  struct {
    std::string text, sc, lkmm;
  } const all[] = {
      // A control dependency keeps the write in the body behind the read, not one after it.
      {two("r = READ_ONCE(*x); if (r) WRITE_ONCE(*y, 1);",
           "r = READ_ONCE(*y); if (r) WRITE_ONCE(*x, 1);", lb),
       "Never", "Never"},
      {two("r = READ_ONCE(*x); if (r) s = 1; WRITE_ONCE(*y, 1);",
           "r = READ_ONCE(*y); if (r) WRITE_ONCE(*x, 1);", lb),
       "Never", "Sometimes"},
      {two("r = READ_ONCE(*x); while (r) { WRITE_ONCE(*y, 1); r = 0; s = 1; }",
           "r = READ_ONCE(*y); if (r) WRITE_ONCE(*x, 1);", "0:s=1 /\\ 1:r=1"),
       "Never", "Never"},
      {two(publish, "r = smp_load_acquire(y); s = READ_ONCE(*x);", mp), "Never", "Never"},
      {two(publish, "r = READ_ONCE(*y); s = READ_ONCE(*x);", mp), "Never", "Sometimes"},
      {two("WRITE_ONCE(*x, 1); xchg(y, 1);", "r = READ_ONCE(*y); smp_rmb(); s = READ_ONCE(*x);",
           mp),
       "Never", "Never"},
      {two("WRITE_ONCE(*x, 1); cmpxchg(y, 7, 1); WRITE_ONCE(*y, 1);",
           "r = READ_ONCE(*y); smp_rmb(); s = READ_ONCE(*x);", mp),
       "Never", "Sometimes"},
      {two("smp_store_mb(*x, 1); r = READ_ONCE(*y);", "smp_store_mb(*y, 1); r = READ_ONCE(*x);",
           "0:r=0 /\\ 1:r=0"),
       "Never", "Never"},
      {two("WRITE_ONCE(*x, 1); r = READ_ONCE(*y);", "smp_store_mb(*y, 1); r = READ_ONCE(*x);",
           "0:r=0 /\\ 1:r=0"),
       "Never", "Sometimes"},
      {two("spin_lock(x); r = *y; *y = r + 1; spin_unlock(x);",
           "spin_lock(x); r = *y; *y = r + 1; spin_unlock(x);", "~y=2"),
       "Never", "Never"},
      {two("rcu_read_lock(); WRITE_ONCE(*x, 1); WRITE_ONCE(*y, 1); rcu_read_unlock();",
           "r = READ_ONCE(*x); synchronize_rcu(); s = READ_ONCE(*y);", mp),
       "Never", "Never"},
      // A section that begins or ends in a branch.
      {section("if (r) rcu_read_lock();", "if (r) rcu_read_unlock();"), "Sometimes", "Sometimes"},
      {section("if (r) rcu_read_lock();", "if (r) rcu_read_unlock();", true), "Never", "Never"},
      {section("rcu_read_lock();", "if (r) { rcu_read_unlock(); } else { rcu_read_unlock(); }"),
       "Never", "Never"},
      {section("rcu_read_lock(); if (r) rcu_read_unlock();", "if (!r) rcu_read_unlock();"), "Never",
       "Never"},
      {section("rcu_read_lock(); if (r) rcu_read_unlock();", "if (!r) rcu_read_unlock();", true),
       "Sometimes", "Sometimes"},
      {section("if (r) { rcu_read_lock(); } else { rcu_read_lock(); }", "rcu_read_unlock();"),
       "Never", "Never"},
      // The second is outermost only where the first has ended.
      {section("rcu_read_lock(); if (r) rcu_read_unlock(); rcu_read_lock();",
               "rcu_read_unlock(); if (!r) rcu_read_unlock();"),
       "Never", "Never"},
      {section("rcu_read_lock(); if (r) rcu_read_lock(); rcu_read_unlock();",
               "if (r) rcu_read_unlock();"),
       "Sometimes", "Sometimes"},
      {section("rcu_read_lock(); if (r) rcu_read_lock(); rcu_read_unlock();",
               "if (r) rcu_read_unlock();", true),
       "Never", "Never"},
  };
  for (const auto& c : all) {
    INFO(c.text);
    CHECK(verdict_of(c.text, "sc") == c.sc);
    CHECK(verdict_of(c.text, "lkmm") == c.lkmm);
  }
  const auto race = [](const std::string& text) {
    return observe(read_test(text).program, builtin_model("lkmm")).race;
  };
  CHECK(race(two("*x = 1;", "r = *x;", "true")) == true);
  CHECK(race(two("WRITE_ONCE(*x, 1);", "r = READ_ONCE(*x);", "true")) == false);
}

}  // namespace lockstep::orders
