// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/program/event.hpp"

namespace lockstep::orders {

namespace {

void collect(const Term& t, const Term& when, const Program& program,
             std::vector<Dependency>& reads) {
  if (t == nullptr || t->op == Op::constant) return;
  if (t->op == Op::variable) {
    const int id = t->value - 1;
    if (id < 0 || id >= static_cast<int>(program.events.size())) return;  // a choice
    for (const Dependency& known : reads) {
      if (known.read == id && (known.when == nullptr || term::equal(known.when, when))) return;
    }
    reads.push_back({id, when});
    return;
  }
  if (t->op == Op::ite) {
    const auto under = [&when](const Term& c) { return when == nullptr ? c : term::both(when, c); };
    if (t->name.empty()) collect(t->args[0], when, program, reads);  // else a join
    collect(t->args[1], under(t->args[0]), program, reads);
    collect(t->args[2], under(term::negate(t->args[0])), program, reads);
    return;
  }
  for (const Term& arg : t->args) collect(arg, when, program, reads);
}

std::string list(std::string_view name, const std::vector<Dependency>& reads,
                 const Symbols& symbols) {
  std::string out;
  for (const Dependency& d : reads) {
    out += out.empty() ? " " + std::string{name} + "(" : ",";
    out += "#" + std::to_string(d.read + 1);
    if (d.when != nullptr) out += " if " + term::text(d.when, symbols);
  }
  return out.empty() ? out : out + ")";
}

}  // namespace

std::span<const Order> atoms_of(Kind kind) {
  static constexpr Order load[] = {Order::acquire};
  static constexpr Order store[] = {Order::release};
  static constexpr Order fence[] = {Order::rmb, Order::wmb, Order::mb};
  static constexpr Order behind_branch[] = {Order::acquire};
  static constexpr Order rmw[] = {Order::acquire, Order::release, Order::full};
  switch (kind) {
    case Kind::load: return load;
    case Kind::store: return store;
    case Kind::fence: return fence;
    case Kind::ctrl_acquire: return behind_branch;
    case Kind::rmw: return rmw;
    default: return {};
  }
}

std::string_view spoken(const Event& event, Order order) {
  if (event.has(Mark::c11)) {
    if (order == Order::plain) return "non-atomic";
    if (order == Order::once) return "relaxed";
    if (order == Order::full) return "seq_cst";
  }
  return lockstep::name_of(order);
}

std::vector<Dependency> reads_of(const Term& t, const Program& program) {
  std::vector<Dependency> reads;
  collect(t, nullptr, program, reads);
  return reads;
}

Term same_cell(const CellTerm& a, const CellTerm& b) {
  if (a.field != b.field) return term::constant(0);
  const auto same = [](const Term& x, const Term& y) {
    if ((x == nullptr) != (y == nullptr)) return term::constant(0);
    return x == nullptr ? term::constant(1) : term::eq(x, y);
  };
  return term::both(same(a.object, b.object), same(a.index, b.index));
}

bool precedes(const Program& program, int a, int b) {
  const Event& first = program.events[a];
  if (first.thread == initial_thread || first.thread != program.events[b].thread) return false;
  for (int e = program.events[b].previous; e >= a; e = program.events[e].previous) {
    if (e == a) return true;
  }
  return false;
}

std::vector<std::vector<bool>> program_order(const Program& program) {
  std::vector<std::vector<bool>> ordered(program.events.size(),
                                         std::vector<bool>(program.events.size()));
  for (const Event& e : program.events) {
    if (e.thread == initial_thread) continue;
    for (int a = e.previous; a >= 0; a = program.events[a].previous) ordered[a][e.id] = true;
  }
  return ordered;
}

std::string text(const CellTerm& cell, const Symbols& symbols) {
  std::string out = cell.field;
  if (out.empty() && cell.object != nullptr) {  // a variable of a litmus test
    out = (cell.object->op == Op::constant ? "" : "*") + term::text(cell.object, symbols);
  } else if (cell.object != nullptr)
    out += "[" + term::text(cell.object, symbols) + "]";
  if (cell.index != nullptr) out += "[" + term::text(cell.index, symbols) + "]";
  return out;
}

std::string text(const Event& e, const Symbols& symbols) {
  std::string out = "#" + std::to_string(e.id + 1) + " " + e.site + ": " +
                    std::string{name_of(e.act)} + " " + std::string{lockstep::name_of(e.order)};
  if (e.act == Act::read || e.act == Act::write) {
    out += " " + text(e.cell, symbols) + (e.act == Act::read ? " -> " : " = ");
    out += term::text(e.value, symbols);
  }
  if (e.in_rmw && e.partner >= 0) out += " rmw #" + std::to_string(e.partner + 1);
  out += list("addr", e.address, symbols) + list("data", e.data, symbols);
  out += list("ctrl", e.control, symbols);
  if (!term::is_constant(e.guard, 1)) out += " when " + term::text(e.guard, symbols);
  return out;
}

std::string text(const Program& program, const Symbols& symbols) {
  std::string out = program.name + "\n";
  for (int thread = initial_thread; thread < static_cast<int>(program.threads.size()); ++thread) {
    out += (thread < 0 ? "initially" : program.threads[thread]) + "\n";
    for (const Event& e : program.events) {
      if (e.thread == thread) out += "  " + text(e, symbols) + "\n";
    }
  }
  for (const Term& a : program.assumptions) out += "assume " + term::text(a, symbols) + "\n";
  return out + "forbidden " + term::text(program.forbidden, symbols) + "\n";
}

}  // namespace lockstep::orders
