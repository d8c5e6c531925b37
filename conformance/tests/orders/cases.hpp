// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "tests/orders/shapes.hpp"

namespace lockstep::orders {

/// A program with the outcomes that it must have. The mutants of a model are judged by the same
/// cases: one that changes no outcome is not noticed.
struct Case {
  std::string about;
  Program program;
  std::string sc, lkmm;
  std::string race;  ///< under the kernel's model; empty = not asked
};

class Cases {
 public:
  void about(std::string text) { about_ = std::move(text); }
  void expect(Program p, std::string lkmm, std::string sc = "never") {
    all.push_back({about_, std::move(p), std::move(sc), std::move(lkmm), {}});
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
