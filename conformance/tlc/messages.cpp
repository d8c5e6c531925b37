// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/messages.hpp"

#include <charconv>

#include "tlc/characters.hpp"

namespace lockstep::tlc {

namespace {

constexpr std::string_view start_mark = "@!@!@STARTMSG ";
constexpr std::string_view end_mark = "@!@!@ENDMSG ";

/// The number that ends right before `suffix`: "1,234 states generated" is 1234.
std::uint64_t number_before(std::string_view text, std::string_view suffix) {
  const std::size_t end = text.find(suffix);
  if (end == std::string_view::npos) return 0;
  std::size_t start = end;
  while (start > 0 && (is_digit(text[start - 1]) || text[start - 1] == ',')) --start;
  std::uint64_t value = 0;
  for (const char c : text.substr(start, end - start)) {
    if (c != ',') value = 10 * value + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

template <class Number>
Number leading_number(std::string_view text) {
  Number value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

void count_states(std::string_view text, Progress& counts) {
  counts.transitions = number_before(text, " states generated");
  counts.states = number_before(text, " distinct states found");
  counts.queued = number_before(text, " states left on queue");
}

/// The action in `<Lock_r1 line 4, col 12 to line 4, col 27 of module MC>`.
std::string action_of(std::string_view text) {
  const std::size_t open = text.find('<');
  if (open == std::string_view::npos) return {};
  const std::size_t end = text.find_first_of(" >(", open);
  return std::string{text.substr(open + 1, end == std::string_view::npos ? end : end - open - 1)};
}

/// The text between two phrases, else the whole first line.
std::string_view between(std::string_view text, std::string_view from, std::string_view to) {
  const std::size_t start = text.find(from);
  if (start == std::string_view::npos) return {};
  text.remove_prefix(start + from.size());
  return text.substr(0, text.find(to));
}

/// The number in `TLC2 Version 2.18 of 20 March 2023`, or "".
std::string version_in(std::string_view text) {
  const std::string_view rest = between(text, "Version ", " ");
  const bool number = !rest.empty() && is_digit(rest.front());
  return number ? std::string{rest.substr(0, rest.find_first_not_of("0123456789."))} : "";
}

}  // namespace

bool needs_one_worker(std::string_view version) {
  const std::size_t dot = version.find('.');
  if (dot == std::string_view::npos) return true;
  const auto major = leading_number<unsigned>(version);
  const auto minor = leading_number<unsigned>(version.substr(dot + 1));
  return major < 2 || (major == 2 && minor < 19);
}

void MessageReader::feed(std::string_view text) {
  for (;;) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) break;
    partial_.append(text.substr(0, end));
    if (partial_.ends_with('\r')) partial_.pop_back();
    line(partial_);
    partial_.clear();
    text.remove_prefix(end + 1);
  }
  partial_.append(text);
}

void MessageReader::line(std::string_view text) {
  if (text.starts_with(start_mark)) {
    started_ = true;
    text.remove_prefix(start_mark.size());
    // `@!@!@STARTMSG 2110:1 @!@!@`: the code, and 1 for an error.
    open_.push_back({leading_number<int>(text), text.find(":1 ") != text.npos, {}});
  } else if (text.starts_with(end_mark) && text.ends_with(" @!@!@") && !open_.empty()) {
    const Message done = std::move(open_.back());
    open_.pop_back();
    // What stands inside another message is a part of what that one says.
    if (!open_.empty()) open_.back().text += done.text;
    message(done);
  } else if (!open_.empty()) {
    open_.back().text.append(text).append("\n");
  } else {
    outside(text);
  }
}

void MessageReader::message(const Message& message) {
  const std::string_view text = message.text;
  if (on_message_) on_message_(message.code, message.is_error, text);
  switch (message.code) {
    case 2262: report_.version = version_in(text); return;
    case 2212: report_.temporal = true; return;  // "Implied-temporal checking--..."
    case 2121:
    case 2264: return;  // the behaviour follows
    case 2107:
    case 2110: return violation(Finding::invariant, text);
    case 2108: return violation(Finding::action_property, text);
    case 2112: return violation(Finding::action_property, text);
    case 2114: return violation(Finding::deadlock, text);
    case 2116: return violation(Finding::temporal, text);
    case 2193: succeeded_ = true; return;
    case 2186: finished_ = true; return;
    case 2217: return state(text);
    case 2122: return back(text);
    case 2218: report_.stutters = true; return;
    case 2194:
      report_.counts.depth = leading_number<std::uint32_t>(between(text, "search is ", "."));
      return;
    case 2199: return count_states(text, report_.counts);
    case 2200:
      count_states(text, report_.counts);
      report_.counts.depth = leading_number<std::uint32_t>(between(text, "Progress(", ")"));
      if (on_progress_) on_progress_(report_.counts);
      return;
    case 3002: parsing_failed_ = true; return;
    case 1001:
    case 1002: out_of_memory_ = true; return;
    default: break;
  }
  if (message.code == 1000 && text.find("OutOfMemoryError") != std::string_view::npos) {
    out_of_memory_ = true;
  }
  if (message.is_error && failure_.empty()) failure_ = message.text;
}

void MessageReader::violation(Finding finding, std::string_view text) {
  // TLC may go on and name more; the first one has the behaviour.
  if (violated_) return;
  violated_ = true;
  report_.finding = finding;
  if (finding == Finding::invariant) report_.violated = between(text, "Invariant ", " is violated");
  if (finding == Finding::action_property) {
    const bool initial = text.starts_with("Property ");
    report_.violated = between(text, initial ? "Property " : "Action property ", " is violated");
  }
  // Violated by an initial state: the message itself ends with the state.
  const std::size_t end_of_line = text.find('\n');
  if (text.substr(0, end_of_line).ends_with("initial state:")) {
    report_.behaviour = {{"", std::string{text.substr(end_of_line)}}};
  }
}

void MessageReader::state(std::string_view text) {
  const std::size_t end_of_line = text.find('\n');
  if (end_of_line == std::string_view::npos) return;
  const std::string_view head = text.substr(0, end_of_line);
  const bool initial = head.find("<Initial predicate>") != std::string_view::npos;
  if (initial) report_.behaviour.clear();
  report_.behaviour.push_back(
      {initial ? std::string{} : action_of(head), std::string{text.substr(end_of_line + 1)}});
}

void MessageReader::back(std::string_view text) {
  report_.back_to = leading_number<std::size_t>(text) - 1;
  report_.back_action = action_of(text);
}

void MessageReader::outside(std::string_view text) {
  if (text.find("OutOfMemoryError") != std::string_view::npos) out_of_memory_ = true;
  // The server of the distributed mode says its version before it knows that a tool reads it.
  if (report_.version.empty() && text.starts_with("TLC2 ")) report_.version = version_in(text);
  // SANY speaks plainly: headings, places and sentences until the next message.
  const bool heading = text.starts_with("*** ") || text.find("Parse Error") != text.npos ||
                       text.find("Lexical error") != text.npos || text.starts_with("line ") ||
                       !parse_errors_.empty();
  if (text.empty() || text.starts_with("Parsing file") || text.starts_with("Semantic processing")) {
    return;
  }
  outside_ = text;
  if (heading && parse_errors_.size() < 20) parse_errors_.emplace_back(text);
}

}  // namespace lockstep::tlc
