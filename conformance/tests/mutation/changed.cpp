// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <functional>

#include "edges.hpp"
#include "mutants.hpp"

namespace lockstep::testing {

namespace {

/// A term with what it becomes by one mistake, in words.
using Changed = std::vector<std::pair<std::string, Term>>;

Term plus(const Term& t, Atom by) {
  return term::add(t, term::constant(by));
}

/// Where there is a term, with its comparison replaced.
void put(Term& in, const Term& comparison, const Term& by) {
  if (in != nullptr) in = term::replace(in, comparison, by);
}

class Mistakes {
 public:
  Mistakes(const World& world, const std::vector<Automaton>& automata)
      : world_(world), automata_(automata) {}

  std::vector<Mutant> made() && {
    for (role_ = 0; role_ < automata_.size(); ++role_) {
      const Automaton& automaton = automata_[role_];
      for (std::uint32_t n = 0; n < automaton.nodes.size(); ++n) {
        if (automaton.nodes[n].type == Node::Type::fence) continue;
        in_node(n);
        in_decisions(n);
      }
      for (std::size_t e = 0; e < automaton.edges.size(); ++e) in_updates(e);
    }
    return std::move(out_);
  }

 private:
  Automaton& add(const std::string& what) {
    return out_.emplace_back(Mutant{"change " + what, automata_}).automata[role_];
  }
  bool is_number(const Term& t) const {
    if (t->op == Op::variable) return automata_[role_].parameters.contains(t->name);
    return t->op == Op::add || t->op == Op::sub || t->op == Op::mul ||
           (t->op == Op::constant && !is_symbol(t->value));
  }

  /// A comparison that always or never holds, or whose bound is beside the right one.
  Changed comparisons_for(const Term& t) const {
    Changed out{{"holds", term::constant(1)}, {"fails", term::constant(0)}};
    const Term &a = t->args[0], &b = t->args[1];
    if (t->op == Op::lt) out.emplace_back("<=", term::le(a, b));
    if (t->op == Op::le) out.emplace_back("<", term::lt(a, b));
    if (t->op == Op::eq && (is_number(a) || is_number(b))) {
      out.emplace_back("<=", term::le(a, b));
      out.emplace_back(">=", term::le(b, a));
    }
    if (t->op != Op::eq || is_number(b)) {
      out.emplace_back("of one more", term::make(t->op, {a, plus(b, 1)}));
      out.emplace_back("of one less", term::make(t->op, {a, plus(b, -1)}));
    }
    return out;
  }

  std::string text(const Term& t) const { return term::text(t, world_.layout().symbols); }

  /// What may stand for a value: a number beside it, another local of its kind, nothing.
  Changed values_for(const Term& t) const {
    Changed out;
    if (is_number(t)) {
      out.emplace_back(text(plus(t, 1)), plus(t, 1));
      out.emplace_back(text(plus(t, -1)), plus(t, -1));
    }
    if (t->op == Op::constant && (t->value == 0 || t->value == 1)) {
      // Of a truth value both are the other one.
      out = {{text(term::constant(1 - t->value)), term::constant(1 - t->value)}};
    }
    if (t->op != Op::variable) return out;
    const auto& locals = world_.spec().roles[role_].locals;
    const auto known = [&](const std::string& name) -> const WorldSpec::Local* {
      for (const auto& local : locals) {
        if (local.name == name) return &local;
      }
      return nullptr;
    };
    const WorldSpec::Local* self = known(t->name);
    if (self == nullptr) return out;
    for (const auto& local : locals) {
      if (local.name == self->name || local.sort != self->sort || local.values != self->values)
        continue;
      out.emplace_back(local.name, term::variable(local.name));
    }
    return out;
  }

  void in_cell(const CellTerm& cell, const std::string& where,
               const std::function<CellTerm&(Automaton&)>& at) {
    for (const bool index : {false, true}) {
      const Term& t = index ? cell.index : cell.object;
      if (t == nullptr) continue;
      for (const auto& [words, by] : values_for(t)) {
        CellTerm& changed = at(add(where + cell.field + " of " + words + ", not " + text(t)));
        (index ? changed.index : changed.object) = by;
      }
    }
  }

  void in_node(std::uint32_t n) {
    const Node& node = automata_[role_].nodes[n];
    const std::string where = node.name + ": ";
    in_cell(node.cell, where, [n](Automaton& a) -> CellTerm& { return a.nodes[n].cell; });
    if (node.new_value != nullptr) {
      for (const auto& [words, by] : values_for(node.new_value)) {
        add(where + "writes " + words).nodes[n].new_value = by;
      }
    }
    for (std::size_t i = 0; i < node.also.size(); ++i) {
      in_cell(node.also[i].cell, where,
              [n, i](Automaton& a) -> CellTerm& { return a.nodes[n].also[i].cell; });
    }
    for (std::size_t i = 0; i < node.group.size(); ++i) {
      const GroupWrite& write = node.group[i];
      in_cell(write.cell, where,
              [n, i](Automaton& a) -> CellTerm& { return a.nodes[n].group[i].cell; });
      for (const auto& [words, by] : values_for(write.value)) {
        add(where + write.cell.field + " is " + words).nodes[n].group[i].value = by;
      }
      auto& group = add(where + write.cell.field + " is left as it was").nodes[n].group;
      group.erase(group.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

  /// All that hangs on a comparison does so alike: the site itself, and the ways behind it.
  void in_decisions(std::uint32_t n) {
    const Automaton& automaton = automata_[role_];
    const Node& node = automaton.nodes[n];
    std::vector<Term> comparisons;
    const auto collect = [&](const Term& t) {
      if (t == nullptr) return;
      for (const Term& one : term::comparisons(t)) {
        const auto same = [&](const Term& known) { return term::equal(known, one); };
        if (std::ranges::none_of(comparisons, same)) comparisons.push_back(one);
      }
    };
    collect(node.guard);
    collect(node.writes_if);
    for (const std::size_t e : edges_from(automaton, n)) collect(automaton.edges[e].condition);
    for (const Term& one : comparisons) {
      for (const auto& [words, by] : comparisons_for(one)) {
        Automaton& changed = add(node.name + ": " + text(one) + " " + words);
        Node& site = changed.nodes[n];
        put(site.guard, one, by);
        put(site.writes_if, one, by);
        for (const std::size_t e : edges_from(automaton, n)) {
          AutomatonEdge& edge = changed.edges[e];
          put(edge.condition, one, by);
          for (Peek& peek : edge.peeks) put(peek.when, one, by);
          for (AutomatonEdge::Update& update : edge.updates) put(update.value, one, by);
        }
      }
    }
  }

  void in_updates(std::size_t e) {
    const AutomatonEdge& edge = automata_[role_].edges[e];
    const Automaton& automaton = automata_[role_];
    const std::string where =
        automaton.nodes[edge.from].name + " -> " + automaton.nodes[edge.to].name + ": ";
    for (std::size_t i = 0; i < edge.updates.size(); ++i) {
      const AutomatonEdge::Update& update = edge.updates[i];
      auto& updates = add(where + update.local + " stays").edges[e].updates;
      updates.erase(updates.begin() + static_cast<std::ptrdiff_t>(i));
      for (const auto& [words, by] : values_for(update.value)) {
        add(where + update.local + " is " + words).edges[e].updates[i].value = by;
      }
    }
    for (std::size_t i = 0; i < edge.peeks.size(); ++i) {
      in_cell(edge.peeks[i].cell, where,
              [e, i](Automaton& a) -> CellTerm& { return a.edges[e].peeks[i].cell; });
    }
  }

  const World& world_;
  const std::vector<Automaton>& automata_;
  std::size_t role_ = 0;
  std::vector<Mutant> out_;
};

}  // namespace

std::vector<Mutant> changed_terms(const World& world, const std::vector<Automaton>& automata) {
  return Mistakes(world, automata).made();
}

}  // namespace lockstep::testing
