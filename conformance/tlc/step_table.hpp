// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/step.hpp"

namespace lockstep::tlc {

/// Which step a named action instance of the generated module stands for: `Lookup_Walk_r1`.
class StepTable {
 public:
  void add(std::string name, const Step& step) {
    numbers_.emplace(std::move(name), steps_.size());
    steps_.push_back(step);
  }
  std::optional<std::size_t> find(std::string_view name) const {
    const auto found = numbers_.find(name);
    if (found == numbers_.end()) return std::nullopt;
    return found->second;
  }
  const std::vector<Step>& steps() const { return steps_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::vector<Step> steps_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> numbers_;
};

}  // namespace lockstep::tlc
