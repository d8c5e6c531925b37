// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "orders/encode/observe.hpp"
#include "orders/litmus/litmus.hpp"
#include "orders/litmus/writer.hpp"

namespace lockstep::orders {

/// The models under which a test must mean what the program meant.
inline constexpr const char* compared_models[] = {"sc", "tso", "armv8", "lkmm"};

/// `never, race` or `reachable`: is the forbidden end reached, and is there a data race?
inline std::string meaning(const Program& program, const char* model) {
  const Observation o = observe(program, builtin_model(model));
  if (o.verdict == Observed::unknown) return "unknown: " + o.reason;
  return std::string{o.verdict == Observed::never ? "never" : "reachable"} +
         (o.race.value_or(false) ? ", race" : "");
}

inline std::string written(const Program& program, const Symbols& symbols) {
  return litmus::write(program, symbols, {"test", {}, {}});
}

inline Program read_back(const std::string& text) {
  try {
    return litmus::read(text, "test.litmus").program;
  } catch (const litmus::Unsupported& u) {
    throw std::runtime_error(u.text());
  }
}

}  // namespace lockstep::orders
