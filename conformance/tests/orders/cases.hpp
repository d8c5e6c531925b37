// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "tests/orders/shapes.hpp"

namespace lockstep::orders {

/// The strongest model that allows an outcome. Each model allows all that those after it allow, so
/// the weaker ones allow it too, and the stronger ones do not. But for one thing: LDAR waits for
/// STLR, and on x86 a load does not wait for a store, whatever their orders: `not_armv8` is what
/// only lkmm and tso allow.
enum class Allowed { nowhere, lkmm, armv8, tso, sc, not_armv8 };

/// The models for which the cases have a verdict, weakest first.
constexpr const char* models_of_cases[] = {"lkmm", "armv8", "tso", "sc"};

/// A program with the outcomes that it must have. The mutants of a model are judged by the same
/// cases: one that changes no outcome is not noticed.
struct Case {
  std::string about;
  Program program;
  Allowed allowed = Allowed::nowhere;
  std::string race;  ///< under the kernel's model; empty = not asked

  std::string expected(std::string_view model) const {
    const char *yes = "reachable", *no = "never";
    if (allowed == Allowed::not_armv8) return model == "lkmm" || model == "tso" ? yes : no;
    const auto found = std::ranges::find(models_of_cases, model);
    const auto place = std::distance(std::begin(models_of_cases), found) + 1;
    return place <= static_cast<int>(allowed) ? yes : no;
  }
};

class Cases {
 public:
  void about(std::string text) { about_ = std::move(text); }
  void expect(Program p, Allowed allowed, const char* race = "") {
    all.push_back({about_, std::move(p), allowed, race});
  }
  std::vector<Case> all;

 private:
  std::string about_;
};

void add_shapes(Cases& cases);        ///< SB, MP, LB and their family
void add_fragments(Cases& cases);     ///< the critical pieces of a reference count
void add_rmw_cases(Cases& cases);     ///< read-modify-writes, dependencies, plain accesses
void add_plain_cases(Cases& cases);   ///< plain accesses and data races
void add_bounds_cases(Cases& cases);  ///< plain accesses between marked ones
void add_rcu_cases(Cases& cases);     ///< sections and grace periods
void add_lock_cases(Cases& cases);    ///< spinlocks, and the barriers beside them and atomics
void add_srcu_cases(Cases& cases);    ///< SRCU, alone and with RCU
void add_arm_cases(Cases& cases);     ///< what ARMv8 has of its own
void add_c11_cases(Cases& cases);     ///< C11 operations under the models of machines

inline void add_all(Cases& cases) {
  for (const auto add :
       {add_shapes, add_fragments, add_rmw_cases, add_plain_cases, add_bounds_cases, add_rcu_cases,
        add_lock_cases, add_srcu_cases, add_arm_cases, add_c11_cases}) {
    add(cases);
  }
}

}  // namespace lockstep::orders
