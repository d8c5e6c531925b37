// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <map>
#include <memory>
#include <set>

#include "orders/encode/observe.hpp"
#include "tests/rc11/files.hpp"
#include "tests/rc11/looser.hpp"

using namespace lockstep::orders;

namespace {

using Reasons = std::map<std::string, std::string>;

/// Does the test come out otherwise under the mutant?
bool notices(const File& file, const MemoryModel& mutant) {
  try {
    const Observation seen = observe(file.test.program, mutant);
    return name_of(seen.verdict) != file.results.at("rc11") || seen.race != file.race;
  } catch (const std::exception&) {
    return true;  // a witness that breaks a law, or a definition that cannot stand so
  }
}

struct Judged {
  const File* of;
  std::unique_ptr<Possible> possible;
};

void check(const std::vector<Mutant>& mutants, const Reasons& implied) {
  std::vector<File> all = files(".");
  for (File& file : files("kernel")) all.push_back(std::move(file));
  const MemoryModel original = builtin_model("rc11");
  std::vector<Judged> order;  // what has noticed the last mutant comes first
  for (const File& file : all) {
    order.push_back({&file, std::make_unique<Possible>(file.test.program, original)});
  }
  std::set<std::string> names;
  int killed = 0;
  for (const Mutant& m : mutants) {
    names.insert(m.name);
    const auto found = std::ranges::find_if(order, [&](const Judged& judged) {
      const bool idle = m.dropped != nullptr && !judged.possible->may_hold(m.dropped);
      return !idle && notices(*judged.of, m.model);
    });
    const bool noticed = found != order.end();
    if (noticed) std::rotate(order.begin(), found, found + 1);
    killed += noticed;
    INFO(m.name << (noticed ? " is noticed, but listed" : " is not noticed"));
    CHECK(noticed != implied.contains(m.name));
  }
  for (const auto& [name, reason] : implied) {
    INFO(name << " is listed, but there is no such mutant");
    CHECK(names.contains(name));
  }
  std::cout << "mutants of rc11.model killed/made: " << killed << "/" << mutants.size()
            << ", implied " << implied.size() << ", tests " << all.size() << "\n";
}

}  // namespace

TEST_CASE("Each rule and mapping entry of rc11.model is noticed when dropped", "[rc11][slow]") {
  check(mutants(builtin_model("rc11")), {});
}

TEST_CASE("Each restriction in rc11.model is noticed when it is dropped", "[rc11][slow]") {
  const std::string only_these = "no other event comes to where it is used";
  const std::string in_one_thread =
      "what leaves a thread by synchronizes has an rf in it, which is eco; within one thread a "
      "grace period in its section is excluded by the lock's side as by the unlock's; of chains of "
      "grace periods over sections that overlap there is no test";
  const std::string next_edge =
      "psc from or to a fence is in happens, so that the next edge of the cycle, or the one before, "
      "takes it in";
  check(looser(builtin_model("rc11")),
        {{"non_atomic without M in M & plain", only_these},
         {"acquire_read without R in R & (acquire | acq_rel | full)", only_these},
         {"release_write without W in W & (release | acq_rel | full)", only_these},
         {"sc_fence without F in F & (before_atomic | after_atomic | after_spinlock)", only_these},
         {"sc_access without M in M & full", "a fence is an end of psc already"},
         {"release_sequence without [W] in [W] ; (po_loc)? ; [W & atomic] ; ((rf ; rmw))*",
          "behind a release fence the later write of the cell would do as well"},
         {"release_sequence without W in W & atomic", "rf begins at writes"},
         {"acquired without R in R & atomic", "rf ends at reads"},
         {"srcu_unlock_lock without [srcu_lock] in "
          "[srcu_lock] ; ((data ; rf))* ; data ; [srcu_unlock]",
          "& same_cell: no other event that gives an index has a domain for its cell"},
         {"happens without the end of ((eco ; happens))?", in_one_thread},
         {"sc_from without the end of (happens)?", next_edge},
         {"sc_to without the end of (happens)?", next_edge},
         {"psc_fences without the end of ((eco ; happens))?",
          "within one thread psc_base has it, and what leaves a thread has an rf in it"}});
}
