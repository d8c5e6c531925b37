// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "seqlock.hpp"

#include <machines/registration.hpp>

std::vector<Form> forms() {
  return {{"holds", {{reader<true>, reader<true>}, {writer, writer}}},
          {"no_check", {{reader<false>, reader<false>}, {writer, writer}}}};
}
const RegisteredProtocol protocol{
    {.sizes = {"seqlock", {{"Readers", "reader"}, {"Pairs", "pair", 1}}},
     .kinds = {{"Pair", "p", "Pairs"}},
     .fields = {variable_of(seq), variable_of(first), variable_of(second)},
     .roles = {{"reader", "r", "Readers", {"Reader_Idle"}},
               {"writer", "p", "Pairs", {"Writer_Idle", "Writer_Done"}}},
     .forms = forms}};
