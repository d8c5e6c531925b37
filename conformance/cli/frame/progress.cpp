// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "report/text.hpp"

namespace lockstep::cli {
namespace {

std::size_t columns_of_terminal() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace

Progress::Progress(bool quiet) : quiet_(quiet), terminal_(isatty(STDERR_FILENO) != 0) {}

void Progress::begin(std::string what, std::uint64_t total) {
  const std::lock_guard lock(mutex_);
  start_ = std::chrono::steady_clock::now();
  what_ = std::move(what);
  detail_.clear();
  also_.clear();
  total_ = total;
  done_ = 0;
  running_ = true;
}

void Progress::at(std::uint64_t done, std::string detail) {
  const std::lock_guard lock(mutex_);
  done_ = done;
  detail_ = std::move(detail);
}

void Progress::also(std::string text) {
  const std::lock_guard lock(mutex_);
  also_ = std::move(text);
}

void Progress::finished(std::string_view line) {
  const std::lock_guard lock(mutex_);
  ++done_;
  if (quiet_ || terminal_) return;
  const std::string count =
      total_ > 0 ? fmt::format("[{}/{}]", done_, total_) : fmt::format("[{}]", done_);
  fmt::print(stderr, "{} {}\n", count, line);
}

void Progress::end() {
  const std::lock_guard lock(mutex_);
  hide_locked();
  running_ = false;
}

void Progress::hide() {
  const std::lock_guard lock(mutex_);
  hide_locked();
}

void Progress::hide_locked() {
  if (shown_) std::fputs("\r\033[K", stderr);
  shown_ = false;
}

void Progress::tick() {
  const std::lock_guard lock(mutex_);
  if (quiet_ || !terminal_ || !running_) return;
  const auto elapsed = std::chrono::steady_clock::now() - start_;
  if (elapsed < std::chrono::seconds(1)) return;
  const std::size_t width = 24;
  const std::uint64_t full = total_ == 0 ? 0 : std::min(done_, total_) * width / total_;
  const std::string bar(full, '#');
  std::string line = total_ == 0
                         ? fmt::format("{} {}", report::grouped(done_), what_)
                         : fmt::format("[{:-<{}}] {}/{} {}", bar, width, report::grouped(done_),
                                       report::grouped(total_), what_);
  line += fmt::format("  {} s", std::chrono::duration_cast<std::chrono::seconds>(elapsed).count());
  if (!detail_.empty()) line += "  " + detail_;
  const std::size_t room = columns_of_terminal() - 1;  // a full line would scroll
  if (line.size() > room) line.resize(room);
  fmt::print(stderr, "\r\033[K{}", line);
  shown_ = true;
}

std::string Progress::so_far() const {
  const std::lock_guard lock(mutex_);
  if (!running_) return "";
  const std::string of = total_ == 0 ? "" : "of " + report::grouped(total_) + " ";
  return fmt::format("{} {}{}{}", report::grouped(done_), of, what_, also_);
}

}  // namespace lockstep::cli
