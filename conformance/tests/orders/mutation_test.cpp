// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <iostream>
#include <map>

#include "model/verdict.hpp"
#include "tests/orders/cases.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

using Op = Expr::Op;

struct Mutant {
  std::string name;
  MemoryModel model;
};

/// Each axiom dropped, each definition made empty, each alternative of a union dropped.
std::vector<Mutant> mutants(const MemoryModel& model) {
  std::vector<Mutant> out;
  for (std::size_t a = 0; a < model.axioms.size(); ++a) {
    Mutant m{"axiom " + model.axioms[a].name, model};
    m.model.axioms.erase(m.model.axioms.begin() + static_cast<std::ptrdiff_t>(a));
    out.push_back(std::move(m));
  }
  const auto with = [&](const std::string& name, const Expr& body, ExprPtr Definition::*member,
                        std::size_t d) {
    Mutant m{name, model};
    m.model.definitions[d].*member = std::make_shared<const Expr>(body);
    out.push_back(std::move(m));
  };
  for (std::size_t d = 0; d < model.definitions.size(); ++d) {
    const Definition& def = model.definitions[d];
    Expr nothing{Op::nothing, def.body->is_set, {}, {}};
    with(def.name + " empty", nothing, &Definition::body, d);
    if (def.body->op != Op::unite) continue;
    for (std::size_t i = 0; i < def.body->args.size(); ++i) {
      Expr fewer = *def.body;
      fewer.args.erase(fewer.args.begin() + static_cast<std::ptrdiff_t>(i));
      with(def.name + " without alternative " + std::to_string(i + 1), fewer, &Definition::body, d);
    }
  }
  return out;
}

const std::string by_rcu = "rcu_order contains every grace period: the rcu axiom says it too";
const std::string other_parse =
    "a cycle of sections and grace periods has another parse, begun "
    "elsewhere in the cycle";
const std::string bounds_itself =
    "a marked access bounds itself, so the other half of the union "
    "holds wherever the writes are visible";
const std::string no_case =
    "not implied, as far as we know: plain accesses beyond a chain of an "
    "RCU fence and a strong one; no case is made for it yet";

/// Mutants that no case notices, each with the reason.
const std::map<std::string, std::string> implied = {
    {"across_grace empty", by_rcu},
    {"strong without alternative 4", by_rcu},
    {"rcu_order without alternative 1", "a grace period alone is in `strong`"},
    {"rcu_order without alternative 4", other_parse},
    {"rcu_order without alternative 5", other_parse},
    {"rcu_order without alternative 6", other_parse},
    {"com without alternative 1", "the encoding gives a read no later write of its own task"},
    {"marked_write empty", bounds_itself},
    {"write_marked empty", bounds_itself},
    {"strong_here without alternative 2", no_case},
    {"for_all_here without alternative 2", no_case},
};

bool noticed(const MemoryModel& mutant, const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    try {
      if (name_of(decide(c.program, mutant).outcome) != c.expected("lkmm")) return true;
      if (!c.race.empty() && name_of(decide_flags(c.program, mutant).outcome) != c.race)
        return true;
    } catch (const std::exception&) {
      return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("Each rule of the kernel's model is noticed when it is dropped", "[orders][slow]") {
  Cases cases;
  add_shapes(cases);
  add_fragments(cases);
  add_rmw_cases(cases);
  add_plain_cases(cases);
  add_rcu_cases(cases);
  int made = 0, killed = 0;
  for (const Mutant& m : mutants(builtin_model("lkmm"))) {
    ++made;
    const bool found = noticed(m.model, cases.all);
    killed += found;
    const bool listed = implied.contains(m.name);
    INFO(m.name << (found ? " is noticed, but listed" : " is not noticed"));
    CHECK(found != listed);
  }
  std::cout << "mutants of lkmm.model killed/made: " << killed << "/" << made << ", implied "
            << implied.size() << ", cases " << cases.all.size() << "\n";
}
