// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "model/verdict.hpp"
#include "orders/program/allowed.hpp"
#include "orders/program/builder.hpp"
#include "orders/program/predicate.hpp"
#include "orders/program/question.hpp"
#include "orders/program/question_names.hpp"

namespace lockstep::orders {

namespace {

/// What `task.X` and `task@X` mean in the predicate of a question.
class Names {
 public:
  Names(const Question& question, const Automata& automata, const Program& program,
        const std::vector<std::vector<TaskEnd>>& ends, const Symbols& symbols)
      : question_{question},
        automata_{automata},
        program_{program},
        ends_{ends},
        symbols_{symbols} {}

  Scope scope() const {
    return {[this](const std::string& t, const std::string& what) { return value(t, what); },
            [this](const std::string& t, const std::string& site) { return event(t, site); },
            [this](const std::string& name) {
              const auto number = question_.constants.find(name);
              if (number != question_.constants.end()) {
                return Named{term::constant(number->second)};
              }
              const Atom atom = symbols_.find(name);
              return Named{atom < 0 ? nullptr : term::constant(atom)};
            }};
  }

 private:
  int thread(const std::string& task) const {
    const auto found = std::ranges::find(question_.tasks, task, &TaskSpec::name);
    if (found == question_.tasks.end()) return -1;
    return static_cast<int>(found - question_.tasks.begin());
  }

  /// At the last visit of the site; of an RMW, what it read.
  Named at_site(int thread, const std::string& site) const {
    Named out{term::constant(0), term::constant(0)};
    bool found = false;
    for (const Event& e : program_.events) {
      if (e.thread != thread || e.site != site) continue;
      const bool write_half = e.act == Act::write && e.in_rmw;
      // A store that reads first is named by what it writes.
      const bool other = e.act == Act::fence && found;
      if (write_half || other) continue;
      found = true;
      const Term value = e.value == nullptr ? term::constant(1) : e.value;
      out = {term::ite(e.guard, value, out.value), term::either(e.guard, out.exists)};
    }
    return found ? out : Named{nullptr};
  }

  bool has_site(int thread, const std::string& name) const {
    const std::string site = name.substr(0, name.find('.'));
    const Automaton& a = automata_.at(question_.tasks[thread].role);
    return std::ranges::any_of(a.nodes, [&](const Node& n) { return n.name == site; });
  }

  Named value(const std::string& task, const std::string& what) const {
    const int t = thread(task);
    if (t < 0) return {nullptr};
    if (const Named site = at_site(t, what); site.value != nullptr) return site;
    const Automaton& a = automata_.at(question_.tasks[t].role);
    if (std::ranges::find(a.locals, what) == a.locals.end()) {
      // A site that the bounds never reach: no value, not a misspelling.
      return has_site(t, what) ? Named{term::constant(0), term::constant(0)} : Named{nullptr};
    }
    Term out = term::constant(null_atom);
    for (const TaskEnd& end : ends_[t]) out = term::ite(end.guard, end.locals.at(what), out);
    return {out};
  }

  Named event(const std::string& task, const std::string& site) const {
    const int t = thread(task);
    if (t < 0 || !has_site(t, site)) return {nullptr};
    Term out = term::constant(0);
    for (const TaskEnd& end : ends_[t]) {
      if (end.stopped_at == site) out = term::either(out, end.guard);
    }
    const Named happened = at_site(t, site);
    return {happened.value == nullptr ? out : term::either(out, happened.exists)};
  }

  const Question& question_;
  const Automata& automata_;
  const Program& program_;
  const std::vector<std::vector<TaskEnd>>& ends_;
  const Symbols& symbols_;
};

}  // namespace

std::vector<std::string> sites_of(const Automata& automata) {
  std::vector<std::string> out;
  for (const auto& [role, automaton] : automata) {
    for (const Node& n : automaton.nodes) {
      if (n.type == Node::Type::point) continue;
      out.push_back(n.name);
      for (const GroupWrite& w : n.group) out.push_back(n.name + "." + w.cell.field);
    }
  }
  return out;
}

void check_order(const OrderPlace& at, const std::string& site, Order order,
                 const Automata& automata) {
  bool found = false;
  const auto check = [&](const std::string& name, Kind kind) {
    if (name != site) return;
    found = true;
    const std::vector<Order> allowed = allowed_orders(kind);
    if (std::ranges::find(allowed, order) != allowed.end()) return;
    throw InputError{at.file, at.line, at.column,
                     site + "=" + std::string{lockstep::name_of(order)} + ": a site of kind " +
                         std::string{lockstep::name_of(kind)} + " cannot have this order; " +
                         (allowed.empty() ? "it has none" : "expected " + names_of(allowed))};
  };
  for (const auto& [role, automaton] : automata) {
    for (const Node& n : automaton.nodes) {
      if (n.type == Node::Type::point) continue;
      check(n.name, n.kind);
      for (const GroupWrite& w : n.group) check(n.name + "." + w.cell.field, Kind::group);
    }
  }
  if (!found)
    throw InputError{at.file, at.line, at.column, "an order for '" + site + "': no such site"};
}

Program make_program(const Question& question, const Automata& automata, const Symbols& symbols,
                     const Overrides& overrides) {
  Program p;
  p.name = question.name;
  for (const auto& [cell, value] : question.cells) initially(p, cell, value);
  std::vector<std::vector<TaskEnd>> ends;
  Overrides orders = overrides;
  orders.insert(question.orders.begin(), question.orders.end());
  check_names(question, automata);
  for (const auto& [site, order] : orders) {
    const auto assumed = question.places.find("assume:" + site);
    const bool here = assumed != question.places.end() && !overrides.contains(site);
    const auto [line, column] = here ? assumed->second : std::pair<std::size_t, std::size_t>{};
    check_order({here ? question.file : "question " + question.name, line, column}, site, order,
                automata);
  }
  for (const TaskSpec& task : question.tasks) {
    const auto automaton = automata.find(task.role);
    try {
      ends.push_back(unroll(p, task, automaton->second, orders));
    } catch (const InputError& error) {
      const auto at = question.places.find(task.name);
      if (at == question.places.end()) throw;
      throw InputError{question.file, at->second.first, at->second.second, error.what()};
    }
  }
  for (const auto& [site, order] : question.orders) {
    if (std::ranges::any_of(p.events, [&](const Event& e) {
          return e.site == site || e.site.starts_with(site + ".");
        })) {
      continue;
    }
    const auto at = question.places.find("assume:" + site);
    const auto [line, column] =
        at == question.places.end() ? std::pair<std::size_t, std::size_t>{} : at->second;
    throw InputError{question.file, line, column,
                     "no task of the question comes to " + site + ": nothing hangs on its order"};
  }
  const Names names{question, automata, p, ends, symbols};
  Scope scope = names.scope();
  const auto noted = [&p](const auto& look, char between) {
    return [&p, look, between](const std::string& task, const std::string& what) {
      Named named = look(task, what);
      if (named.value == nullptr) return named;
      // Of `task@SITE` the value is whether it happened, of `task.SITE` that is told beside it.
      p.mentions.push_back({task + between + what, between == '@' ? named.value : named.exists});
      return named;
    };
  };
  scope.value = noted(scope.value, '.');
  scope.event = noted(scope.event, '@');
  p.forbidden =
      question.forbidden_there.empty()
          ? parse_predicate(question.forbidden, "question " + question.name + ", forbidden", scope)
          : parse_predicate(question.forbidden_there, question.file, scope);
  return p;
}

}  // namespace lockstep::orders
