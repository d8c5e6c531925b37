// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "model/verdict.hpp"
#include "orders/encode/observe.hpp"
#include "orders/litmus/litmus.hpp"

namespace lockstep::orders {

inline litmus::Test read_test(const std::string& text) {
  return litmus::read(text, "t.litmus");
}

inline std::string verdict_of(const std::string& text, const std::string& model) {
  return std::string{name_of(observe(read_test(text).program, builtin_model(model)).verdict)};
}

/// A test of one thread: what it does to `x`, `y`, `z` and its registers is the same in any model.
inline std::string alone(const std::string& initial, const std::string& body,
                         const std::string& condition) {
  return "C alone\n{ " + initial + " }\nP0(int *x, int *y, int *z)\n{\n" + body + "\n}\nexists (" +
         condition + ")\n";
}

/// What is said of a text that is not read: the message of either kind.
inline std::string complaint(const std::string& text) {
  try {
    read_test(text);
  } catch (const litmus::Unsupported& e) {
    return e.text();
  } catch (const InputError& e) {
    return e.what();
  }
  return "it is read";
}

}  // namespace lockstep::orders
