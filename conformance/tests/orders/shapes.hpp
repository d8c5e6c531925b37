// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "orders/encode/encode.hpp"
#include "orders/encode/races.hpp"
#include "orders/program/builder.hpp"

namespace lockstep::orders {

inline Term number(Atom value) {
  return term::constant(value);
}
inline Term equals(const Term& t, Atom value) {
  return term::eq(t, number(value));
}
inline Term all(std::initializer_list<Term> terms) {
  Term out = number(1);
  for (const Term& t : terms) out = term::both(out, t);
  return out;
}

/// A program over shared variables that are 0 at the start.
inline Program program(const std::string& name, std::initializer_list<const char*> cells) {
  Program p;
  p.name = name;
  for (const char* cell : cells) initially(p, shared(cell), number(0));
  return p;
}

/// Both halves, where the last event is one of a read-modify-write.
inline void mark(ThreadBuilder& t, Mark m) {
  const int partner = t.last().in_rmw ? t.last().partner : t.last().id;
  t.last().marks |= static_cast<std::uint16_t>(m);
  t.program().events[partner].marks |= static_cast<std::uint16_t>(m);
}

/// What a variable holds at the end.
inline Term last_value(Program& p, const char* cell) {
  const Term value = term::variable("last " + std::string{cell});
  p.finals.push_back({shared(cell), value});
  return value;
}

/// Is there a race: "reachable", "never", "unknown".
inline std::string race_of(const Program& p, const MemoryModel& model) {
  const Races found = races(p, model);
  return !found.found.empty() ? "reachable" : found.reason.empty() ? "never" : "unknown";
}

inline std::string verdict(const Program& p, const char* model) {
  const Decision d = decide(p, builtin_model(model));
  return std::string{name_of(d.outcome)} + (d.reason.empty() ? "" : ": " + d.reason);
}

/// One side of a litmus shape: two accesses with something between them.
enum class Between { nothing, rmb, wmb, mb, address, data, control };

inline Term second_read(ThreadBuilder& t, const Term& first, Between between, const char* cell,
                        Order order) {
  CellTerm c = shared(cell);
  if (between == Between::rmb) t.fence("F", Order::rmb);
  if (between == Between::wmb) t.fence("F", Order::wmb);
  if (between == Between::mb) t.fence("F", Order::mb);
  if (between == Between::control) t.enter(term::ne(first, number(99)));
  if (between == Between::address) c.index = first, initially(t.program(), c, number(0));
  const Term value = t.read("R2", c, order);
  if (between == Between::control) t.leave();
  return value;
}

inline void second_write(ThreadBuilder& t, const Term& first, Between between, const char* cell,
                         const Term& value, Order order) {
  if (between == Between::rmb) t.fence("F", Order::rmb);
  if (between == Between::wmb) t.fence("F", Order::wmb);
  if (between == Between::mb) t.fence("F", Order::mb);
  if (between == Between::control) t.enter(equals(first, 1));
  // The value is the same, and yet made from what was read.
  const Term made =
      between == Between::data
          ? term::make(Op::add, {value, term::sub(first, term::make(Op::band, {first, first}))})
          : value;
  t.write("W2", shared(cell), made, order);
  if (between == Between::control) t.leave();
}

}  // namespace lockstep::orders
