// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/writing/names.hpp"

#include <algorithm>
#include <cctype>

#include "orders/litmus/source.hpp"
#include "orders/litmus/writing/terms.hpp"

namespace lockstep::orders::litmus::writing {

namespace {

PossibleValues::Domains guessed(const Form& form) {
  PossibleValues::Domains out;
  for (const Guess& g : form.guesses) out[g.name] = {g.values.begin(), g.values.end()};
  return out;
}

std::optional<Atom> constant_of(const Term& t) {
  if (t == nullptr || t->op != Op::constant) return std::nullopt;
  return t->value;
}

bool is_constant_cell(const CellTerm& cell) {
  return (cell.object == nullptr || cell.object->op == Op::constant) &&
         (cell.index == nullptr || cell.index->op == Op::constant);
}

bool placed(const Event& e) {
  return e.act == Act::read || e.act == Act::write || e.act == Act::srcu_lock ||
         e.act == Act::srcu_unlock || e.act == Act::srcu_grace;
}

}  // namespace

Names::Names(const Form& form, const Symbols& symbols)
    : form_{form}, symbols_{symbols}, possible_{form.program, guessed(form)} {
  for (const Event& e : form.program.events) {
    for (const Term& t : {e.cell.object, e.cell.index, e.value, e.guard}) count(t);
    if (placed(e) && is_constant_cell(e.cell)) add(e);
  }
  for (const Term& a : form.program.assumptions) count(a);
  count(form.program.forbidden);
  for (const Guess& g : form.guesses) {
    for (const Atom a : g.values) count(term::constant(a));
  }
  for (const Program::Final& f : form.program.finals) {
    const auto found = candidates(f.cell);
    if (!is_constant_cell(f.cell) || found.size() != 1) {
      throw Unwritable{"a litmus test cannot say the last value of a cell that is not named"};
    }
    finals_[f.value->name] = found.front()->name;
  }
  // A cell that nobody gave a value is 0 in a litmus test; here no execution reads it.
  for (const Event& e : form.program.events) {
    if (e.act != Act::read) continue;
    for (const Variable* v : candidates(e.cell, e.guard)) {
      const bool given = std::ranges::any_of(form.program.events, [&](const Event& w) {
        return w.thread == initial_thread && w.cell.field == v->field &&
               constant_of(w.cell.object) == v->object && constant_of(w.cell.index) == v->index;
      });
      if (!given) unwritable(form.program, e, "a cell without a value at the start");
    }
  }
}

void Names::count(const Term& t) {
  if (t == nullptr) return;
  if (t->op == Op::constant) {
    if (is_symbol(t->value))
      symbols_used_.insert(t->value);
    else
      most_ += t->value < 0 ? -static_cast<long>(t->value) : t->value;
  }
  for (const Term& arg : t->args) count(arg);
}

void Names::add(const Event& e) {
  const std::optional<Atom> object = constant_of(e.cell.object), index = constant_of(e.cell.index);
  auto known = std::ranges::find_if(variables_, [&](const Variable& v) {
    return v.field == e.cell.field && v.object == object && v.index == index;
  });
  if (known == variables_.end()) {
    std::string name = e.cell.field;
    for (const auto& part : {object, index}) {
      if (part) name += (name.empty() ? "" : "_") + symbols_.text(*part);
    }
    variables_.push_back({fresh(name), e.cell.field, object, index, 0, false, false});
    known = std::prev(variables_.end());
  }
  if (e.thread == initial_thread) {
    if (e.value->op != Op::constant)
      unwritable(form_.program, e, "a value at the start that is not known");
    known->initial = e.value->value;
  }
  known->domain = known->domain || (e.act != Act::read && e.act != Act::write);
  known->spinlock = known->spinlock || e.has(Mark::lock) || e.has(Mark::unlock);
  if (known->spinlock && known->initial != 0) {
    unwritable(form_.program, e, "a lock that is held at the start");
  }
}

std::string Names::fresh(const std::string& wanted) {
  std::string name;
  for (const char c : wanted)
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : c == '-' ? 'm' : '_';
  // Not to be taken for a register or a thread.
  const bool short_name =
      name.size() > 1 && std::string_view{"rtgqP"}.find(name[0]) != std::string_view::npos &&
      std::all_of(name.begin() + 1, name.end(), [](unsigned char c) { return std::isdigit(c); });
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0])) || short_name)
    name = "v_" + name;
  while (!taken_.insert(name).second) name += "_";
  return name;
}

std::vector<const Variable*> Names::candidates(const CellTerm& cell, const Term& guard) const {
  const auto may = [&](const Term& t, const std::optional<Atom>& is) {
    if (t == nullptr || !is) return t == nullptr && !is;
    if (t->op == Op::constant) return t->value == *is;
    const auto values = possible_.of(t, guard);
    return !values || values->contains(*is);
  };
  std::vector<const Variable*> out;
  for (const Variable& v : variables_) {
    if (v.field == cell.field && may(cell.object, v.object) && may(cell.index, v.index))
      out.push_back(&v);
  }
  return out;
}

bool Names::only_candidates(const CellTerm& cell, const Term& guard) const {
  std::size_t ways = 1;
  for (const Term& t : {cell.object, cell.index}) {
    if (t == nullptr) continue;
    const auto values = possible_.of(t, guard);
    if (!values) return false;
    ways *= values->size();
  }
  return candidates(cell, guard).size() == ways;
}

std::string Names::number(Atom atom) const {
  if (!is_symbol(atom)) return std::to_string(atom);
  long base = 100;
  while (base <= 2 * most_) base *= 10;
  const auto place = std::distance(symbols_used_.begin(), symbols_used_.find(atom));
  const long value = base + place;
  if (value > limits::number / 4) {
    throw Unwritable{"a litmus test cannot say so many names and such large numbers"};
  }
  return std::to_string(value);
}

std::vector<std::string> Names::legend() const {
  std::vector<std::string> out;
  for (const Atom a : symbols_used_) out.push_back(symbols_.name(a) + " = " + number(a));
  return out;
}

}  // namespace lockstep::orders::litmus::writing
