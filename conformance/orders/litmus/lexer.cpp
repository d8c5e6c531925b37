// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/lexer.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace lockstep::orders::litmus {

namespace {

bool is_space(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// The longest first.
constexpr std::array<std::string_view, 49> symbols{
    "<<=", ">>=", "/\\", "\\/", "&&", "||", "==", "!=", "<=", ">=", "<<", ">>", "+=",
    "-=",  "*=",  "/=",  "%=",  "&=", "|=", "^=", "++", "--", "->", "=>", "(",  ")",
    "{",   "}",   "[",   "]",   ";",  ",",  ":",  "?",  "=",  "!",  "~",  "&",  "|",
    "^",   "+",   "-",   "*",   "/",  "%",  "<",  ">",  ".",  "#"};

class Scanner {
 public:
  Scanner(std::string_view text, const Source& source) : text_{text}, source_{source} {}

  Tokens run() {
    skip(true);
    out_.language_place = place_;
    out_.language = word();
    if (out_.language.empty()) {
      source_.wrong(place_, "no litmus test; expected its language and its name, as in 'C name'");
    }
    skip_blanks();
    out_.name = word();
    if (out_.name.empty()) source_.wrong(place_, "expected the name of the test");
    skip_remarks();
    if (at_end()) source_.wrong(place_, "the end; expected '{' and the initial state");
    do {
      token();
    } while (out_.tokens.back().type != Token::Type::end);
    return std::move(out_);
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  bool see(std::string_view s) const { return text_.substr(at_, s.size()) == s; }
  char take() {
    const char c = text_[at_++];
    if (c == '\n') {
      ++place_.line;
      place_.column = 1;
    } else {
      ++place_.column;
    }
    return c;
  }
  void take(std::size_t n) {
    while (n-- > 0) take();
  }
  void skip_blanks() {
    while (!at_end() && is_space(text_[at_])) take();
  }
  std::string word() {
    const std::size_t from = at_;
    while (!at_end() && !is_space(text_[at_]) && text_[at_] != '{') take();
    return std::string{text_.substr(from, at_ - from)};
  }

  /// A comment that may hold others; what it says is kept if it is the result of the test.
  void comment(std::string_view open, std::string_view close, bool nests) {
    const Place start = place_;
    const std::size_t from = at_;
    take(open.size());
    for (int depth = 1; depth > 0;) {
      if (at_end()) {
        source_.wrong(start, "a comment without its end; expected '" + std::string{close} + "'");
      }
      if (see(close)) {
        --depth;
        take(close.size());
      } else if (nests && see(open)) {
        ++depth;
        take(open.size());
      } else {
        take();
      }
    }
    note_result(text_.substr(from, at_ - from));
  }
  void note_result(std::string_view comment) {
    constexpr std::string_view key = "Result:";
    const std::size_t found = comment.find(key);
    if (found == std::string_view::npos || out_.result) return;
    std::string word;
    for (std::size_t i = found + key.size(); i < comment.size(); ++i) {
      if (is_letter(comment[i])) {
        word += static_cast<char>(std::tolower(static_cast<unsigned char>(comment[i])));
      } else if (!word.empty() || !(comment[i] == ' ' || comment[i] == '\t')) {
        break;
      }
    }
    if (!word.empty()) out_.result = word;
  }
  bool skip_comment(bool outside) {
    if (outside && see("(*")) {
      comment("(*", "*)", true);
    } else if (see("/*")) {
      comment("/*", "*/", false);
    } else if (see("//")) {
      const std::size_t from = at_;
      while (!at_end() && text_[at_] != '\n') take();
      note_result(text_.substr(from, at_ - from));
    } else {
      return false;
    }
    return true;
  }
  void skip(bool outside) {
    do {
      skip_blanks();
    } while (!at_end() && skip_comment(outside));
  }
  /// Title, `Key=value` lines and comments, up to the brace.
  void skip_remarks() {
    while (!at_end() && text_[at_] != '{') {
      if (skip_comment(true)) continue;
      if (text_[at_] == '"') {
        const Place start = place_;
        do {
          take();
        } while (!at_end() && text_[at_] != '"');
        if (at_end()) source_.wrong(start, "a text without its end; expected '\"'");
        take();
      } else {
        take();
      }
    }
  }

  /// Code in braces of its own, before the threads, is for litmus7, which compiles it.
  void skip_global_code() {
    const Place start = place_;
    int depth = 0;
    do {
      if (at_end()) source_.wrong(start, "'{' without its end; expected '}'");
      const char c = take();
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    } while (depth > 0);
    skip(true);
  }

  void token() {
    skip(braces_ == 0 || groups_ == 1);
    while (braces_ == 0 && see("{") && !out_.tokens.empty() && out_.tokens.back().text == "}") {
      skip_global_code();
    }
    Token t;
    t.place = place_;
    const std::size_t from = at_;
    if (at_end()) {
      out_.tokens.push_back(std::move(t));
      return;
    }
    if (is_letter(text_[at_])) {
      while (!at_end() && (is_letter(text_[at_]) || is_digit(text_[at_]))) take();
      t.type = Token::Type::name;
    } else if (is_digit(text_[at_])) {
      t.type = Token::Type::number;
      t.number = number();
    } else {
      const auto found = std::ranges::find_if(symbols, [this](auto s) { return see(s); });
      if (found == symbols.end()) {
        const auto code = static_cast<unsigned char>(text_[at_]);
        source_.wrong(place_,
                      code > ' ' && code < 127
                          ? "the character '" + std::string(1, text_[at_]) +
                                "' means nothing in a litmus test"
                          : "the byte " + std::to_string(code) + " means nothing in a litmus test");
      }
      if (*found == "{" && braces_++ == 0) ++groups_;
      if (*found == "}" && braces_ > 0) --braces_;
      t.type = Token::Type::symbol;
      take(found->size());
    }
    t.text = std::string{text_.substr(from, at_ - from)};
    out_.tokens.push_back(std::move(t));
  }

  /// Decimal, hexadecimal or octal, with suffixes of C, which say nothing here.
  long number() {
    const Place start = place_;
    int base = 10;
    if (see("0x") || see("0X")) {
      base = 16;
      take(2);
    } else if (text_[at_] == '0') {
      base = 8;
    }
    unsigned long value = 0;
    bool any = false;
    for (; !at_end() && (is_digit(text_[at_]) || is_letter(text_[at_])); take()) {
      const char c = static_cast<char>(std::tolower(static_cast<unsigned char>(text_[at_])));
      const int digit = is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
      if (digit >= base) break;
      any = true;
      if (__builtin_mul_overflow(value, static_cast<unsigned long>(base), &value) ||
          __builtin_add_overflow(value, static_cast<unsigned long>(digit), &value)) {
        source_.unsupported(start, "a number of more than 64 bits");
      }
    }
    while (!at_end() &&
           (text_[at_] == 'u' || text_[at_] == 'U' || text_[at_] == 'l' || text_[at_] == 'L')) {
      take();
    }
    if (!any || (!at_end() && (is_digit(text_[at_]) || is_letter(text_[at_])))) {
      source_.wrong(start, "no number; expected digits of base " + std::to_string(base));
    }
    return static_cast<long>(value);
  }

  std::string_view text_;
  const Source& source_;
  std::size_t at_ = 0;
  Place place_;
  Tokens out_;
  int braces_ = 0, groups_ = 0;
};

}  // namespace

Tokens cut(std::string_view text, const Source& source) {
  return Scanner{text, source}.run();
}

std::string describe(const Token& token) {
  if (token.type == Token::Type::end) return "the end";
  return "'" + token.text + "'";
}

}  // namespace lockstep::orders::litmus
