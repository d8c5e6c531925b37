// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "orders/litmus/writing/form.hpp"
#include "orders/litmus/writing/terms.hpp"

namespace lockstep::orders::litmus::writing {

namespace {

bool is_choice(const Program& p, const Term& t) {
  return t->op == Op::variable && t->value == 0 &&
         std::ranges::any_of(p.choices, [&t](const Term& c) { return c->name == t->name; });
}

/// Calls `f` for each term of the program.
void each_term(const Program& p, const std::function<void(const Term&)>& f) {
  for (const Event& e : p.events) {
    for (const Term& t : {e.cell.object, e.cell.index, e.value, e.guard}) f(t);
  }
  for (const Term& a : p.assumptions) f(a);
  f(p.forbidden);
}

struct Way {
  Atom choice;
  Term condition;
};

/// The ways among which `choice` decides, if an assumption lists them all: `choice = 0` with one
/// condition, `choice = 1` with another.
std::vector<Way> ways_of(const Program& p, const Term& choice) {
  const auto is_me = [&choice](const Term& t) { return term::equal(t, choice); };
  for (const Term& a : p.assumptions) {
    std::vector<Way> ways;
    for (const Term& d : disjuncts(a)) {
      Way way{0, term::constant(1)};
      bool mine = false;
      for (const Term& c : conjuncts(d)) {
        if (c->op == Op::eq && is_me(c->args[0]) && c->args[1]->op == Op::constant) {
          way.choice = c->args[1]->value;
          mine = true;
        } else {
          way.condition = term::both(way.condition, c);
        }
      }
      if (mine) ways.push_back(std::move(way));
    }
    if (!ways.empty()) return ways;
  }
  return {};
}

}  // namespace

PossibleValues::Domains domains_of(const Program& p) {
  PossibleValues::Domains domains;
  Atom most = 1;
  const std::function<void(const Term&)> visit = [&](const Term& t) {
    if (t == nullptr) return;
    if (is_choice(p, t)) {
      throw Unwritable{t->name + ": a litmus test cannot say a choice that is more than compared"};
    }
    if (t->op == Op::constant && !is_symbol(t->value)) most = std::max(most, t->value);
    const bool compares = (t->op == Op::eq || t->op == Op::ne) && is_choice(p, t->args[0]) &&
                          t->args[1]->op == Op::constant;
    if (compares) {
      domains[t->args[0]->name].insert(t->args[1]->value);
      visit(t->args[1]);
    } else {
      for (const Term& arg : t->args) visit(arg);
    }
  };
  each_term(p, visit);
  // Something else than all that it is compared with.
  for (auto& [name, values] : domains) values.insert(most + 1);
  return domains;
}

void decide_edges(Program& p) {
  const std::vector<Term> choices = p.choices;
  for (const Term& choice : choices) {
    const std::vector<Way> ways = ways_of(p, choice);
    const PossibleValues possible{p, {}};
    bool exclusive = !ways.empty();
    for (std::size_t i = 0; i < ways.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        exclusive = exclusive && !possible.together({ways[i].condition, ways[j].condition});
      }
    }
    if (!exclusive) continue;
    rewrite(p, [&](const Term& whole) {
      return rewrite(whole, [&](const Term& t) {
        if ((t->op != Op::eq && t->op != Op::ne) || !term::equal(t->args[0], choice)) return Term{};
        for (const Way& w : ways) {
          if (!term::is_constant(t->args[1], w.choice)) continue;
          return t->op == Op::eq ? w.condition : term::negate(w.condition);
        }
        return term::constant(t->op == Op::ne);
      });
    });
    std::erase_if(p.choices, [&choice](const Term& c) { return term::equal(c, choice); });
  }
}

}  // namespace lockstep::orders::litmus::writing
