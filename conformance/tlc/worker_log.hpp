// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace lockstep::tlc {

/// What the server of TLC's distributed mode says of its workers, and whether a report that nothing
/// is wrong may be believed after that. TLC gives what a dead worker had to others, but not always:
///
/// - A thread of the server that speaks with a worker, and hears that it is gone, puts back what
/// the
///   worker had. A timer of the server gives workers up beside that; what such a worker is given
///   then is lost, or the search ends before a worker that is alive after all has answered.
/// - A worker whose answer did not come through is asked again, and leaves out the states that it
///   remembers to have told. That does no harm only if it is gone.
class WorkerLog {
 public:
  /// A message of the server; of those that are not about workers nothing is noted.
  void message(int code, std::string_view text);

  unsigned processes() const { return processes_; }  ///< that have come
  unsigned threads() const { return threads_; }      ///< of theirs
  unsigned lost() const { return lost_; }            ///< threads that have gone
  /// Some came, and all have gone.
  bool none_left() const { return threads_ != 0 && gone_ == threads_; }
  /// Why "no error" with so many distinct states says nothing; "" where it may be believed.
  std::string doubt(std::uint64_t states) const;

 private:
  struct Worker {
    enum { registered, lost, gone } is = registered;
    bool twice = false;  ///< two have this name: which of them goes cannot be told
  };
  void came(const std::string& name);
  void was_lost(const std::string& name);
  void was_given_up(const std::string& name);
  void doubt_it(const std::string& why);

  std::map<std::string, Worker> workers_;  ///< by name: "rmi://host:port/thread"
  unsigned processes_ = 0, threads_ = 0, lost_ = 0, gone_ = 0;
  unsigned asked_again_ = 0;  ///< and not seen to be lost after that
  std::uint32_t sent_ = 0;    ///< states, as TLC counts them: with 32 bits
  std::string doubt_;
};

}  // namespace lockstep::tlc
