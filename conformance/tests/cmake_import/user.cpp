// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <lockstep/order.hpp>

static_assert(lockstep::to_std(lockstep::Order::acquire) == std::memory_order_acquire);

int main() {
  return lockstep::name_of(lockstep::Order::full) == "full" ? 0 : 1;
}
