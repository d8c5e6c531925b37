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

const WorldSpec::Kind* WorldSpec::find_kind(std::string_view name) const {
  const auto found = std::ranges::find(kinds, name, &Kind::name);
  return found == kinds.end() ? nullptr : &*found;
}

bool WorldSpec::Kind::waits() const {
  return call_rcu || lifetime == Lifetime::type_safe || lifetime == Lifetime::rcu_freed;
}

bool WorldSpec::has_pages(std::string_view kind) const {
  const Kind* known = find_kind(kind);
  return known != nullptr && known->lifetime != Lifetime::kept;
}

bool WorldSpec::has_pages() const {
  return std::ranges::any_of(kinds, [](const Kind& k) { return k.lifetime != Lifetime::kept; });
}

void World::name_values() {
  Symbols& names = layout_.symbols;
  const auto name = [&](std::string_view value) {
    const std::size_t known = names.size();
    names.intern(value);
    values_ += names.size() - known;
  };
  for (const std::string_view value : numbered_values()) {
    // value_atom() relies on its place.
    if (names.find(value) >= 0) {
      throw ProtocolError("a model value cannot be called " + std::string{value});
    }
    name(value);
  }
  for (const std::string& value : spec_.values) name(value);
}

/// Objects of a kind, and tasks of a role, have atoms in a row.
void World::name_objects() {
  Symbols& names = layout_.symbols;
  const auto name = [&](const std::string& of, const std::vector<std::string>& objects) {
    for (std::size_t i = 0; i < objects.size(); ++i) {
      const Atom atom = names.intern(objects[i]);
      if (is_value(atom) || atom == null_atom) {
        throw ProtocolError("an object of " + of + " has the name of a model value: " + objects[i]);
      }
      if (atom != names.find(objects.front()) + static_cast<Atom>(i)) {
        throw ProtocolError("objects of " + of + " share names with another kind or role that " +
                            "has not as many; expected one count of both, or another prefix");
      }
    }
  };
  for (const auto& kind : spec_.kinds) name(kind.name, kind.objects);
  for (const auto& role : spec_.roles) name(role.name, role.tasks);
}

World::World(WorldSpec spec) : spec_(std::move(spec)) {
  Symbols& names = layout_.symbols;
  name_values();
  none_ = names.intern("none");
  free_ = names.intern("free");
  used_ = names.intern("used");
  name_objects();
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
  add_pages();
  for (std::size_t r = 0; r < spec_.roles.size(); ++r) {
    const auto& role = spec_.roles[r];
    for (std::size_t i = 0; i < role.tasks.size(); ++i) {
      Task task{names.find(role.tasks[i]), r, i, 0};
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
  add_waits();
}

/// Of the tasks that may wait for the sections of others.
void World::add_waits() {
  for (Task& task : tasks_) {
    const auto& role = spec_.roles[task.role];
    if (!role.sync) continue;
    const std::string& name = role.tasks[task.index];
    if (has_life(task.name)) {
      throw ProtocolError("task " + name +
                          " calls synchronize_rcu() and is called like an object that is "
                          "allocated and freed: grace[" +
                          name + "] would be of both; expected another prefix of one of them");
    }
    task.grace = layout_.size();
    for (const auto& readers : spec_.roles) {
      for (const auto& reader : readers.tasks) {
        if (!readers.rcu) continue;
        initial_.push_back(0);
        layout_.add({"grace", {name, reader}, Sort::boolean, {}});
      }
    }
  }
}

void World::add_pages() {
  const auto add = [this](const char* variable, std::vector<std::string> keys, Sort sort, Atom at) {
    initial_.push_back(at);
    layout_.add({variable, std::move(keys), sort, {}});
  };
  std::vector<const WorldSpec::Kind*> kinds;
  for (const auto& kind : spec_.kinds) {
    if (kind.lifetime == WorldSpec::Lifetime::kept) continue;
    if (has_life(first_object(kind.name))) {
      throw ProtocolError("objects of " + kind.name +
                          " are also of another kind that is allocated and freed");
    }
    kinds.push_back(&kind);
    pages_.push_back({kind.lifetime, first_object(kind.name), kind.objects.size(), layout_.size()});
    pages_.back().waits = kind.waits();
    for (const auto& object : kind.objects) add("slab", {object}, Sort::string, none_);
    for (const auto& field : spec_.fields) {
      if (field.kind != kind.name) continue;
      Cells& cells = fields_.find(field.name)->second;
      cells.slab = pages_.back().slab;
      pages_.back().fields.emplace_back(cells.base, cells.width);
    }
  }
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    pages_[i].grace = layout_.size();
    if (!pages_[i].waits) continue;
    for (const auto& object : kinds[i]->objects) {
      for (const auto& role : spec_.roles) {
        for (const auto& task : role.tasks) {
          if (role.rcu) add("grace", {object, task}, Sort::boolean, 0);
        }
      }
    }
  }
}

void World::add_field(const WorldSpec::Field& field) {
  Cells cells;
  cells.base = layout_.size();
  cells.first_object = first_object(field.kind);
  cells.sort = field.sort;
  const auto& objects = kind(field.kind).objects;
  cells.objects = objects.size();
  const bool array = !field.index.empty();
  const bool page = spec_.has_pages(field.kind);
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
      initial_.push_back(page ? null_atom : field.initial);
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
  if (const WorldSpec::Kind* found = spec_.find_kind(name)) return *found;
  throw unknown("kind", name);
}

Atom World::first_object(std::string_view name) const {
  return layout_.symbols.find(kind(name).objects.front());
}

const World::Pages* World::find_pages(Atom object) const {
  for (const Pages& pages : pages_) {
    if (static_cast<std::size_t>(object - pages.first_object) < pages.objects) return &pages;
  }
  return nullptr;
}

void World::rcu_unlock(Atom* state, const Task& task) const {
  state[task.rcu] = 0;
  const std::size_t readers = rcu_slots_.size();
  std::size_t me = 0;
  while (rcu_slots_[me] != task.rcu) ++me;
  for (const Pages& pages : pages_) {
    if (!pages.waits) continue;
    for (std::size_t object = 0; object < pages.objects; ++object) {
      Atom* grace = state + pages.grace + object * readers;
      grace[me] = 0;
      bool waits = false;
      for (std::size_t r = 0; r < readers; ++r) waits = waits || grace[r] != 0;
      if (!waits && state[pages.slab + object] == free_) release_page(state, pages, object);
    }
  }
  for (const Task& waiting : tasks_) {
    if (waiting.grace != nowhere) state[waiting.grace + me] = 0;
  }
}

void World::sync(Atom* state, const Task& task) const {
  for (std::size_t r = 0; r < rcu_slots_.size(); ++r) state[task.grace + r] = state[rcu_slots_[r]];
}

bool World::synced(const Atom* state, const Task& task) const {
  const Atom* grace = state + task.grace;
  return std::all_of(grace, grace + rcu_slots_.size(), [](Atom waits) { return waits == 0; });
}

bool World::allocatable(const Atom* state, Atom object) const {
  const Pages& pages = *find_pages(object);
  const Atom now = state[pages.slab + static_cast<std::size_t>(object - pages.first_object)];
  return now == none_ || (now == free_ && pages.lifetime == WorldSpec::Lifetime::type_safe);
}

void World::allocate(Atom* state, Atom object) const {
  const Pages& pages = *find_pages(object);
  const auto index = static_cast<std::size_t>(object - pages.first_object);
  state[pages.slab + index] = used_;
  if (!pages.waits) return;
  Atom* grace = state + pages.grace + index * rcu_slots_.size();
  for (std::size_t r = 0; r < rcu_slots_.size(); ++r) grace[r] = 0;
}

void World::free(Atom* state, Atom object, const Cells* overwritten, Goes goes) const {
  const Pages& pages = *find_pages(object);
  const auto index = static_cast<std::size_t>(object - pages.first_object);
  const bool may_wait = goes == Goes::after_grace || pages.lifetime != WorldSpec::Lifetime::freed;
  bool waits = false;
  for (std::size_t r = 0; may_wait && r < rcu_slots_.size(); ++r) {
    Atom& grace = state[pages.grace + index * rcu_slots_.size() + r];
    grace = state[rcu_slots_[r]];
    waits = waits || grace != 0;
  }
  if (waits) {
    state[pages.slab + index] = free_;
    if (overwritten != nullptr) state[overwritten->base + index * overwritten->width] = null_atom;
  } else {
    release_page(state, pages, index);
  }
}

void World::release_page(Atom* state, const Pages& pages, std::size_t object) const {
  state[pages.slab + object] = none_;
  for (const auto& [base, width] : pages.fields) {
    for (std::size_t i = 0; i < width; ++i) state[base + object * width + i] = null_atom;
  }
}

bool World::is_used(const Atom* state, Atom object) const {
  const Pages& pages = *find_pages(object);
  return state[pages.slab + static_cast<std::size_t>(object - pages.first_object)] == used_;
}

bool World::at_rest(const Atom* state) const {
  return std::ranges::all_of(tasks_, [&](const Task& task) {
    const auto& rests = spec_.roles[task.role].rests;
    return std::ranges::find(rests, layout_.symbols.name(state[task.pc])) != rests.end();
  });
}

}  // namespace lockstep
