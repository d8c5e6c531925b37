// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/layout.hpp"
#include "tlc/step_table.hpp"

namespace lockstep::tlc {

/// One binding of an action's parameters. TLC is given an operator of this name for it, because it
/// labels steps with the names of operators and leaves out their arguments.
struct ActionInstance {
  std::string name;               ///< `Alloc_Slab_m1_s1_v2`
  std::string action;             ///< `Alloc_Slab`: the site
  std::string task;               ///< `m1`, the first argument; "" for an action without one
  std::vector<std::string> args;  ///< the other arguments: model values, numbers or `"strings"`
};

/// A constant of the specification. Any TLA+ expression will do as its value.
struct Constant {
  std::string name;
  std::string value;
};

/// Everything that TLC is asked in one run.
struct ModelRun {
  std::string spec_module;                              ///< `VmaRefcnt`
  std::vector<std::filesystem::path> spec_directories;  ///< where modules are looked for
  std::vector<Constant> constants;                      ///< of the specification
  std::vector<std::string> model_values;                ///< `r1`, `v1`: the names in its sets
  std::vector<ActionInstance> actions;                  ///< Next is one of them
  std::string init = "Init";
  std::string next = "Next";  ///< of the specification itself
  /// Behaviours are those of the specification's own Next, not of the instances: nothing that it
  /// does can be missed for want of an instance, but a step's arguments are not told.
  bool own_next = false;
  /// Also a property: every step is one of the instances (with own_next), or one of the
  /// specification's own Next (without). TLC names it `MC_SameSteps`.
  bool same_steps = false;
  std::string variables = "vars";  ///< what a step may stutter on
  std::string fairness;            ///< "" for safety alone
  std::string definitions;         ///< text for the module, if any
  std::vector<std::string> invariants;
  std::vector<std::string> properties;
  std::string view;       ///< "" for none
  bool deadlock = false;  ///< is a state without successor wrong?
};

/// An instance with the name that is usual: the action and its arguments, joined by `_`.
ActionInstance instance(std::string action, std::string task, std::vector<std::string> args);

/// An instance for every task and every combination of the arguments' domains.
std::vector<ActionInstance> instances(const std::string& action,
                                      const std::vector<std::string>& tasks,
                                      const std::vector<std::vector<std::string>>& domains);

/// Which step each instance stands for; names are interned in `symbols`.
StepTable step_table(const ModelRun& run, Symbols& symbols);

/// The text of the module `MC` and of its configuration.
std::string module_text(const ModelRun& run);
std::string config_text(const ModelRun& run);

/// Writes `MC.tla` and `MC.cfg` into `directory` and links the modules of the specification there.
void write_module(const ModelRun& run, const std::filesystem::path& directory);

}  // namespace lockstep::tlc
