// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "machines/system.hpp"
#include "tla/action.hpp"
#include "tla/compiled_action.hpp"

namespace lockstep::tla {

/// A specification, as its text says what it does.
struct SpecSource {
  const Module& module;
  std::vector<std::pair<std::string, std::string>> constants;  ///< as Model::constants() has them
  std::set<std::string> actions;  ///< what is an action, however it is written: the sites
  std::string init = "Init", next = "Next";
};

/// The specification as a transition system: its own state graph, from the text of its module
/// alone. A snapshot is the state's atoms. Steps are those of Next, whether or not the reference
/// knows them.
class SpecSystem final : public System {
 public:
  /// Throws InputError with the place of what is not understood. expand() does where TLC would stop
  /// with an error.
  SpecSystem(World world, const SpecSource& source);

  const World& world() const override { return *world_; }
  /// Every step that Next has, in order; not every one can be taken somewhere.
  std::vector<Step> steps() const;
  std::size_t snapshot_bytes() const override { return state_.size() * sizeof(Atom); }
  void initial(std::byte* out) override;
  void expand(const std::byte* snapshot, Visitor& visitor) override;
  void save(std::byte* out) const override;
  StateView state() const override { return state_; }
  std::unique_ptr<System> another() const override {
    return std::unique_ptr<System>(new SpecSystem(*this));
  }

 private:
  SpecSystem(const SpecSystem&) = default;

  struct Action {
    Step step;
    CompiledAction does;
  };

  Step step_of(const NamedAction& action);
  void index(std::size_t number, const ActionTree& tree);
  void start(const ActionTree& tree, const Place& place);
  void take(const Action& action, Visitor& visitor);

  std::shared_ptr<World> world_;  ///< of all others too; once it is made it stays as it is
  Evaluator evaluate_;
  State start_, before_, state_;
  std::vector<Action> actions_;
  /// By the slot of a pc, and by its value: the actions whose guards allow it.
  struct AtPc {
    std::size_t slot = 0;
    std::vector<std::vector<std::size_t>> actions;
  };
  std::vector<AtPc> by_pc_;
  std::vector<std::size_t> anywhere_;  ///< actions whose guards do not say where a task stands
};

}  // namespace lockstep::tla
