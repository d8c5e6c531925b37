// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tlc/messages.hpp"
#include "tlc/module.hpp"
#include "tlc/scratch.hpp"

namespace lockstep::tlc {

struct Options {
  std::filesystem::path scratch_root;  ///< directories of runs are made here
  std::uint64_t heap_bytes = 0;        ///< 0 = as Java decides
  unsigned workers = 1;                ///< only one gives the same behaviour every time
  /// The states are few: Java compiles what it runs quickly rather than well.
  bool brief = false;
  std::optional<double> time_limit;  ///< seconds
  MessageReader::OnProgress on_progress;
};

/// What TLC found, with the counterexample as states and steps of the layout.
struct CheckResult {
  Finding finding = Finding::holds;
  std::string violated;  ///< the invariant or property; "" for a deadlock
  Progress counts;       ///< states, transitions, depth
  std::string version;   ///< of TLC: "2.18"
  unsigned workers = 1;  ///< that it had
  double seconds = 0;
  std::vector<State> states;           ///< of the counterexample
  std::vector<Step> steps;             ///< steps[i] leads from states[i] to states[i + 1]
  std::optional<std::size_t> back_to;  ///< a lasso: steps.back() leads to this state
  bool stutters = false;               ///< the behaviour stays in its last state for ever

  bool holds() const { return finding == Finding::holds; }
};

/// Checks one model. A TLC before 2.19 gets one worker for temporal properties, whatever the
/// options say: with more it can miss violations. Throws InputError (the specification is wrong, a
/// named jar is missing), Undecided (no Java, no TLC, out of time or memory, killed, unreadable),
/// Interrupted. Whatever happens, no process and no file of the run is left behind.
CheckResult check(const ModelRun& run, Layout& layout, const Options& options);

/// A state graph that TLC wrote; it is removed with this object.
class Dump {
 public:
  Dump(ScratchDirectory scratch, CheckResult checked, StepTable steps)
      : result(std::move(checked)), table(std::move(steps)), scratch_(std::move(scratch)) {}
  std::filesystem::path path() const { return scratch_.path() / "graph.dot"; }

  CheckResult result;  ///< the graph is complete only if this holds
  StepTable table;     ///< what the labels of its edges mean

 private:
  ScratchDirectory scratch_;
};

/// Checks one model and keeps its state graph, to be read by `read_dot`.
Dump dump(const ModelRun& run, Layout& layout, const Options& options);

}  // namespace lockstep::tlc
