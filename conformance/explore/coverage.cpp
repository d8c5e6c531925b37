// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/coverage.hpp"

#include <deque>
#include <map>

#include "explore/search.hpp"
#include "explore/state_set.hpp"

namespace lockstep {

namespace {

/// What a term may decide by: its comparisons, with the turns that they are.
struct Decision {
  CompiledTerm whole;
  struct Half {
    CompiledTerm answer, otherwise;
    std::size_t if_true, if_false;  ///< turns
  };
  std::vector<Half> halves;
};

/// The turns of one role, by what its automaton consists of.
struct Turns {
  std::vector<std::size_t> of_edge;  ///< by edge
  std::vector<std::size_t> waits;    ///< by node; none where it has no guard
  std::vector<Decision> edges, guards, writes;
};
constexpr std::size_t none = static_cast<std::size_t>(-1);

/// Numbers the turns of the code.
class Numbering {
 public:
  Numbering(const World& world, const std::vector<Automaton>& automata)
      : world_(world), automata_(automata) {
    for (const Automaton& automaton : automata) out_.roles.push_back(automaton.role);
    for (std::size_t r = 0; r < automata.size(); ++r) number(r);
  }
  Coverage coverage() const { return out_; }
  const std::vector<Turns>& turns() const { return turns_; }

 private:
  void number(std::size_t r) {
    const Automaton& a = automata_[r];
    Turns& turns = turns_.emplace_back();
    turns.of_edge.resize(a.edges.size());
    turns.edges.resize(a.edges.size());
    for (std::uint32_t n = 0; n < a.nodes.size(); ++n) {
      const Node& node = a.nodes[n];
      turns.guards.push_back(decision(r, node, node.every ? nullptr : node.guard));
      turns.writes.push_back(decision(r, node, node.writes_if));
      turns.waits.push_back(node.guard == nullptr ? none : turn(r, node, "waits"));
      for (std::size_t e = 0; e < a.edges.size(); ++e) {
        if (a.edges[e].from != n) continue;
        const std::string to = "-> " + a.nodes[a.edges[e].to].name;
        std::string what = to;
        for (unsigned i = 2; numbers_.contains({r, node.name, what}); ++i) {
          what = to + " (" + std::to_string(i) + ")";
        }
        turns.of_edge[e] = turn(r, node, what);
        turns.edges[e] = decision(r, node, a.edges[e].condition, a.edges[e].peeks);
      }
    }
  }

  Decision decision(std::size_t r, const Node& node, const Term& term,
                    const std::vector<Peek>& peeks = {}) {
    Decision out;
    if (term == nullptr) return out;
    const auto compiled = [&](const Term& t) {
      return CompiledTerm(with_values(t, automata_[r]), world_, r);
    };
    out.whole = compiled(term);
    for (const Term& one : term::comparisons(term)) {
      const std::string text = term::text(in_words(one, node, peeks), world_.layout().symbols);
      out.halves.push_back({compiled(one), compiled(term::replace(term, one, term::negate(one))),
                            turn(r, node, text + ": true"), turn(r, node, text + ": false")});
    }
    return out;
  }

  /// What has been read is called as its cell.
  Term in_words(const Term& t, const Node& node, const std::vector<Peek>& peeks) const {
    const Symbols& symbols = world_.layout().symbols;
    return term::substitute(t, [&](const TermNode& variable) -> Term {
      if (variable.name == "@") return term::variable(cell_text(node.cell, symbols));
      for (const std::vector<Peek>* read : {&node.also, &peeks}) {
        for (const Peek& one : *read) {
          if (one.name == variable.name) return term::variable(cell_text(one.cell, symbols));
        }
      }
      return nullptr;
    });
  }

  std::size_t turn(std::size_t r, const Node& node, const std::string& what) {
    const auto [at, fresh] = numbers_.try_emplace({r, node.name, what}, out_.turns.size());
    if (fresh) {
      out_.turns.push_back(
          {automata_[r].role, node.name, what, std::vector<bool>(automata_.size()), false});
    }
    return at->second;
  }

  const World& world_;
  const std::vector<Automaton>& automata_;
  Coverage out_;
  std::vector<Turns> turns_;
  std::map<std::tuple<std::size_t, std::string, std::string>, std::size_t> numbers_;
};

/// Marks what is made while a system takes its steps.
class Marking final : public AutomatonSystem::Onlooker {
 public:
  Marking(const World& world, const std::vector<Automaton>& automata, const Numbering& numbering,
          Coverage& out)
      : world_(world), numbering_(numbering), out_(out) {
    for (std::size_t r = 0; r < automata.size(); ++r) {
      Role& role = roles_.emplace_back();
      for (const Node& node : automata[r].nodes) {
        const CellTerm& cell = node.group.empty() ? node.cell : node.group.front().cell;
        role.objects.emplace_back(cell.object == nullptr ? CompiledTerm()
                                                         : CompiledTerm(cell.object, world, r));
      }
      role.idle.push_back(world.layout().symbols.find(automata[r].nodes[automata[r].start].name));
      for (const std::string& rest : world.spec().roles[r].rests) {
        role.idle.push_back(world.layout().symbols.find(rest));
      }
      for (const auto& local : world.spec().roles[r].locals) {
        if (local.sort == Sort::name) role.locals.push_back(world.local(r, local.name).base);
      }
    }
  }

 private:
  void at(const World::Task& task, std::uint32_t n, const StepValues& values, bool waits) override {
    company_of(task, n, values);
    const Turns& turns = numbering_.turns()[task.role];
    if (waits && turns.waits[n] != none) mark(turns.waits[n]);
    decide(turns.guards[n], values);
    if (!waits) decide(turns.writes[n], values);
  }
  void edge(const World::Task& task, std::size_t e, const StepValues& values, bool taken) override {
    const Turns& turns = numbering_.turns()[task.role];
    if (taken) mark(turns.of_edge[e]);
    decide(turns.edges[e], values);
  }

  void decide(const Decision& decision, const StepValues& values) {
    if (decision.halves.empty()) return;
    const bool whole = decision.whole(values) != 0;
    for (const Decision::Half& half : decision.halves) {
      if ((half.otherwise(values) != 0) == whole) continue;
      mark(half.answer(values) != 0 ? half.if_true : half.if_false);
    }
  }

  void mark(std::size_t turn) {
    Turn& made = out_.turns[turn];
    made.made = true;
    for (std::size_t r = 0; r < company_.size(); ++r) {
      if (company_[r]) made.with[r] = true;
    }
  }

  void company_of(const World::Task& task, std::uint32_t n, const StepValues& values) {
    company_.assign(roles_.size(), false);
    const CompiledTerm& term = roles_[task.role].objects[n];
    const Atom object = term.empty() ? null_atom : term(values);
    for (const World::Task& other : world_.tasks()) {
      if (other.name == task.name || company_[other.role]) continue;
      const Role& role = roles_[other.role];
      if (std::ranges::find(role.idle, values.state[other.pc]) != role.idle.end()) continue;
      company_[other.role] = object == null_atom || other.name == object ||
                             std::ranges::any_of(role.locals, [&](std::size_t base) {
                               return values.state[base + other.index] == object;
                             });
    }
  }

  struct Role {
    std::vector<CompiledTerm> objects;  ///< by node: what its site is about
    std::vector<Atom> idle;
    std::vector<std::size_t> locals;  ///< slots of its first task's
  };
  const World& world_;
  const Numbering& numbering_;
  Coverage& out_;
  std::vector<Role> roles_;
  std::vector<bool> company_;
};

/// Walks over all states.
class Walk final : public System::Visitor {
 public:
  Walk(AutomatonSystem& system) : system_(system), identity_(system.world().layout()) {}

  std::uint64_t run(const std::function<void(std::uint64_t)>& on_progress) {
    std::vector<std::byte> here(system_.snapshot_bytes());
    system_.initial(here.data());
    enter();
    std::uint64_t states = 0;
    for (; !queue_.empty(); ++states) {
      if (on_progress && states % 4096 == 0) on_progress(states);
      here = std::move(queue_.front());
      queue_.pop_front();
      system_.expand(here.data(), *this);
    }
    return states;
  }

 private:
  void enter() {
    if (!known_.insert(identity_(system_.state()))) return;
    system_.save(queue_.emplace_back(system_.snapshot_bytes()).data());
  }
  void step(const Step&) override { enter(); }
  void fault(const Step&, const std::string&) override {}

  AutomatonSystem& system_;
  StateIdentity identity_;
  StateSet known_;
  std::deque<std::vector<std::byte>> queue_;
};

}  // namespace

std::string Coverage::text(const Turn& turn) {
  return turn.role + " " + turn.site + " " + turn.what;
}

Coverage cover(const World& world, const std::vector<Automaton>& automata,
               const std::function<void(std::uint64_t)>& on_progress) {
  AutomatonSystem system(world, automata);
  const Numbering numbering(system.world(), automata);
  Coverage out = numbering.coverage();
  Marking marking(system.world(), automata, numbering, out);
  system.tell(&marking);
  out.states = Walk(system).run(on_progress);
  return out;
}

}  // namespace lockstep
