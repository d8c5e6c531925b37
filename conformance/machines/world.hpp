// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/layout.hpp"

namespace lockstep {

/// What a model of a protocol consists of: objects, their fields, tasks and their locals. From it
/// come the layout of a state and the place of every cell; protocols give it as data.
struct WorldSpec {
  /// What becomes of the memory of an object.
  enum class Lifetime : std::uint8_t {
    kept,       ///< there from the start, and never freed
    type_safe,  ///< freed, it may be used anew at once; its page goes back after a grace period
    rcu_freed,  ///< freed, it stays until a grace period has passed, and may be used anew then
    freed,      ///< freed, it is gone at once
  };
  struct Kind {
    std::string name;                  ///< "Vma"
    std::vector<std::string> objects;  ///< "v1", "v2", in order of creation
    Lifetime lifetime = Lifetime::kept;
    bool call_rcu = false;  ///< is an object handed to call_rcu()? Of one that is freed at once too
    /// Does a freed object wait for a grace period, always or where the code says so?
    bool waits() const;
  };
  struct Field {
    std::string name;   ///< the TLA+ variable
    std::string kind;   ///< of the objects that have it
    std::string index;  ///< the kind that an array field is indexed by, or ""
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
    bool sync = false;               ///< may its tasks wait for sections, by synchronize_rcu()?
  };
  std::vector<Kind> kinds;
  std::vector<Field> fields;
  std::vector<Role> roles;
  std::vector<std::string> values = {};  ///< names of no object, besides Null: "Again"

  const Kind* find_kind(std::string_view name) const;  ///< null if there is none
  /// Are objects of the kind allocated and freed? Then their cells are Null (not initialised) while
  /// no page holds the object.
  bool has_pages(std::string_view kind) const;
  bool has_pages() const;  ///< of any kind
};

/// A model's layout with the place of everything in it. Variables that the machines keep for every
/// protocol: `pc` (a task's next site), `rcu` (inside a section), `slab` ("none", "free", "used")
/// of the objects that are allocated and freed, whatever their kind, and `grace` (which sections
/// must end before a freed object's page may go, or a task's synchronize_rcu() may end) of the
/// objects and tasks that wait for that.
class World {
 public:
  /// Throws ProtocolError where names of objects, tasks and values are not what they must be.
  explicit World(WorldSpec spec);

  struct Cells {  ///< the cells of one field: state[base + object * width + index]
    std::size_t base = 0;
    Atom first_object = 0;
    std::size_t objects = 0;
    Atom first_index = 0;
    std::size_t width = 1;
    std::size_t slab = nowhere;  ///< slot of the first object's `slab`; or the objects are kept
    Sort sort = Sort::integer;
  };
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
  struct Task {
    Atom name = 0;
    std::size_t role = 0;
    std::size_t index = 0;        ///< within its role
    std::size_t pc = 0;           ///< slot
    std::size_t rcu = nowhere;    ///< slot, if the role may enter sections
    std::size_t grace = nowhere;  ///< of the first section's, if the role may wait for them
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

  // ---- The life of objects, and RCU, which every machine that runs a world shares ----

  void rcu_lock(Atom* state, const Task& task) const { state[task.rcu] = 1; }
  /// Ends the section; a page goes back at the first moment that it may.
  void rcu_unlock(Atom* state, const Task& task) const;
  bool in_section(const Atom* state, const Task& task) const {
    return task.rcu != nowhere && state[task.rcu] != 0;
  }
  /// synchronize_rcu() waits for the sections that are open now, and for no later one.
  void sync(Atom* state, const Task& task) const;
  /// Have they all ended?
  bool synced(const Atom* state, const Task& task) const;
  /// Is it an object of a kind whose objects are allocated and freed? Below it must be one.
  bool has_life(Atom object) const { return find_pages(object) != nullptr; }
  bool allocatable(const Atom* state, Atom object) const;
  void allocate(Atom* state, Atom object) const;
  /// When an object that is freed may go.
  enum class Goes : std::uint8_t {
    by_lifetime,  ///< as its kind's lifetime says
    after_grace,  ///< call_rcu(): after a grace period, though its kind is freed at once
  };
  /// `overwritten`: the field that the allocator's link destroys, if there is one.
  void free(Atom* state, Atom object, const Cells* overwritten, Goes goes) const;
  /// May a field of the object be touched? `number`: of the object in its kind.
  bool is_there(const Atom* state, const Cells& field, std::size_t number) const {
    return field.slab == nowhere || state[field.slab + number] != none_;
  }
  bool is_used(const Atom* state, Atom object) const;
  /// Does every task stand where it may stay for ever? Else a state without a step is a deadlock.
  bool at_rest(const Atom* state) const;
  /// Is it the name of no object that some code of the program knows, or that the spec lists?
  bool is_value(Atom atom) const {
    return atom > null_atom && atom <= null_atom + static_cast<Atom>(values_);
  }

 private:
  /// What has become of the objects of one kind.
  struct Pages {
    WorldSpec::Lifetime lifetime;
    Atom first_object;
    std::size_t objects;
    std::size_t slab = 0;   ///< slot of the first object's
    std::size_t grace = 0;  ///< the same, one for each task that may enter sections; if any wait
    std::vector<std::pair<std::size_t, std::size_t>> fields = {};  ///< base, width of their cells
    bool waits = false;                                            ///< any of them, ever
  };

  void name_values();
  void name_objects();
  void add_field(const WorldSpec::Field& field);
  void add_pages();
  void add_waits();
  const Pages* find_pages(Atom object) const;
  void release_page(Atom* state, const Pages& pages, std::size_t object) const;

  WorldSpec spec_;
  Layout layout_;
  State initial_;
  std::vector<Task> tasks_;
  std::map<std::string, Cells, std::less<>> fields_;
  std::vector<std::map<std::string, LocalSlots, std::less<>>> locals_;
  std::vector<std::size_t> rcu_slots_;  ///< of the tasks that may enter sections, in order
  std::vector<Pages> pages_;
  std::size_t values_ = 0;  ///< how many atoms after Null's are names of no object
  Atom none_ = 0, free_ = 0, used_ = 0;
};

}  // namespace lockstep
