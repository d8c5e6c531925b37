// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/beside/comment.hpp"

#include <algorithm>
#include <string_view>

#include "model/verdict.hpp"

namespace lockstep::beside {

namespace {

constexpr std::string_view kernel_head = "kernel:", pairs_head = "pairs with",
                           races_head = "races with";
constexpr std::string_view form =
    "expected 'kernel: FUNCTION, PRIMITIVE (here ORDER: WHY)', of which not all is needed, or "
    "'kernel: none, WHY'";

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
  return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

}  // namespace

void CommentReader::line(std::size_t line, std::size_t column, const std::string& text) {
  const std::size_t indent = std::min(text.find_first_not_of(" \t"), text.size());
  const std::string here = trimmed(text);
  if (here.starts_with(kernel_head)) {
    end();
    says_ = Says::kernel;
  } else if (here.starts_with(pairs_head) || here.starts_with(races_head)) {
    end();
    says_ = here.starts_with(pairs_head) ? Says::pairs : Says::races;
  } else if (!goes_on() || here.empty()) {
    end();
  }
  if (says_ == Says::nothing) {
    for (const std::string_view head : {pairs_head, races_head}) {
      const std::size_t found = here.find(head);
      if (found == std::string::npos) continue;
      throw InputError(file_, line, column + indent + found,
                       "'" + std::string{head} +
                           "' in a sentence is checked by nobody; expected a line of its own "
                           "that begins with it: // " +
                           std::string{head} + " SITE, SITE");
    }
    return;
  }
  if (!text_.empty()) text_ += ' ';
  pieces_.push_back({text_.size(), line, column + indent});
  text_ += here;
}

bool CommentReader::goes_on() const {
  if (says_ == Says::nothing) return false;
  if (text_.ends_with(',')) return true;
  const bool open = std::ranges::count(text_, '(') > std::ranges::count(text_, ')');
  const std::string rest = trimmed(text_.substr(std::min(kernel_head.size(), text_.size())));
  return open || (says_ == Says::kernel && rest.starts_with("none,"));
}

void CommentReader::end() {
  if (says_ == Says::kernel) {
    if (kernel_) fail(0, "a second 'kernel:' beside one site");
    read_kernel();
  } else if (says_ != Says::nothing) {
    const bool pairs = says_ == Says::pairs;
    const std::size_t head = (pairs ? pairs_head : races_head).size();
    for (Word& word : words(head, text_.size()))
      (pairs ? pairs_ : races_).push_back(std::move(word));
  }
  says_ = Says::nothing;
  text_.clear();
  pieces_.clear();
}

Place CommentReader::place() const {
  return kernel_ ? kernel_->place : (pairs_.empty() ? races_ : pairs_).front().place;
}

void CommentReader::fail(std::size_t offset, const std::string& what) const {
  const Place p = at(offset);
  throw InputError(p.file, p.line, p.column, what);
}

Place CommentReader::at(std::size_t offset) const {
  Piece last = pieces_.front();
  for (const Piece& piece : pieces_) {
    if (piece.offset <= offset) last = piece;
  }
  return {file_, last.line, last.column + (offset - last.offset)};
}

std::vector<Word> CommentReader::words(std::size_t begin, std::size_t end) const {
  std::vector<Word> out;
  while (begin <= end) {
    const std::size_t comma = std::min(text_.find(',', begin), end);
    const std::string piece = text_.substr(begin, comma - begin);
    const std::string name = trimmed(piece);
    const std::size_t offset = begin + std::min(piece.find_first_not_of(" \t"), piece.size());
    const auto is_part = [](char c) {
      return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    if (name.empty() || !std::ranges::all_of(name, is_part)) {
      fail(std::min(offset, text_.size()), "'" + name +
                                               "' is no name; expected names with commas "
                                               "between them, and nothing behind the last");
    }
    out.push_back({name, at(offset)});
    begin = comma + 1;
  }
  return out;
}

void CommentReader::read_kernel() {
  KernelComment out;
  out.place = at(0);
  const std::string rest = trimmed(text_.substr(kernel_head.size()));
  if (rest == "none" || rest.starts_with("none,") || rest.starts_with("none ")) {
    out.none = true;
    out.why = rest.starts_with("none,") ? trimmed(rest.substr(5)) : "";
    if (out.why.empty()) fail(0, "no function of the kernel, and not why; " + std::string{form});
    kernel_ = std::move(out);
    return;
  }
  const std::size_t open = std::min(text_.find('('), text_.size());
  out.names = words(kernel_head.size(), open);
  if (out.names.size() > 2) fail(0, "three names of the kernel; " + std::string{form});
  if (open < text_.size()) read_here(open, out);
  kernel_ = std::move(out);
}

void CommentReader::read_here(std::size_t open, KernelComment& out) const {
  constexpr std::string_view here = "(here ";
  const std::size_t colon = text_.find(':', open);
  if (!text_.substr(open).starts_with(here) || colon == std::string::npos ||
      !text_.ends_with(')')) {
    fail(open, "what differs here is not understood; " + std::string{form});
  }
  const std::size_t begin = open + here.size();
  out.here = Word{trimmed(text_.substr(begin, colon - begin)), at(begin)};
  out.why = trimmed(text_.substr(colon + 1, text_.size() - colon - 2));
  if (out.why.empty()) fail(open, "not why it differs here; " + std::string{form});
}

}  // namespace lockstep::beside
