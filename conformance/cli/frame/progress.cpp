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

std::string about(double seconds) {
  return seconds < 100 ? fmt::format("about {:.0f} s", std::max(seconds, 1.0))
                       : fmt::format("about {:.0f} min", seconds / 60);
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
  weight_ = 0;
  weight_done_ = 0;
  running_ = true;
}

void Progress::weighs(std::uint64_t all) {
  const std::lock_guard lock(mutex_);
  weight_ = all;
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

void Progress::finished(std::string_view line, std::uint64_t weight) {
  const std::lock_guard lock(mutex_);
  ++done_;
  weight_done_ += weight;
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

/// Which part of all is done, as far as it can be known; below 0 where nobody knows.
double Progress::share_locked() const {
  const std::uint64_t all = weight_ > 0 ? weight_ : total_;
  if (all == 0) return -1;
  const std::uint64_t done = weight_ > 0 && total_ > 0 ? weight_done_ : done_;
  return std::min(static_cast<double>(done) / static_cast<double>(all), 1.0);
}

void Progress::tick() {
  const std::lock_guard lock(mutex_);
  if (quiet_ || !terminal_ || !running_) return;
  const auto elapsed = std::chrono::steady_clock::now() - start_;
  if (elapsed < std::chrono::seconds(1)) return;
  const double seconds = std::chrono::duration<double>(elapsed).count();
  const double share = share_locked();
  std::string line;
  if (share >= 0) {
    const std::size_t width = 24;
    const std::string bar(static_cast<std::size_t>(share * width), '#');
    line = fmt::format("[{:-<{}}] {}% ", bar, width, static_cast<int>(share * 100));
  }
  line += report::grouped(done_);
  if (total_ > 0) line += "/" + report::grouped(total_);
  line += fmt::format(" {}  {:.0f} s", what_, seconds);
  // From the very beginning nothing follows.
  if (share >= 0.02 && share < 1) line += ", " + about(seconds * (1 - share) / share) + " left";
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
