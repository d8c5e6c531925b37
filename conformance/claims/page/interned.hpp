// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <nlohmann/json.hpp>

#include "report/document.hpp"

namespace lockstep {

/// A list of a document that grows, and how many bytes it takes there.
class Grown {
 public:
  void add(report::Json value) {
    bytes_ += value.dump(-1, ' ', false, report::Json::error_handler_t::replace).size() + 1;
    list_.push_back(std::move(value));
  }
  std::size_t size() const { return list_.size(); }
  std::size_t bytes() const { return bytes_; }
  /// The first of them.
  report::Json first(std::size_t count) const {
    return report::Json(report::Json::array_t(list_.begin(), list_.begin() + count));
  }

 private:
  report::Json::array_t list_;
  std::size_t bytes_ = 0;
};

/// What is said often, once, and its number.
template <class Value>
class Interned {
 public:
  std::size_t number(const Value& value) {
    const auto [at, fresh] = numbers_.emplace(value, numbers_.size());
    if (fresh) list.add(report::Json(value));
    return at->second;
  }
  Grown list;

 private:
  std::map<Value, std::size_t> numbers_;
};

}  // namespace lockstep
