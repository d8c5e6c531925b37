// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/program/builder.hpp"

#include <map>

namespace lockstep::orders {

void initially(Program& program, CellTerm cell, Term value) {
  Event e;
  e.id = static_cast<int>(program.events.size());
  e.act = Act::write;
  e.order = Order::once;
  e.site = "init";
  e.cell = std::move(cell);
  e.value = std::move(value);
  e.guard = term::constant(1);
  program.events.push_back(std::move(e));
}

ThreadBuilder::ThreadBuilder(Program& program, const std::string& name)
    : program_{program}, thread_{static_cast<int>(program.threads.size())} {
  program.threads.push_back(name);
}

int ThreadBuilder::append(Act act, const std::string& site, Order order) {
  Event e;
  e.id = static_cast<int>(program_.events.size());
  e.act = act;
  e.order = order;
  e.thread = thread_;
  e.previous = position_.last;
  e.site = site;
  e.guard = position_.guard;
  e.control = position_.control;
  program_.events.push_back(e);
  position_.last = e.id;
  return e.id;
}

int ThreadBuilder::access(Act act, const std::string& site, CellTerm cell, Order order) {
  std::vector<Dependency> address = reads_of(cell.object, program_);
  for (Dependency& d : reads_of(cell.index, program_)) address.push_back(std::move(d));
  const int id = append(act, site, order);
  program_.events[id].cell = std::move(cell);
  program_.events[id].address = std::move(address);
  return id;
}

Term ThreadBuilder::read(const std::string& site, CellTerm cell, Order order) {
  const int id = access(Act::read, site, std::move(cell), order);
  return program_.events[id].value = read_value(site, id);
}

void ThreadBuilder::write(const std::string& site, CellTerm cell, Term value, Order order) {
  std::vector<Dependency> data = reads_of(value, program_);
  const int id = access(Act::write, site, std::move(cell), order);
  program_.events[id].value = std::move(value);
  program_.events[id].data = std::move(data);
}

void ThreadBuilder::store_mb(const std::string& site, CellTerm cell, Term value) {
  write(site, std::move(cell), std::move(value), Order::once);
  append(Act::fence, site, Order::mb);
}

Term ThreadBuilder::rmw(const std::string& site, CellTerm cell, Order order, const Term& value,
                        const Term& writes_if) {
  const Term old = read(site, cell, order);
  const int read_half = position_.last;
  const auto with_old = [&old](const TermNode& v) { return v.name == "@" ? old : Term{}; };
  const Term guard = position_.guard;
  Term written = term::substitute(value, with_old);
  if (writes_if != nullptr) {
    position_.guard = term::both(guard, term::substitute(writes_if, with_old));
  }
  write(site, std::move(cell), std::move(written), Order::once);
  position_.guard = guard;
  const int write_half = position_.last;
  Event& w = program_.events[write_half];
  w.order = order;
  w.in_rmw = program_.events[read_half].in_rmw = true;
  w.partner = read_half;
  program_.events[read_half].partner = write_half;
  return old;
}

void ThreadBuilder::fence(const std::string& site, Order order) {
  append(Act::fence, site, order);
}

void ThreadBuilder::rcu_lock(const std::string& site) {
  const int id = append(Act::rcu_lock, site, Order::none);
  for (RcuNesting& n : position_.rcu) {
    if (n.depth++ == 0) n.section = id;  // only the outermost section counts
  }
}

void ThreadBuilder::rcu_unlock(const std::string& site) {
  std::map<int, Term> closes;  // by the lock, or -1: where it does
  for (RcuNesting& n : position_.rcu) {
    const auto [where, fresh] = closes.emplace(n.depth == 1 ? n.section : -1, n.when);
    if (!fresh) where->second = term::either(where->second, n.when);
    if (n.depth > 0 && --n.depth == 0) n.section = -1;
  }
  tidy_rcu();
  // One event for each lock that it may belong to; one of them happens.
  const Term guard = position_.guard;
  for (const auto& [lock, when] : closes) {
    if (closes.size() > 1) position_.guard = term::both(guard, when);
    program_.events[append(Act::rcu_unlock, site, Order::none)].partner = lock;
  }
  position_.guard = guard;
}

void ThreadBuilder::join_rcu(const Term& condition, std::vector<RcuNesting> taken) {
  if (taken == position_.rcu) return;
  for (RcuNesting& n : taken) n.when = term::both(condition, n.when);
  for (RcuNesting& n : position_.rcu) {
    n.when = term::both(term::negate(condition), n.when);
    taken.push_back(std::move(n));
  }
  position_.rcu = std::move(taken);
  tidy_rcu();
}

void ThreadBuilder::tidy_rcu() {
  std::map<std::pair<int, int>, Term> where;
  for (const RcuNesting& n : position_.rcu) {
    const auto [known, fresh] = where.emplace(std::pair{n.section, n.depth}, n.when);
    if (!fresh) known->second = term::either(known->second, n.when);
  }
  position_.rcu.clear();
  for (const auto& [state, when] : where) {
    position_.rcu.push_back(
        {where.size() == 1 ? term::constant(1) : when, state.first, state.second});
  }
}

void ThreadBuilder::grace(const std::string& site) {
  append(Act::grace, site, Order::none);
}

Term ThreadBuilder::srcu_lock(const std::string& site, CellTerm domain) {
  const int id = access(Act::srcu_lock, site, std::move(domain), Order::none);
  return program_.events[id].value = read_value(site, id);
}

void ThreadBuilder::srcu_unlock(const std::string& site, CellTerm domain, Term index) {
  std::vector<Dependency> data = reads_of(index, program_);
  const int id = access(Act::srcu_unlock, site, std::move(domain), Order::none);
  program_.events[id].data = std::move(data);
}

void ThreadBuilder::srcu_grace(const std::string& site, CellTerm domain) {
  access(Act::srcu_grace, site, std::move(domain), Order::none);
}

void ThreadBuilder::assume(const Term& condition) {
  const Term rule = term::either(term::negate(position_.guard), condition);
  if (!term::is_constant(rule, 1)) program_.assumptions.push_back(rule);
}

void ThreadBuilder::enter(const Term& condition) {
  bodies_.emplace_back(position_.guard, position_.control);
  position_.guard = term::both(position_.guard, condition);
  for (Dependency& d : reads_of(condition, program_)) position_.control.push_back(std::move(d));
}

void ThreadBuilder::leave() {
  position_.guard = bodies_.back().first;
  position_.control = bodies_.back().second;
  bodies_.pop_back();
}

}  // namespace lockstep::orders
