// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "explore/parts_due.hpp"
#include "machines/world.hpp"
#include "tla/evaluate.hpp"
#include "tla/function.hpp"
#include "tla/model_constants.hpp"
#include "tla/module.hpp"

namespace lockstep {

/// A property that does not hold, and what shows it.
struct Broken {
  std::string property;
  std::string cannot;              ///< why it has no value here: TLC would stop; else ""
  tla::Place place;                ///< of the part of it that fails
  std::vector<std::size_t> slots;  ///< the cells that were read until it was decided
};

/// The members of a model's constant sets, as states have them. Throws InputError for one that no
/// state has.
std::map<std::string, std::vector<Atom>> atoms_of(const World& world,
                                                  const tla::ModelConstants& given);

/// Invariants and properties of steps as a specification's text has them, on the states of a world.
/// They fall into parts that hold or fail alone: a conjunct, a \A for one object. A part is asked
/// only where it may tell a state from one in which it held. Not for several threads at once: each
/// has a copy.
class SpecProperties {
 public:
  /// `constants`: as Model::constants() has them. The world and the module must live as long.
  SpecProperties(const World& world, const tla::Module& module,
                 const std::vector<std::pair<std::string, std::string>>& constants);

  /// A definition of the module: of the form [][A]_vars a property of every step, of the form
  /// Name!Spec one of the start and of every step, else an invariant. Throws InputError, with the
  /// place, for what is not there or not understood.
  void add(const std::string& name);
  /// An invariant as text, or the name of a definition. `where` stands for the file in errors.
  /// Other than a module's own property it is refused where it sees more than the VIEW shows: of
  /// the states of one view only one is followed.
  void add_text(const std::string& text, const std::string& where);
  /// Keeps what all_at() and all_by() ask of these slots: what reads none of them is decided by the
  /// others. What by() and rest_of() say is of no use after that.
  void keep_readers_of(const std::vector<bool>& slots);
  bool empty() const { return names_.empty(); }
  bool has(const std::string& name) const;

  /// What does not hold of the state at the start: everything is asked.
  std::optional<Broken> at_start(const Atom* state);
  /// What of a state alone, wherever it is, does not hold: everything is asked.
  std::optional<Broken> at(const Atom* state);
  /// What of a step does not hold; and of the state after it what two states of one view may differ
  /// in. Everything held in the state before.
  std::optional<Broken> by(const Atom* before, const Atom* after);
  /// What else does not hold of the state after the step that by() was last asked about.
  std::optional<Broken> rest_of(const Atom* after) { return ask(shown_, after, nullptr); }
  /// The names of all that do not hold, or cannot be said to: of a state; of a step.
  std::vector<std::string> all_at(const Atom* state);
  std::vector<std::string> all_by(const Atom* before, const Atom* after);

 private:
  SpecProperties(const World& world, const tla::Module& module, const tla::ModelConstants& given);

  struct Part {
    tla::Evaluator::Handle handle;
    std::size_t property;
  };
  struct Group {
    std::vector<Part> parts;
    PartsDue due;
  };

  enum class Of { start, state, step };
  /// Another module's specification: a step leaves all its variables as they are, or is one of it.
  struct Refined {
    Group stays;
    Part next;
  };

  void add(const tla::Expr& expr, Of of, bool only_view);  ///< of the name that comes next
  void add_definition(const std::string& name, bool only_view);
  void hold_to_view(tla::Evaluator::Handle handle) const;
  void add(Group& group, const Part& part, std::map<std::size_t, tla::Tests> tests) const;
  std::map<std::size_t, tla::Tests> tests_of_step(tla::Evaluator::Handle handle) const;
  void note_changes(const Atom* before, const Atom* after);
  const Part* failing(Group& group, const Atom* state, const Atom* after) const;
  std::optional<Broken> ask(Group& group, const Atom* state, const Atom* after);
  bool is_step_of(Refined& refined, const Atom* before, const Atom* after) const;
  bool holds(const Part& part, const Atom* state, const Atom* after) const;
  Broken broken(const Part& part, const Atom* state, const Atom* after) const;

  const World& world_;
  const tla::Module& module_;
  tla::Constants constants_, beside_module_;
  tla::Ground ground_;
  tla::Evaluator evaluate_;
  std::vector<std::string> names_;
  std::vector<Part> starts_;  ///< of the state at the start
  std::vector<Part> order_;   ///< of states: all, in the order in which they were added
  Group shown_, beside_;      ///< of states: functions of the VIEW, and what is not
  Group steps_;               ///< by what they read in the state after, where that decides
  std::vector<Refined> refined_;
  std::vector<Change> changes_;  ///< by the step
};

}  // namespace lockstep
