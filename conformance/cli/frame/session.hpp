// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

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
  /// The last line, with --quiet too: `PASS, 2 readers, 2 VMAs, 2 slots, 363,934 states`.
  void conclude(Verdict verdict, std::string_view bounds);
  /// A remark on standard error: `lockstep: no Java`.
  void note(std::string_view text);
  /// The document of --json, if it is wanted.
  void document(const report::Json& document);

 private:
  Watch watch_;
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
