// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/expand.hpp"

#include "tla/fold.hpp"

namespace lockstep::tla {

void refuse(const Place& place, const std::string& what) {
  throw InputError{place.file, place.line, place.column, what};
}

Expander::Depth::Depth(Expander& expander, const Place& place) : expander_(expander) {
  if (++expander_.depth_ > 1000) refuse(place, "defined by itself, or nested too deeply");
  if (++expander_.size_ > 1000000) refuse(place, "too large with every definition in its place");
}
Expander::Depth::~Depth() {
  --expander_.depth_;
}

Expander::Expander(const ModuleText& module, const Constants& constants, const Ground* ground)
    : module_(module), constants_(constants), ground_(ground) {}

Expr Expander::expand(const Node& node) {
  return with_own_names(truth(node, scope_of(module_)), module_);
}

Expr Expander::truth(const Node& node, const Scope& scope) {
  return value(node, scope);
}

Expr Expander::term(const Node& node, const Scope& scope) {
  const bool outer = asserted_;
  asserted_ = false;
  Expr out = value(node, scope);
  asserted_ = outer;
  return out;
}

Expr Expander::value(const Node& node, const Scope& scope) {
  if (ground_ != nullptr && may_be_function(node)) return scalar(any(node, scope), node.place);
  const Depth depth{*this, node.place};
  switch (node.kind) {
    case Node::Kind::name: return name(node, scope);
    case Node::Kind::number: return make_integer(std::stoll(node.text), node.place);
    case Node::Kind::string: return make_named(Form::string, node.text, node.place);
    case Node::Kind::prefix: {
      if (node.text == "UNCHANGED" && of_steps_) return staying(*node.args[0], scope, node.place);
      if (node.text == "DOMAIN" || node.text == "UNCHANGED") {
        refuse(node.place, "'" + node.text + "' is not understood here");
      }
      const Expr e = term(*node.args[0], scope);
      return node.text == "~" ? make_not(e, node.place) : minus(node, e, scope);
    }
    case Node::Kind::infix: return infix(node, scope);
    case Node::Kind::list: return junction(node, node.text == "/\\", scope);
    case Node::Kind::prime: {
      const Node& of = *node.args[0];
      const bool plain = of.kind == Node::Kind::name && of.args.empty() &&
                         local(of.text, scope) == nullptr &&
                         !constants_.parameters.contains(of.text);
      if (!plain || !find(*scope.module, of.text).variable) {
        refuse(node.place, "a prime is understood only on a variable: f'[x], not f[x]'");
      }
      auto e = std::make_shared<Expression>(*make_named(Form::variable, of.text, of.place));
      e->primed = true;
      return e;
    }
    case Node::Kind::apply: {
      const Expr f = term(*node.args[0], scope);
      if (f->form != Form::variable) {
        refuse(node.place, "only variables of the specification are understood as functions");
      }
      auto e = std::make_shared<Expression>(*f);
      e->args.push_back(term(*node.args[1], scope));
      return e;
    }
    case Node::Kind::set:
    case Node::Kind::filter:
    case Node::Kind::functions: refuse(node.place, "a set; expected a value");
    case Node::Kind::quantifier: return quantifier(node, scope, 0, 0, scope);
    case Node::Kind::choice: {
      const Expr condition = term(*node.args[0], scope);
      check_boolean(condition);
      if (is_true(condition)) return value(*node.args[1], scope);
      if (is_false(condition)) return value(*node.args[2], scope);
      const Expr then = value(*node.args[1], scope);
      return make_if(condition, then, value(*node.args[2], scope), node.place);
    }
    case Node::Kind::cases: return cases(node, scope);
    case Node::Kind::let: return value(*node.args[0], with_definitions(node, scope));
    case Node::Kind::choose: refuse(node.place, "'CHOOSE' is not understood here");
    case Node::Kind::tuple:
    case Node::Kind::function:
    case Node::Kind::except:
    case Node::Kind::update:
      refuse(node.place, "tuples, [x \\in S |-> e] and EXCEPT are not understood here");
    case Node::Kind::temporal:
      refuse(node.place, "temporal formulas are not understood here: '" + node.text + "'");
  }
  refuse(node.place, "not understood");
}

Expr Expander::minus(const Node& node, const Expr& e, const Scope& scope) {
  if (!standard(scope, "Integers"))
    refuse(node.place, "'-' is not defined in " + scope.module->name);
  return make_arithmetic(Form::subtract, make_integer(0, node.place), e, node.place);
}

Expr Expander::infix(const Node& node, const Scope& scope) {
  const std::string& op = node.text;
  const Node &left = *node.args[0], &right = *node.args[1];
  if (op == "/\\" || op == "\\/") return junction(node, op == "/\\", scope);
  if (op == "=>") {
    const Expr a = term(left, scope);
    check_boolean(a);
    if (is_false(a)) return make_boolean(true, node.place);
    return make_implies(a, truth(right, scope), node.place);
  }
  if (op == "\\in" || op == "\\notin") {
    if (ground_ != nullptr) {
      const Expr in = is_member(any(left, scope), set(right, scope), node.place);
      return op == "\\in" ? in : make_not(in, node.place);
    }
    const Expr e = term(left, scope);
    if (op == "\\in") return member(e, set(right, scope), node.place);
    const bool outer = asserted_;
    asserted_ = false;
    const Expr in = member(e, set(right, scope), node.place);
    asserted_ = outer;
    return make_not(in, node.place);
  }
  if (op == "\\cup" || op == "\\cap" || op == "\\" || op == "..") {
    refuse(node.place, "a set; expected a value");
  }
  if (ground_ != nullptr && (op == "=" || op == "#")) {
    const Expr same = equal(any(left, scope), any(right, scope), node.place);
    return op == "=" ? same : make_not(same, node.place);
  }
  const Expr a = term(left, scope), b = term(right, scope);
  if (op == "=") return make_equal(a, b, node.place);
  if (op == "#") return make_not(make_equal(a, b, node.place), node.place);
  if (op == "<=>") return make_equivalent(a, b, node.place);
  if (!standard(scope, "Naturals")) {
    refuse(node.place, "'" + op + "' is not defined in " + scope.module->name);
  }
  const auto of = [&](Form form) { return make_arithmetic(form, a, b, node.place); };
  if (op == "<") return of(Form::less);
  if (op == "<=") return of(Form::less_equal);
  if (op == ">") return make_arithmetic(Form::less, b, a, node.place);
  if (op == ">=") return make_arithmetic(Form::less_equal, b, a, node.place);
  if (op == "+") return of(Form::add);
  if (op == "-") return of(Form::subtract);
  if (op == "*") return of(Form::multiply);
  if (op == "%") return of(Form::modulo);
  refuse(node.place, "'" + op + "' is not understood");
}

Expr Expander::junction(const Node& node, bool both, const Scope& scope) {
  std::vector<Expr> items;
  for (const NodePtr& arg : node.args) {
    items.push_back(truth(*arg, scope));
    check_boolean(items.back());
    // As TLC: what comes after is not looked at.
    if (both ? is_false(items.back()) : is_true(items.back())) return items.back();
  }
  return both ? make_and(items, node.place) : make_or(items, node.place);
}

/// The first arm whose condition holds, as TLC takes it.
Expr Expander::cases(const Node& node, const Scope& scope) {
  std::vector<std::pair<Expr, Expr>> open;
  Expr last;
  for (std::size_t i = 0; i < node.args.size() && !last; i += 2) {
    if (i + 1 == node.args.size()) {
      last = value(*node.args[i], scope);
      continue;
    }
    const Expr condition = term(*node.args[i], scope);
    check_boolean(condition);
    if (is_false(condition)) continue;
    const Expr here = value(*node.args[i + 1], scope);
    if (is_true(condition)) {
      last = here;
    } else {
      open.emplace_back(condition, here);
    }
  }
  if (!last) refuse(node.place, "a CASE without OTHER whose conditions depend on the state");
  for (auto arm = open.rbegin(); arm != open.rend(); ++arm) {
    last = make_if(arm->first, arm->second, last, node.place);
  }
  return last;
}

/// Of the names from `name` of `bound` on. Sets do not see the names that are bound beside them.
Expr Expander::quantifier(const Node& node, const Scope& scope, std::size_t bound, std::size_t name,
                          const Scope& inner) {
  if (bound == node.bounds.size()) {
    Expr body = truth(*node.args[0], inner);
    check_boolean(body);
    return body;
  }
  const Bound& here = node.bounds[bound];
  if (name == here.names.size()) return quantifier(node, scope, bound + 1, 0, inner);
  const bool outer = asserted_;
  asserted_ = false;
  const Set from = set(*here.set, scope);
  asserted_ = outer;
  return over(
      node.text == "\\A", here.names[name], from,
      [&](const Expr& e) {
        Scope& next = inside(inner);
        bind(next, here.names[name], e, node.place);
        return quantifier(node, scope, bound, name + 1, next);
      },
      node.place);
}

}  // namespace lockstep::tla
