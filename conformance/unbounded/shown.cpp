// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/shown.hpp"

#include <algorithm>

namespace lockstep::unbounded {

namespace {
/// What a key is of; the numbers of its parts follow.
enum Kind : Shown::Text { all, number, bound, for_all, exists, application };
}  // namespace

bool Shown::has(const Query& query, const Texts& known) const {
  const std::scoped_lock lock(mutex_);
  const auto found = shown_.find(query);
  return found != shown_.end() && std::ranges::any_of(found->second, [&](const Texts& from) {
           return std::ranges::includes(known, from);
         });
}

void Shown::add(const Query& query, Texts from) {
  std::ranges::sort(from);
  const bool understood = from.empty() || from.front() != 0;
  if (!understood || query.step == 0 || query.denied == 0) return;
  const std::scoped_lock lock(mutex_);
  shown_[query].push_back(std::move(from));
}

Shown::Text Shown::name(const std::string& text) {
  const std::scoped_lock lock(mutex_);
  return names_.emplace(text, static_cast<Text>(names_.size() + 1)).first->second;
}
Shown::Text Shown::number(const Key& key) {
  const std::scoped_lock lock(mutex_);
  return numbers_.emplace(key, static_cast<Text>(numbers_.size() + 1)).first->second;
}

Shown::Text Reading::text(const z3::expr& term) {
  kept_.push_back(term);
  return read(term);
}

Shown::Texts Reading::texts(const z3::expr_vector& terms) {
  Shown::Texts out;
  for (const z3::expr& term : terms) out.push_back(text(term));
  std::ranges::sort(out);
  return out;
}

Shown::Text Reading::text(const z3::expr_vector& terms) {
  Shown::Key key = texts(terms);
  if (!key.empty() && key.front() == 0) return 0;
  key.insert(key.begin(), all);
  return shown_.number(key);
}

Shown::Text Reading::name(const z3::sort& sort) {
  const auto [found, is_new] = met_sorts_.emplace(Z3_get_ast_id(sort.ctx(), sort), 0);
  if (is_new) {
    kept_sorts_.push_back(sort);
    found->second = shown_.name(sort.to_string());
  }
  return found->second;
}

Shown::Text Reading::read(const z3::expr& term) {
  z3::context& c = term.ctx();
  const unsigned id = Z3_get_ast_id(c, term);
  if (const auto found = met_.find(id); found != met_.end()) return found->second;
  Shown::Key key;
  bool understood = true;
  const auto add = [&](const z3::expr& part) {
    key.push_back(read(part));
    understood = understood && key.back() != 0;
  };
  if (term.is_numeral()) {
    key = {number, shown_.name(term.to_string()), name(term.get_sort())};
  } else if (term.is_var()) {
    key = {bound, Z3_get_index_value(c, term), name(term.get_sort())};
  } else if (term.is_forall() || term.is_exists()) {
    key = {term.is_forall() ? for_all : exists};
    const unsigned n = Z3_get_quantifier_num_bound(c, term);
    for (unsigned i = 0; i < n; ++i) {
      key.push_back(name(z3::sort(c, Z3_get_quantifier_bound_sort(c, term, i))));
    }
    understood = Z3_get_quantifier_num_patterns(c, term) == 0 &&
                 Z3_get_quantifier_num_no_patterns(c, term) == 0;
    add(term.body());
  } else if (term.is_app()) {
    const z3::func_decl f = term.decl();
    understood = Z3_get_decl_num_parameters(c, f) == 0;
    // What sorts its arguments have they say themselves.
    key = {application, shown_.name(f.name().str()), static_cast<Shown::Text>(f.decl_kind()),
           name(term.get_sort())};
    for (unsigned i = 0; i < term.num_args(); ++i) add(term.arg(i));
  } else {
    understood = false;
  }
  const Shown::Text out = understood ? shown_.number(key) : 0;
  met_.emplace(id, out);
  return out;
}

}  // namespace lockstep::unbounded
