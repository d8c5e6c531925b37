// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "machines/registration.hpp"

// A protocol that waits where nobody may, and reads what a callback's head has overwritten.
namespace lockstep::waiter {

struct Thing {
  static constexpr std::string_view kind = "Thing";
};
inline constexpr Field<"size", Thing, int> size_of;
inline constexpr Field<"worth", Thing, int> worth;

template <class M>
struct Any {};
/// It waits for the others within a section, as nobody may.
struct Waiter {
  template <template <class> class, class M>
  static void run(M& m, const Numbers&) {
    for (;;) {
      m.point("Idle"_point);
      const auto thing = m.named("thing"_local, m.template allocate<Thing>("Make"_site));
      m.group("Fill"_site, write(thing, size_of, 1), write(thing, worth, 2));
      m.rcu_read_lock("Lock"_site);
      if (m.branch(2) == 0) {
        m.synchronize_rcu("Sync"_site, "Synced"_site);
        m.free("Free"_site, thing);
        m.rcu_read_unlock("Unlock"_site);
      } else {
        m.call_rcu("Later"_site, thing, worth);
        m.load("Still_There"_site, thing, size_of, Order::plain);
        m.load("Overwritten"_site, thing, worth, Order::plain);
        m.rcu_read_unlock("Later_Unlock"_site);
      }
    }
  }
};
inline std::unique_ptr<Model> waiters(WorldSpec::Lifetime lifetime, const char* prefix = "w") {
  static int number = 0;
  static std::vector<std::unique_ptr<RegisteredProtocol>> all;
  all.push_back(std::make_unique<RegisteredProtocol>(
      Registration{.sizes = {"waiters" + std::to_string(++number), {{"Things", "thing"}}},
                   .kinds = {{"Thing", "t", "Things", lifetime}},
                   .fields = {variable_of(size_of), variable_of(worth)},
                   .roles = {{"waiter", prefix, "Things", {"Idle"}}},
                   .forms = [] { return std::vector<Form>{form<Any, Waiter>("holds")}; }}));
  return all.back()->model(Size::parse("1"), "holds");
}

}  // namespace lockstep::waiter
