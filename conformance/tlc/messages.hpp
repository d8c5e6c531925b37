// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::tlc {

/// How far TLC has come.
struct Progress {
  std::uint64_t transitions = 0;  ///< states generated, as TLC says
  std::uint64_t states = 0;       ///< distinct ones
  std::uint64_t queued = 0;
  std::uint32_t depth = 0;
};

enum class Finding : std::uint8_t {
  holds,
  invariant,        ///< also an action property of the form []P
  action_property,  ///< also a step that the refined specification does not allow
  temporal,
  deadlock,
};

/// What TLC said, as text; states are not yet read.
struct Report {
  struct Entry {
    std::string action;  ///< of the step into it; "" for the initial state
    std::string state;   ///< TLA+ text
  };
  Finding finding = Finding::holds;
  std::string violated;   ///< name of what does not hold; "" where TLC does not tell
  std::string version;    ///< of TLC: "2.18"; "" where it did not say
  bool temporal = false;  ///< a property of behaviours was checked, not only of states and steps
  Progress counts;
  std::vector<Entry> behaviour;
  std::optional<std::size_t> back_to;  ///< a lasso: after the last state comes this one again
  std::string back_action;             ///< by this action
  bool stutters = false;               ///< after the last state nothing happens any more
};

/// May a TLC of this version miss violations of temporal properties with more than one worker?
/// Those before 2.19 may; one that does not tell its version is taken for one of them.
bool needs_one_worker(std::string_view version);

/// Reads what TLC writes with `-tool`, as it comes.
///
/// The specification's own mistakes (it does not parse, a name is unknown, a value cannot be
/// computed) become an InputError. Everything else that is not a complete report of a finished
/// run becomes Undecided: TLC was killed, ran out of memory, or something else was run.
class MessageReader {
 public:
  using OnProgress = std::function<void(const Progress&)>;
  /// Told each message that is no part of another one, before anything is made of it.
  using OnMessage = std::function<void(int code, bool is_error, std::string_view text)>;
  explicit MessageReader(OnProgress on_progress = {}, OnMessage on_message = {})
      : on_progress_(std::move(on_progress)), on_message_(std::move(on_message)) {}

  void feed(std::string_view text);
  /// What has been said so far.
  const Report& so_far() const { return report_; }
  /// Has TLC said all that it says, and found no fault with the specification? How it ends tells
  /// nothing more then, and Java takes a quarter of a second for it.
  bool is_complete() const {
    return finished_ && open_.empty() && partial_.empty() && failure_.empty() && !parsing_failed_ &&
           !out_of_memory_ && violated_ != succeeded_;
  }
  /// Where it is complete.
  Report take() { return std::move(report_); }
  /// The report of a process that ended so; `errors` is the end of its standard error.
  Report finish(int exit_code, int signal, std::string_view errors);

 private:
  struct Message {
    int code;
    bool is_error;
    std::string text;
  };
  void line(std::string_view text);
  void begin(std::string_view text);
  void end();
  void message(const Message& message);
  void violation(Finding finding, std::string_view text);
  void state(std::string_view text);
  void back(std::string_view text);
  void outside(std::string_view text);
  [[noreturn]] void fail_parsing() const;

  OnProgress on_progress_;
  OnMessage on_message_;
  Report report_;
  std::string partial_;        ///< a line whose end has not come yet
  std::vector<Message> open_;  ///< a message may stand inside another
  std::vector<std::string> parse_errors_;
  std::string failure_;  ///< TLC's own words for an error of the specification
  std::string outside_;  ///< the last line that is no part of a message
  bool started_ = false;
  bool parsing_failed_ = false;
  bool out_of_memory_ = false;
  bool succeeded_ = false;
  bool violated_ = false;
  bool finished_ = false;
};

}  // namespace lockstep::tlc
