// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "seqlock.hpp"

#include <machines/registration.hpp>

std::vector<Form> forms() {
  return {{"holds", {{reader, reader}, {writer, writer}}}};
}
const RegisteredProtocol protocol{
    {.sizes = {"seqlock", {{"Readers", "reader"}, {"Pairs", "pair", 1}}},
     .kinds = {{"Pair", "p", "Pairs"}},
     .fields = {variable_of(first), variable_of(second)},
     .roles = {{"reader", "r", "Readers", {"Reader_Idle"}},
               {"writer", "p", "Pairs", {"Writer_Idle", "Writer_Done"}}},
     .forms = forms}};
