// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/program/question_names.hpp"

#include <algorithm>

#include "model/verdict.hpp"

namespace lockstep::orders {

namespace {

using Known = std::set<std::string>;

/// At the place of `name` in the entry, or at the entry's.
[[noreturn]] void refuse(const Question& question, const std::string& entry,
                         const std::string& name, const std::string& what) {
  auto found = question.places.find(entry + ":" + name);
  if (found == question.places.end()) found = question.places.find(entry);
  const auto [line, column] =
      found == question.places.end() ? std::pair<std::size_t, std::size_t>{} : found->second;
  throw InputError{question.file, line, column, what};
}

std::string listed(const Known& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

/// What one task says of its automaton.
class TaskNames {
 public:
  TaskNames(const Question& question, const TaskSpec& task, const Automaton& automaton)
      : question_{question}, task_{task}, automaton_{automaton} {
    for (const Node& n : automaton.nodes) sites_.insert(n.name);
    locals_.insert(automaton.locals.begin(), automaton.locals.end());
    for (const AutomatonEdge& e : automaton.edges) {
      const std::string& from = automaton.nodes[e.from].name;
      ways_[from].insert(automaton.nodes[e.to].name);
      for (const Choice& c : e.choices) {
        choices_.insert(c.name);
        choices_.insert(from + "." + c.name);
      }
    }
  }

  void check() const {
    known("", "site", task_.start, sites_);
    for (const std::string& site : task_.stop_at) known(".until", "site", site, sites_);
    for (const auto& [local, value] : task_.locals) known(".locals", "local", local, locals_);
    for (const auto& [choice, value] : task_.choices) known(".choose", "choice", choice, choices_);
    for (const auto& [site, ways] : task_.next) {
      known(".next", "site", site, sites_);
      for (const std::string& to : ways) {
        const auto found = ways_.find(site);
        const Known there = found == ways_.end() ? Known{} : found->second;
        if (there.contains(to)) continue;
        refuse(question_, task_.name + ".next", to,
               "no way leads from " + site + " to '" + to + "'; expected one of: " + listed(there));
      }
    }
  }

 private:
  void known(const std::string& entry, const std::string& what, const std::string& name,
             const Known& all) const {
    if (all.contains(name)) return;
    refuse(question_, task_.name + entry, name,
           automaton_.role + " has no " + what + " '" + name + "'; expected " +
               (all.empty() ? "none" : "one of: " + listed(all)));
  }

  const Question& question_;
  const TaskSpec& task_;
  const Automaton& automaton_;
  Known sites_, locals_, choices_;
  std::map<std::string, Known> ways_;
};

/// The cells that the sites of all roles access, by field: of an object, with an index?
std::map<std::string, std::pair<bool, bool>> cells_of(const Automata& automata) {
  std::map<std::string, std::pair<bool, bool>> out;
  const auto add = [&](const CellTerm& cell, bool every = false) {
    if (cell.field.empty()) return;
    out[cell.field] = {cell.object != nullptr, cell.index != nullptr || every};
  };
  for (const auto& [role, automaton] : automata) {
    for (const Node& n : automaton.nodes) {
      add(n.cell, n.every);
      for (const GroupWrite& w : n.group) add(w.cell);
      for (const Peek& p : n.also) add(p.cell);
    }
    for (const AutomatonEdge& e : automaton.edges) {
      for (const Peek& p : e.peeks) add(p.cell);
    }
  }
  return out;
}

/// What a task can come to know an object by: what it holds at the start, chooses, or reads.
std::set<Atom> held(const Question& question, const Automata& automata) {
  std::set<Atom> out;
  const auto add = [&out](const auto& named) {
    for (const auto& [name, value] : named) out.insert(value);
  };
  for (const TaskSpec& task : question.tasks) {
    out.insert(task.self);
    add(task.locals);
    add(task.choices);
    for (const AutomatonEdge& e : automata.at(task.role).edges) {
      for (const Choice& c : e.choices) out.insert(c.domain.begin(), c.domain.end());
    }
  }
  for (const auto& [cell, value] : question.cells) out.insert(value->value);
  return out;
}

void check_cells(const Question& question, const Automata& automata) {
  const std::set<Atom> objects = held(question, automata);
  const auto known = cells_of(automata);
  const auto form = [](const std::string& field, bool object, bool index) {
    return field + (object ? "[object]" : "") + (index ? "[index]" : "");
  };
  for (const auto& [cell, value] : question.cells) {
    const auto found = known.find(cell.field);
    if (found == known.end()) {
      Known fields;
      for (const auto& [field, shape] : known) fields.insert(field);
      refuse(question, "cells", cell.field,
             "no site accesses '" + cell.field + "'; expected one of: " + listed(fields));
    }
    const auto [object, index] = found->second;
    // A cell without an object is written with its index alone.
    const int parts = (cell.object != nullptr) + (cell.index != nullptr);
    if (parts == static_cast<int>(object) + static_cast<int>(index)) {
      if (!object || cell.object == nullptr || objects.contains(cell.object->value)) continue;
      refuse(question, "cells", cell.field,
             "no task comes to the object of a cell '" + cell.field +
                 "'; expected one that a local, a choice, 'as' or a cell names");
    }
    refuse(question, "cells", cell.field,
           "'" + cell.field + "' is no whole cell; expected " + form(cell.field, object, index));
  }
}

}  // namespace

void check_names(const Question& question, const Automata& automata) {
  for (const TaskSpec& task : question.tasks) {
    const auto automaton = automata.find(task.role);
    if (automaton == automata.end()) {
      Known roles;
      for (const auto& [role, a] : automata) roles.insert(role);
      refuse(question, task.name, task.role,
             "there is no role '" + task.role + "'; expected one of: " + listed(roles));
    }
    TaskNames{question, task, automaton->second}.check();
  }
  check_cells(question, automata);
}

}  // namespace lockstep::orders
