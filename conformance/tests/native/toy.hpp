// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lockstep/native.hpp"
#include "lockstep/urcu.hpp"
#include "rcuwait.hpp"

// A room that counts who is inside, and that one may wait for; and things from a slab.
namespace lockstep::toy {

struct Room {
  static constexpr std::string_view kind = "Room";
};
struct Thing {
  static constexpr std::string_view kind = "Thing";
};
inline constexpr Field<"inside", Room, int> inside;
inline constexpr Field<"waiting", Room, Task> waiting;
inline constexpr Field<"number", Thing, int> number;
inline constexpr Field<"room", Thing, Room> room;
inline constexpr Field<"chain", Thing, int> chain;  ///< the slab's own, in a free one

struct Layout : Objects<Room, inside, waiting>,
                Objects<Thing, number, room, chain>,
                Objects<Task, task_state> {
  using Allocated = Lives<TypeSafe<Thing, 2>>;
};
using Machine = NativeMachine<Layout, Urcu>;

}  // namespace lockstep::toy
