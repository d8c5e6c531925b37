// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::tlc {

/// The program of that name in PATH; none where there is none.
std::optional<std::filesystem::path> find_program(std::string_view name);
/// Is it a file that may be run?
bool is_program(const std::filesystem::path& path);

/// How a child ended.
struct ExitStatus {
  int code = 0;    ///< of exit()
  int signal = 0;  ///< that killed it; 0 = none
};

/// A child process with a process group of its own. Destroying it kills the group, and the kernel
/// kills the child when this process dies, however that happens: no child outlives its run.
class Process {
 public:
  using Sink = std::function<void(std::string_view)>;

  /// Starts `command` (its first word is a path) in `directory`.
  Process(const std::vector<std::string>& command, const std::filesystem::path& directory);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Passes on what the child writes until it ends. Throws Interrupted on Ctrl-C and Undecided
  /// when `limit` is over; the child is then killed by the destructor.
  ExitStatus wait(const Sink& on_output, const Sink& on_error,
                  std::optional<std::chrono::duration<double>> limit);
  /// The same, or until `enough`, asked after all that has been written: then none, and the
  /// destructor ends it.
  std::optional<ExitStatus> wait_until(const std::function<bool()>& enough, const Sink& on_output,
                                       const Sink& on_error,
                                       std::optional<std::chrono::duration<double>> limit);
  /// Sends it a signal: it alone, not what it has started.
  void send(int signal) const;
  /// Asks the child to end by itself, and waits so long for that; what it still says is not read.
  void ask_to_end(std::chrono::duration<double> grace);

 private:
  /// Reads what there is; false at the end.
  static bool drain(int& file, const Sink& sink);
  std::optional<ExitStatus> ended();

  pid_t child_ = -1;
  int output_ = -1;
  int error_ = -1;
};

}  // namespace lockstep::tlc
