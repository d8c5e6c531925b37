// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/terms.hpp"

#include "machines/protocol_error.hpp"

namespace lockstep::unbounded {

namespace {
/// `value & mask` of an integer without bounds: the sum of the bits that the mask has.
z3::expr low_bits(const z3::expr& value, Atom mask) {
  z3::expr sum = value.ctx().int_val(0);
  for (std::int64_t bit = 1; bit <= mask; bit *= 2) {
    if ((mask & bit) == 0) continue;
    const z3::expr number = value.ctx().int_val(bit);
    sum = sum + z3::mod(value / number, value.ctx().int_val(2)) * number;
  }
  return sum.simplify();
}
/// A negative mask has all bits but those of the number that is its complement.
z3::expr with_mask(Op op, const z3::expr& value, Atom mask) {
  const z3::expr number = value.ctx().int_val(mask);
  const bool all_but = mask < 0;
  const z3::expr low = low_bits(value, all_but ? ~mask : mask);
  switch (op) {
    case Op::band: return all_but ? value - low : low;
    case Op::bor: return all_but ? low + number : value - low + number;
    default: return all_but ? low + low - value + number : value + number - low - low;
  }
}
}  // namespace

void Terms::refuse(const Term& term) const {
  throw ProtocolError("of " + term::text(term, sig_.world().layout().symbols) +
                      " the proof understands no operation on bits but with a constant");
}

Terms::Terms(const Signature& signature, const Structure& state, std::size_t role,
             const z3::expr& task)
    : sig_(signature), state_(state), role_(role), task_(task) {}

std::optional<Value> Terms::variable(const TermNode& node) const {
  const auto set = known_.find(node.name);
  if (set != known_.end()) return set->second;
  if (node.name == "self") return Value{task_, {}};
  if (const auto function = sig_.find(node.name, task_.get_sort())) {
    return state_.read(*function, {task_});
  }
  if (sig_.is_parameter(node.name)) return Value{sig_.parameter(node.name), {}};
  throw ProtocolError("a term mentions " + node.name +
                      ", which is no parameter, no local of its task, and not read by its step");
}

std::optional<z3::sort> Terms::sort_of(const Term& term) const {
  switch (term->op) {
    case Op::constant: return std::nullopt;
    case Op::variable: return variable(*term)->term.get_sort();
    case Op::ite: {
      const auto then = sort_of(term->args[1]);
      return then ? then : sort_of(term->args[2]);
    }
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::band:
    case Op::bor:
    case Op::bxor: return sig_.integers();
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::logical_and:
    case Op::logical_or:
    case Op::logical_not: return sig_.booleans();
  }
  refuse(term);
}

Value Terms::value(const Term& term, const z3::sort& wanted) const {
  z3::context& c = sig_.context();
  switch (term->op) {
    case Op::constant: {
      if (wanted.is_bool()) return {c.bool_val(term->value != 0), {}};
      if (wanted.is_int()) {
        if (is_symbol(term->value)) throw ProtocolError("a name where a number is expected");
        return {c.int_val(term->value), {}};
      }
      const std::string name = sig_.world().layout().symbols.text(term->value);
      if (sig_.is_nothing(name)) return {sig_.nothing_of(wanted, name), {}};
      throw ProtocolError("the object " + name +
                          " is named in the code: it is not one of any number");
    }
    case Op::variable: {
      const Value out = *variable(*term);
      if (!z3::eq(out.term.get_sort(), wanted)) {
        throw ProtocolError(term->name + " is used as what it is not");
      }
      return out;
    }
    case Op::add: return {integer(term->args[0]) + integer(term->args[1]), {}};
    case Op::sub: return {integer(term->args[0]) - integer(term->args[1]), {}};
    case Op::mul: return {integer(term->args[0]) * integer(term->args[1]), {}};
    case Op::ite:
      return choose(truth(term->args[0]), value(term->args[1], wanted),
                    value(term->args[2], wanted));
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::logical_and:
    case Op::logical_or:
    case Op::logical_not:
      if (!wanted.is_bool()) {
        return {z3::ite(truth(term), c.int_val(1), c.int_val(0)), {}};
      }
      return {truth(term), {}};
    case Op::band:
    case Op::bor:
    case Op::bxor: {
      const Term& mask = term->args[1];
      if (mask->op != Op::constant) refuse(term);
      return {with_mask(term->op, integer(term->args[0]), mask->value), {}};
    }
  }
  refuse(term);
}

z3::expr Terms::integer(const Term& term) const {
  const Value out = value(term, sig_.integers());
  if (out.null) numbers_.push_back(!*out.null);
  return out.term;
}

Value Terms::nullable(const Term& term) const {
  z3::context& c = sig_.context();
  if (term::is_constant(term, null_atom)) return {c.int_val(0), c.bool_val(true)};
  Value out = value(term, sig_.integers());
  if (!out.null) out.null = c.bool_val(false);
  return out;
}

z3::expr Terms::compare(const Term& a, const Term& b) const {
  auto sort = sort_of(a);
  if (!sort) sort = sort_of(b);
  if (!sort) {
    if (a->op != Op::constant || b->op != Op::constant) {
      throw ProtocolError("of what is compared it is not known what it could be");
    }
    return sig_.context().bool_val(a->value == b->value);
  }
  if (sort->is_int()) return equal(nullable(a), nullable(b)).simplify();
  return equal(value(a, *sort), value(b, *sort));
}

z3::expr Terms::truth(const Term& term) const {
  const auto at = [&](std::size_t i) { return truth(term->args[i]); };
  switch (term->op) {
    case Op::eq: return compare(term->args[0], term->args[1]);
    case Op::ne: return !compare(term->args[0], term->args[1]);
    case Op::lt: return integer(term->args[0]) < integer(term->args[1]);
    case Op::le: return integer(term->args[0]) <= integer(term->args[1]);
    case Op::logical_and: return at(0) && at(1);
    case Op::logical_or: return at(0) || at(1);
    case Op::logical_not: return !at(0);
    default: break;
  }
  const auto sort = sort_of(term);
  if (!sort || sort->is_bool()) return value(term, sig_.booleans()).term;
  return integer(term) != 0;
}

}  // namespace lockstep::unbounded
