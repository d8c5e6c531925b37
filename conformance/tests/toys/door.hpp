// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "machines/registration.hpp"

// A protocol of one counter, small enough to be read at a glance, and described whole: its
// specification stands in spec/door. Readers count themselves in at a door and leave by it; its
// owner closes it, and writes what is behind it once nobody is inside.
namespace lockstep::door {

struct Door {
  static constexpr std::string_view kind = "Door";
};
inline constexpr Field<"users", Door, int> users;
inline constexpr Field<"open", Door, int> open;
inline constexpr Field<"data", Door, int> data;

template <class M>
struct Holds {
  M& m;
  /// Nobody enters a closed door: who sees it closed after all goes back.
  void enter(const auto& door) {
    m.fetch_add("Enter"_site, door, users, 1, Order::once);
    m.fence("Enter_Mb"_site, Order::mb);
  }
  static constexpr bool looks = true;
};
/// The look at the door is forgotten.
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
      auto door = m.named("at"_local, m.template choose<Door>());
      p.enter(door);
      bool use = true;
      if constexpr (Code<M>::looks) use = m.load("Look"_site, door, open, Order::acquire) == 1;
      if (use) m.load("Use"_site, door, data, Order::plain);
      m.fetch_sub("Leave"_site, door, users, 1, Order::release);
      door.forget();
    }
  }
};
struct Owner {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    const auto door = m.template own<Door>();
    for (;;) {
      m.point("Owner_Idle"_point);
      m.load("Look"_site, door, open, Order::acquire);
      m.store("Close"_site, door, open, 0, Order::once);
      m.fence("Close_Mb"_site, Order::mb);
      m.wait("Drain"_site, door, users, 0);
      m.store("Write"_site, door, data, 1, Order::once);
      m.store("Open"_site, door, open, 1, Order::release);
    }
  }
};

inline const RegisteredProtocol& protocol() {
  static const RegisteredProtocol registered(
      {{"door", {{"Readers", "reader"}, {"Doors", "door", 1}}},
       {{"Door", "d", "Doors"}},
       {variable_of(users), variable_of(open), variable_of(data)},
       {{"open", 1}},
       {},
       {{"reader", "r", "Readers", {"Reader_Idle"}}, {"owner", "d", "Doors", {"Owner_Idle"}}},
       {"Null"},
       [] {
         return std::vector<Form>{form<Holds, Reader, Owner>("holds"),
                                  form<NoLook, Reader, Owner>("no_look")};
       }});
  return registered;
}

}  // namespace lockstep::door
