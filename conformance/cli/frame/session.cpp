// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/session.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "model/interrupt.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

std::string text_of(StopReason reason, const Options& options) {
  switch (reason) {
    case StopReason::time:
      return "time limit of " + report::seconds(*options.time_limit) + " reached";
    case StopReason::memory:
      return "memory limit of " + report::grouped(options.memory_limit) + " bytes reached";
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
          [this] { return say_stopped(); }) {
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

std::size_t Session::width() const {
  if (const char* columns = std::getenv("COLUMNS"); columns != nullptr) {
    const long number = std::strtol(columns, nullptr, 10);
    if (number > 0) return static_cast<std::size_t>(number);
  }
  winsize size{};
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  return terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::size_t Session::page_width() const {
  constexpr std::size_t least = 40, usual = 100;
  const std::size_t given = width();
  return given == 0 ? usual : std::max(given, least);
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
  documented_ = true;
  report::write_document(options.json, document);
}

void Session::unfinished(const std::string& reason, const std::string& done) {
  if (documented_) return;
  document({{"verdict", name_of(Verdict::unknown)},
            {"reason", reason},
            {"done", done.empty() ? report::Json(nullptr) : report::Json(done)}});
}

Exit Session::say_stopped() {
  const std::string why = stop_text(), done = progress.so_far();
  progress.hide();  // not ended: who gives what there is to say may tell how far it was
  fmt::print(stderr, "lockstep: {}{}{}\n", why, done.empty() ? "" : ", done: ", done);
  Verdict verdict = Verdict::unknown;
  try {
    if (give_) {
      verdict = give_();
    } else {
      unfinished(why, done);
      conclude(verdict, why + (done.empty() ? "" : ", done: ") + done);
    }
    std::fflush(stdout);
  } catch (const std::exception& error) {  // where it should go, it cannot
    fmt::print(stderr, "{}\n", error.what());
  }
  return stop_reason() == StopReason::signal ? Exit::interrupted : exit_of(verdict);
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
