// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "mistakes.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "tests/mutation/edges.hpp"

namespace lockstep::testing {

namespace {

struct Change {
  std::string what;
  Term term;
};

/// A term with one mistake in it.
class Changes {
 public:
  Changes(const Symbols& symbols, const std::vector<Automaton>& automata) : symbols_(symbols) {
    for (const Automaton& automaton : automata) {
      for (const auto& [name, value] : automaton.parameters) parameters_.insert(name);
    }
  }

  std::vector<Change> of(const Term& term) const {
    std::vector<Change> out;
    if (term == nullptr) return out;
    const auto becomes = [&](Term other) {
      out.push_back({text(term) + " becomes " + text(other), std::move(other)});
    };
    switch (term->op) {
      case Op::constant:
        if (is_symbol(term->value)) break;
        becomes(term::constant(term->value + 1));
        becomes(term::constant(term->value - 1));
        break;
      case Op::lt: becomes(remade(Op::le, term)); break;
      case Op::le: becomes(remade(Op::lt, term)); break;
      case Op::eq: becomes(remade(Op::ne, term)); break;
      case Op::ne: becomes(remade(Op::eq, term)); break;
      case Op::add: becomes(remade(Op::sub, term)); break;
      case Op::sub: becomes(remade(Op::add, term)); break;
      case Op::logical_and:
      case Op::logical_or:
        becomes(term->args[0]);
        becomes(term->args[1]);
        becomes(remade(term->op == Op::logical_and ? Op::logical_or : Op::logical_and, term));
        break;
      case Op::variable:
        if (parameters_.contains(term->name)) {
          becomes(term::add(term, term::constant(1)));
          becomes(term::sub(term, term::constant(1)));
        }
        break;
      default: break;
    }
    for (std::size_t i = 0; i < term->args.size(); ++i) {
      for (Change& change : of(term->args[i])) {
        std::vector<Term> args = term->args;
        args[i] = std::move(change.term);
        out.push_back({std::move(change.what), term::make(term->op, std::move(args))});
      }
    }
    return out;
  }

 private:
  std::string text(const Term& term) const { return term::text(term, symbols_); }
  static Term remade(Op op, const Term& term) { return term::make(op, term->args); }

  const Symbols& symbols_;
  std::set<std::string> parameters_;
};

class Maker {
 public:
  Maker(const World& world, const std::vector<Automaton>& automata)
      : world_(world), automata_(automata), changes_(world.layout().symbols, automata) {}

  std::vector<Mutant> run() {
    for (role_ = 0; role_ < automata_.size(); ++role_) {
      for (std::size_t n = 0; n < automata_[role_].nodes.size(); ++n) of_node(n);
      for (std::size_t e = 0; e < automata_[role_].edges.size(); ++e) of_edge(e);
    }
    return std::move(out_);
  }

 private:
  void add(const std::string& name, const std::function<void(Automaton&)>& change) {
    Mutant mutant{name, automata_};
    change(mutant.automata[role_]);
    if (const int n = ++named_[name]; n > 1) mutant.name += " (" + std::to_string(n) + ")";
    out_.push_back(std::move(mutant));
  }
  /// Every mistake in a term, which `at` finds in an automaton.
  void of_term(const std::string& where, const std::function<Term&(Automaton&)>& at) {
    Automaton usual = automata_[role_];
    const Term term = at(usual);
    for (const Change& change : changes_.of(term)) {
      add(where + ": " + change.what, [&](Automaton& a) { at(a) = change.term; });
    }
  }
  void of_condition(const std::string& where, const std::function<Term&(Automaton&)>& at) {
    Automaton usual = automata_[role_];
    const Term term = at(usual);
    if (term == nullptr) return;
    add(where + ": left out", [&](Automaton& a) { at(a) = nullptr; });
    add(where + ": negated", [&](Automaton& a) { at(a) = term::negate(term); });
    of_term(where, at);
  }

  void of_node(std::size_t n) {
    const Node& node = automata_[role_].nodes[n];
    if (node.type != Node::Type::site) return;
    const auto here = [n](Automaton& a) -> Node& { return a.nodes[n]; };
    of_condition(node.name + " is enabled", [=](Automaton& a) -> Term& { return here(a).guard; });
    of_condition(node.name + " writes if",
                 [=](Automaton& a) -> Term& { return here(a).writes_if; });
    const World::Cells* cells = world_.find_field(node.cell.field);
    if (node.new_value != nullptr) {
      of_term(node.name + " writes", [=](Automaton& a) -> Term& { return here(a).new_value; });
      const bool store = node.kind == Kind::store;
      add(node.name + " writes nothing",
          [&](Automaton& a) { here(a).new_value = store ? term::variable("@") : nullptr; });
      if (cells != nullptr && cells->sort == Sort::integer) {
        for (const int by : {1, -1}) {
          add(node.name + " writes " + std::to_string(by) + " more", [&](Automaton& a) {
            here(a).new_value = term::add(node.new_value, term::constant(by));
          });
        }
      }
    }
    for (std::size_t w = 0; w < node.group.size(); ++w) {
      const std::string where = node.name + " " + node.group[w].cell.field;
      add(where + ": not written", [&](Automaton& a) {
        auto& group = here(a).group;
        group.erase(group.begin() + static_cast<std::ptrdiff_t>(w));
      });
      of_term(where, [=](Automaton& a) -> Term& { return here(a).group[w].value; });
    }
    of_object(node.name, [=](Automaton& a) -> CellTerm& { return here(a).cell; });
    for (std::size_t i = 0; i < node.also.size(); ++i) {
      of_object(node.name + " also",
                [=](Automaton& a) -> CellTerm& { return here(a).also[i].cell; });
    }
  }

  /// Another local that names an object of the same kind.
  void of_object(const std::string& where, const std::function<CellTerm&(Automaton&)>& at) {
    Automaton usual = automata_[role_];
    const CellTerm cell = at(usual);
    if (cell.object == nullptr || cell.object->op != Op::variable) return;
    for (const auto& local : world_.spec().roles[role_].locals) {
      if (local.values != cell.kind || local.name == cell.object->name) continue;
      add(where + " of " + local.name,
          [&](Automaton& a) { at(a).object = term::variable(local.name); });
    }
  }

  void of_edge(std::size_t e) {
    const Automaton& automaton = automata_[role_];
    const AutomatonEdge& edge = automaton.edges[e];
    const std::string name =
        automaton.nodes[edge.from].name + " -> " + automaton.nodes[edge.to].name;
    const auto here = [e](Automaton& a) -> AutomatonEdge& { return a.edges[e]; };
    of_condition(name + " if", [=](Automaton& a) -> Term& { return here(a).condition; });
    for (std::size_t u = 0; u < edge.updates.size(); ++u) {
      const std::string where = name + " " + edge.updates[u].local;
      add(where + ": not updated", [&](Automaton& a) {
        auto& updates = here(a).updates;
        updates.erase(updates.begin() + static_cast<std::ptrdiff_t>(u));
      });
      of_term(where, [=](Automaton& a) -> Term& { return here(a).updates[u].value; });
    }
    bool alone = true;
    for (const AutomatonEdge& other : automaton.edges) {
      if (other.from != edge.from || &other == &edge) continue;
      alone = false;
      if (other.to == edge.to || !knows(edge, automaton.nodes[other.to])) continue;
      add(name + ": goes to " + automaton.nodes[other.to].name,
          [&](Automaton& a) { here(a).to = other.to; });
    }
    if (!alone) {
      add(name + ": never",
          [e](Automaton& a) { a.edges.erase(a.edges.begin() + static_cast<std::ptrdiff_t>(e)); });
    }
  }

  /// Has the edge chosen all that the site mentions?
  static bool knows(const AutomatonEdge& edge, const Node& site) {
    return std::ranges::all_of(names_in(site), [&](const std::string& name) {
      const auto is = [&](const auto& known) { return known.name == name; };
      return !is_of_step(name) || std::ranges::any_of(edge.choices, is) ||
             std::ranges::any_of(edge.peeks, is);
    });
  }

  const World& world_;
  const std::vector<Automaton>& automata_;
  Changes changes_;
  std::size_t role_ = 0;
  std::map<std::string, int> named_;
  std::vector<Mutant> out_;
};

}  // namespace

std::vector<Mutant> mistakes(const World& world, const std::vector<Automaton>& automata) {
  const std::vector<Automaton> usual = without_fences(automata);
  std::vector<Mutant> out = Maker(world, usual).run();
  for (Mutant& mutant : skipped_sites(usual)) out.push_back(std::move(mutant));
  for (Mutant& mutant : moved_sites(usual)) out.push_back(std::move(mutant));
  const auto circles = [](const Automaton& a) { return !circle(a).empty(); };
  std::erase_if(out, [&](const Mutant& m) { return std::ranges::any_of(m.automata, circles); });
  return out;
}

}  // namespace lockstep::testing
