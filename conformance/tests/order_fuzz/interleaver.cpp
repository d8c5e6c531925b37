// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/order_fuzz/interleaver.hpp"

#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <tuple>

namespace lockstep::orders::fuzz {

namespace {

using Value = std::optional<Atom>;  ///< absent: of a read that has not happened
using Place = std::tuple<std::string, Value, Value>;

struct Thread {
  std::size_t next = 0;       ///< into its events
  int section = -1;           ///< the open outermost RCU lock
  bool waits = false;         ///< in a grace period, for
  std::vector<int> sections;  ///< these, by thread
  auto operator<=>(const Thread&) const = default;
};

struct State {
  std::vector<Thread> threads;
  std::vector<Value> values;  ///< by event, of reads
  std::map<Place, Atom> memory;
  auto operator<=>(const State&) const = default;
};

class Interleaver {
 public:
  explicit Interleaver(const Program& program) : program_{program} {
    if (!program.choices.empty()) throw std::invalid_argument{"a free choice"};
    State start;
    start.values.resize(program.events.size());
    start.threads.resize(program.threads.size());
    events_.resize(program.threads.size());
    for (const Event& e : program.events) {
      if (e.thread != initial_thread) {
        events_[static_cast<std::size_t>(e.thread)].push_back(&e);
      } else {
        start.memory[place(e.cell, start)] = demand(e.value, start);
      }
    }
    for (const auto& [where, value] : start.memory) initialised_.insert(where);
    visit(std::move(start));
  }

  Observed result() const {
    if (holds_ && fails_) return Observed::sometimes;
    if (strays_ || (!holds_ && !fails_)) return Observed::unknown;
    return holds_ ? Observed::always : Observed::never;
  }

 private:
  /// Null where it takes a read that has not happened. Logic needs only one side that decides.
  Value value(const Term& t, const State& s) const {
    if (t->op == Op::constant) return t->value;
    if (t->op == Op::variable) {
      if (t->value > 0) return s.values.at(static_cast<std::size_t>(t->value) - 1);
      const auto final = finals_.find(t->name);
      return final == finals_.end() ? Value{} : final->second;
    }
    if (t->op == Op::ite) {
      const Value c = value(t->args[0], s);
      return c ? value(t->args[*c != 0 ? 1 : 2], s) : Value{};
    }
    const bool logic = t->op == Op::logical_and || t->op == Op::logical_or;
    const Atom decides = t->op == Op::logical_or;
    std::vector<Term> known;
    for (const Term& arg : t->args) {
      const Value v = value(arg, s);
      if (logic && v && (*v != 0) == decides) return decides;
      if (v) known.push_back(term::constant(*v));
    }
    if (known.size() < t->args.size()) return {};
    return term::make(t->op, known)->value;
  }

  Atom demand(const Term& t, const State& s) const {
    if (const Value v = value(t, s)) return *v;
    throw std::invalid_argument{program_.name + " looks at a read that did not happen"};
  }

  Place place(const CellTerm& cell, const State& s) const {
    const auto part = [&](const Term& t) { return t == nullptr ? Value{} : demand(t, s); };
    return {cell.field, part(cell.object), part(cell.index)};
  }

  void visit(State s) {
    skip_what_nobody_sees(s);
    if (!seen_.insert(s).second) return;
    bool ended = true;
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      if (s.threads[t].next == events_[t].size()) continue;
      ended = false;
      step(s, t);
    }
    if (ended) end(s);
  }

  /// Fences, and what lies in bodies that are not entered.
  void skip_what_nobody_sees(State& s) const {
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      for (std::size_t& at = s.threads[t].next; at < events_[t].size(); ++at) {
        const Event& e = *events_[t][at];
        if (e.act != Act::fence && demand(e.guard, s) != 0) break;
      }
    }
  }

  void step(State s, std::size_t t) {
    const Event& e = *events_[t][s.threads[t].next];
    Thread& me = s.threads[t];
    switch (e.act) {
      case Act::read:
        if (!read(s, e)) return;
        if (e.in_rmw) {
          ++me.next;
          const Event& half = program_.events[static_cast<std::size_t>(e.partner)];
          if (demand(half.guard, s) != 0) write(s, half);
        }
        break;
      case Act::write: write(s, e); break;
      case Act::rcu_lock:
        if (me.section < 0) me.section = e.id;
        break;
      case Act::rcu_unlock:
        if (e.partner == me.section) me.section = -1;
        break;
      case Act::grace:
        if (!me.waits) {
          begin_grace(s, me);
          return;
        }
        for (std::size_t u = 0; u < me.sections.size(); ++u) {
          if (me.sections[u] >= 0 && me.sections[u] == s.threads[u].section) return;
        }
        me.waits = false;
        me.sections.clear();
        break;
      default: throw std::invalid_argument{std::string{name_of(e.act)} + " is not interleaved"};
    }
    ++me.next;
    visit(std::move(s));
  }

  void begin_grace(State& s, Thread& me) {
    me.waits = true;
    for (const Thread& other : s.threads) me.sections.push_back(other.section);
    visit(std::move(s));
  }

  bool read(State& s, const Event& e) {
    const Place where = place(e.cell, s);
    if (!initialised_.contains(where)) {
      strays_ = true;
      return false;
    }
    s.values[static_cast<std::size_t>(e.id)] = s.memory.at(where);
    return true;
  }

  void write(State& s, const Event& e) { s.memory[place(e.cell, s)] = demand(e.value, s); }

  void end(const State& s) {
    for (const Program::Final& f : program_.finals) {
      finals_[f.value->name] = s.memory.at(place(f.cell, s));
    }
    bool counts = true;
    for (const Term& a : program_.assumptions) counts = counts && demand(a, s) != 0;
    if (counts) (demand(program_.forbidden, s) != 0 ? holds_ : fails_) = true;
    finals_.clear();
  }

  const Program& program_;
  std::vector<std::vector<const Event*>> events_;  ///< by thread, in program order
  std::set<Place> initialised_;
  std::map<std::string, Atom> finals_;
  std::set<State> seen_;
  bool holds_ = false, fails_ = false, strays_ = false;
};

}  // namespace

Observed interleave(const Program& program) {
  return Interleaver{program}.result();
}

}  // namespace lockstep::orders::fuzz
