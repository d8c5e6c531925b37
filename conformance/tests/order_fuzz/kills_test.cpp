// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <iostream>

#include "tests/order_fuzz/differences.hpp"
#include "tests/order_fuzz/shrink.hpp"

using namespace lockstep::orders;
using namespace lockstep::orders::fuzz;

namespace {

/// A model with one piece of its text replaced.
MemoryModel changed(const std::string& name, const std::string& from, const std::string& to) {
  std::string text{builtin_model_text(name)};
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::logic_error{from + " is not in " + name + ".model"};
  return parse_model(text.replace(at, from.size(), to), name + ".model");
}

struct Change {
  const char *model, *from, *to;
};

/// Laws left out of sc, tso and armv8, laws too many in the others: some random test shows each.
constexpr Change changes[] = {
    {"sc", "[M] ; po ; [M] | ", ""},
    {"sc", " | rf", ""},
    {"sc", " | co", ""},
    {"sc", " | fr", ""},
    {"sc", "axiom atomic: empty rmw", "axiom atomic: empty 0"},
    {"sc", "axiom rcu: irreflexive po", "axiom rcu: irreflexive 0"},
    {"tso", " | [R] ; po ; [M]", ""},
    {"tso", "axiom atomic: empty rmw", "axiom atomic: empty 0"},
    {"armv8", "    | [A] ; po\n", ""},
    {"armv8", "addr | data | ctrl ; [W]", "ctrl ; [W]"},
    {"lkmm", "let strong = ", "let strong = [W] ; po ; [R] | "},
    {"rc11", "axiom atomicity: empty rmw & (fr ; co)", "axiom atomicity: empty po & fr"},
};

}  // namespace

TEST_CASE("Random tests tell a wrong model from a right one, and shrink to a few statements",
          "[order_fuzz][models]") {
  std::size_t killed = 0;
  for (const Change& c : changes) {
    Differences differences;
    differences.replace(changed(c.model, c.from, c.to));
    const auto differs = [&](const Test& t) { return !differences.of(t).empty(); };
    std::uint64_t seed = 1;
    while (seed < 2000 && !differs(random_test(seed))) ++seed;
    INFO(c.model << ": " << c.from);
    REQUIRE(seed < 2000);
    const Test least = shrink(random_test(seed), differs);
    INFO(text(least));
    CHECK(differs(least));
    CHECK(size_of(least) <= 9);
    ++killed;
  }
  std::cout << "wrong models told by random tests: " << killed << "/" << std::size(changes) << "\n";
}
