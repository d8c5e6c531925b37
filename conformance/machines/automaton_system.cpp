// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/automaton_system.hpp"

#include <algorithm>
#include <cstring>

namespace lockstep {

AutomatonSystem::AutomatonSystem(World world, std::vector<Automaton> automata)
    : world_(std::move(world)), automata_(std::move(automata)), state_(world_.initial()) {
  for (Automaton& automaton : automata_) automaton = with_values(std::move(automaton));
  for (std::size_t r = 0; r < automata_.size(); ++r) {
    const Automaton& automaton = automata_[r];
    Role& role = roles_.emplace_back();
    for (std::uint32_t n = 0; n < automaton.nodes.size(); ++n) {
      const Node& node = automaton.nodes[n];
      CompiledNode compiled{&node,
                            world_.symbols().intern(node.name),
                            {node.cell, world_, r},
                            {node.guard, world_, r},
                            {},
                            {node.writes_if, world_, r},
                            {},
                            {},
                            {}};
      if (node.new_value != nullptr) compiled.new_value = {node.new_value, world_, r};
      for (const GroupWrite& write : node.group) {
        compiled.group.push_back({{write.cell, world_, r}, {write.value, world_, r}});
      }
      for (const Peek& also : node.also) compiled.also.emplace_back(also.cell, world_, r);
      also_.resize(std::max(also_.size(), node.also.size()));
      role.by_name[compiled.name] = n;
      role.nodes.push_back(std::move(compiled));
    }
    for (std::size_t e = 0; e < automaton.edges.size(); ++e) {
      const AutomatonEdge& edge = automaton.edges[e];
      CompiledEdge compiled{e, edge.to, {edge.condition, world_, r}, &edge.choices, {}, {}};
      for (const Peek& peek : edge.peeks) {
        compiled.peeks.push_back({{peek.cell, world_, r}, {peek.when, world_, r}});
      }
      peeks_.resize(std::max(peeks_.size(), edge.peeks.size()));
      for (const auto& [local, value] : edge.updates) {
        compiled.updates.emplace_back(world_.local(r, local).base, CompiledTerm(value, world_, r));
      }
      role.nodes[edge.from].edges.push_back(std::move(compiled));
    }
  }
}

void AutomatonSystem::initial(std::byte* out) {
  state_ = world_.initial();
  for (const World::Task& task : world_.tasks()) {
    const Role& role = roles_[task.role];
    state_[task.pc] = role.nodes[automata_[task.role].start].name;
  }
  save(out);
}

void AutomatonSystem::save(std::byte* out) const {
  std::memcpy(out, state_.data(), state_.size() * sizeof(Atom));
}

void AutomatonSystem::expand(const std::byte* snapshot, Visitor& visitor) {
  for (const World::Task& task : world_.tasks()) {
    std::memcpy(state_.data(), snapshot, state_.size() * sizeof(Atom));
    const Role& role = roles_[task.role];
    const std::uint32_t n = role.by_name.at(state_[task.pc]);
    StepValues values;
    values.state = state_.data();
    values.task_index = task.index;
    values.self = task.name;
    values.also = also_.data();
    values.peeks = peeks_.data();
    leave(task, n, values, {0, task.name, 0, {}}, false, visitor);
  }
}

void AutomatonSystem::leave(const World::Task& task, std::uint32_t n, StepValues values, Step step,
                            bool performed, Visitor& visitor) {
  const CompiledNode& node = roles_[task.role].nodes[n];
  const State before = state_;
  if (node.node->type == Node::Type::site) {
    step.site = node.name;
    try {
      if (!perform(task, node, values)) {
        if (onlooker_ != nullptr) onlooker_->at(task, n, values, true);
        state_ = before;
        return;
      }
    } catch (const Fault& fault) {
      visitor.fault(step, fault.what);
      state_ = before;
      return;
    }
    performed = true;
  }
  const State after = state_;
  if (onlooker_ != nullptr) onlooker_->at(task, n, values, false);
  for (const CompiledEdge& edge : node.edges) {
    // Every combination of the edge's choices, the last one turning fastest.
    std::vector<std::size_t> digits(edge.choices->size());
    for (bool more = true; more;) {
      state_ = after;
      StepValues here = values;
      here.state = after.data();
      Step chosen = step;
      for (std::size_t i = 0; i < digits.size(); ++i) {
        const Atom value = (*edge.choices)[i].domain[digits[i]];
        chosen.args[chosen.arg_count] = value;
        here.arguments[chosen.arg_count++] = value;
      }
      bool comes = false;
      try {
        comes = peek(node, edge, here);
      } catch (const Fault& fault) {
        visitor.fault(chosen, fault.what);
      }
      const bool taken = comes && edge.condition(here) != 0;
      if (comes && onlooker_ != nullptr) onlooker_->edge(task, edge.number, here, taken);
      if (taken) {
        for (const auto& [slot, value] : edge.updates) state_[slot + task.index] = value(here);
        const CompiledNode& next = roles_[task.role].nodes[edge.to];
        const bool stops = next.node->type != Node::Type::fence && performed;
        way_.push_back(edge.number);
        if (stops) {
          state_[task.pc] = next.name;
          visitor.step(chosen);
        } else {
          leave(task, edge.to, here, chosen, performed, visitor);
        }
        way_.pop_back();
      }
      more = false;
      for (std::size_t i = digits.size(); i-- > 0 && !more;) {
        if (++digits[i] < (*edge.choices)[i].domain.size()) {
          more = true;
        } else {
          digits[i] = 0;
        }
      }
    }
  }
  state_ = before;
}

bool AutomatonSystem::peek(const CompiledNode& node, const CompiledEdge& edge,
                           const StepValues& values) {
  for (std::size_t i = 0; i < edge.peeks.size(); ++i) {
    if (edge.peeks[i].when(values) == 0) return false;
    peeks_[i] = read(node, edge.peeks[i].cell, values);
  }
  return true;
}

Atom& AutomatonSystem::cell(const CompiledNode& node, const CompiledCell& cell,
                            const StepValues& values) {
  const Atom object = cell.object(values);
  const auto number = static_cast<std::size_t>(object - cell.cells->first_object);
  if (number >= cell.cells->objects) throw Fault{node.node->name + ": a wild reference"};
  if (!world_.is_there(values.state, *cell.cells, number)) {
    throw Fault{node.node->name + ": use after free"};
  }
  const auto index = cell.index.empty()
                         ? 0
                         : static_cast<std::size_t>(cell.index(values) - cell.cells->first_index);
  if (index >= cell.cells->width) throw Fault{node.node->name + ": no such element"};
  return state_[cell.cells->base + number * cell.cells->width + index];
}

Atom AutomatonSystem::read(const CompiledNode& node, const CompiledCell& from,
                           const StepValues& values) {
  const Atom atom = cell(node, from, values);
  if (from.cells->sort == Sort::integer && is_symbol(atom)) {
    throw Fault{node.node->name + ": a read of what nobody has written"};
  }
  return atom;
}

bool AutomatonSystem::holds_of_every(const CompiledNode& node, StepValues& values) {
  const Atom* first = &cell(node, node.cell, values);
  return std::all_of(first, first + node.cell.cells->width, [&](Atom element) {
    values.old = element;
    return node.guard(values) != 0;
  });
}

bool AutomatonSystem::perform(const World::Task& task, const CompiledNode& node,
                              StepValues& values) {
  const Kind kind = node.node->kind;
  values.state = state_.data();
  for (std::size_t i = 0; i < node.also.size(); ++i) also_[i] = read(node, node.also[i], values);
  switch (kind) {
    case Kind::rcu_lock: world_.rcu_lock(state_.data(), task); return true;
    case Kind::rcu_unlock: world_.rcu_unlock(state_.data(), task); return true;
    case Kind::sync:
      if (world_.in_section(state_.data(), task)) {
        throw Fault{node.node->name + ": synchronize_rcu within a section"};
      }
      world_.sync(state_.data(), task);
      return true;
    case Kind::sync_end: return world_.synced(state_.data(), task);
    case Kind::alloc: {
      const Atom object = node.cell.object(values);
      if (!world_.allocatable(state_.data(), object)) return false;
      world_.allocate(state_.data(), object);
      return true;
    }
    case Kind::free:
    case Kind::call_rcu: {
      const Atom object = node.cell.object(values);
      if (!world_.has_life(object)) throw Fault{node.node->name + ": a wild reference"};
      if (!world_.is_used(state_.data(), object)) throw Fault{node.node->name + ": double free"};
      world_.free(state_.data(), object, node.cell.cells,
                  kind == Kind::free ? World::Goes::by_lifetime : World::Goes::after_grace);
      return true;
    }
    default: break;
  }
  const Term& value = node.node->new_value;
  if (is_store(kind)) {
    // A plain increment reads its own cell; another store does not look at it.
    Atom& target = cell(node, node.cell, values);
    values.old = target;
    target = node.new_value(values);
    return true;
  }
  if (node.node->every) return holds_of_every(node, values);
  if (node.cell.cells != nullptr) {
    values.old = read(node, node.cell, values);
    if (node.guard(values) == 0) return false;
    if (value != nullptr && node.writes_if(values) != 0) {
      cell(node, node.cell, values) = node.new_value(values);
    }
  }
  // A group is simultaneous: no write of it reads what another has written.
  for (const auto& write : node.group) cell(node, write.cell, values) = write.value(values);
  return true;
}

}  // namespace lockstep
