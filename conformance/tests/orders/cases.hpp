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
/// the weaker ones allow it too, and the stronger ones do not.
enum class Allowed { nowhere, lkmm, armv8, tso, sc };

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
    const auto found = std::ranges::find(models_of_cases, model);
    const auto place = std::distance(std::begin(models_of_cases), found) + 1;
    return place <= static_cast<int>(allowed) ? "reachable" : "never";
  }
};

class Cases {
 public:
  void about(std::string text) { about_ = std::move(text); }
  void expect(Program p, Allowed allowed) {
    all.push_back({about_, std::move(p), allowed, {}});
  }
  /// A data race under the kernel's model, or none, of an outcome that has no question.
  void race(Program p, const char* expected) {
    expect(std::move(p), Allowed::sc);
    all.back().race = expected;
  }
  std::vector<Case> all;

 private:
  std::string about_;
};

void add_shapes(Cases& cases);       ///< SB, MP, LB and their family
void add_fragments(Cases& cases);    ///< the critical pieces of vma_refcnt
void add_rmw_cases(Cases& cases);    ///< read-modify-writes, dependencies, plain accesses
void add_plain_cases(Cases& cases);  ///< plain accesses and data races
void add_rcu_cases(Cases& cases);    ///< sections and grace periods

}  // namespace lockstep::orders
