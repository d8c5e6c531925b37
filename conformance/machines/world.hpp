// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/layout.hpp"

namespace lockstep {

/// What a model of a protocol consists of: objects, their fields, tasks and their locals. From it
/// come the layout of a state and the place of every cell; protocols give it as data.
struct WorldSpec {
  /// What becomes of the memory of an object.
  enum class Lifetime : std::uint8_t {
    kept,       ///< there from the start, and never freed
    type_safe,  ///< from a slab cache whose pages go back after a grace period
  };
  struct Kind {
    std::string name;                  ///< "Vma"
    std::vector<std::string> objects;  ///< "v1", "v2", in order of creation
    Lifetime lifetime = Lifetime::kept;
  };
  struct Field {
    std::string name;       ///< the TLA+ variable
    std::string kind;       ///< of the objects that have it
    std::string index;      ///< the kind that an array field is indexed by, or ""
    Sort sort = Sort::integer;
    Atom initial = 0;
    std::string relative_to;  ///< the VIEW: a field of the only object of its kind, or ""
    std::string values = "";  ///< the kind of the objects that it names, where sort is name
  };
  struct Local {
    std::string name;
    Sort sort = Sort::name;
    std::string relative_to;
    std::string values = "";
  };
  struct Role {
    std::string name;                ///< "reader"
    std::vector<std::string> tasks;  ///< "r1", "r2"
    std::vector<Local> locals;
    bool rcu = false;                ///< may its tasks enter RCU read-side sections?
    std::vector<std::string> rests;  ///< points where a task may stay for ever
  };
  std::vector<Kind> kinds;
  std::vector<Field> fields;
  std::vector<Role> roles;
  /// The kind whose memory comes from a type-safe slab cache, or "". Its cells are Null (not
  /// initialised) while no page holds the object. Throws ProtocolError if there are several.
  std::string slab() const;
};

/// A model's layout with the place of everything in it. Variables that the machines keep for every
/// protocol: `pc` (a task's next site), `rcu` (inside a section), `slab` ("none", "free", "used") and
/// `grace` (which sections must end before a freed object's page may go).
class World {
 public:
  explicit World(WorldSpec spec);

  struct Cells {  ///< the cells of one field: state[base + object * width + index]
    std::size_t base = 0;
    Atom first_object = 0;
    std::size_t objects = 0;
    Atom first_index = 0;
    std::size_t width = 1;
    bool slab = false;       ///< the objects live in the slab
    Sort sort = Sort::integer;
  };
  struct Task {
    Atom name = 0;
    std::size_t role = 0;
    std::size_t index = 0;  ///< within its role
    std::size_t pc = 0;     ///< slot
    std::size_t rcu = 0;    ///< slot, if the role may enter sections
  };
  struct LocalSlots {
    std::size_t base = 0;  ///< state[base + index of the task in its role]
    Atom dead = null_atom;
    Sort sort = Sort::name;
  };

  const WorldSpec& spec() const { return spec_; }
  const Layout& layout() const { return layout_; }
  Symbols& symbols() { return layout_.symbols; }
  const std::vector<Task>& tasks() const { return tasks_; }
  const State& initial() const { return initial_; }

  const Cells& field(std::string_view name) const;
  const Cells* find_field(std::string_view name) const;  ///< null if there is none
  const LocalSlots* find_local(std::size_t role, std::string_view name) const;
  const LocalSlots& local(std::size_t role, std::string_view name) const;
  const WorldSpec::Kind& kind(std::string_view name) const;
  Atom first_object(std::string_view kind) const;

  // ---- The type-safe slab and RCU, which every machine that runs a world shares ----

  void rcu_lock(Atom* state, const Task& task) const { state[task.rcu] = 1; }
  /// Ends the section; a page goes back at the first moment that it may.
  void rcu_unlock(Atom* state, const Task& task) const;
  bool allocatable(const Atom* state, Atom object) const;
  void allocate(Atom* state, Atom object) const;
  /// `overwritten`: the field that the allocator's link destroys.
  void free(Atom* state, Atom object, const Cells& overwritten) const;
  bool has_page(const Atom* state, Atom object) const;
  bool is_used(const Atom* state, Atom object) const;
  /// Does every task stand where it may stay for ever? Else a state without a step is a deadlock.
  bool at_rest(const Atom* state) const;
  /// The atom "Again" of lookups that must start anew.
  Atom again() const { return again_; }

 private:
  void add_field(const WorldSpec::Field& field);
  void release_page(Atom* state, std::size_t object) const;

  WorldSpec spec_;
  Layout layout_;
  State initial_;
  std::vector<Task> tasks_;
  std::map<std::string, Cells, std::less<>> fields_;
  std::vector<std::map<std::string, LocalSlots, std::less<>>> locals_;
  std::vector<const Cells*> slab_fields_;
  std::vector<std::size_t> rcu_slots_;  ///< of the tasks that may enter sections, in order
  std::size_t slab_base_ = 0, grace_base_ = 0, slab_objects_ = 0;
  Atom slab_first_ = 0, none_ = 0, free_ = 0, used_ = 0, again_ = 0;
};

}  // namespace lockstep
