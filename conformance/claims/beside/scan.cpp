// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/beside/scan.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "claims/beside/comment.hpp"
#include "model/verdict.hpp"

namespace lockstep::beside {

namespace {

bool in_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// The C++ of a reference, as far as its sites need it: comments, strings, brackets, and which
/// function a bracket opens.
class Scanner {
 public:
  Scanner(const std::string& file, const std::string& text)
      : file_(file), text_(text), comments_(file) {}

  Scanned run() {
    while (at_ < text_.size()) token();
    comments_.end();
    nothing_beside();
    return std::move(out_);
  }

 private:
  struct Bracket {
    char open;
    std::string function, header;  ///< `header`: of what surrounds it, to go on with
    bool control;
    std::optional<KernelComment> kernel;
  };

  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  char before() const { return at_ == 0 ? '\0' : text_[at_ - 1]; }
  std::size_t column() const { return at_ - line_begin_ + 1; }
  void advance() {
    if (text_[at_++] != '\n') return;
    ++line_;
    line_begin_ = at_;
    on_line_ = out_.literals.size();
    code_on_line_ = false;
  }

  void token() {
    const char c = peek();
    if (c == '\n' || c == ' ' || c == '\t') return advance();
    if (c == '/' && peek(1) == '/') return comment();
    comments_.end();
    if (c == '/' && peek(1) == '*') return block_comment();
    code_on_line_ = true;
    if (c == '#') return directive();
    if (c == '"') return string();
    if (c == '\'' && !in_word(before())) return character();
    if (in_word(c)) return word();
    bracket(c);
    last_ = c;
    advance();
  }

  void comment() {
    const std::size_t line = line_;
    const bool trailing = code_on_line_;
    while (peek() == '/') advance();
    const std::size_t begin = at_, from = column();
    while (at_ < text_.size() && peek() != '\n') advance();
    if (trailing) comments_.end();
    CommentReader own(file_);
    CommentReader& reader = trailing ? own : comments_;
    reader.line(line, from, text_.substr(begin, at_ - begin));
    if (!trailing) return;
    own.end();
    if (own.empty()) return;
    if (on_line_ == out_.literals.size()) beside_nothing(own.place());
    const auto kernel = own.take_kernel();
    const auto pairs = own.take_pairs(), races = own.take_races();
    for (std::size_t i = on_line_; i < out_.literals.size(); ++i) {
      if (kernel) out_.literals[i].kernel = kernel;
      if (!pairs.empty()) out_.literals[i].pairs = pairs;
      if (!races.empty()) out_.literals[i].races = races;
    }
  }

  void block_comment() {
    const std::size_t end = std::min(text_.find("*/", at_ + 2), text_.size());
    const std::size_t from = at_ + 2;
    const std::string text = text_.substr(from, end - from);
    for (const char* head : {"pairs with", "races with", "kernel:"}) {
      if (text.find(head) == std::string::npos) continue;
      throw InputError(file_, line_, column(), "a comment beside a site begins with //");
    }
    while (at_ < std::min(end + 2, text_.size())) advance();
  }

  void directive() {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    const std::string line = text_.substr(at_, end - at_);
    const std::size_t open = line.find('"'), close = line.rfind('"');
    if (line.starts_with("#include") && open < close && close != std::string::npos) {
      out_.includes.push_back(line.substr(open + 1, close - open - 1));
    }
    while (at_ < end) advance();
  }

  void string() {
    if (before() == 'R' && raw_string()) return;
    const Place place{file_, line_, column()};
    advance();
    const std::size_t begin = at_;
    while (at_ < text_.size() && peek() != '"') {
      if (peek() == '\\') advance();
      if (at_ < text_.size()) advance();
    }
    const std::string name = text_.substr(begin, at_ - begin);
    if (at_ < text_.size()) advance();
    if (text_.substr(at_, 5) == "_site" && !in_word(peek(5))) literal(name, place);
    last_ = '"';
  }

  bool raw_string() {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string::npos) return false;
    const std::string close = ")" + text_.substr(at_ + 1, open - at_ - 1) + "\"";
    const std::size_t end = text_.find(close, open);
    if (end == std::string::npos) return false;
    while (at_ < end + close.size()) advance();
    last_ = '"';
    return true;
  }

  void literal(const std::string& name, const Place& place) {
    Literal out{name, last_ == '+', place, "", {}, {}, {}, {}};
    for (const Bracket& b : open_) {
      if (b.function.empty()) continue;
      out.function = b.function;
      out.of_function = b.kernel;
    }
    out.kernel = comments_.take_kernel();
    out.pairs = comments_.take_pairs();
    out.races = comments_.take_races();
    out_.literals.push_back(std::move(out));
  }

  void character() {
    advance();
    while (at_ < text_.size() && peek() != '\'') {
      if (peek() == '\\') advance();
      if (at_ < text_.size()) advance();
    }
    if (at_ < text_.size()) advance();
    last_ = '"';
  }

  void word() {
    const std::size_t begin = at_;
    while (in_word(peek())) advance();
    word_ = text_.substr(begin, at_ - begin);
    last_ = text_[at_ - 1];
  }

  bool inside_round() const { return !open_.empty() && open_.back().open != '{'; }

  void bracket(char c) {
    static const std::set<std::string> controls{"if",     "for",   "while",
                                                "switch", "catch", "constexpr"};
    static const std::set<std::string> no_names{"decltype", "noexcept", "requires", "alignas"};
    switch (c) {
      case '(':
      case '[':
        if (c == '(' && !inside_round() && in_word(last_) && header_.empty()) {
          if (controls.contains(word_)) {
            control_ = true;
          } else if (!no_names.contains(word_) && !control_) {
            header_ = word_;
          }
        }
        open_.push_back({c, "", header_, control_, {}});
        break;
      case '{': open_brace(); break;
      case ')':
      case ']':
      case '}': close(c); break;
      case ';':
        if (inside_round()) break;
        nothing_beside();
        forget_header();
        break;
      default: break;
    }
  }

  void open_brace() {
    Bracket b{'{', "", header_, control_, {}};
    if (!inside_round() && !control_ && !header_.empty() && last_ != '=') {
      b.function = header_;
      b.kernel = comments_.take_kernel();
      if (comments_.has_partners()) beside_nothing(comments_.place());
    }
    open_.push_back(std::move(b));
    forget_header();
  }

  void close(char c) {
    if (c == '}') nothing_beside();
    if (open_.empty()) return;
    const Bracket b = std::move(open_.back());
    open_.pop_back();
    forget_header();
    if (c != '}' || inside_round()) {
      header_ = b.header;
      control_ = b.control;
    }
  }

  void forget_header() {
    header_.clear();
    control_ = false;
  }

  void nothing_beside() {
    if (!comments_.empty()) beside_nothing(comments_.place());
  }
  [[noreturn]] static void beside_nothing(const Place& place) {
    throw InputError(place.file, place.line, place.column,
                     "stands beside no site; expected it above a statement with a site, or at the "
                     "end of the line with the site's name; 'kernel:' also above a function");
  }

  const std::string& file_;
  const std::string& text_;
  std::size_t at_ = 0, line_ = 1, line_begin_ = 0;
  std::size_t on_line_ = 0;  ///< how many literals stand before this line
  bool code_on_line_ = false;
  char last_ = '\0';      ///< the last character of code that was no space
  std::string word_;      ///< the last word
  std::string header_;    ///< the function that a bracket would open, or ""
  bool control_ = false;  ///< it would open the body of an `if` or a loop
  std::vector<Bracket> open_;
  CommentReader comments_;
  Scanned out_;
};

}  // namespace

Scanned scan(const std::string& file, const std::string& text) {
  return Scanner{file, text}.run();
}

}  // namespace lockstep::beside
