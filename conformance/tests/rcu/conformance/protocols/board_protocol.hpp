// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "../../reference/board.hpp"
#include "machines/registration.hpp"

namespace lockstep::board {

template <Choices is>
struct Reader {
  template <template <class> class, class M>
  static void run(M& m, const Numbers&) {
    reader<M, is>(m);
  }
};
template <Choices is>
struct Keeper {
  template <template <class> class, class M>
  static void run(M& m, const Numbers&) {
    keeper<M, is>(m);
  }
};
template <class M>
struct Any {};

template <Choices is>
Form variant(std::string_view name) {
  return form<Any, Reader<is>, Keeper<is>>(name);
}

/// Its notices are freed at once, but those that call_rcu() frees.
inline const RegisteredProtocol& protocol() {
  static const RegisteredProtocol registered(
      {.sizes = {"board", {{"Readers", "reader"}, {"Notices", "notice"}, {"Boards", "board", 1}}},
       .kinds = {{"Board", "b", "Boards"}, {"Notice", "n", "Notices", WorldSpec::Lifetime::freed}},
       .fields = {variable_of(pinned), variable_of(text)},
       .roles = {{"reader", "r", "Readers", {"Reader_Idle"}},
                 {"keeper", "b", "Boards", {"Keeper_Idle"}}},
       .forms = [] {
         return std::vector<Form>{variant<Choices{}>("holds"),
                                  variant<Choices{.syncs = false}>("no_sync"),
                                  variant<Choices{.sync_first = true}>("sync_first"),
                                  variant<Choices{.drop_at_once = true}>("drop_at_once"),
                                  variant<Choices{.drop_first = true}>("drop_first"),
                                  variant<Choices{.unlock_early = true}>("unlock_early"),
                                  variant<Choices{.reads_on = true}>("reads_on")};
       }});
  return registered;
}

}  // namespace lockstep::board
