// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "orders/litmus/cursor.hpp"

namespace lockstep::orders::litmus {

namespace {

Quantifier quantifier(Cursor& cursor) {
  if (cursor.sees("(")) return Quantifier::exists;
  const Token t = cursor.next();
  if (t.text == "exists" || t.text == "final") return Quantifier::exists;
  if (t.text == "forall") return Quantifier::forall;
  if ((t.text == "~" || t.text == "not") && cursor.accept("exists")) return Quantifier::not_exists;
  cursor.wrong(t, "a thread, 'filter', 'locations', 'exists', '~exists' or 'forall'");
}

}  // namespace

Syntax parse(std::string_view text, const Source& source) {
  const Tokens cut_up = cut(text, source);
  if (cut_up.language != "C") {
    source.unsupported(cut_up.language_place, "a test in the language '" + cut_up.language + "'");
  }
  Cursor cursor{cut_up.tokens, source};
  Syntax syntax;
  syntax.name = cut_up.name;
  syntax.result = cut_up.result;
  syntax.initial = parse_initial(cursor);
  const auto in_final_part = [&cursor] {
    for (const auto* word : {"filter", "locations", "exists", "forall", "final", "~", "not", "("}) {
      if (cursor.sees(word)) return true;
    }
    return cursor.peek().type == Token::Type::end;
  };
  while (!in_final_part()) {
    syntax.threads.push_back(parse_thread(cursor));
  }
  std::ranges::stable_sort(syntax.threads, {}, &Thread::number);
  for (std::size_t n = 0; n < syntax.threads.size(); ++n) {
    const Thread& made = syntax.threads[n];
    if (made.number == static_cast<int>(n)) continue;
    source.wrong(made.place,
                 "thread P" + std::to_string(made.number) + "; expected P" + std::to_string(n));
  }
  if (syntax.threads.empty()) cursor.wrong(cursor.peek(), "a thread, as in 'P0(int *x) { }'");
  for (bool more = true; more;) {
    if (cursor.accept("locations")) {
      parse_locations(cursor);
    } else if (cursor.accept("filter")) {
      syntax.filter = parse_condition(cursor);
    } else {
      more = false;
    }
    while (more && cursor.accept(";")) {
    }
  }
  if (cursor.peek().type == Token::Type::end) {
    syntax.quantifier = Quantifier::forall;  // of what is true, as herd7 reads it
    return syntax;
  }
  syntax.quantifier = quantifier(cursor);
  syntax.proposition = parse_condition(cursor);
  cursor.accept(";");
  if (cursor.peek().type != Token::Type::end) cursor.wrong(cursor.peek(), "the end");
  return syntax;
}

}  // namespace lockstep::orders::litmus
