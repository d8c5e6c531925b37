// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tlc/driver.hpp"

namespace lockstep::tlc {

/// Where workers reach the server of TLC's distributed mode.
struct ServerAddress {
  std::string host;
  unsigned port = 10997;
};

/// The port is free; 0 becomes one that is. Throws InputError where it cannot be had.
ServerAddress hold_free(ServerAddress address);

/// The line for a shell that starts a worker on another machine.
std::string worker_line(const ServerAddress& address);

struct ServerOptions {
  std::filesystem::path scratch_root;
  std::uint64_t heap_bytes = 0;  ///< 0 = as Java decides
  ServerAddress address;
  unsigned wanted = 1;  ///< workers that are there before anything is explored
  std::function<void(unsigned there)> on_workers;   ///< told while more are wanted; may throw
  std::function<void(const std::string&)> on_note;  ///< told what happens to workers
  MessageReader::OnProgress on_progress;
};

/// What the server found. It judges invariants alone: of liveness it says nothing, and properties
/// of steps it asks only of steps to states that are new, so none of these is given to it.
struct ServerResult {
  bool stopped = false;       ///< at a state that is wrong; it does not say what is
  std::vector<State> states;  ///< that state, the last of them; not the way to it
  Progress counts;            ///< what it calls generated is no count of transitions
  std::string version;
  unsigned workers = 0;  ///< processes
  unsigned threads = 0;  ///< of them
  unsigned lost = 0;     ///< threads, whose work others took over
  double seconds = 0;
};

/// Runs the server until the model is explored by the workers that come. Throws as `check` does;
/// Undecided also where all workers are lost, where the server reports an error, and where what it
/// says of its workers leaves a doubt that every state was looked at.
ServerResult serve(const ModelRun& run, Layout& layout, const ServerOptions& options);

}  // namespace lockstep::tlc
