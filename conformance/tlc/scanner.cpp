// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/scanner.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "model/verdict.hpp"
#include "tlc/characters.hpp"

namespace lockstep::tlc {

void ValueScanner::skip_space() {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
}

bool ValueScanner::at_end() {
  skip_space();
  return at_ == text_.size();
}

bool ValueScanner::accept(std::string_view token) {
  skip_space();
  if (!text_.substr(at_).starts_with(token)) return false;
  at_ += token.size();
  return true;
}

void ValueScanner::expect(std::string_view token) {
  if (!accept(token)) fail(found() + "; expected '" + std::string{token} + "'");
}

std::string ValueScanner::found() const {
  if (at_ >= text_.size()) return "the text ends";
  const auto c = static_cast<unsigned char>(text_[at_]);
  if (c < 0x20 || c > 0x7e) return "byte " + std::to_string(c);
  return std::string{"'"} + text_[at_] + "'";
}

void ValueScanner::fail(std::string_view what) const {
  std::size_t line = origin_.line;
  std::size_t column = origin_.column + at_;
  if (!origin_.one_line) {
    const std::string_view before = text_.substr(0, at_);
    line += static_cast<std::size_t>(std::ranges::count(before, '\n'));
    const std::size_t start = before.rfind('\n');
    if (start != std::string_view::npos) column = at_ - start;
  }
  throw InputError(origin_.file, line, column, what);
}

std::string_view ValueScanner::identifier() {
  skip_space();
  const std::size_t start = at_;
  while (at_ < text_.size() && is_word(text_[at_])) ++at_;
  if (start == at_ || is_digit(text_[start])) {
    at_ = start;
    fail(found() + "; expected a name");
  }
  return text_.substr(start, at_ - start);
}

void ValueScanner::value(ValueEvents& events) {
  if (++depth_ > max_depth) fail("brackets nested too deep; TLC prints no such value");
  skip_space();
  if (accept("<<")) {
    listed(events, Bracket::tuple, ">>");
  } else if (accept("{")) {
    listed(events, Bracket::set, "}");
  } else if (accept("[")) {
    record(events);
  } else if (accept("(")) {
    function(events);
  } else {
    scalar(events);
  }
  --depth_;
}

void ValueScanner::scalar(ValueEvents& events) {
  if (at_ == text_.size()) fail("the text ends; expected a value");
  const char c = text_[at_];
  if (is_digit(c) || c == '-') return integer(events);
  if (c == '"') return string(events);
  if (!is_word(c)) fail(found() + "; expected a value");
  token_ = identifier();
  if (token_ == "TRUE" || token_ == "FALSE") {
    events.boolean(token_ == "TRUE");
  } else {
    events.model_value(token_);
  }
}

std::int64_t ValueScanner::digits() {
  const char* const first = text_.data() + at_;
  std::int64_t value = 0;
  const auto result = std::from_chars(first, text_.data() + text_.size(), value);
  // TLC's integers have 32 bits.
  if (result.ec != std::errc{} || value != static_cast<std::int32_t>(value)) {
    fail("not an integer of TLC");
  }
  at_ += static_cast<std::size_t>(result.ptr - first);
  return value;
}

void ValueScanner::integer(ValueEvents& events) {
  const std::size_t start = at_;
  const std::int64_t low = digits();
  token_ = text_.substr(start, at_ - start);
  if (!accept("..")) return events.integer(low);
  // A set of consecutive integers that TLC has not enumerated.
  skip_space();
  const std::int64_t high = digits();
  if (high - low > 1'000'000) fail("an interval too large to enumerate");
  events.begin(Bracket::set);
  for (std::int64_t i = low; i <= high; ++i) events.integer(i);
  events.end(Bracket::set);
}

void ValueScanner::string(ValueEvents& events) {
  const std::size_t start = at_++;
  unescaped_.clear();
  for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
    char c = text_[at_];
    if (c == '\\') {
      if (++at_ == text_.size()) break;
      constexpr std::string_view names = "\"\\ntfr";
      const std::size_t which = names.find(text_[at_]);
      if (which == std::string_view::npos) fail("unknown escape in a string");
      c = "\"\\\n\t\f\r"[which];
    }
    unescaped_.push_back(c);
  }
  if (at_ == text_.size()) fail("the text ends inside a string");
  ++at_;
  token_ = text_.substr(start, at_ - start);
  events.string(unescaped_);
}

void ValueScanner::listed(ValueEvents& events, Bracket bracket, std::string_view close) {
  events.begin(bracket);
  if (!accept(close)) {
    do value(events);
    while (accept(","));
    expect(close);
  }
  events.end(bracket);
}

void ValueScanner::record(ValueEvents& events) {
  events.begin(Bracket::record);
  do {
    token_ = identifier();
    events.begin_key();
    events.string(token_);
    events.end_key();
    expect("|->");
    value(events);
  } while (accept(","));
  expect("]");
  events.end(Bracket::record);
}

void ValueScanner::function(ValueEvents& events) {
  events.begin(Bracket::function);
  do {
    events.begin_key();
    value(events);
    events.end_key();
    expect(":>");
    value(events);
  } while (accept("@@"));
  expect(")");
  events.end(Bracket::function);
}

}  // namespace lockstep::tlc
