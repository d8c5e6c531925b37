// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/worker_log.hpp"

#include <charconv>

namespace lockstep::tlc {

namespace {

enum class Code {
  registered = 7001,
  given_up = 7002,
  statistics = 7003,
  lost = 7006,
  asked_again = 7007
};

/// `rmi://host:port/thread` in what is said of a worker, or "".
std::string name_in(std::string_view text) {
  const std::size_t at = text.find("rmi://");
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at);
  return std::string{text.substr(0, text.find_first_of(" \n"))};
}

/// The number after `Sent: `. TLC lets it run over.
std::uint32_t sent_in(std::string_view text) {
  constexpr std::string_view label = "Sent: ";
  const std::size_t at = text.find(label);
  std::int64_t value = 0;
  if (at != std::string_view::npos) {
    std::from_chars(text.data() + at + label.size(), text.data() + text.size(), value);
  }
  return static_cast<std::uint32_t>(value);
}

}  // namespace

void WorkerLog::message(int code, std::string_view text) {
  switch (static_cast<Code>(code)) {
    case Code::registered: return came(name_in(text));
    case Code::lost: return was_lost(name_in(text));
    case Code::given_up: return was_given_up(name_in(text));
    case Code::asked_again: ++asked_again_; return;
    case Code::statistics: sent_ += sent_in(text); return;
    default: return;
  }
}

void WorkerLog::came(const std::string& name) {
  ++threads_;
  if (name.ends_with("/0")) ++processes_;
  const auto [at, is_new] = workers_.emplace(name, Worker{});
  if (is_new) return;
  if (at->second.is == Worker::registered) at->second.twice = true;
  if (at->second.is == Worker::lost) doubt_it(name + " came again while it went");
  at->second.is = Worker::registered;
}

void WorkerLog::was_lost(const std::string& name) {
  ++lost_;
  // The answer that did not come was that of one who was gone.
  if (asked_again_ > 0) --asked_again_;
  const auto at = workers_.find(name);
  if (at == workers_.end()) return doubt_it("TLC failed where it speaks with a worker");
  if (at->second.twice) doubt_it("two workers have the name " + name + ", and one is lost");
  if (at->second.is != Worker::registered) {
    doubt_it(name + " was asked once more when it had been given up, and what it had is lost");
  }
  at->second.is = Worker::lost;
}

void WorkerLog::was_given_up(const std::string& name) {
  ++gone_;
  const auto at = workers_.find(name);
  if (at == workers_.end() || at->second.is != Worker::lost) {
    doubt_it(name + " fell silent, and TLC may have given it states that nobody looked at");
  }
  if (at != workers_.end()) at->second.is = Worker::gone;
}

void WorkerLog::doubt_it(const std::string& why) {
  if (doubt_.empty()) doubt_ = why;
}

std::string WorkerLog::doubt(std::uint64_t states) const {
  if (threads_ == 0) return "no worker has registered";
  if (!doubt_.empty()) return doubt_;
  if (asked_again_ > 0)
    return "an answer of a worker was lost on the way, and it may not repeat it";
  if (lost_ == 0 && sent_ != static_cast<std::uint32_t>(states)) {
    return "of " + std::to_string(states) + " states " + std::to_string(sent_) +
           " were given to workers";
  }
  return {};
}

}  // namespace lockstep::tlc
