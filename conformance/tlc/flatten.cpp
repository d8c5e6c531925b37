// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/flatten.hpp"

#include <charconv>
#include <cstring>

#include "tlc/characters.hpp"

namespace lockstep::tlc {

namespace {

/// Reads `literal` from `at`; null if it is not there. White space may differ (TLC breaks long
/// lines by length), but not between two words.
const char* match_literal(std::string_view literal, const char* at, const char* end) {
  if (static_cast<std::size_t>(end - at) >= literal.size() &&
      std::memcmp(at, literal.data(), literal.size()) == 0) {
    return at + literal.size();
  }
  const char* want = literal.data();
  const char* const want_end = want + literal.size();
  char before = ' ';
  for (;;) {
    const char* const at_start = at;
    const char* const want_start = want;
    while (at != end && is_space(*at)) ++at;
    while (want != want_end && is_space(*want)) ++want;
    if (want == want_end) return at;
    const bool same_gap = (at == at_start) == (want == want_start);
    if (at == end || *at != *want || (!same_gap && is_word(before) && is_word(*at))) return nullptr;
    before = *at;
    ++at;
    ++want;
  }
}

const char* word_end(const char* at, const char* end) {
  while (at != end && is_word(*at)) ++at;
  return at;
}

}  // namespace

Flattener::Flattener(Layout& layout) : layout_(layout) {
  for (std::size_t i = 0; i < layout.size(); ++i) slots_.emplace(layout[i].text(), i);
}

void Flattener::flatten(std::string_view text, Origin origin, Atom* out) {
  if (has_pattern_ && match(text, out)) return;
  scan(text, origin, out);
}

bool Flattener::match(std::string_view text, Atom* out) {
  const char* at = text.data();
  const char* const end = at + text.size();
  for (Piece& piece : pattern_) {
    at = match_literal(piece.literal, at, end);
    if (at == nullptr) return false;
    at = match_scalar(piece, at, end, out[piece.slot]);
    if (at == nullptr) return false;
  }
  at = match_literal(tail_, at, end);
  while (at != nullptr && at != end && is_space(*at)) ++at;
  return at == end;
}

// A scalar of the wrong sort does not match; the scan then says what is wrong.
const char* Flattener::match_scalar(Piece& piece, const char* at, const char* end, Atom& out) {
  if (at == end) return nullptr;
  if (piece.sort == Sort::integer && !is_letter(*at)) {
    const auto result = std::from_chars(at, end, out);
    return result.ec == std::errc{} ? result.ptr : nullptr;
  }
  const bool quotes = *at == '"';
  const char* const start = quotes ? at + 1 : at;
  const char* const stop =
      quotes
          ? static_cast<const char*>(std::memchr(start, '"', static_cast<std::size_t>(end - start)))
          : word_end(at, end);
  if (stop == nullptr || (stop == start && !quotes)) return nullptr;
  const std::string_view name{start, static_cast<std::size_t>(stop - start)};
  if (quotes) {
    if (piece.sort != Sort::string || name.find('\\') != std::string_view::npos) return nullptr;
  } else if (name == "TRUE" || name == "FALSE") {
    if (piece.sort != Sort::boolean) return nullptr;
    out = name == "TRUE" ? 1 : 0;
    return stop;
  } else if (piece.sort != Sort::name || is_digit(*start)) {
    if (name != "Null") return nullptr;
    out = null_atom;
    return stop;
  }
  if (name != piece.last_text) {
    piece.last = layout_.symbols.intern(name);
    piece.last_text = name;
  }
  out = piece.last;
  return quotes ? stop + 1 : stop;
}

}  // namespace lockstep::tlc
