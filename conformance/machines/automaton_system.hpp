// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <vector>

#include "machines/compiled_term.hpp"
#include "machines/system.hpp"

namespace lockstep {

/// The site automata as a transition system: what the symbolic machine extracted, run with values.
/// That it has the same graph as the specification shows that the automaton is the code's.
class AutomatonSystem final : public System {
 public:
  /// One automaton a role, in the order of the world's roles. What stays open in them has the
  /// model's value.
  AutomatonSystem(World world, std::vector<Automaton> automata);

  const World& world() const override { return world_; }
  std::size_t snapshot_bytes() const override { return state_.size() * sizeof(Atom); }
  void initial(std::byte* out) override;
  void expand(const std::byte* snapshot, Visitor& visitor) override;
  void save(std::byte* out) const override;
  StateView state() const override { return state_; }
  std::unique_ptr<System> another() const override {
    return std::make_unique<AutomatonSystem>(world_, automata_);
  }

  /// Who is told how tasks go on, or could.
  class Onlooker {
   public:
    virtual ~Onlooker() = default;
    /// The task has performed what node `n` of its role does, or could not: it waits.
    virtual void at(const World::Task& task, std::uint32_t n, const StepValues& values,
                    bool waits) = 0;
    /// It comes to edge `e` of its role, with these choices, and takes it or not.
    virtual void edge(const World::Task& task, std::size_t e, const StepValues& values,
                      bool taken) = 0;
  };
  /// Null: nobody. It is asked of expand() alone, and of this system, not of another().
  void tell(Onlooker* onlooker) { onlooker_ = onlooker; }

  /// Inside a visitor's step(): the edges that the step took, of its task's role.
  const std::vector<std::size_t>& edges_taken() const { return way_; }

 private:
  struct CompiledEdge {
    std::size_t number;
    std::uint32_t to;
    CompiledTerm condition;
    const std::vector<Choice>* choices;
    struct Peek {
      CompiledCell cell;
      CompiledTerm when;
    };
    std::vector<Peek> peeks;
    std::vector<std::pair<std::size_t, CompiledTerm>> updates;  ///< slot of the role's first task
  };
  struct CompiledNode {
    const Node* node;
    Atom name;
    CompiledCell cell;
    CompiledTerm guard, new_value, writes_if;
    struct Write {
      CompiledCell cell;
      CompiledTerm value;
    };
    std::vector<Write> group;
    std::vector<CompiledCell> also;
    std::vector<CompiledEdge> edges;
  };
  struct Role {
    std::vector<CompiledNode> nodes;
    std::map<Atom, std::uint32_t> by_name;
  };
  struct Fault {
    std::string what;
  };

  /// From node `n` on, whose site has been performed: every way to the next stop.
  void leave(const World::Task& task, std::uint32_t n, StepValues values, Step step, bool performed,
             Visitor& visitor);
  /// Takes the edge's peeks, as far as what is decided before each lets the task come there; false
  /// if it does not come to the edge's end. Throws Fault.
  bool peek(const CompiledNode& node, const CompiledEdge& edge, const StepValues& values);
  /// Performs the site; false if it is not enabled. Throws Fault.
  bool perform(const World::Task& task, const CompiledNode& node, StepValues& values);
  bool holds_of_every(const CompiledNode& node, StepValues& values);
  Atom& cell(const CompiledNode& node, const CompiledCell& cell, const StepValues& values);
  Atom read(const CompiledNode& node, const CompiledCell& cell, const StepValues& values);

  World world_;
  std::vector<Automaton> automata_;
  std::vector<Role> roles_;
  State state_;
  std::vector<std::size_t> way_;
  Onlooker* onlooker_ = nullptr;
  std::vector<Atom> also_, peeks_;  ///< of the site performed last, and of the edge at hand
};

}  // namespace lockstep
