// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/stepped.hpp"

namespace lockstep {

SteppedMachine::SteppedMachine(const World& world, Atom* state, const World::Task& task,
                               Fiber& fiber)
    : world_(world), state_(state), task_(task), fiber_(fiber) {
  const auto& names = numbered_names();
  const auto& symbols = world.layout().symbols;
  for (const std::string_view name : names) {
    names_.push_back(symbols.find(name));
    fields_.push_back(world.find_field(name));
    locals_.push_back(world.find_local(task.role, name));
  }
}

void SteppedMachine::free_object(const char* site, Atom object, const World::Cells* overwritten,
                                 World::Goes goes) {
  if (!world_.has_life(object)) fail(site, "a wild reference to", "", object);
  if (!world_.is_used(state_, object)) fail(site, "double free of", "", object);
  world_.free(state_, object, overwritten, goes);
}

void SteppedMachine::fail(const char* site, const char* what, const char* field, Atom object) {
  const bool named = is_symbol(object);
  const char* name = named ? world_.layout().symbols.name(object).c_str() : "a number";
  if (*field == 0) {
    fiber_.fail("%s: %s %s", site, what, name);
  } else {
    fiber_.fail("%s: %s %s[%s]", site, what, field, name);
  }
  __builtin_unreachable();
}

void SteppedMachine::lacks(const char* site, const char* field) {
  fiber_.fail("%s: field %s is not in the protocol's world", site, field);
  __builtin_unreachable();
}

}  // namespace lockstep
