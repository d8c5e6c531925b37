// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "orders/litmus/thread_reader.hpp"

namespace lockstep::orders::litmus {

namespace {

using Kind = Expr::Kind;

/// Does it do more than compute?
bool has_effects(const ExprPtr& e) {
  switch (e->kind) {
    case Kind::call:
    case Kind::assign:
    case Kind::after:
    case Kind::index: return true;
    case Kind::unary:
      if (e->text == "*" || e->text == "++" || e->text == "--") return true;
      break;
    default: break;
  }
  return std::ranges::any_of(e->args, has_effects);
}

}  // namespace

Term ThreadReader::value(const ExprPtr& e) {
  context_.step(e->place);
  switch (e->kind) {
    case Kind::number: return context_.number(e->number);
    case Kind::name: return name(*e);
    case Kind::unary: return unary(*e);
    case Kind::after: return step(*e, e->args[0], true);
    case Kind::binary: return binary(*e);
    case Kind::conditional: return conditional(*e);
    case Kind::assign: return assign(*e);
    case Kind::index: return load(object(e), e->place);
    case Kind::call: break;
  }
  Term result = call(*e);
  if (result == nullptr) {
    context_.source.wrong(e->place, e->text + "() returns nothing; expected a value");
  }
  return result;
}

void ThreadReader::effect(const ExprPtr& e) {
  if (e->kind == Kind::call) {
    context_.step(e->place);
    call(*e);
  } else if (e->kind == Kind::binary && e->text == ",") {
    effect(e->args[0]);
    effect(e->args[1]);
  } else {
    value(e);
  }
}

Term ThreadReader::name(const Expr& e, bool as_base) {
  if (is_local(e.text)) {
    const auto found = registers_.find(e.text);
    return found == registers_.end() ? term::constant(0) : found->second;
  }
  if (e.text == "NULL" || e.text == "false") return term::constant(0);
  if (e.text == "true") return term::constant(1);
  if (std::ranges::find(thread_.parameters, e.text) == thread_.parameters.end()) {
    if (context_.variables.contains(e.text)) {
      context_.source.wrong(e.place, "'" + e.text + "' is unknown; expected a parameter of P" +
                                         std::to_string(thread_.number) + " or a variable of it");
    }
    return unassigned(e.text);
  }
  if (!as_base && context_.arrays.contains(e.text)) {
    context_.source.unsupported(e.place, "the address of the array '" + e.text + "' as a value");
  }
  return context_.address(e.text);
}

/// As in herd7, what is no parameter is a variable of the thread, and 0 before it is assigned.
Term ThreadReader::unassigned(const std::string& name) {
  context_.note_unassigned(thread_.number, name);
  return term::constant(0);
}

Term ThreadReader::unary(const Expr& e) {
  const ExprPtr& operand = e.args[0];
  if (e.text == "*") return load({false, {}, pointed_at(operand)}, e.place);
  if (e.text == "++" || e.text == "--") return step(e, operand, false);
  if (e.text == "&") {
    const Object o = object(operand);
    if (o.local) context_.source.unsupported(e.place, "the address of a variable of the thread");
    if (o.cell.index != nullptr) {
      context_.source.unsupported(e.place, "the address of an element as a value");
    }
    return o.cell.object;
  }
  const Term v = value(operand);
  if (e.text == "!") return term::eq(v, term::constant(0));
  if (e.text == "+") return v;
  return compute("-", term::constant(e.text == "~" ? -1 : 0), v, e.place, context_);
}

Term ThreadReader::binary(const Expr& e) {
  if (e.text == "&&" || e.text == "||") return short_circuit(e);
  if (e.text != ",") check_sequence(e, "", context_.source);
  const Term a = value(e.args[0]);
  const Term b = value(e.args[1]);
  if (e.text == ",") return b;
  return compute(e.text, a, b, e.place, context_);
}

Term ThreadReader::short_circuit(const Expr& e) {
  const Term a = value(e.args[0]);
  const bool conjunction = e.text == "&&";
  const auto as_condition = [](const Term& t) { return term::ne(t, term::constant(0)); };
  if (a->op == Op::constant) {
    if (term::is_constant(a, 0) == conjunction) return term::constant(conjunction ? 0 : 1);
    return as_condition(value(e.args[1]));
  }
  Term b;
  if (has_effects(e.args[1])) {
    branch(conjunction ? a : term::negate(a), e.place, [&] { b = value(e.args[1]); });
  } else {
    b = value(e.args[1]);
  }
  return context_.bounded(conjunction ? term::both(as_condition(a), as_condition(b))
                                      : term::either(as_condition(a), as_condition(b)),
                          e.place);
}

Term ThreadReader::conditional(const Expr& e) {
  const Term c = value(e.args[0]);
  if (c->op == Op::constant) return value(e.args[term::is_constant(c, 0) ? 2 : 1]);
  Term then, otherwise;
  branch(
      c, e.place, [&] { then = value(e.args[1]); }, [&] { otherwise = value(e.args[2]); });
  // As with `if`: the condition decides, but it does not flow into the value.
  return context_.bounded(term::join(c, then, otherwise), e.place);
}

Term ThreadReader::assign(const Expr& e) {
  check_sequence(e, "", context_.source);
  const Object target = object(e.args[0]);
  Term v;
  if (e.text == "=") {
    v = value(e.args[1]);
  } else {
    const Term before = load(target, e.place);
    v = compute(e.text.substr(0, e.text.size() - 1), before, value(e.args[1]), e.place, context_);
  }
  store(target, v, e.place);
  return v;
}

Term ThreadReader::step(const Expr& e, const ExprPtr& operand, bool gives_old) {
  const Object target = object(operand);
  const Term before = load(target, e.place);
  const Term after = compute(e.text.substr(0, 1), before, term::constant(1), e.place, context_);
  store(target, after, e.place);
  return gives_old ? before : after;
}

ThreadReader::Object ThreadReader::object(const ExprPtr& e) {
  context_.step(e->place);
  if (e->kind == Kind::name) {
    if (is_local(e->text)) return {true, e->text, {}};
    const bool parameter = context_.variables.contains(e->text);
    if (parameter) name(*e);
    context_.source.unsupported(e->place, (parameter ? "the parameter '" : "the variable '") +
                                              e->text + "' without '*' here");
  }
  if (e->kind == Kind::unary && e->text == "*") return {false, {}, pointed_at(e->args[0])};
  if (e->kind == Kind::index) return {false, {}, element(e->args[0], e->args[1], e->place)};
  context_.source.wrong(e->place, "no object; expected a variable, '*x' or 'x[i]'");
}

CellTerm ThreadReader::pointed_at(const ExprPtr& pointer) {
  // herd7 makes it a non-atomic access, C11 a seq_cst one.
  if (pointer->kind == Kind::name && thread_.atomics.contains(pointer->text)) {
    context_.source.unsupported(
        pointer->place, "an access to the atomic '*" + pointer->text + "' by no atomic function");
  }
  return cell_at(pointer);
}

CellTerm ThreadReader::cell_at(const ExprPtr& pointer) {
  if (pointer->kind == Kind::unary && pointer->text == "&") {
    const Object o = object(pointer->args[0]);
    if (o.local) context_.source.unsupported(pointer->place, "an access to a variable of a thread");
    return o.cell;
  }
  if (is_array(pointer)) {
    name(*pointer, true);
    return context_.cell(pointer->text, term::constant(0));
  }
  if (pointer->kind == Kind::binary && pointer->text == "+" && is_array(pointer->args[0])) {
    return element(pointer->args[0], pointer->args[1], pointer->place);
  }
  // Perhaps the address of nothing: that is an error where it happens, not where it stands.
  return {"", "", value(pointer), nullptr};
}

bool ThreadReader::is_array(const ExprPtr& e) const {
  return e->kind == Kind::name && !is_local(e->text) && context_.arrays.contains(e->text);
}

CellTerm ThreadReader::element(const ExprPtr& base, const ExprPtr& index, Place place) {
  const Term i = value(index);
  if (is_array(base)) {
    name(*base, true);
    const int size = context_.arrays.at(base->text);
    if (i->op == Op::constant && (i->value < 0 || i->value >= size)) {
      context_.source.wrong(place,
                            "no such element; '" + base->text + "' has " + std::to_string(size));
    }
    return context_.cell(base->text, i);
  }
  if (!term::is_constant(i, 0)) {
    context_.source.unsupported(place, "an element of what is no array");
  }
  return cell_at(base);
}

Term ThreadReader::load(const Object& o, Place place) {
  if (o.local) {
    const auto found = registers_.find(o.name);
    return found == registers_.end() ? term::constant(0) : found->second;
  }
  const Term v = builder_.read(site_at(place), o.cell, Order::plain);
  context_.check_events(place);
  return v;
}

void ThreadReader::store(const Object& o, const Term& v, Place place) {
  if (o.local) {
    registers_[o.name] = v;
    return;
  }
  builder_.write(site_at(place), o.cell, v, Order::plain);
  context_.check_events(place);
}

}  // namespace lockstep::orders::litmus
