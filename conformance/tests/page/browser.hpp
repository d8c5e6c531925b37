// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/process.hpp"

namespace lockstep::testing {

/// Chromium without a window, spoken to by pipes in its DevTools protocol: one page, its keys, its
/// scripts, and whatever it asks of the world.
class Browser {
 public:
  /// Where it is, or "".
  static std::string program();

  explicit Browser(const std::string& program);
  ~Browser();
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  void size(int width, int height);
  /// "light" or "dark".
  void colours(const std::string& scheme);
  /// Until it has loaded.
  void open(const std::string& url);
  void key(const std::string& name);
  void type(const std::string& text);
  /// What an expression of JavaScript comes to.
  nlohmann::json value(const std::string& expression);
  std::string text(const std::string& selector);

  const std::vector<std::string>& requests() const { return requests_; }  ///< addresses
  const std::vector<std::string>& errors() const { return errors_; }      ///< of scripts

 private:
  nlohmann::json call(const std::string& method, nlohmann::json parameters, bool of_page = true);
  nlohmann::json read();
  void take(const nlohmann::json& event);

  Scratch scratch_;
  int to_ = -1, from_ = -1, child_ = -1, number_ = 0;
  std::string session_, unread_;
  bool loaded_ = false;
  std::vector<std::string> requests_, errors_;
};

}  // namespace lockstep::testing
