// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "orders/encode/observe.hpp"

namespace lockstep::orders::litmus {

/// Verdicts that are known from elsewhere, as a table with tabs between: the first line names the
/// columns (`test`, the models, `MODEL_race`), each other line is a test by its file's base name.
/// `-` is not known; a race is 1 or 0; columns of other names are not looked at.
class KnownVerdicts {
 public:
  struct Known {
    std::optional<Observed> verdict;
    std::optional<bool> race;
  };

  /// Throws InputError with the place for what is no such table.
  static KnownVerdicts parse(std::string_view text, std::string_view file,
                             const std::vector<std::string>& models);

  bool has(const std::string& test) const { return rows_.contains(test); }
  Known of(const std::string& test, const std::string& model) const;
  std::vector<std::string> tests() const;

 private:
  std::map<std::string, std::map<std::string, Known>> rows_;
};

/// `Never`, `Sometimes`, `Always`, whatever the case; nothing for any other word.
std::optional<Observed> observed_of(std::string_view word);

}  // namespace lockstep::orders::litmus
