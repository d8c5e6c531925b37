// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <random>

#include "tests/has_tlc.hpp"
#include "tests/liveness/toy.hpp"

using namespace lockstep;
using namespace lockstep::testing;

namespace {

/// A random specification over x and y (0 to 2) and where w1 and w2 are (a, b), random fairness of
/// its actions, and a random property.
class RandomSpec {
 public:
  explicit RandomSpec(std::uint64_t seed) : random_(seed) {}

  std::string units() {
    std::string out;
    const std::size_t actions = 2 + upto(3);
    for (std::size_t i = 0; i < actions; ++i) out += action("A" + std::to_string(i));
    for (std::size_t i = 0; i < actions; ++i) names_.push_back("A" + std::to_string(i));
    std::string next;
    for (const std::string& name : names_) next += " \\/ (\\E w \\in Tasks : " + name + "(w))";
    out += "Next == FALSE" + next + "\nFairness == TRUE";
    for (std::size_t n = upto(4); n > 0; --n) out += fairness();
    out += "\nP == TRUE";
    for (std::size_t n = 1 + upto(2); n > 0; --n) out += " /\\ (" + property() + ")";
    return out + "\n";
  }

 private:
  std::size_t upto(std::size_t n) { return random_() % n; }
  std::string pick(std::initializer_list<const char*> of) {
    return *(of.begin() + upto(of.size()));
  }
  std::string number() { return std::to_string(upto(3)); }

  std::string truth(const std::string& task) {
    const std::string one = atom(task);
    return upto(3) != 0 ? one : one + pick({" /\\ ", " \\/ "}) + atom(task);
  }
  std::string atom(const std::string& task) {
    switch (upto(4)) {
      case 0: return "X " + pick({"=", "#", "<"}) + " " + number();
      case 1: return "Y " + pick({"=", "#"}) + " " + number();
      case 2: return "X " + pick({"=", "#", "<"}) + " Y";
      default:
        return task.empty() ? "(\\E u \\in Tasks : pc[u] = " + pick({"\"a\"", "\"b\""}) + ")"
                            : "pc[" + task + "] = " + pick({"\"a\"", "\"b\""});
    }
  }
  std::string action(const std::string& name) {
    std::string out = name + "(w) ==\n  /\\ (" + truth("w") + ")\n";
    out += "  /\\ " + pick({"SetX((X + 1) % 3)", "SetX(Y)", "UNCHANGED x", "UNCHANGED x"}) + "\n";
    out += "  /\\ " + pick({"SetY((Y + 1) % 3)", "SetY(0)", "UNCHANGED y", "UNCHANGED y"}) + "\n";
    out += "  /\\ " +
           pick({"pc' = [pc EXCEPT ![w] = IF @ = \"a\" THEN \"b\" ELSE \"a\"]",
                 "pc' = [pc EXCEPT ![w] = \"b\"]", "UNCHANGED pc"}) +
           "\n";
    return out + "  /\\ UNCHANGED n\n";
  }
  std::string fairness() {
    const std::string of = pick({"WF_", "SF_"}) + pick({"vars", "vars", "x", "<<y, pc>>"});
    const std::string name = names_[upto(names_.size())];
    return upto(2) == 0 ? " /\\ (\\A w \\in Tasks : " + of + "(" + name + "(w)))"
                        : " /\\ " + of + "(\\E w \\in Tasks : " + name + "(w))";
  }
  std::string step() { return "\\E w \\in Tasks : " + names_[upto(names_.size())] + "(w)"; }
  std::string plain(const std::string& task) {
    switch (upto(7)) {
      case 0: return "[]<>(" + truth(task) + ")";
      case 1: return "<>[](" + truth(task) + ")";
      case 2: return "<>(" + truth(task) + ")";
      case 3: return "[](" + truth(task) + " => <>(" + truth(task) + "))";
      case 4: return pick({"[]<><<", "[]<><<"}) + step() + ">>_vars";
      default: return "(" + truth(task) + ") ~> (" + truth(task) + ")";
    }
  }
  std::string property() {
    const std::string task = upto(2) == 0 ? "v" : "";
    std::string out = plain(task);
    if (upto(3) == 0) {
      const std::string premise = upto(4) == 0   ? "[]<>(" + truth(task) + ")"
                                  : upto(3) == 0 ? "<>[](" + truth(task) + ")"
                                  : upto(2) == 0 ? "<>[][" + step() + "]_vars"
                                                 : "<>[][UNCHANGED y]_vars";
      out = premise + " => (" + out + ")";
    }
    return task.empty() ? out : "\\A v \\in Tasks : " + out;
  }

  std::mt19937_64 random_;
  std::vector<std::string> names_;
};

void compare(std::uint64_t first, std::size_t count) {
  std::size_t violated = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const std::string units = RandomSpec{seed}.units();
    INFO("seed " << seed << "\n" << units);
    const Toy toy{units};
    const std::string engine = toy.engine();
    violated += engine == "violated" ? 1 : 0;
    REQUIRE(engine == toy.tlc());
  }
  std::cout << count << " specifications, " << violated << " violate their property\n";
}

}  // namespace

TEST_CASE("random specifications are live by TLC where they are by their graph",
          "[liveness][tlc][fuzz]") {
  if (!has_tlc_or_skips()) return;
  compare(1, 6);
}

TEST_CASE("as many random specifications with fairness as LOCKSTEP_FUZZ_MODULES says",
          "[liveness][tlc][slow]") {
  const char* wanted = std::getenv("LOCKSTEP_FUZZ_MODULES");
  if (wanted == nullptr) return skip("LOCKSTEP_FUZZ_MODULES=500 makes so many modules");
  if (!has_tlc_or_skips()) return;
  const char* seed = std::getenv("LOCKSTEP_FUZZ_SEED");
  compare(seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10),
          std::strtoull(wanted, nullptr, 10));
}
