// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/lexer.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "model/verdict.hpp"

namespace lockstep::tla {
namespace {

/// All symbols of TLA+, also those that nothing here understands: `a ++ b` must not be read as an
/// addition. The longest first.
constexpr std::array symbols = {
    "(\\X)", "-+->", "::=", "<=>", "|->", "...", "(+)", "(-)", "(.)", "(/)", ">>_", "=>",
    "=<",    "<=",   ">=",  "==",  "/=",  "/\\", "\\/", "->",  "<-",  "~>",  "<>",  "[]",
    "<<",    ">>",   "]_",  "..",  ":=",  ":>",  "<:",  "::",  "||",  "|-",  "|=",  "-|",
    "=|",    "&&",   "%%",  "##",  "$$",  "??",  "!!",  "@@",  "**",  "//",  "++",  "--",
    "^^",    "^+",   "^*",  "^#",  "(",   ")",   "[",   "]",   "{",   "}",   ",",   ":",
    ".",     "'",    "!",   "@",   "#",   "<",   ">",   "=",   "~",   "+",   "-",   "*",
    "/",     "%",    "^",   "\\",  "|",   "&",   "$",   "?",   ";"};

/// Two spellings of one operator.
std::string canonical(std::string_view symbol) {
  constexpr std::array<std::array<std::string_view, 2>, 6> same = {{{"/=", "#"},
                                                                    {"=<", "<="},
                                                                    {"\\leq", "<="},
                                                                    {"\\geq", ">="},
                                                                    {"\\union", "\\cup"},
                                                                    {"\\intersect", "\\cap"}}};
  for (const auto& [spelling, name] : same) {
    if (symbol == spelling) return std::string{name};
  }
  return std::string{symbol};
}

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}
bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}
bool in_name(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}

class Lexer {
 public:
  Lexer(std::string_view text, std::string_view file, std::size_t line)
      : text_(text), file_(file), line_(line) {}

  Tokens run() {
    while (at_ < text_.size() && !module_ended()) {
      if (text_[at_] == '\n') {
        ++at_;
        new_line();
      } else if (text_[at_] == ' ' || text_[at_] == '\r') {
        ++at_;
      } else if (starts("\\*")) {
        line_comment();
      } else if (starts("(*")) {
        block_comment();
      } else {
        token();
      }
    }
    add(Token::Type::end, 0, "");
    return std::move(out_);
  }

 private:
  /// What comes after is no TLA+.
  bool module_ended() const {
    return !out_.tokens.empty() && out_.tokens.back().type == Token::Type::module_end;
  }
  std::size_t column() const { return at_ - start_of_line_ + 1; }
  bool starts(std::string_view s) const { return text_.substr(at_, s.size()) == s; }
  char next(std::size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[noreturn]] void refuse(const std::string& what) const {
    throw InputError{file_, line_, column(), what};
  }
  void new_line() {
    ++line_;
    start_of_line_ = at_;
    shifted_ = false;
    token_on_line_ = false;
  }

  void add(Token::Type type, std::size_t length, std::string text) {
    out_.tokens.push_back({type, std::move(text), line_, column()});
    at_ += length;
    token_on_line_ = true;
  }

  /// Is there nothing else between here and the end of the line?
  bool line_ends_here() const {
    const std::size_t other = text_.find_first_not_of(" \r", at_);
    return other == std::string_view::npos || text_[other] == '\n';
  }

  /// In a comment: what is of no width, or of an unknown one, shifts what comes after it.
  void skip_in_comment() {
    const char c = text_[at_++];
    if (c == '\t' || static_cast<unsigned char>(c) >= 0x80) shifted_ = true;
    if (c == '\n') new_line();
  }

  void line_comment() {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    if (!token_on_line_) keep(line_, text_.substr(at_ + 2, end - at_ - 2));
    at_ = end;
  }

  void block_comment() {
    const std::size_t first_line = line_, from = at_;
    const bool alone = !token_on_line_;
    const std::size_t line = line_, place = column();
    int depth = 0;
    do {
      if (at_ >= text_.size()) {
        throw InputError{file_, line, place, "a comment without its end; expected '*)'"};
      }
      // Whether the rest of the line, or the next *), belongs to it: readers differ.
      if (starts("\\*")) refuse("'\\*' inside of a comment (* ... *)");
      if (starts("(*")) {
        ++depth;
        at_ += 2;
      } else if (starts("*)")) {
        --depth;
        at_ += 2;
      } else {
        skip_in_comment();
      }
    } while (depth > 0);
    if (alone && line_ends_here()) keep(first_line, text_.substr(from, at_ - from));
  }

  /// Keeps a comment: its words, without (*, *) and lines of asterisks.
  void keep(std::size_t first_line, std::string_view raw) {
    std::string words;
    for (std::size_t i = 0; i < raw.size();) {
      const std::size_t from = raw.find_first_not_of(" \t\r\n", i);
      if (from == std::string_view::npos) break;
      i = std::min(raw.find_first_of(" \t\r\n", from), raw.size());
      std::string_view word = raw.substr(from, i - from);
      if (word.starts_with("(*")) word.remove_prefix(2);
      if (word.ends_with("*)")) word.remove_suffix(2);
      if (word.find_first_not_of('*') == std::string_view::npos) continue;
      words += (words.empty() ? "" : " ") + std::string{word};
    }
    out_.comments.push_back({first_line, line_, std::move(words)});
  }

  std::size_t run_of(char c) const {
    const std::size_t end = std::min(text_.find_first_not_of(c, at_), text_.size());
    return end - at_;
  }

  void token() {
    if (shifted_) refuse("after a comment with characters whose width is not known");
    const char c = text_[at_];
    if (c == '-' && run_of('-') >= 4) return add(Token::Type::separator, run_of('-'), "----");
    if (c == '=' && run_of('=') >= 4) return add(Token::Type::module_end, run_of('='), "====");
    if (c == '"') return string();
    if (is_digit(c)) return number();
    if (in_name(c)) return name();
    if (c == '\\' && is_letter(next(1))) {
      std::size_t length = 2;
      while (is_letter(next(length))) ++length;
      return add(Token::Type::symbol, length, canonical(text_.substr(at_, length)));
    }
    const auto* const found = std::ranges::find_if(symbols, [&](auto* s) { return starts(s); });
    if (found == symbols.end()) {
      refuse(c == '\t' ? "a tab: columns decide what it means; expected spaces"
                       : "a character that is not of TLA+");
    }
    const std::string_view symbol = *found;
    add(Token::Type::symbol, symbol.size(), canonical(symbol));
  }

  void string() {
    const std::size_t close = text_.find_first_of("\"\n\\", at_ + 1);
    if (close == std::string_view::npos || text_[close] != '"') {
      refuse("a string without its end, or with a '\\'; expected '\"'");
    }
    const std::string_view inside = text_.substr(at_ + 1, close - at_ - 1);
    if (std::ranges::any_of(inside, [](unsigned char c) { return c < ' ' || c >= 0x7f; })) {
      refuse("a string with characters that are not of ASCII");
    }
    add(Token::Type::string, inside.size() + 2, std::string{inside});
  }

  void number() {
    std::size_t length = 1;
    while (is_digit(next(length))) ++length;
    if (in_name(next(length))) refuse("a name that begins with a digit");
    if (next(length) == '.' && is_digit(next(length + 1))) refuse("a number with a fraction");
    const std::string digits{text_.substr(at_, length)};
    if (length > 10 || std::stoll(digits) > 2147483647) refuse("a number above 2147483647");
    add(Token::Type::number, length, digits);
  }

  void name() {
    std::size_t length = 1;
    while (in_name(next(length))) ++length;
    add(Token::Type::name, length, std::string{text_.substr(at_, length)});
  }

  std::string_view text_, file_;
  std::size_t at_ = 0, line_, start_of_line_ = 0;
  bool shifted_ = false;        ///< the columns of what follows on the line are not known
  bool token_on_line_ = false;  ///< a comment that follows is a remark on it
  Tokens out_;
};

}  // namespace

Tokens tokens(std::string_view text, std::string_view file, std::size_t first_line) {
  return Lexer{text, file, first_line}.run();
}

std::string describe(const Token& token) {
  if (token.type == Token::Type::end) return "the end";
  if (token.type == Token::Type::string) return '"' + token.text + '"';
  return "'" + token.text + "'";
}

}  // namespace lockstep::tla
