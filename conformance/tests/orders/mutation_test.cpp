// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <map>
#include <set>

#include "tests/orders/cases.hpp"
#include "tests/orders/mutants.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

using Reasons = std::map<std::string, std::string>;

/// Does the case come out otherwise under the mutant?
bool notices(const Case& c, const MemoryModel& mutant) {
  try {
    if (name_of(decide(c.program, mutant).outcome) != c.expected(mutant.name)) return true;
    if (c.race.empty() || mutant.name != "lkmm") return false;
    return name_of(decide_flags(c.program, mutant).outcome) != c.race;
  } catch (const std::exception&) {
    return true;  // a witness that breaks a law, or a definition that cannot stand so
  }
}

void check(const std::string& model, const Reasons& implied) {
  Cases cases;
  add_all(cases);
  std::vector<const Case*> order;  // what has noticed the last mutant comes first
  for (const Case& c : cases.all) order.push_back(&c);
  std::set<std::string> names;
  int made = 0, killed = 0;
  for (const Mutant& m : mutants(builtin_model(model))) {
    ++made;
    names.insert(m.name);
    const auto found =
        std::ranges::find_if(order, [&](const Case* c) { return notices(*c, m.model); });
    const bool noticed = found != order.end();
    if (noticed) std::rotate(order.begin(), found, found + 1);
    killed += noticed;
    INFO(model << ": " << m.name << (noticed ? " is noticed, but listed" : " is not noticed"));
    CHECK(noticed != implied.contains(m.name));
  }
  for (const auto& [name, reason] : implied) {
    INFO(name << " is listed, but there is no such mutant of " << model);
    CHECK(names.contains(name));
  }
  std::cout << "mutants of " << model << ".model killed/made: " << killed << "/" << made
            << ", implied " << implied.size() << ", cases " << cases.all.size() << "\n";
}

}  // namespace

TEST_CASE("Each rule of sc.model is noticed when it is dropped", "[orders][slow]") {
  check("sc", {});
}
TEST_CASE("Each rule of tso.model is noticed when it is dropped", "[orders][slow]") {
  check("tso", {});
}
TEST_CASE("Each rule of armv8.model is noticed when it is dropped", "[orders][slow]") {
  check("armv8", {});
}
TEST_CASE("Each rule of the kernel's model is noticed when it is dropped", "[orders][slow]") {
  check("lkmm", {});
}
