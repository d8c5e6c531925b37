// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/domains.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "orders/encode/thin_air.hpp"

namespace lockstep::orders {

namespace {

constexpr std::size_t largest_set = 256;

struct TooLarge {};

using Set = std::set<Atom>;

Atom calculate(Op op, std::int64_t a, std::int64_t b) {
  const std::int64_t out = op == Op::add    ? a + b
                           : op == Op::sub  ? a - b
                           : op == Op::mul  ? a * b
                           : op == Op::band ? (a & b)
                           : op == Op::bor  ? (a | b)
                                            : (a ^ b);
  if (out >= first_symbol || out <= -first_symbol) throw TooLarge{};
  return static_cast<Atom>(out);
}

bool small(const Term& t) {
  if (t == nullptr) return true;
  if (t->op == Op::constant) {
    return is_symbol(t->value) || (t->value <= small_number && t->value >= -small_number);
  }
  return std::ranges::all_of(t->args, small);
}

class Flow {
 public:
  explicit Flow(const Program& program)
      : program_{program}, reads_(program.events.size()), sources_(program.events.size()) {
    const std::vector<bool> loose = may_be_undetermined(program);
    const auto ordered = program_order(program);
    for (const Event& r : program.events) {
      if (loose[r.id]) reads_[r.id] = {undetermined};
      if (r.act == Act::srcu_lock) reads_[r.id] = {0, 1};
      if (r.act != Act::read) continue;
      for (const Event& w : program.events) {
        const bool writes = w.act == Act::write && w.id != r.partner && !ordered[r.id][w.id];
        if (writes && !term::is_constant(same_cell(w.cell, r.cell), 0)) {
          sources_[r.id].push_back(w.id);
        }
      }
    }
  }

  Domains run() {
    const auto reads = std::ranges::count(program_.events, Act::read, &Event::act);
    for (long round = 0; round <= reads + 1; ++round) {
      if (!step()) break;
    }
    for (const Program::Final& f : program_.finals) {
      Set& last = finals_[f.value->name];
      for (const Event& w : program_.events) {
        if (w.act == Act::write && !term::is_constant(same_cell(w.cell, f.cell), 0)) {
          last.merge(values(w.value));
        }
      }
    }
    for (const Event& e : program_.events) {
      for (const Term& t : {e.guard, e.value, e.cell.object, e.cell.index}) look(t);
      for (const auto* list : {&e.address, &e.data, &e.control}) {
        for (const Dependency& d : *list) look(d.when);
      }
    }
    for (const Program::Final& f : program_.finals) {
      look(f.cell.object);
      look(f.cell.index);
    }
    for (const Term& a : program_.assumptions) look(a);
    look(program_.forbidden);
    Domains out;
    out.lowest = lowest_;
    out.highest = highest_;
    out.names.assign(names_.begin(), names_.end());
    return out;
  }

 private:
  bool step() {
    bool grown = false;
    std::map<int, Set> written;
    for (const Event& w : program_.events) {
      if (w.act == Act::write) written[w.id] = values(w.value);
    }
    for (const Event& r : program_.events) {
      const std::size_t before = reads_[r.id].size();
      for (const int w : sources_[r.id]) reads_[r.id].insert(written[w].begin(), written[w].end());
      if (reads_[r.id].size() > largest_set) throw TooLarge{};
      grown = grown || reads_[r.id].size() > before;
    }
    return grown;
  }

  void look(const Term& t) {
    if (t != nullptr) values(t);
  }

  void note(Atom a) {
    if (is_symbol(a)) {
      names_.insert(a);
      return;
    }
    lowest_ = std::min(lowest_, a);
    highest_ = std::max(highest_, a);
  }

  Set values(const Term& t) {
    Set out = calculated(t);
    if (out.size() > largest_set) throw TooLarge{};
    for (const Atom a : out) note(a);
    return out;
  }

  Set calculated(const Term& t) {
    switch (t->op) {
      case Op::constant: return {t->value};
      case Op::variable: {
        const auto id = static_cast<std::size_t>(t->value - 1);
        if (t->value == 0) return finals_[t->name];
        return id < reads_.size() ? reads_[id] : Set{};
      }
      case Op::ite: {
        look(t->args[0]);
        Set out = values(t->args[1]);
        out.merge(values(t->args[2]));
        return out;
      }
      case Op::add:
      case Op::sub:
      case Op::band:
      case Op::bor:
      case Op::bxor:
      case Op::mul: {
        const Set left = values(t->args[0]), right = values(t->args[1]);
        Set out;
        for (const Atom a : left) {
          for (const Atom b : right) {
            if (is_symbol(a) || is_symbol(b)) throw TooLarge{};
            out.insert(calculate(t->op, a, b));
          }
          if (out.size() > largest_set) throw TooLarge{};
        }
        return out;
      }
      default:
        for (const Term& arg : t->args) look(arg);
        return {0, 1};
    }
  }

  const Program& program_;
  std::vector<Set> reads_;
  std::vector<std::vector<int>> sources_;
  std::map<std::string, Set> finals_;
  Atom lowest_ = 0, highest_ = 1;
  Set names_;
};

}  // namespace

bool small_numbers(const Program& program) {
  const bool events = std::ranges::all_of(program.events, [](const Event& e) {
    return small(e.value) && small(e.guard) && small(e.cell.object) && small(e.cell.index);
  });
  return events && small(program.forbidden) && std::ranges::all_of(program.assumptions, small);
}

std::optional<Domains> domains_of(const Program& program) {
  if (!program.choices.empty()) return std::nullopt;
  try {
    return Flow{program}.run();
  } catch (const TooLarge&) {
    return std::nullopt;
  }
}

}  // namespace lockstep::orders
