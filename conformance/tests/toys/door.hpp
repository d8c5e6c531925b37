// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "machines/registration.hpp"

// A protocol of one counter, small enough to be read at a glance, registered as any other is: readers
// count themselves in an object and leave it, its owner closes it when nobody is inside.
namespace lockstep::toy {

struct Box { static constexpr std::string_view kind = "Box"; };
inline constexpr Field<"users", Box, int> users;
inline constexpr Field<"open", Box, int> open;

template <class M>
struct Holds {
  M& m;
  /// Nobody enters a closed box: who sees it closed after all goes back.
  void enter(const auto& box) { m.fetch_add("Enter"_site, box, users, 1, Order::full); }
  static constexpr bool looks = true;
};
/// The look at the box is forgotten.
template <class M>
struct NoLook : Holds<M> {
  static constexpr bool looks = false;
};

struct Reader {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    Code<M> p{m};
    for (;;) {
      m.point("Reader_Idle"_point);
      auto box = m.named("at"_local, m.template choose<Box>());
      p.enter(box);
      bool use = true;
      if constexpr (Code<M>::looks) use = m.load("Look"_site, box, open, Order::acquire) == 1;
      if (use) m.load("Use"_site, box, open, Order::plain);
      m.fetch_sub("Leave"_site, box, users, 1, Order::release);
      box.forget();
    }
  }
};
struct Owner {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    const auto box = m.template own<Box>();
    for (;;) {
      m.point("Owner_Idle"_point);
      m.load("Look"_site, box, open, Order::acquire);
      m.store("Close"_site, box, open, 0, Order::full);
      m.wait("Drain"_site, box, users, 0);
      m.store("Open"_site, box, open, 1, Order::release);
    }
  }
};

inline const RegisteredProtocol& protocol() {
  static const RegisteredProtocol toy(
      {{"toy",
        {{"Readers", "reader"}, {"Boxes", "box", 1}}},
       {{"Box", "b", "Boxes"}},
       {variable_of(users), variable_of(open)},
       {{"open", 1}},
       {},
       {{"reader", "r", "Readers", {"Reader_Idle"}}, {"owner", "b", "Boxes", {"Owner_Idle"}}},
       {"Null"},
       [] {
         return std::vector<Form>{form<Holds, Reader, Owner>("holds"),
                                  form<NoLook, Reader, Owner>("no_look")};
       }});
  return toy;
}

}  // namespace lockstep::toy
