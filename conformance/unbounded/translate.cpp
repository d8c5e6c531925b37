// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/translate.hpp"

#include <algorithm>

#include "model/verdict.hpp"

namespace lockstep::unbounded {

using tla::Expr;
using tla::Expression;
using tla::Form;

namespace {

[[noreturn]] void refuse(const Expression& e, const std::string& why) {
  throw InputError(e.place.file, e.place.line, e.place.column, why);
}

bool is_value(Form form) {
  switch (form) {
    case Form::bound:
    case Form::variable:
    case Form::parameter:
    case Form::add:
    case Form::subtract:
    case Form::multiply:
    case Form::modulo:
    case Form::if_then_else: return true;
    default: return false;
  }
}

/// A counted set apart from what it is of: `Holders(wvma[m])` and `Holders(v)` are the same set of
/// another VMA. Whatever value is asked for that does not depend on the member becomes a parameter.
class Abstraction {
 public:
  explicit Abstraction(const Expression& cardinality) {
    names_[cardinality.bound] = "member";
    Expression out = cardinality;
    out.bound = "member";
    out.args[0] = of(cardinality.args[0]);
    set = std::make_shared<Expression>(std::move(out));
  }
  Expr set;
  std::vector<Expr> values;  ///< of the parameters, in their order

 private:
  bool depends(const Expr& e) const {
    if (e->form == Form::bound && names_.contains(e->name)) return true;
    return std::ranges::any_of(e->args, [this](const Expr& a) { return depends(a); });
  }
  Expr of(const Expr& e) {
    if (is_value(e->form) && !depends(e)) {
      const std::string key = tla::text(e);
      const auto [at, added] = parameters_.try_emplace(key, values.size());
      if (added) values.push_back(e);
      Expression p{};
      p.form = Form::bound;
      p.name = "parameter" + std::to_string(at->second);
      p.place = e->place;
      return std::make_shared<Expression>(std::move(p));
    }
    Expression copy = *e;
    if (!copy.bound.empty()) {
      copy.bound = "inner" + std::to_string(names_.size());
      names_[e->bound] = copy.bound;
    }
    if (copy.form == Form::bound) copy.name = names_.at(copy.name);
    for (Expr& a : copy.args) a = of(a);
    return std::make_shared<Expression>(std::move(copy));
  }

  std::map<std::string, std::string> names_;
  std::map<std::string, std::size_t> parameters_;
};

}  // namespace

Translator::Translator(const Signature& signature, std::map<std::string, z3::sort> sets)
    : sig_(signature), sets_(std::move(sets)) {}

z3::sort Translator::set_sort(const std::string& set, const tla::Place& place) const {
  const auto found = sets_.find(set);
  if (found != sets_.end()) return found->second;
  throw InputError(place.file, place.line, place.column,
                   "the set " + set + " has no sort; expected one of the constant sets of objects");
}

std::size_t Translator::function_of(const Expression& e, const Scope& scope) const {
  if (e.args.empty()) refuse(e, "the variable " + e.name + " is not applied to anything");
  const auto sort = sort_of(e.args.front(), scope);
  const auto found = sort ? sig_.find(e.name, *sort) : std::nullopt;
  if (!found) refuse(e, "there is no variable " + e.name + " of such an object");
  if (sig_.functions()[*found].arguments.size() != e.args.size()) {
    refuse(e, "the variable " + e.name + " is applied to another number of objects than it has");
  }
  return *found;
}

std::optional<z3::sort> Translator::sort_of(const Expr& e, const Scope& scope) const {
  switch (e->form) {
    case Form::integer:
    case Form::parameter:
    case Form::add:
    case Form::subtract:
    case Form::multiply:
    case Form::modulo:
    case Form::cardinality: return sig_.integers();
    case Form::string:
    case Form::model_value: return std::nullopt;
    case Form::bound: {
      const auto found = scope.find(e->name);
      if (found == scope.end()) refuse(*e, "the variable " + e->name + " is bound by nothing");
      return found->second.get_sort();
    }
    case Form::variable: return sig_.functions()[function_of(*e, scope)].value.range();
    case Form::if_then_else: {
      const auto then = sort_of(e->args[1], scope);
      return then ? then : sort_of(e->args[2], scope);
    }
    default: return sig_.booleans();
  }
}

Value Translator::value(const Expr& e, const States& states, const Scope& scope,
                        const z3::sort* wanted) const {
  z3::context& c = sig_.context();
  const auto number = [&](std::size_t i) { return this->number(e->args[i], states, scope); };
  switch (e->form) {
    case Form::integer: return {c.int_val(static_cast<std::int64_t>(e->number)), {}};
    case Form::parameter: return {sig_.parameter(e->name), {}};
    case Form::string: return {c.int_val(sig_.code(e->name)), {}};
    case Form::model_value:
      if (!sig_.is_nothing(e->name)) refuse(*e, "the model value " + e->name + " is not known");
      if (wanted == nullptr) refuse(*e, "it is not known what could be " + e->name + " here");
      if (wanted->is_int()) {
        if (e->name != "Null") refuse(*e, "a number is never " + e->name);
        return {c.int_val(0), c.bool_val(true)};
      }
      if (wanted->is_bool()) refuse(*e, "a truth value is never " + e->name);
      return {sig_.nothing_of(*wanted, e->name), {}};
    case Form::bound: return {scope.at(e->name), {}};
    case Form::variable: {
      const std::size_t f = function_of(*e, scope);
      Structure::Arguments at;
      for (std::size_t i = 0; i < e->args.size(); ++i) {
        const z3::sort& sort = sig_.functions()[f].arguments[i];
        const z3::expr argument = value(e->args[i], states, scope, &sort).term;
        if (!z3::eq(argument.get_sort(), sort))
          refuse(*e, e->name + " is applied to another kind of object");
        at.push_back(argument);
      }
      asked_.insert(f);
      if (e->primed && states.after == nullptr) refuse(*e, "a prime, where one state is spoken of");
      return (e->primed ? *states.after : states.now).read(f, at);
    }
    case Form::add: return {number(0) + number(1), {}};
    case Form::subtract: return {number(0) - number(1), {}};
    case Form::multiply: return {number(0) * number(1), {}};
    case Form::modulo: return {z3::mod(number(0), number(1)), {}};
    case Form::if_then_else: {
      const z3::expr condition = truth(e->args[0], states, scope);
      return choose(condition, value(e->args[1], states, scope, wanted),
                    value(e->args[2], states, scope, wanted));
    }
    case Form::cardinality: return {cardinality(*e, states, scope), {}};
    default: return {truth(e, states, scope), {}};
  }
}

bool Translator::is_text(const Expr& e, const Scope& scope) const {
  if (e->form == Form::string) return true;
  if (e->form == Form::if_then_else) {
    const bool then = is_text(e->args[1], scope);
    if (then != is_text(e->args[2], scope)) refuse(*e, "a string or what never is one");
    return then;
  }
  return e->form == Form::variable && sig_.functions()[function_of(*e, scope)].sort == Sort::string;
}

z3::expr Translator::number(const Expr& e, const States& states, const Scope& scope) const {
  if (is_text(e, scope)) refuse(*e, "a string is no number");
  const z3::sort integers = sig_.integers();
  const Value out = value(e, states, scope, &integers);
  if (!out.term.is_int()) refuse(*e, "a number was expected");
  return out.term;
}

z3::expr Translator::equality(const Expression& e, const States& states, const Scope& scope) const {
  auto sort = sort_of(e.args[0], scope);
  if (!sort) sort = sort_of(e.args[1], scope);
  const auto open = [](const Expr& x) { return x->form == Form::if_then_else; };
  if (!sort && (open(e.args[0]) || open(e.args[1]))) {
    refuse(e, "it is not known of what kind the values are that are compared");
  }
  if (!sort) {  // two names, which are equal only if they are the same
    return sig_.context().bool_val(e.args[0]->form == e.args[1]->form &&
                                   e.args[0]->name == e.args[1]->name);
  }
  // Strings are numbers only where a variable holds strings.
  const auto is_name = [](const Expr& x) { return x->form == Form::model_value; };
  if (is_text(e.args[0], scope) != is_text(e.args[1], scope) && !is_name(e.args[0]) &&
      !is_name(e.args[1])) {
    refuse(e, "a string is compared with what never is one");
  }
  const Value a = value(e.args[0], states, scope, &*sort);
  const Value b = value(e.args[1], states, scope, &*sort);
  if (!z3::eq(a.term.get_sort(), b.term.get_sort())) refuse(e, "two kinds of values are compared");
  return equal(a, b).simplify();
}

z3::expr Translator::membership(const Expression& e, const States& states,
                                const Scope& scope) const {
  const z3::expr yes = sig_.context().bool_val(true);
  const auto own = sort_of(e.args[0], scope);
  if (e.name == "BOOLEAN") {
    if (!own || !own->is_bool()) refuse(e, "only a truth value is asked to be in BOOLEAN");
    return yes;
  }
  if (e.name == "Int") {
    if (!own || !own->is_int()) refuse(e, "only a number is asked to be in Int");
    const Value number = value(e.args[0], states, scope, &*own);
    return number.null ? !*number.null : yes;
  }
  const z3::sort sort = set_sort(e.name, e.place);
  if (own && !z3::eq(*own, sort)) return sig_.context().bool_val(false);
  return sig_.is_object(value(e.args[0], states, scope, &sort).term);
}

z3::expr Translator::quantified(const Expression& e, const States& states,
                                const Scope& scope) const {
  // Quantifiers of one kind that follow each other become one: solvers find instances of it better.
  z3::expr_vector bound(sig_.context()), guards(sig_.context());
  Scope inner = scope;
  const auto bind = [&](const Expression& q) {
    const z3::expr x = sig_.fresh(set_sort(q.name, q.place), q.bound);
    inner.insert_or_assign(q.bound, x);
    bound.push_back(x);
    guards.push_back(sig_.is_object(x));
  };
  bind(e);
  Expr body = e.args[0];
  for (;;) {
    if (body->form == e.form) {
      bind(*body);
      body = body->args[0];
    } else if (e.form == Form::for_all && body->form == Form::implies &&
               body->args[1]->form == Form::for_all) {
      guards.push_back(truth(body->args[0], states, inner));
      body = body->args[1];
    } else {
      break;
    }
  }
  const z3::expr says = truth(body, states, inner), all = z3::mk_and(guards);
  return e.form == Form::for_all ? sig_.for_all(bound, z3::implies(all, says))
                                 : sig_.exists(bound, all && says);
}

z3::expr Translator::cardinality(const Expression& e, const States& states,
                                 const Scope& scope) const {
  const Abstraction abstract(e);
  const Expr& plain = abstract.set;
  std::vector<z3::expr> arguments;
  std::string key = tla::text(plain);
  for (const Expr& of : abstract.values) {
    const Value argument = value(of, states, scope, nullptr);
    if (argument.null)
      refuse(*of, "a set that is counted may not depend on a number that can be Null");
    arguments.push_back(argument.term);
    key += " " + arguments.back().get_sort().name().str();
  }
  if (!by_text_.contains(key)) {
    const z3::sort members = set_sort(e.name, e.place);
    std::vector<z3::sort> sorts;
    std::vector<std::string> parameters;
    z3::sort_vector domain(sig_.context());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      parameters.push_back("parameter" + std::to_string(i));
      sorts.push_back(arguments[i].get_sort());
      domain.push_back(sorts.back());
    }
    const std::string name = "count!" + std::to_string(counted_.size());
    CountedSet set{plain,
                   std::move(parameters),
                   std::move(sorts),
                   members,
                   arguments.empty()
                       ? sig_.context().constant(name.c_str(), sig_.integers()).decl()
                       : sig_.context().function(name.c_str(), domain, sig_.integers()),
                   {}};
    // A step changes the locals of one task, so the number changes by that task's membership alone.
    // That is true only of sets that ask each task about nothing but its own.
    tla::rewrite(plain->args[0], [&](const Expression& n) -> Expr {
      if (n.form != Form::variable) return nullptr;
      const bool own = n.args.size() == 1 && n.args[0]->form == Form::bound &&
                       n.args[0]->name == "member" && !n.primed;
      const auto f = own ? sig_.find(n.name, members) : std::nullopt;
      if (!f || !sig_.functions()[*f].role) {
        refuse(n, "a set that is counted may ask a task about its own locals alone");
      }
      set.functions.insert(*f);
      return nullptr;
    });
    by_text_.emplace(key, counted_.size());  // what is refused is none
    counted_.push_back(std::move(set));
  }
  const CountedSet& set = counted_[by_text_.at(key)];
  asked_.insert(set.functions.begin(), set.functions.end());
  return states.count(set, arguments);
}

z3::expr Translator::is_member(const CountedSet& set, const std::vector<z3::expr>& arguments,
                               const z3::expr& task, const Structure& state) const {
  Scope scope;
  scope.insert_or_assign("member", task);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    scope.insert_or_assign(set.parameters[i], arguments[i]);
  }
  return sig_.is_object(task) && truth(set.definition->args[0], {state, nullptr, {}}, scope);
}

z3::expr Translator::truth(const Expr& e, const States& states, const Scope& scope) const {
  z3::context& c = sig_.context();
  const auto at = [&](std::size_t i) { return truth(e->args[i], states, scope); };
  const auto number = [&](std::size_t i) { return this->number(e->args[i], states, scope); };
  switch (e->form) {
    case Form::boolean: return c.bool_val(e->number != 0);
    case Form::negation: return !at(0);
    case Form::conjunction:
    case Form::disjunction: {
      z3::expr_vector parts(c);
      for (std::size_t i = 0; i < e->args.size(); ++i) parts.push_back(at(i));
      return e->form == Form::conjunction ? z3::mk_and(parts) : z3::mk_or(parts);
    }
    case Form::implies: return z3::implies(at(0), at(1));
    case Form::equal: return equality(*e, states, scope);
    case Form::less: return number(0) < number(1);
    case Form::less_equal: return number(0) <= number(1);
    case Form::if_then_else: return z3::ite(at(0), at(1), at(2));
    case Form::member: return membership(*e, states, scope);
    case Form::for_all:
    case Form::exists: return quantified(*e, states, scope);
    case Form::variable:
    case Form::bound: {
      const z3::expr term = value(e, states, scope, nullptr).term;
      if (!term.is_bool()) refuse(*e, e->name + " is no truth value");
      return term;
    }
    default: break;
  }
  refuse(*e, "a truth value was expected");
}

}  // namespace lockstep::unbounded
