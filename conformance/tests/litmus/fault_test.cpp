// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "reading.hpp"

// Accesses to what is no memory: errors of the test where some execution comes to them.
namespace lockstep::orders {

namespace {

Observation observed(const std::string& text, const std::string& model = "lkmm") {
  return observe(read_test(text).program, builtin_model(model));
}

/// Of one thread.
std::string fault_of(const std::string& body, const std::string& initial = "") {
  const std::string text = alone(initial, body, "z=9");
  INFO(text);
  const std::string fault = observed(text).fault;
  CHECK(observed(text, "armv8").fault == fault);
  return fault;
}

/// A pointer is published; who follows it, and with which check.
std::string published(const std::string& store, const std::string& reader) {
  return "C t\n{ node=7; }\nP0(int *node, int **link)\n{\nWRITE_ONCE(*node, 0);\n" + store +
         "\n}\nP1(int **link, int *node)\n{\nint *n = READ_ONCE(*link);\n" + reader +
         "\n}\nexists (1:n=node /\\ 1:v=7)\n";
}

}  // namespace

TEST_CASE("An access through a null pointer is an error, where it can be reached", "[litmus]") {
  CHECK(fault_of("int *p = NULL; int r = *p;") == "P0.L5 dereferences a null pointer");
  CHECK(fault_of("int *p; WRITE_ONCE(*p, 1);") == "P0.L5 dereferences a null pointer");
  CHECK(fault_of("int *p = *x; *p = 1;") == "P0.L5.2 dereferences a null pointer");
  CHECK(fault_of("int *p = *x; int r = xchg(p, 1);") == "P0.L5.2 dereferences a null pointer");
  CHECK(fault_of("r = *w;") == "P0.L5 dereferences a null pointer");
  CHECK(fault_of("int *p = *x; spin_lock(p);") == "P0.L5.2 dereferences a null pointer");
  CHECK(fault_of("int *p = *x; if (p) *p = 1;") == "");
  CHECK(fault_of("int *p = *x; *p = 1;", "x=y") == "");
  CHECK(fault_of("int *p = NULL; if (*x) *p = 1;") == "");
  CHECK(fault_of("int *p = NULL; if (*x) *p = 1;", "x=1") == "P0.L5.2 dereferences a null pointer");
  // A loop that is never left is before it; a thread that has stopped goes nowhere.
  CHECK(fault_of("int *p = NULL; while (READ_ONCE(*x) == 0) ; *p = 1;") == "");
  CHECK(fault_of("int *p = *x; *p = 1; *y = 1; int *q = *z; *q = 2;") ==
        "P0.L5.2 dereferences a null pointer");
}

TEST_CASE("So is one to what is no variable's address, or behind an array's end", "[litmus]") {
  CHECK(fault_of("r = *5;") == "P0.L5 dereferences 5, which is no variable's address");
  CHECK(fault_of("int *p = *x; *p = 1;", "x=3") ==
        "P0.L5.2 dereferences 3, which is no variable's address");
  CHECK(fault_of("int *p = *x; *p = 1;", "x=0x123456789a") ==
        "P0.L5.2 dereferences what is no variable's address");
  CHECK(fault_of("int i = *y; x[i] = 1;", "int x[2] = {1, 2}; y=2") ==
        "P0.L5.2 accesses element 2 of an array that has no such element");
  CHECK(fault_of("int i = *y; x[i] = 1;", "int x[2] = {1, 2}; y=1") == "");
}

TEST_CASE("The verdict is that of the executions that do not come to such an access", "[litmus]") {
  const std::string release = "smp_store_release(link, node);", plain = "WRITE_ONCE(*link, node);";
  const std::string follows = "int v = READ_ONCE(*n);", looks = "int v; if (n) v = READ_ONCE(*n);";
  const Observation faulty = observed(published(release, follows));
  CHECK(faulty.verdict == Observed::never);
  CHECK(faulty.fault == "P1.L11 dereferences a null pointer");
  REQUIRE(faulty.faulty);
  CHECK(observed(published(plain, follows)).verdict == Observed::sometimes);
  CHECK(observed(published(plain, follows)).fault == "P1.L11 dereferences a null pointer");
  CHECK(observed(published(release, looks)).verdict == Observed::never);
  CHECK(observed(published(release, looks)).fault.empty());
  CHECK(observed(published(plain, looks)).verdict == Observed::sometimes);
  // What a thread would have read, no filter can ask for.
  std::string filtered = published(release, follows);
  filtered.insert(filtered.find("exists"), "filter (1:v=7)\n");
  CHECK(observed(filtered).fault == "P1.L11 dereferences a null pointer");
  filtered.replace(filtered.find("1:v=7"), 5, "1:n=node");
  CHECK(observed(filtered).fault.empty());
  // A thread that waits for ever does not come to it, also where another one does.
  const std::string waits =
      "C t\n{}\nP0(int **p, int *flag)\n{\nwhile (smp_load_acquire(flag) == 0)\n;\n"
      "int *q = READ_ONCE(*p);\nWRITE_ONCE(*q, 1);\n}\nP1(int **p, int *y, int *flag)\n{\n"
      "WRITE_ONCE(*p, y);\nsmp_store_release(flag, 1);\n}\nP2(int *flag)\n{\n"
      "int *z = NULL;\nif (READ_ONCE(*flag)) WRITE_ONCE(*z, 1);\n}\nexists (y=1)\n";
  CHECK(observed(waits).fault == "P2.L18.2 dereferences a null pointer");
  // What a thread would do after it happens in no execution: nobody sees y = 1.
  const std::string after =
      "C t\n{}\nP0(int **x, int *y)\n{\nint *p = READ_ONCE(*x);\nWRITE_ONCE(*p, 1);\n"
      "WRITE_ONCE(*y, 1);\n}\nP1(int **z, int *y)\n{\nint r = READ_ONCE(*y);\n"
      "int *q = NULL;\nif (r) WRITE_ONCE(*q, 1);\n}\nexists (1:r=1)\n";
  CHECK(observed(after, "armv8").fault == "P0.L6 dereferences a null pointer");
  const Observation none = observed(after);
  CHECK(none.empty);
  CHECK(none.verdict == Observed::unknown);
}

TEST_CASE("Which access is null may hang on the order of memory", "[litmus]") {
  // A flag says that the pointer is there; the flag is ordered before it or is not.
  const auto flagged = [](const std::string& load) {
    return "C t\n{}\nP0(int **p, int *x, int *flag)\n{\nWRITE_ONCE(*p, x);\n"
           "smp_store_release(flag, 1);\n}\nP1(int **p, int *flag)\n{\nint r = " +
           load +
           ";\nint *q;\nif (r) {\nq = READ_ONCE(*p);\nWRITE_ONCE(*q, 1);\n}\n}\n"
           "exists (1:r=1)\n";
  };
  CHECK(observed(flagged("READ_ONCE(*flag)")).fault == "P1.L14 dereferences a null pointer");
  CHECK(observed(flagged("smp_load_acquire(flag)")).fault.empty());
  CHECK(observed(flagged("READ_ONCE(*flag)"), "sc").fault.empty());
  const litmus::Test test = read_test(flagged("READ_ONCE(*flag)"));
  const Decision weak = decide(test.program, builtin_model("lkmm"));
  CHECK(weak.outcome == Outcome::reachable);
}

}  // namespace lockstep::orders
