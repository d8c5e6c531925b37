// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "orders/litmus/writing/terms.hpp"
#include "orders/litmus/writing/thread_writer.hpp"

namespace lockstep::orders::litmus::writing {

namespace {

/// `_relaxed`, or nothing where an operation is fully ordered.
std::string suffix(const Program& program, const Event& e) {
  switch (e.order) {
    case Order::plain:
    case Order::once: return "_relaxed";
    case Order::acquire: return "_acquire";
    case Order::release: return "_release";
    case Order::full: return "";
    default:
      unwritable(program, e,
                 "a read-modify-write that is " + std::string{lockstep::name_of(e.order)});
  }
}

}  // namespace

void ThreadWriter::write(const Event& e) {
  const std::vector<Term>& around = form_.around.at(e.id);
  switch (e.act) {
    case Act::read:
    case Act::write: access(e); return;
    case Act::fence: fence(e); return;
    case Act::srcu_lock:
    case Act::srcu_unlock:
    case Act::srcu_grace: srcu(e); return;
    case Act::rcu_lock:
    case Act::rcu_unlock:
    case Act::grace: break;
  }
  stand_under(around);
  const std::string site = program_.threads[e.thread] + " " + e.site;
  const std::string code = e.act == Act::rcu_lock     ? "rcu_read_lock();"
                           : e.act == Act::rcu_unlock ? "rcu_read_unlock();"
                                                      : "synchronize_rcu();";
  // A section orders nothing by itself, and not everybody reads one that ends on several ways.
  if (std::ranges::none_of(program_.events, [](const Event& g) { return g.act == Act::grace; })) {
    line("// " + code + "  " + site + "; there is no grace period to be ordered against");
  } else {
    line(code, site);
  }
}

void ThreadWriter::access(const Event& e) {
  stand_under(form_.around.at(e.id));
  const std::vector<const Variable*> may_be = names_.candidates(e.cell, e.guard);
  const bool constant =
      std::ranges::all_of(std::vector{e.cell.object, e.cell.index},
                          [](const Term& t) { return t == nullptr || t->op == Op::constant; });
  if (e.act == Act::read && (!e.has(Mark::lock) || form_.flags.contains(e.id))) {
    registers_[e.id] = declare("r");
    if (may_be.size() > 1 && !constant) somewhere_.insert(registers_[e.id]);
  }
  if (constant) {
    statement(e, *may_be.at(0));
    return;
  }
  // Fields of objects are variables of their own: one way for each object that it may be.
  std::vector<Term> ways;
  for (const Variable* v : may_be) {
    Term way = term::constant(1);
    for (const auto& [part, is] :
         {std::pair{e.cell.object, v->object}, std::pair{e.cell.index, v->index}}) {
      if (part != nullptr) way = term::both(way, term::eq(part, term::constant(*is)));
    }
    ways.push_back(way);
  }
  if (e.act == Act::read && !names_.only_candidates(e.cell, e.guard)) {
    // No execution reads anything else.
    Term any = term::constant(0);
    for (const Term& way : ways) any = term::either(any, way);
    const std::string good = condition(any), reg = declare("q");
    somewhere_.erase(reg);
    start_ += "\t" + reg + " = 1;\n";
    line(reg + " = " + good + ";");
    required_.push_back(std::to_string(thread_) + ":" + reg);
  }
  const bool split = ways.size() > 1 || !names_.only_candidates(e.cell, e.guard);
  for (std::size_t i = 0; i < ways.size(); ++i) {
    if (split) open(ways[i]);
    statement(e, *may_be[i]);
    if (split) close();
  }
}

void ThreadWriter::statement(const Event& e, const Variable& v) {
  parameters_.insert((v.spinlock ? "spinlock_t *" : "int *") + v.name);
  std::string place = v.name, by;
  // The address depends on what was read, although it is known here.
  for (const Term& part : {e.cell.object, e.cell.index}) {
    if (part == nullptr || part->op == Op::constant) continue;
    by = by.empty() ? expression(part) : "(" + by + " | " + expression(part) + ")";
  }
  const std::string cell = by.empty() ? "*" + v.name : "*(" + v.name + " + (" + by + " & 0))";
  if (!by.empty()) place = v.name + " + (" + by + " & 0)";
  const std::string site = program_.threads[e.thread] + " " + e.site;
  if (e.has(Mark::lock) && form_.flags.contains(e.id)) {
    line(registers_.at(e.id) + " = spin_trylock(" + place + ");", site);
    return;
  }
  if (e.has(Mark::lock) || e.has(Mark::unlock)) {
    line((e.has(Mark::lock) ? "spin_lock(" : "spin_unlock(") + place + ");", site);
    return;
  }
  if (e.in_rmw) {
    line(call(e, place), site);
    return;
  }
  const bool read = e.act == Act::read;
  const std::string value = read ? "" : condition(e.value);
  const std::string to = read ? registers_.at(e.id) + " = " : "";
  switch (e.order) {
    case Order::plain: line(read ? to + cell + ";" : cell + " = " + value + ";", site); return;
    case Order::once:
      line(read ? to + "READ_ONCE(" + cell + ");" : "WRITE_ONCE(" + cell + ", " + value + ");",
           site);
      return;
    case Order::acquire:
      if (!read) break;
      line(to + "smp_load_acquire(" + place + ");", site);
      return;
    case Order::release:
      if (read) break;
      line("smp_store_release(" + place + ", " + value + ");", site);
      return;
    default: break;
  }
  unwritable(
      program_, e,
      (read ? "a load that is " : "a store that is ") + std::string{lockstep::name_of(e.order)});
}

std::string ThreadWriter::call(const Event& e, const std::string& place) {
  const Primitive& p = form_.primitives.at(e.id);
  const std::string order = suffix(program_, e), operand = condition(p.operand);
  const std::string to = registers_.at(e.id) + " = ";
  switch (p.kind) {
    case Primitive::Kind::exchange:
      return to + "xchg" + order + "(" + place + ", " + operand + ");";
    case Primitive::Kind::compare:
      return to + "cmpxchg" + order + "(" + place + ", " + condition(p.expected) + ", " + operand +
             ");";
    case Primitive::Kind::unless:
      return to + "atomic_add_unless" + order + "(" + place + ", " + operand + ", " +
             condition(p.expected) + ");";
    case Primitive::Kind::fetch: break;
  }
  if (program_.events[e.partner].has(Mark::noreturn)) {
    return "atomic_" + p.operation + "(" + operand + ", " + place + ");";
  }
  return to + "atomic_fetch_" + p.operation + order + "(" + operand + ", " + place + ");";
}

void ThreadWriter::fence(const Event& e) {
  static constexpr std::pair<Mark, const char*> marked[] = {
      {Mark::before_atomic, "smp_mb__before_atomic();"},
      {Mark::after_atomic, "smp_mb__after_atomic();"},
      {Mark::after_spinlock, "smp_mb__after_spinlock();"},
      {Mark::after_unlock_lock, "smp_mb__after_unlock_lock();"},
      {Mark::after_srcu_unlock, "smp_mb__after_srcu_read_unlock();"},
      {Mark::compiler, "barrier();"}};
  std::string code;
  for (const auto& [mark, name] : marked) {
    if (e.has(mark)) code = name;
  }
  if (code.empty()) {
    if (e.order == Order::none) return;
    code = e.order == Order::mb        ? "smp_mb();"
           : e.order == Order::rmb     ? "smp_rmb();"
           : e.order == Order::wmb     ? "smp_wmb();"
           : e.order == Order::acquire ? "smp_acquire__after_ctrl_dep();"
                                       : "";
    if (code.empty())
      unwritable(program_, e, "a fence that is " + std::string{lockstep::name_of(e.order)});
  }
  stand_under(form_.around.at(e.id));
  line(code, program_.threads[e.thread] + " " + e.site);
}

void ThreadWriter::srcu(const Event& e) {
  stand_under(form_.around.at(e.id));
  const auto domain = names_.candidates(e.cell);
  if (domain.size() != 1) unwritable(program_, e, "an SRCU domain that is not named");
  parameters_.insert("struct srcu_struct *" + domain[0]->name);
  const std::string site = program_.threads[e.thread] + " " + e.site;
  if (e.act == Act::srcu_lock) {
    const std::string reg = result(e);
    line(reg + " = srcu_read_lock(" + domain[0]->name + ");", site);
  } else if (e.act == Act::srcu_grace) {
    line("synchronize_srcu(" + domain[0]->name + ");", site);
  } else {
    if (e.data.size() != 1 || e.data[0].when != nullptr || !registers_.contains(e.data[0].read)) {
      unwritable(program_, e, "an unlock of SRCU without the value of one lock");
    }
    line("srcu_read_unlock(" + domain[0]->name + ", " + registers_.at(e.data[0].read) + ");", site);
  }
}

}  // namespace lockstep::orders::litmus::writing
