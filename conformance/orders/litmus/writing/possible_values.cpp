// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/writing/possible_values.hpp"

#include <algorithm>

#include "orders/litmus/writing/terms.hpp"

namespace lockstep::orders::litmus::writing {

namespace {

constexpr std::size_t too_many = 4096;

}  // namespace

PossibleValues::PossibleValues(const Program& program, Domains choices)
    : program_{program}, choices_{std::move(choices)} {
  for (const Event& e : program.events) {
    if (e.act == Act::read) reads_[e.id] = std::set<Value>{};
    if (e.act == Act::write && e.value->op != Op::constant) {
      bits_.emplace(e.id, static_cast<int>(bits_.size()));
    }
  }
  if (bits_.size() > 64) {
    for (auto& [read, known] : reads_) known.reset();
    return;
  }
  while (grow()) {
  }
}

bool PossibleValues::grow() {
  bool grown = false;
  for (auto& [read, known] : reads_) {
    for (const Event& w : program_.events) {
      if (!known) break;
      if (w.act != Act::write || !may_be(w, program_.events[read])) continue;
      const Values written = values(w.value, w.guard);
      if (!written) {
        known.reset();
        grown = true;
        break;
      }
      const auto bit = bits_.find(w.id);
      const std::uint64_t mark = bit == bits_.end() ? 0 : std::uint64_t{1} << bit->second;
      for (const auto& [value, through] : *written) {
        if ((through & mark) != 0) continue;  // it would have been made from itself
        grown = known->emplace(value, through | mark).second || grown;
      }
      if (known->size() > too_many) known.reset();
    }
  }
  return grown;
}

PossibleValues::Values PossibleValues::values(const Term& t, const Term& guard) const {
  std::vector<std::pair<std::pair<std::string, Atom>, std::vector<Value>>> variables;
  bool known = true;
  std::size_t ways = 1;
  each_variable(t, [&](const TermNode& v) {
    const auto name = v.value == 0 ? std::pair{v.name, Atom{0}} : std::pair{std::string{}, v.value};
    if (std::ranges::any_of(variables, [&](const auto& x) { return x.first == name; })) return;
    std::vector<Value> domain;
    if (v.value == 0) {
      const auto choice = choices_.find(v.name);
      known = known && choice != choices_.end();
      if (!known) return;
      for (const Atom a : choice->second) domain.emplace_back(a, 0);
    } else {
      const auto read = reads_.find(v.value - 1);
      known = known && read != reads_.end() && read->second.has_value();
      if (!known) return;
      domain.assign(read->second->begin(), read->second->end());
    }
    ways *= domain.size();
    known = known && ways <= 16 * too_many;
    variables.emplace_back(name, std::move(domain));
  });
  if (!known) return std::nullopt;
  std::set<Value> out;
  if (ways == 0) return out;
  // A part of the guard that speaks of the same variables alone says which of them go together.
  std::vector<Term> rules;
  for (const Term& c : conjuncts(guard)) {
    bool same = true;
    each_variable(c, [&](const TermNode& v) {
      const auto name =
          v.value == 0 ? std::pair{v.name, Atom{0}} : std::pair{std::string{}, v.value};
      same = same && std::ranges::any_of(variables, [&](const auto& x) { return x.first == name; });
    });
    if (same) rules.push_back(c);
  }
  std::vector<std::size_t> at(variables.size(), 0);
  for (std::size_t way = 0; way < ways; ++way) {
    std::uint64_t through = 0;
    for (std::size_t i = 0; i < at.size(); ++i) through |= variables[i].second[at[i]].second;
    const auto value_of = [&](const TermNode& v) {
      const auto name =
          v.value == 0 ? std::pair{v.name, Atom{0}} : std::pair{std::string{}, v.value};
      for (std::size_t i = 0;; ++i) {
        if (variables[i].first == name) return variables[i].second[at[i]].first;
      }
    };
    if (std::ranges::all_of(rules,
                            [&](const Term& r) { return term::evaluate(r, value_of) != 0; })) {
      out.emplace(term::evaluate(t, value_of), through);
    }
    for (std::size_t i = 0; i < at.size() && ++at[i] == variables[i].second.size(); ++i) at[i] = 0;
  }
  if (out.size() > too_many) return std::nullopt;
  return out;
}

bool PossibleValues::overlap(const Term& a, const Term& b) const {
  if (a == nullptr || b == nullptr) return a == b;
  const Values x = values(a, nullptr), y = values(b, nullptr);
  if (!x || !y) return true;
  return std::ranges::any_of(*x, [&y](const Value& v) {
    return std::ranges::any_of(*y, [&v](const Value& w) { return v.first == w.first; });
  });
}

bool PossibleValues::may_be(const Event& w, const Event& r) const {
  if (precedes(program_, r.id, w.id)) return false;  // it comes later
  return w.cell.field == r.cell.field && overlap(w.cell.object, r.cell.object) &&
         overlap(w.cell.index, r.cell.index);
}

std::optional<std::set<Atom>> PossibleValues::of(const Term& t, const Term& guard) const {
  const Values found = values(t, guard);
  if (!found) return std::nullopt;
  std::set<Atom> out;
  for (const auto& [value, through] : *found) out.insert(value);
  return out;
}

std::optional<std::set<Atom>> PossibleValues::of_read(int event) const {
  return of(read_value("", event));
}

bool PossibleValues::together(const std::vector<Term>& conditions) const {
  Term all = term::constant(1);
  for (const Term& c : conditions) all = term::both(all, c);
  const auto found = of(all);
  return !found || std::ranges::any_of(*found, [](Atom a) { return a != 0; });
}

}  // namespace lockstep::orders::litmus::writing
