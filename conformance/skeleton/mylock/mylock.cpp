// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "mylock.hpp"

#include <machines/registration.hpp>

std::vector<Form> forms() {
  return {{"holds", {{user<true>, user<true>}}}, {"no_look", {{user<false>, user<false>}}}};
}
const RegisteredProtocol protocol{{.sizes = {"mylock", {{"Users", "user"}, {"Boxes", "box", 1}}},
                                   .kinds = {{"Box", "b", "Boxes"}},
                                   .fields = {variable_of(held), variable_of(data)},
                                   .roles = {{"user", "u", "Users", {"User_Idle"}}},
                                   .forms = forms}};
