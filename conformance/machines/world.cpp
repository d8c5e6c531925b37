// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/world.hpp"

#include <algorithm>

#include "machines/name_numbers.hpp"
#include "machines/protocol_error.hpp"

namespace lockstep {

namespace {
ProtocolError unknown(std::string_view what, std::string_view name) {
  return ProtocolError("the registration has no " + std::string{what} + " '" + std::string{name} +
                       "'");
}
}  // namespace

std::string WorldSpec::slab() const {
  std::string found;
  for (const Kind& kind : kinds) {
    if (kind.lifetime != Lifetime::type_safe) continue;
    if (!found.empty()) {
      throw ProtocolError("kinds " + found + " and " + kind.name +
                          " are both type-safe; the machines know one slab cache");
    }
    found = kind.name;
  }
  return found;
}

World::World(WorldSpec spec) : spec_(std::move(spec)) {
  Symbols& names = layout_.symbols;
  again_ = names.intern("Again");  // atom_of(again) relies on its place after Null
  none_ = names.intern("none");
  free_ = names.intern("free");
  used_ = names.intern("used");
  for (const auto& kind : spec_.kinds) {
    for (const std::string& object : kind.objects) names.intern(object);
  }
  for (const auto& role : spec_.roles) {
    for (const std::string& task : role.tasks) names.intern(task);
  }
  for (const std::string_view name : numbered_names()) names.intern(name);
  // The base of every relative slot must be known first: `relative_to` names fields before it.
  for (const auto& field : spec_.fields) {
    if (field.relative_to == field.name) add_field(field);
  }
  for (const auto& field : spec_.fields) {
    if (field.relative_to != field.name) add_field(field);
  }
  const auto add = [this](Slot slot, Atom initial) {
    initial_.push_back(initial);
    return layout_.add(std::move(slot));
  };
  if (!spec_.slab().empty()) {
    const auto& objects = kind(spec_.slab()).objects;
    slab_objects_ = objects.size();
    slab_first_ = names.find(objects.front());
    slab_base_ = layout_.size();
    for (const auto& object : objects) add({"slab", {object}, Sort::string, {}}, none_);
    grace_base_ = layout_.size();
    for (const auto& object : objects) {
      for (const auto& role : spec_.roles) {
        for (const auto& task : role.tasks) {
          if (role.rcu) add({"grace", {object, task}, Sort::boolean, {}}, 0);
        }
      }
    }
  }
  for (std::size_t r = 0; r < spec_.roles.size(); ++r) {
    const auto& role = spec_.roles[r];
    for (std::size_t i = 0; i < role.tasks.size(); ++i) {
      Task task{names.find(role.tasks[i]), r, i, 0, 0};
      task.pc = add({"pc", {role.tasks[i]}, Sort::string, {}}, null_atom);
      if (role.rcu) {
        task.rcu = add({"rcu", {role.tasks[i]}, Sort::boolean, {}}, 0);
        rcu_slots_.push_back(task.rcu);
      }
      tasks_.push_back(task);
    }
    auto& slots = locals_.emplace_back();
    for (const auto& local : role.locals) {
      const Atom dead = local.sort == Sort::boolean ? 0 : null_atom;
      slots[local.name] = {layout_.size(), dead, local.sort};
      for (const std::string& task : role.tasks) {
        Slot slot{local.name, {task}, local.sort, {}};
        if (!local.relative_to.empty()) slot.relative_to = field(local.relative_to).base;
        add(std::move(slot), dead);
      }
    }
  }
  for (const auto& field : spec_.fields) {
    if (field.kind == spec_.slab()) slab_fields_.push_back(&fields_.find(field.name)->second);
  }
}

void World::add_field(const WorldSpec::Field& field) {
  Cells cells;
  cells.base = layout_.size();
  cells.first_object = first_object(field.kind);
  cells.slab = field.kind == spec_.slab();
  cells.sort = field.sort;
  const auto& objects = kind(field.kind).objects;
  cells.objects = objects.size();
  const bool array = !field.index.empty();
  static const std::vector<std::string> scalar{""};
  const auto& indices = array ? kind(field.index).objects : scalar;
  if (array) cells.first_index = first_object(field.index);
  cells.width = indices.size();
  for (const auto& object : objects) {
    for (const auto& index : indices) {
      Slot slot{field.name, {object}, field.sort, {}};
      if (array) slot.keys.push_back(index);
      if (field.relative_to == field.name) {
        slot.relative_to = layout_.size();
      } else if (!field.relative_to.empty()) {
        slot.relative_to = this->field(field.relative_to).base;
      }
      layout_.add(std::move(slot));
      initial_.push_back(cells.slab ? null_atom : field.initial);
    }
  }
  fields_.emplace(field.name, cells);
}

const World::Cells* World::find_field(std::string_view name) const {
  const auto found = fields_.find(name);
  return found == fields_.end() ? nullptr : &found->second;
}

const World::Cells& World::field(std::string_view name) const {
  if (const Cells* found = find_field(name)) return *found;
  throw unknown("field", name);
}

const World::LocalSlots* World::find_local(std::size_t role, std::string_view name) const {
  const auto found = locals_.at(role).find(name);
  return found == locals_.at(role).end() ? nullptr : &found->second;
}

const World::LocalSlots& World::local(std::size_t role, std::string_view name) const {
  if (const LocalSlots* found = find_local(role, name)) return *found;
  throw unknown("local", name);
}

const WorldSpec::Kind& World::kind(std::string_view name) const {
  for (const auto& kind : spec_.kinds) {
    if (kind.name == name) return kind;
  }
  throw unknown("kind", name);
}

Atom World::first_object(std::string_view name) const {
  return layout_.symbols.find(kind(name).objects.front());
}

void World::rcu_unlock(Atom* state, const Task& task) const {
  state[task.rcu] = 0;
  const std::size_t readers = rcu_slots_.size();
  std::size_t me = 0;
  while (rcu_slots_[me] != task.rcu) ++me;
  for (std::size_t object = 0; object < slab_objects_; ++object) {
    Atom* grace = state + grace_base_ + object * readers;
    grace[me] = 0;
    bool waits = false;
    for (std::size_t r = 0; r < readers; ++r) waits = waits || grace[r] != 0;
    if (!waits && state[slab_base_ + object] == free_) release_page(state, object);
  }
}

bool World::allocatable(const Atom* state, Atom object) const {
  return state[slab_base_ + static_cast<std::size_t>(object - slab_first_)] != used_;
}

void World::allocate(Atom* state, Atom object) const {
  const auto index = static_cast<std::size_t>(object - slab_first_);
  state[slab_base_ + index] = used_;
  Atom* grace = state + grace_base_ + index * rcu_slots_.size();
  for (std::size_t r = 0; r < rcu_slots_.size(); ++r) grace[r] = 0;
}

void World::free(Atom* state, Atom object, const Cells& overwritten) const {
  const auto index = static_cast<std::size_t>(object - slab_first_);
  Atom* grace = state + grace_base_ + index * rcu_slots_.size();
  bool waits = false;
  for (std::size_t r = 0; r < rcu_slots_.size(); ++r) {
    grace[r] = state[rcu_slots_[r]];
    waits = waits || grace[r] != 0;
  }
  if (waits) {
    state[slab_base_ + index] = free_;
    state[overwritten.base + index] = null_atom;
  } else {
    release_page(state, index);
  }
}

void World::release_page(Atom* state, std::size_t object) const {
  state[slab_base_ + object] = none_;
  for (const Cells* cells : slab_fields_) {
    for (std::size_t i = 0; i < cells->width; ++i) {
      state[cells->base + object * cells->width + i] = null_atom;
    }
  }
}

bool World::has_page(const Atom* state, Atom object) const {
  return state[slab_base_ + static_cast<std::size_t>(object - slab_first_)] != none_;
}

bool World::is_used(const Atom* state, Atom object) const {
  return state[slab_base_ + static_cast<std::size_t>(object - slab_first_)] == used_;
}

bool World::at_rest(const Atom* state) const {
  return std::ranges::all_of(tasks_, [&](const Task& task) {
    const auto& rests = spec_.roles[task.role].rests;
    return std::ranges::find(rests, layout_.symbols.name(state[task.pc])) != rests.end();
  });
}

}  // namespace lockstep
