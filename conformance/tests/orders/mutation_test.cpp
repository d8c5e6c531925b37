// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <map>
#include <memory>
#include <set>

#include "tests/orders/cases.hpp"
#include "tests/orders/mutants.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

/// Mutants that change nothing, each with the reason.
using Reasons = std::map<std::string, std::string>;

const std::string by_encoding = "the encoding gives a read no later write of its own task";
const std::string by_global_order = "the one order of tso forbids it too, but for writes and reads";
const std::string by_local_write =
    "an RMW writes what it has read: the write half is a local write";
const std::string by_external =
    "an edge from another task into the earlier access is one into the later write of the cell, "
    "and so is each edge within the task: what is written later is ordered by itself";
const std::string by_program_order = "program order alone leads on over a grace period";
const std::string by_rcu = "rcu_order contains every grace period: the rcu axiom says it too";
const std::string by_strong = "a grace period alone is in `strong`";
const std::string no_such_event = "no RMW and no initial write is plain";
const std::string no_case = "not implied, as far as we know: no case is made for it yet";
const std::string bounds_itself =
    "a marked access bounds itself, so the other half of the union "
    "holds wherever the writes are visible";

/// The rules of RCU that all four models share: a cycle of sections and grace periods can be cut
/// open anywhere, and has another parse where it begins elsewhere. Only lkmm asks for more than
/// cycles, as an RCU fence bounds plain accesses: there the simplest rules are noticed.
Reasons with_other_parses(Reasons reasons, const std::string& model) {
  const std::string lock = "unlock_lock", grace = "[grace]", via = " ; leads_to ; ";
  const std::string srcu_lock = "srcu_" + lock, srcu_grace = "[srcu_grace]";
  const std::string inner = via + "rcu_order" + via;
  std::vector<std::string> rules{"(" + srcu_lock + via + srcu_grace + ") & same_cell",
                                 grace + inner + lock, lock + inner + grace,
                                 "(" + srcu_grace + inner + srcu_lock + ") & same_cell",
                                 "(" + srcu_lock + inner + srcu_grace + ") & same_cell"};
  if (model != "lkmm") {
    rules.push_back(grace + via + lock);
    rules.push_back(lock + via + grace);
  }
  for (const std::string& rule : rules) {
    reasons["rcu_order without " + rule] = "the cycle has another parse, begun elsewhere";
  }
  return reasons;
}

/// Does the case come out otherwise under the mutant?
bool notices(const Case& c, const MemoryModel& mutant) {
  try {
    if (name_of(decide(c.program, mutant).outcome) != c.expected(mutant.name)) return true;
    if (c.race.empty() || mutant.name != "lkmm") return false;
    return race_of(c.program, mutant) != c.race;
  } catch (const std::exception&) {
    return true;  // a witness that breaks a law, or a definition that cannot stand so
  }
}

struct Judged {
  const Case* of;
  std::unique_ptr<Possible> possible;
};

void check(const std::string& model, Reasons reasons) {
  const Reasons implied = with_other_parses(std::move(reasons), model);
  Cases cases;
  add_all(cases);
  const MemoryModel original = builtin_model(model);
  std::vector<Judged> order;  // what has noticed the last mutant comes first
  for (const Case& c : cases.all) {
    order.push_back({&c, std::make_unique<Possible>(c.program, original)});
  }
  std::set<std::string> names;
  int made = 0, killed = 0;
  for (const Mutant& m : mutants(original)) {
    ++made;
    names.insert(m.name);
    const auto found = std::ranges::find_if(order, [&](const Judged& j) {
      if (m.dropped != nullptr && !j.possible->may_hold(m.dropped)) return false;
      return notices(*j.of, m.model);
    });
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
  check("sc", {{"rcu_order without [grace | srcu_grace]", by_program_order},
               {"rcu_order without grace", by_program_order},
               {"rcu_order without srcu_grace", by_program_order}});
}

TEST_CASE("Each rule of tso.model is noticed when it is dropped", "[orders][slow]") {
  check("tso", {{"XCHG without RMW", "the write of a locked instruction drains the buffer too"},
                {"com without rf", by_encoding},
                {"com without co", by_global_order},
                {"com without co ; rf", by_global_order},
                {"com without fr ; rf", by_global_order}});
}

TEST_CASE("Each rule of armv8.model is noticed when it is dropped", "[orders][slow]") {
  check("armv8", {{"AL without acquire & release",
                   "only sites whose order is asked for have both: the tests of placements ask"},
                  {"com without rf", by_encoding},
                  {"com without co ; rf", "local_write and `observed` make the same cycle"},
                  {"atomic_before without rmw", by_local_write},
                  {"local_write empty", by_external},
                  {"step without local_write", by_external}});
}

TEST_CASE("Each rule of lkmm.model is noticed when it is dropped", "[orders][slow]") {
  check("lkmm", {{"across_grace empty", by_rcu},
                 {"across_grace without grace", by_rcu},
                 {"across_grace without srcu_grace", by_rcu},
                 {"strong without across_grace", by_rcu},
                 {"rcu_order without [grace | srcu_grace]", by_strong},
                 {"rcu_order without grace", by_strong},
                 {"rcu_order without srcu_grace", by_strong},
                 {"com without rf", by_encoding},
                 {"kept without lock_passed & internal", "it is pushed too, and so in round_trip"},
                 {"cumulative without strong",
                  "what follows a strong fence on the way is in over_fence and happens"},
                 {"unmarked without RMW", no_such_event},
                 {"unmarked without init", no_such_event},
                 {"axiom race_write_read without (read_write)^-1", no_case},
                 {"read_after without noreturn_read", no_case},
                 {"read_until without noreturn_read", no_case},
                 {"marked_write empty", bounds_itself},
                 {"write_marked empty", bounds_itself},
                 {"writes_apart without marked_write", bounds_itself},
                 {"writes_apart without write_marked", bounds_itself}});
}
