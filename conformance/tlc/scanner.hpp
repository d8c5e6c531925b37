// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lockstep::tlc {

/// Where a text comes from, for messages. A DOT label is unescaped before it is scanned: its line
/// breaks are not lines of the file, so such a text counts as `one_line`.
struct Origin {
  std::string_view file;
  std::size_t line = 1;
  std::size_t column = 1;
  bool one_line = false;
};

enum class Bracket : std::uint8_t { set, tuple, record, function };

/// What the scanner sees, in the order of the text. A record's field name and a function's
/// argument come between begin_key and end_key (a field name as a string), its value after that.
class ValueEvents {
 public:
  virtual ~ValueEvents() = default;
  virtual void integer(std::int64_t value) = 0;
  virtual void boolean(bool value) = 0;
  virtual void string(std::string_view text) = 0;  ///< without quotes and escapes
  virtual void model_value(std::string_view name) = 0;
  virtual void begin(Bracket bracket) = 0;
  virtual void end(Bracket bracket) = 0;
  virtual void begin_key() = 0;
  virtual void end_key() = 0;
};

/// The one reader of TLA+ value text as TLC prints it. White space may stand anywhere: TLC breaks
/// values longer than 80 columns. What does not fit is an InputError with its place.
class ValueScanner {
 public:
  ValueScanner(std::string_view text, Origin origin) : text_(text), origin_(origin) {}

  /// Reads one value and tells `events` of it.
  void value(ValueEvents& events);
  /// Skips white space; is the text over?
  bool at_end();
  /// Skips white space and reads `token` if it comes next.
  bool accept(std::string_view token);
  void expect(std::string_view token);
  /// A variable's or model value's name.
  std::string_view identifier();
  /// The source text of the scalar that the last event told of, and where it ends.
  std::string_view token() const { return token_; }
  std::size_t offset() const { return at_; }
  [[noreturn]] void fail(std::string_view what) const;

 private:
  void scalar(ValueEvents& events);
  void integer(ValueEvents& events);
  void string(ValueEvents& events);
  void listed(ValueEvents& events, Bracket bracket, std::string_view close);
  void record(ValueEvents& events);
  void function(ValueEvents& events);
  void skip_space();
  std::int64_t digits();
  std::string found() const;

  /// Protocol states are three brackets deep; the limit keeps a hostile text off our stack.
  static constexpr int max_depth = 200;

  std::string_view text_;
  Origin origin_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::string_view token_;
  std::string unescaped_;
};

}  // namespace lockstep::tlc
