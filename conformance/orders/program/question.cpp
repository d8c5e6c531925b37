// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/program/question.hpp"

#include <algorithm>

#include "model/verdict.hpp"

namespace lockstep::orders {

int Question::visits() const {
  int most = 1;
  for (const TaskSpec& t : tasks) most = std::max(most, t.visits);
  return most;
}

std::pair<std::string, Order> parse_override(std::string_view text) {
  const std::size_t split = text.find('=');
  if (split != std::string_view::npos && split > 0) {
    for (int o = 0; o <= static_cast<int>(Order::grace); ++o) {
      const auto order = static_cast<Order>(o);
      if (lockstep::name_of(order) == text.substr(split + 1)) {
        return {std::string{text.substr(0, split)}, order};
      }
    }
  }
  throw InputError{text, 0, 0,
                   "expected SITE=ORDER, with ORDER one of none, plain, once, acquire, "
                   "release, acq_rel, full, rmb, wmb, mb, grace"};
}

}  // namespace lockstep::orders
