// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/thread_reader.hpp"

namespace lockstep::orders::litmus {

namespace {

/// The names that a thread declares or assigns to: its own variables.
void find_locals(const ExprPtr& e, std::set<std::string>& out) {
  if (e == nullptr) return;
  const bool changes = e->kind == Expr::Kind::assign || e->kind == Expr::Kind::after ||
                       (e->kind == Expr::Kind::unary && (e->text == "++" || e->text == "--"));
  if (changes && e->args[0]->kind == Expr::Kind::name) out.insert(e->args[0]->text);
  for (const ExprPtr& arg : e->args) find_locals(arg, out);
}

void find_locals(const std::vector<Statement>& body, std::set<std::string>& out) {
  for (const Statement& s : body) {
    if (s.kind == Statement::Kind::declaration) out.insert(s.name);
    find_locals(s.condition, out);
    find_locals(s.step, out);
    find_locals(s.body, out);
    find_locals(s.otherwise, out);
  }
}

Term known(const Registers& registers, const std::string& name) {
  const auto found = registers.find(name);
  return found == registers.end() ? term::constant(0) : found->second;
}

}  // namespace

ThreadReader::ThreadReader(const Thread& thread, Registers registers, Context& context)
    : thread_{thread},
      context_{context},
      builder_{context.program(), "P" + std::to_string(thread.number)},
      registers_{std::move(registers)} {
  find_locals(thread.body, locals_);
  for (const auto& [name, value] : registers_) locals_.insert(name);
  for (const std::string& name : thread.parameters) {
    if (!locals_.contains(name)) continue;
    if (context.arrays.contains(name)) {
      context.source.unsupported(thread.place, "a change of the array '" + name + "'");
    }
    registers_.emplace(name, context.address(name));  // what it is before it is changed
  }
  if (locals_.size() > limits::names) {
    context.source.unsupported(
        thread.place, "a thread of more than " + std::to_string(limits::names) + " variables");
  }
}

Registers ThreadReader::run() {
  statements(thread_.body);
  // A variable that was never assigned is 0.
  for (const std::string& name : locals_) registers_.emplace(name, term::constant(0));
  return std::move(registers_);
}

void ThreadReader::statements(const std::vector<Statement>& body) {
  for (const Statement& s : body) statement(s);
}

void ThreadReader::statement(const Statement& s) {
  context_.step(s.place);
  switch (s.kind) {
    case Statement::Kind::expression: effect(s.condition); break;
    case Statement::Kind::declaration:
      if (s.condition != nullptr) registers_[s.name] = value(s.condition);
      break;
    case Statement::Kind::compound: statements(s.body); break;
    case Statement::Kind::choice: {
      branch(
          value(s.condition), s.place, [&] { statements(s.body); },
          [&] { statements(s.otherwise); });
      break;
    }
    case Statement::Kind::loop: loop(s, 0); break;
    case Statement::Kind::loop_after:
      statements(s.body);
      loop(s, 1);
      break;
  }
}

void ThreadReader::loop(const Statement& s, int iteration) {
  while (true) {
    context_.step(s.place);
    const Term again = s.condition == nullptr ? term::constant(1) : value(s.condition);
    const auto once_more = [&] {
      statements(s.body);
      if (s.step != nullptr) effect(s.step);
    };
    if (again->op == Op::constant) {
      if (term::is_constant(again, 0)) return;
      once_more();
      continue;
    }
    if (iteration >= limits::iterations) {
      builder_.assume(term::negate(again));
      context_.test.cut_loops = true;
      return;
    }
    branch(again, s.place, [&] {
      once_more();
      loop(s, iteration + 1);
    });
    return;
  }
}

void ThreadReader::branch(const Term& condition, Place place, const std::function<void()>& then,
                          const std::function<void()>& otherwise) {
  if (condition->op == Op::constant) {
    if (!term::is_constant(condition, 0)) {
      then();
    } else if (otherwise) {
      otherwise();
    }
    return;
  }
  const auto rcu = builder_.position().rcu;
  const Registers before = registers_;
  const auto side = [&](const Term& when, const std::function<void()>& body) {
    builder_.enter(when);
    if (builder_.position().control.size() > limits::conditions) {
      context_.source.unsupported(place, "a branch that depends on this much");
    }
    body();
    builder_.leave();
  };
  side(condition, then);
  Registers taken = std::move(registers_);
  registers_ = before;
  auto taken_rcu = std::exchange(builder_.position().rcu, rcu);
  if (otherwise) side(term::negate(condition), otherwise);
  builder_.join_rcu(condition, std::move(taken_rcu));
  for (const auto& nesting : builder_.position().rcu) context_.bounded(nesting.when, place);
  for (const auto& [name, value] : registers_) taken.emplace(name, term::constant(0));
  for (const auto& [name, value] : taken) {
    registers_[name] =
        context_.bounded(term::join(condition, value, known(registers_, name)), place);
  }
}

bool ThreadReader::is_local(const std::string& name) const {
  return locals_.contains(name);
}

Registers translate(const Thread& thread, Registers registers, Context& context) {
  return ThreadReader{thread, std::move(registers), context}.run();
}

}  // namespace lockstep::orders::litmus
