// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

#include "orders/encode/observe.hpp"
#include "orders/models/model.hpp"
#include "tests/order_fuzz/generator.hpp"

namespace lockstep::orders::fuzz {

/// What each judge says of one test, and where two of them cannot both be right.
class Differences {
 public:
  Differences();
  /// Judges by this model instead of the builtin one of its name.
  void replace(MemoryModel model) { models_[model.name] = std::move(model); }

  /// Empty: all agree. Else the first difference, in words.
  std::string of(const Test& test);
  /// How many tests were judged, how they divide, how many each model answers otherwise than sc.
  std::string tally() const;

 private:
  std::map<std::string, MemoryModel> models_;
  std::map<std::string, int> interleaved_, weaker_;
  int judged_ = 0;
};

}  // namespace lockstep::orders::fuzz
