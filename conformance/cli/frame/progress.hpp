// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace lockstep::cli {

/// Tells on standard error how far the work is: where that is a terminal a bar, once the work has
/// lasted a second; where it is not, a line for each finished check. Safe from any thread.
class Progress {
 public:
  explicit Progress(bool quiet);
  ~Progress() { end(); }

  /// Work of `total` pieces begins; 0 where nobody knows how many.
  void begin(std::string what, std::uint64_t total);
  /// What the pieces weigh together, where they do not take equally long; or, where it is not sure
  /// how many there are, how many there should be: for the part that is done, and the time left.
  void weighs(std::uint64_t all);
  /// So far `done`; `detail` says what is being done now.
  void at(std::uint64_t done, std::string detail = {});
  /// What there is to say behind the count, should the work be stopped: ", 12 transitions".
  void also(std::string text);
  /// One more piece is finished: `S39/tlc/dup_copies_refcnt  PASS  1.4 s`.
  void finished(std::string_view line, std::uint64_t weight = 1);
  void end();
  /// Removes the bar, before something else is printed; the next tick draws it again.
  void hide();
  /// Draws the bar anew; the frame calls it ten times a second.
  void tick();
  /// `12 of 40 checks`, with what there is to say besides, or "" where nothing was begun: for the
  /// message of Ctrl-C.
  std::string so_far() const;

 private:
  void hide_locked();
  double share_locked() const;
  const bool quiet_;
  const bool terminal_;
  mutable std::mutex mutex_;
  std::chrono::steady_clock::time_point start_;
  std::string what_;
  std::string detail_;
  std::string also_;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
  std::uint64_t weight_ = 0;
  std::uint64_t weight_done_ = 0;
  bool running_ = false;
  bool shown_ = false;
};

}  // namespace lockstep::cli
