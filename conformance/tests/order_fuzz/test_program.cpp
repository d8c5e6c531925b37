// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/program/builder.hpp"
#include "tests/order_fuzz/generator.hpp"

namespace lockstep::orders::fuzz {

namespace {

using Does = Statement::Does;

/// All cells are elements of one array, so that an address may depend on what was read.
CellTerm cell_at(Term index) {
  return {"", "v", nullptr, std::move(index)};
}

class Maker {
 public:
  explicit Maker(const Test& test) : test_{test} {
    program_.name = "test " + std::to_string(test.seed);
  }

  Program make() {
    for (std::size_t c = 0; c < test_.cells.size(); ++c) {
      initially(program_, cell_at(term::constant(static_cast<Atom>(c))),
                term::constant(test_.cells[c]));
    }
    registers_.resize(test_.threads.size());
    for (std::size_t t = 0; t < test_.threads.size(); ++t) {
      ThreadBuilder thread{program_, "P" + std::to_string(t)};
      registers_[t].resize(test_.threads[t].size());
      for (std::size_t i = 0; i < test_.threads[t].size(); ++i) statement(thread, t, i);
    }
    Term all = term::constant(1);
    for (const Literal& l : test_.literals) all = term::both(all, holds(l));
    program_.forbidden = test_.negated ? term::negate(all) : all;
    return std::move(program_);
  }

 private:
  static Term masked(Term start, const std::optional<Flow>& flow, const std::vector<Term>& regs) {
    if (!flow) return start;
    return term::add(term::make(Op::band, {regs[flow->reg], term::constant(flow->mask)}), start);
  }

  void statement(ThreadBuilder& thread, std::size_t t, std::size_t i) {
    const Statement& s = test_.threads[t][i];
    std::vector<Term>& regs = registers_[t];
    Term guard = term::constant(1);
    for (const Condition& c : s.bodies) {
      const Op op = c.equal ? Op::eq : Op::ne;
      const Term holds = term::make(op, {regs[c.reg], term::constant(c.value)});
      thread.enter(holds);
      guard = term::both(guard, holds);
    }
    const Term read =
        perform(thread, s, regs, std::string{s.reads() ? "R" : "S"} + std::to_string(i));
    for (std::size_t b = 0; b < s.bodies.size(); ++b) thread.leave();
    if (read != nullptr) regs[i] = term::join(guard, read, term::constant(0));
  }

  /// The value that it reads, or null.
  static Term perform(ThreadBuilder& thread, const Statement& s, const std::vector<Term>& regs,
                      const std::string& site) {
    const Term old = term::variable("@"), value = term::constant(s.value);
    const CellTerm cell =
        s.accesses() ? cell_at(masked(term::constant(s.cell), s.address, regs)) : CellTerm{};
    switch (s.does) {
      case Does::read: return thread.read(site, cell, s.order);
      case Does::write: thread.write(site, cell, masked(value, s.data, regs), s.order); break;
      case Does::exchange: return thread.rmw(site, cell, s.order, value);
      case Does::add: return thread.rmw(site, cell, s.order, term::add(old, value));
      case Does::compare_exchange:
        return thread.rmw(site, cell, s.order, value, term::eq(old, term::constant(s.expected)));
      case Does::fence: thread.fence(site, s.order); break;
      case Does::rcu_lock: thread.rcu_lock(site); break;
      case Does::rcu_unlock: thread.rcu_unlock(site); break;
      case Does::grace: thread.grace(site); break;
    }
    return nullptr;
  }

  Term holds(const Literal& l) {
    const Term value = term::constant(l.value);
    if (l.thread) return term::eq(registers_[*l.thread][l.what], value);
    const Term last = term::variable("v" + std::to_string(l.what));
    program_.finals.push_back({cell_at(term::constant(static_cast<Atom>(l.what))), last});
    return term::eq(last, value);
  }

  const Test& test_;
  Program program_;
  std::vector<std::vector<Term>> registers_;
};

std::string text(const Statement& s, std::size_t index) {
  const auto flow = [](const std::optional<Flow>& f) {
    return f ? "(r" + std::to_string(f->reg) + " & " + std::to_string(f->mask) + ") + " : "";
  };
  std::string out;
  for (const Condition& c : s.bodies) {
    out += "if (r" + std::to_string(c.reg) + (c.equal ? " == " : " != ") + std::to_string(c.value) +
           ") ";
  }
  if (s.reads()) out += "r" + std::to_string(index) + " = ";
  constexpr const char* names[] = {"read",  "write",    "xchg",       "fetch_add",      "cmpxchg",
                                   "fence", "rcu_lock", "rcu_unlock", "synchronize_rcu"};
  out += names[static_cast<int>(s.does)];
  if (s.order != Order::none) out += "_" + std::string{name_of(s.order)};
  if (!s.accesses()) return out;
  out += " v[" + flow(s.address) + std::to_string(s.cell) + "]";
  if (s.does == Does::compare_exchange) out += ", " + std::to_string(s.expected);
  if (s.writes()) out += ", " + flow(s.data) + std::to_string(s.value);
  return out;
}

}  // namespace

Program program_of(const Test& test) {
  return Maker{test}.make();
}

std::string text(const Test& test) {
  std::string out = "test " + std::to_string(test.seed) + "\nv = {";
  for (std::size_t c = 0; c < test.cells.size(); ++c) {
    out += (c > 0 ? ", " : "") + std::to_string(test.cells[c]);
  }
  out += "}\n";
  for (std::size_t t = 0; t < test.threads.size(); ++t) {
    out += "P" + std::to_string(t) + ":\n";
    for (std::size_t i = 0; i < test.threads[t].size(); ++i) {
      out += "  " + text(test.threads[t][i], i) + "\n";
    }
  }
  out += test.negated ? "exists not (" : "exists (";
  for (std::size_t l = 0; l < test.literals.size(); ++l) {
    const Literal& it = test.literals[l];
    out += (l > 0 ? " and " : "");
    out += it.thread ? std::to_string(*it.thread) + ":r" + std::to_string(it.what)
                     : "v[" + std::to_string(it.what) + "]";
    out += " = " + std::to_string(it.value);
  }
  return out + ")\n";
}

}  // namespace lockstep::orders::fuzz
