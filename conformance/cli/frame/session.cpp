// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/session.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "model/interrupt.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

std::string text_of(StopReason reason, const Options& options) {
  switch (reason) {
    case StopReason::time:
      return "time limit of " + report::seconds(*options.time_limit) + " reached";
    case StopReason::memory:
      return "memory limit of " + report::grouped(*options.memory_limit) + " bytes reached";
    case StopReason::signal: return "interrupted";
    case StopReason::none: break;
  }
  return "";
}

void write_out(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
    throw InputError("standard output", 0, 0, "cannot be written");
  }
}

}  // namespace

Session::Session(const Options& given)
    : options(given),
      paint(given.color),
      progress(given.quiet),
      watch_(
          {given.time_limit, given.memory_limit}, [this] { progress.tick(); },
          [this](StopReason reason) {
            const std::string done = progress.so_far();
            progress.end();
            fmt::print(stderr, "lockstep: {}{}{}\n", text_of(reason, options),
                       done.empty() ? "" : ", done: ", done);
          }) {
  report::expect_writable(options.json);
}

StopReason Session::stop_reason() const {
  const StopReason reason = watch_.reason();
  // An engine may notice a signal before the watch does.
  return reason == StopReason::none && interrupt::requested() ? StopReason::signal : reason;
}

std::string Session::stop_text() const {
  return text_of(stop_reason(), options);
}

void Session::check() const {
  if (stop_reason() == StopReason::signal) throw Interrupted();
  if (stop_reason() != StopReason::none) throw Undecided(stop_text());
}

void Session::print(std::string_view text) {
  if (options.quiet || options.json_only()) return;
  progress.hide();
  write_out(text);
}

void Session::conclude(Verdict verdict, std::string_view bounds) {
  if (options.json_only()) return;
  progress.end();
  write_out(paint.verdict(verdict) + (bounds.empty() ? "" : ", ") + std::string(bounds) + "\n");
}

void Session::note(std::string_view text) {
  progress.hide();
  fmt::print(stderr, "lockstep: {}\n", text);
}

void Session::document(const report::Json& document) {
  if (options.json.empty()) return;
  progress.hide();
  report::write_document(options.json, document);
}

void Verdicts::add(Verdict verdict) {
  any_ = true;
  failed_ = failed_ || verdict == Verdict::fail;
  unknown_ = unknown_ || verdict == Verdict::unknown;
}

Verdict Verdicts::all() const {
  if (failed_) return Verdict::fail;
  return unknown_ || !any_ ? Verdict::unknown : Verdict::pass;
}

}  // namespace lockstep::cli
