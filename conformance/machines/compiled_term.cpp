// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/compiled_term.hpp"

#include <charconv>

#include "machines/protocol_error.hpp"

namespace lockstep {

CompiledTerm::CompiledTerm(const Term& term, const World& world, std::size_t role) {
  add(term == nullptr ? term::constant(1) : term, world, role);
}

std::uint32_t CompiledTerm::add(const Term& term, const World& world, std::size_t role) {
  Part part{term->op, Source::none, term->value, {}};
  if (term->op == Op::variable) {
    const std::string_view name = term->name;
    const auto number = [&](std::size_t prefix) {
      Atom value = 0;
      std::from_chars(name.data() + prefix, name.data() + name.size(), value);
      return value;
    };
    if (const auto* local = world.find_local(role, name)) {
      part.source = Source::local;
      part.value = static_cast<Atom>(local->base);
    } else if (name == "self") {
      part.source = Source::self;
    } else if (name == "@") {
      part.source = Source::old;
    } else if (name.starts_with("also")) {
      part.source = Source::also;
      part.value = number(4);
    } else if (name.starts_with("peek")) {
      part.source = Source::peek;
      part.value = number(4);
    } else if (name.starts_with("arg")) {
      part.source = Source::argument;
      part.value = number(3);
    } else {
      throw ProtocolError("a term with an unknown variable: " + term->name);
    }
  }
  for (std::size_t i = 0; i < term->args.size(); ++i)
    part.args[i] = add(term->args[i], world, role);
  nodes_.push_back(part);
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

Atom CompiledTerm::evaluate(std::size_t number, const StepValues& values) const {
  const Part& part = nodes_[number];
  const auto arg = [&](std::size_t i) { return evaluate(part.args[i], values); };
  switch (part.op) {
    case Op::constant: return part.value;
    case Op::variable: {
      const auto index = static_cast<std::size_t>(part.value);
      switch (part.source) {
        case Source::local: return values.state[index + values.task_index];
        case Source::self: return values.self;
        case Source::old: return values.old;
        case Source::also: return values.also[index];
        case Source::peek: return values.peeks[index];
        case Source::argument: return values.arguments[index];
        case Source::none: break;
      }
      return 0;
    }
    case Op::add: return arg(0) + arg(1);
    case Op::sub: return arg(0) - arg(1);
    case Op::eq: return arg(0) == arg(1);
    case Op::ne: return arg(0) != arg(1);
    case Op::lt: return arg(0) < arg(1);
    case Op::le: return arg(0) <= arg(1);
    case Op::band: return arg(0) & arg(1);
    case Op::bor: return arg(0) | arg(1);
    case Op::bxor: return arg(0) ^ arg(1);
    case Op::mul: return arg(0) * arg(1);
    case Op::logical_and: return arg(0) != 0 && arg(1) != 0;
    case Op::logical_or: return arg(0) != 0 || arg(1) != 0;
    case Op::logical_not: return arg(0) == 0;
    case Op::ite: return arg(0) != 0 ? arg(1) : arg(2);
  }
  return 0;
}

CompiledCell::CompiledCell(const CellTerm& cell, const World& world, std::size_t role) {
  if (cell.object == nullptr) return;
  if (!cell.field.empty()) cells = &world.field(cell.field);
  object = CompiledTerm(cell.object, world, role);
  if (cell.index != nullptr) index = CompiledTerm(cell.index, world, role);
}

}  // namespace lockstep
