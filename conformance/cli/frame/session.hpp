// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "cli/frame/options.hpp"
#include "cli/frame/paint.hpp"
#include "cli/frame/progress.hpp"
#include "cli/frame/watch.hpp"
#include "model/verdict.hpp"
#include "report/document.hpp"

namespace lockstep::cli {

/// What a command works with: the options of every command, where its results go, and the wish of
/// the user or of a limit that it should stop.
class Session {
 public:
  explicit Session(const Options& options);

  const Options options;
  const Paint paint;
  Progress progress;

  /// Handed to the engines; becomes true on Ctrl-C and at a limit.
  std::stop_token stop() const { return watch_.token(); }
  /// Why, once it is; `time limit of 10 s reached`.
  StopReason stop_reason() const;
  std::string stop_text() const;
  /// Throws when the work should stop: Interrupted, or Undecided at a limit.
  void check() const;

  /// A result, on standard output; not with --quiet, nor where the document goes there. The text
  /// brings its own line feeds.
  void print(std::string_view text);
  /// The columns of the terminal that standard output is; COLUMNS where it is set; 0 = no limit.
  std::size_t width() const;
  /// The same, at least 40; 100 where nothing says how many there are.
  std::size_t page_width() const;
  /// The last line, with --quiet too: `PASS, 2 readers, 2 VMAs, 2 slots, 363,934 states`.
  void conclude(Verdict verdict, std::string_view bounds);
  /// A remark on standard error: `lockstep: no Java`.
  void note(std::string_view text);
  /// The document of --json, if it is wanted.
  void document(const report::Json& document);

  /// What there is to say of work that is stopped: prints the rows so far, the document and the
  /// last line, and gives the verdict. It is called when the work has been left, or beside it where
  /// it does not listen, so it holds what it speaks of by itself. Without it the verdict is UNKNOWN
  /// with the reason.
  void when_stopped(std::function<Verdict()> give) { give_ = std::move(give); }
  /// Says that, and gives the status: 130 after Ctrl-C, else that of the verdict.
  Exit say_stopped();
  /// The document of work that came to no end, unless one has been written: why, and what had been
  /// done ("12 of 40 checks", or "").
  void unfinished(const std::string& reason, const std::string& done);

 private:
  bool documented_ = false;
  std::function<Verdict()> give_;
  Watch watch_;  ///< the last, for its thread uses the others
};

constexpr Exit exit_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return Exit::pass;
    case Verdict::fail: return Exit::fail;
    case Verdict::unknown: break;
  }
  return Exit::unknown;
}

/// The verdict of several checks: FAIL wins over UNKNOWN, UNKNOWN over PASS; none is UNKNOWN.
class Verdicts {
 public:
  void add(Verdict verdict);
  Verdict all() const;

 private:
  bool any_ = false, failed_ = false, unknown_ = false;
};

}  // namespace lockstep::cli
