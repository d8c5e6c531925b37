// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/engine.hpp"

#include <algorithm>

#include "model/verdict.hpp"
#include "unbounded/counterexample.hpp"
#include "unbounded/initial.hpp"

namespace lockstep::unbounded {

using tla::Expr;
using tla::Form;

namespace {

std::map<std::string, z3::sort> sorts_of(const Question& question, const Signature& signature) {
  std::map<std::string, z3::sort> out;
  for (const auto& [set, object] : question.sets) {
    const Atom atom = question.world->layout().symbols.find(object);
    if (const auto sort = signature.sort_of(atom)) out.emplace(set, *sort);
  }
  return out;
}

z3::expr ghost(const CountedSet& set, const std::vector<z3::expr>& arguments) {
  z3::expr_vector at(set.members.ctx());
  for (const z3::expr& a : arguments) at.push_back(a);
  return set.count(at);
}

}  // namespace

Engine::Engine(const Question& question, unsigned objects)
    : question_(question),
      ways_(ways_of(question.automata)),
      signature_(context_, *question.world, question.automata,
                 together(question.places, places_of(question.automata, ways_)), objects),
      translator_(signature_, sorts_of(question, signature_)),
      before_(signature_) {
  for (const Named& a : question_.assumptions) {
    tla::rewrite(a.says, [](const tla::Expression& e) -> Expr {
      const bool of_a_state = e.form == Form::variable || e.form == Form::for_all ||
                              e.form == Form::exists || e.form == Form::cardinality;
      if (!of_a_state) return nullptr;
      throw InputError(e.place.file, e.place.line, e.place.column,
                       "an assumption is about the parameters alone, and this asks for " + e.name);
    });
  }
  state_premises();
  for (const Way& way : ways_) {
    const Signature::Naming naming(signature_, "step ");
    steps_.push_back(perform(signature_, question.automata[way.role], way));
  }
  // What is counted must be known before the first question: all of it is met here.
  for (const auto* all : {&question_.conjuncts, &question_.properties, &question_.actions}) {
    for (const Named& named : *all) translator_.truth(named.says, {before_, &before_, ghost}, {});
  }
  for (const Named& named : question_.possible) {
    try {
      translator_.truth(named.says, {before_, nullptr, ghost}, {});
    } catch (const InputError&) {
      // It is of this state alone: who asks about it is told.
    }
  }
  name_counts();
}

const SymbolicStep& Engine::other(std::size_t way) {
  others_.resize(ways_.size());
  std::optional<SymbolicStep>& one = others_[way];
  if (!one) {
    const Signature::Naming naming(signature_, "another ");
    one = perform(signature_, question_.automata[ways_[way].role], ways_[way]);
  }
  return *one;
}

/// A name of its own and not a fresh one: what is known is the same text in every question.
void Engine::state_premises() {
  for (const std::string& set : question_.exactly_one) {
    const z3::sort sort = translator_.set_sort(set, {});
    const z3::expr one = context_.constant(("only_" + set).c_str(), sort);
    const z3::expr x = context_.constant(("any_" + set).c_str(), sort);
    z3::expr_vector bound(context_);
    bound.push_back(x);
    only_.push_back(one);
    premises_.push_back(signature_.is_object(one) && signature_.is_there(one));
    premises_.push_back(signature_.for_all(bound, z3::implies(signature_.is_object(x), x == one)));
  }
}

std::optional<z3::expr> Engine::only(const z3::sort& sort) const {
  for (const z3::expr& one : only_) {
    if (z3::eq(one.get_sort(), sort)) return one;
  }
  return std::nullopt;
}

/// The sets that a name's formula counts have that name.
void Engine::name_counts() {
  for (const Named& named : question_.counts) {
    const auto name = [&](const CountedSet& set, const std::vector<z3::expr>& arguments) {
      const auto at = static_cast<std::size_t>(&set - translator_.counted().data());
      names_of_counts_.resize(translator_.counted().size());
      names_of_counts_[at] = named.name;
      return ghost(set, arguments);
    };
    translator_.truth(named.says, {before_, nullptr, name}, {});
  }
  names_of_counts_.resize(translator_.counted().size());
}

z3::solver Engine::solver() {
  z3::solver out(context_);
  for (const z3::expr& fact : signature_.facts()) out.add(fact);
  for (const z3::expr& premise : premises_) out.add(premise);
  z3::expr_vector assumed(context_);
  for (const Named& a : question_.assumptions) tell(assumed, a.says);
  for (const z3::expr& part : assumed) out.add(part);
  return out;
}

void Engine::assume_invariant(z3::solver& solver, const std::optional<std::string>& without) {
  z3::expr_vector parts(context_);
  for (const Named& c : question_.conjuncts) {
    if (c.name != without) tell(parts, c.says);
  }
  for (const z3::expr& part : parts) solver.add(part);
  assume_facts_of_counts(solver);
}

void Engine::assume_facts_of_counts(z3::solver& solver) {
  for (const z3::expr& fact : facts_of_counts()) solver.add(fact);
}

Engine::NamedTerms Engine::invariant(const std::optional<std::string>& without) {
  NamedTerms out = no_invariant();
  for (const Named& c : question_.conjuncts) {
    if (c.name == without) continue;
    z3::expr_vector parts(context_);
    tell(parts, c.says);
    out.names.push_back(context_.bool_const(("known: " + c.name).c_str()));
    out.terms.push_back(z3::mk_and(parts));
  }
  return out;
}

void Engine::tell(z3::expr_vector& out, const Expr& says) {
  if (says->form == Form::conjunction) {
    for (const Expr& part : says->args) tell(out, part);
  } else {
    out.push_back(translator_.truth(says, {before_, nullptr, ghost}, {}));
  }
}

void Engine::assume_step(z3::solver& solver, std::size_t way) {
  for (const z3::expr& c : steps_[way].conditions) solver.add(c);
}

/// True of the number of members of any finite set, in the state before.
z3::expr_vector Engine::facts_of_counts() const {
  z3::expr_vector out(signature_.context());
  for (const CountedSet& set : translator_.counted()) {
    std::vector<z3::expr> arguments;
    z3::expr_vector bound(signature_.context());
    for (const z3::sort& sort : set.sorts) {
      arguments.push_back(signature_.fresh(sort, "x"));
      bound.push_back(arguments.back());
    }
    const z3::expr task = signature_.fresh(set.members, "t");
    const z3::expr n = ghost(set, arguments);
    if (const auto one = only(set.members)) {
      // Of one object there is one in the set, or none.
      const z3::expr is = translator_.is_member(set, arguments, *one, before_);
      z3::context& c = signature_.context();
      const z3::expr counted = n == z3::ite(is, c.int_val(1), c.int_val(0));
      out.push_back(arguments.empty() ? counted : signature_.for_all(bound, counted));
      continue;
    }
    out.push_back(arguments.empty() ? n >= 0 : signature_.for_all(bound, n >= 0));
    bound.push_back(task);
    out.push_back(signature_.for_all(
        bound, z3::implies(translator_.is_member(set, arguments, task, before_), n >= 1)));
  }
  return out;
}

z3::expr_vector Engine::who_is_counted(const Goal& goal) const {
  z3::expr_vector out(signature_.context());
  std::vector<z3::expr> pending;
  std::set<unsigned> seen;
  for (const z3::expr& e : goal.denial) pending.push_back(e);
  while (!pending.empty()) {
    const z3::expr e = pending.back();
    pending.pop_back();
    if (!e.is_app() || !seen.insert(e.id()).second) continue;  // under a quantifier it is of many
    for (unsigned i = 0; i < e.num_args(); ++i) pending.push_back(e.arg(i));
    for (const CountedSet& set : translator_.counted()) {
      if (!z3::eq(e.decl(), set.count)) continue;
      std::vector<z3::expr> arguments;
      for (unsigned i = 0; i < e.num_args(); ++i) arguments.push_back(e.arg(i));
      z3::expr_vector task(signature_.context());
      task.push_back(signature_.fresh(set.members, "t"));
      out.push_back(e == 0 || signature_.exists(
                                  task, translator_.is_member(set, arguments, task[0], before_)));
    }
  }
  return out;
}

void Engine::count(z3::solver& solver) const {
  for (const CountedSet& set : translator_.counted()) {
    std::vector<z3::expr> arguments;
    z3::expr_vector bound(signature_.context());
    for (const z3::sort& sort : set.sorts) {
      arguments.push_back(signature_.fresh(sort, "x"));
      bound.push_back(arguments.back());
    }
    const z3::expr number = signature_.number_of(set.members, [&](const z3::expr& task) {
      return translator_.is_member(set, arguments, task, before_);
    });
    const z3::expr counted = ghost(set, arguments) == number;
    solver.add(arguments.empty() ? counted : signature_.for_all(bound, counted));
  }
}

/// How many there are after a step: one task has changed its locals, so its own membership is all
/// that changes. What is asked of is kept, for the facts about it.
struct Engine::CountsAfter {
  const Engine& engine;
  const SymbolicStep& step;
  std::vector<std::pair<const CountedSet*, std::vector<z3::expr>>> met;

  z3::expr operator()(const CountedSet& set, const std::vector<z3::expr>& arguments) {
    if (!z3::eq(set.members, step.task.get_sort())) return ghost(set, arguments);
    met.emplace_back(&set, arguments);
    return number(set, arguments);
  }
  z3::expr number(const CountedSet& set, const std::vector<z3::expr>& arguments) const {
    z3::context& c = step.task.ctx();
    const auto one_if = [&](const Structure& state) {
      return z3::ite(engine.translator_.is_member(set, arguments, step.task, state), c.int_val(1),
                     c.int_val(0));
    };
    return ghost(set, arguments) - one_if(engine.before_) + one_if(step.after);
  }
  /// True of the number of members of any finite set, for the sets and tasks that are spoken of.
  void add_facts(Goal& goal) const {
    for (const auto& [set, arguments] : met) {
      const z3::expr n = number(*set, arguments);
      goal.denial.push_back(n >= 0);
      const auto member = [&](const z3::expr& task) {
        const z3::expr is = engine.translator_.is_member(*set, arguments, task, step.after);
        goal.denial.push_back(z3::implies(is, n >= 1));
      };
      member(step.task);
      for (const auto& [name, constant] : goal.constants) {
        if (z3::eq(constant.get_sort(), set->members)) member(constant);
      }
    }
  }
};

void Engine::split(const Expr& says, const Translator::States& states, Translator::Scope scope,
                   Goal given, std::vector<Goal>& out) {
  const auto translated = [&](const Expr& e) {
    translator_.forget();
    const z3::expr truth = translator_.truth(e, states, scope);
    given.asks.insert(translator_.asked().begin(), translator_.asked().end());
    return truth;
  };
  // A copy: vectors of Z3 share what is in them.
  z3::expr_vector known(context_);
  for (const z3::expr& e : given.denial) known.push_back(e);
  given.denial = known;
  switch (says->form) {
    case Form::conjunction:
      for (const Expr& part : says->args) split(part, states, scope, given, out);
      return;
    case Form::implies:
      given.denial.push_back(translated(says->args[0]));
      split(says->args[1], states, scope, std::move(given), out);
      return;
    case Form::for_all: {
      const z3::sort sort = translator_.set_sort(says->name, says->place);
      const z3::expr x = signature_.fresh(sort, says->bound);
      given.denial.push_back(signature_.is_object(x) && signature_.is_there(x));
      given.constants.emplace_back(says->bound, x);
      scope.insert_or_assign(says->bound, x);
      split(says->args[0], states, std::move(scope), std::move(given), out);
      return;
    }
    default: given.denial.push_back(!translated(says)); out.push_back(std::move(given));
  }
}

std::vector<Goal> Engine::initially(const Named& conjunct) {
  const Signature::Naming naming(signature_, "goal ");
  const Structure start = initial(signature_, question_.automata);
  const auto count = [&](const CountedSet& set, const std::vector<z3::expr>& arguments) {
    // Nobody is a member if no task, whichever it is, is one at the start, of whatever objects.
    const z3::expr task = signature_.fresh(set.members, "t");
    z3::expr objects = context_.bool_val(true);
    for (const z3::expr& argument : arguments) objects = objects && signature_.is_object(argument);
    z3::solver member = solver();
    member.add(objects && translator_.is_member(set, arguments, task, start));
    const z3::expr any = signature_.fresh(context_.int_sort(), "n");
    return member.check() == z3::unsat ? z3::ite(objects, context_.int_val(0), any) : any;
  };
  std::vector<Goal> out;
  split(conjunct.says, {start, nullptr, count}, {}, empty(), out);
  return out;
}

std::vector<Goal> Engine::follows(const Named& property) {
  const Signature::Naming naming(signature_, "goal ");
  std::vector<Goal> out;
  split(property.says, {before_, nullptr, ghost}, {}, empty(), out);
  return out;
}

std::vector<Goal> Engine::kept(std::size_t way, const Named& conjunct) {
  const Signature::Naming naming(signature_, "goal ");
  const SymbolicStep& step = steps_[way];
  CountsAfter counts{*this, step, {}};
  const Translator::Counts count = [&](const CountedSet& set,
                                       const std::vector<z3::expr>& arguments) {
    return counts(set, arguments);
  };
  std::vector<Goal> out;
  split(conjunct.says, {step.after, nullptr, count}, {}, empty(), out);
  const auto changed = [&](std::size_t f) { return step.after.changed(f); };
  std::erase_if(out, [&](const Goal& goal) { return std::ranges::none_of(goal.asks, changed); });
  for (Goal& goal : out) {
    counts.add_facts(goal);
    goal.constants = with(way, goal.constants);
  }
  return out;
}

std::vector<Goal> Engine::done(std::size_t way, const Named& action) {
  const Signature::Naming naming(signature_, "goal ");
  std::vector<Goal> out;
  split(action.says, {before_, &steps_[way].after, ghost}, {}, empty(), out);
  for (Goal& goal : out) goal.constants = with(way, goal.constants);
  return out;
}

std::vector<std::pair<std::string, Goal>> Engine::no_fault(std::size_t way) {
  std::vector<std::pair<std::string, Goal>> out;
  std::set<std::string> seen;
  for (const Obligation& o : steps_[way].obligations) {
    // The same cell, read and then written: once shown, it is known.
    if (o.holds.is_true() || !seen.insert(o.what + o.holds.to_string()).second) continue;
    Goal goal{z3::expr_vector(context_), with(way, {}), {}};
    for (const z3::expr& e : o.when) goal.denial.push_back(e);
    goal.denial.push_back(!o.holds);
    out.emplace_back(o.what, std::move(goal));
  }
  return out;
}

Constants Engine::with(std::size_t way, const Constants& constants) const {
  Constants out{{question_.automata[ways_[way].role].role, steps_[way].task}};
  for (const Constants* more : {&steps_[way].chosen, &constants}) {
    out.insert(out.end(), more->begin(), more->end());
  }
  return out;
}

z3::expr Engine::says(const Expr& expr, const Translator::Scope& scope,
                      std::optional<std::size_t> way) {
  if (!way) return translator_.truth(expr, {before_, nullptr, ghost}, scope);
  CountsAfter counts{*this, steps_[*way], {}};
  const Translator::Counts count = [&](const CountedSet& set,
                                       const std::vector<z3::expr>& arguments) {
    return counts(set, arguments);
  };
  return translator_.truth(expr, {steps_[*way].after, nullptr, count}, scope);
}

z3::expr Engine::equals(const Expr& expr, Atom value, const Translator::Scope& scope,
                        std::optional<std::size_t> way) {
  tla::Expression literal{};
  literal.place = expr->place;
  const Symbols& names = signature_.world().layout().symbols;
  if (is_symbol(value)) {
    literal.name = names.text(value);
    literal.form = signature_.is_nothing(literal.name) ? Form::model_value : Form::string;
  } else {
    literal.form = translator_.is_truth(expr, scope) ? Form::boolean : Form::integer;
    literal.number = value;
  }
  tla::Expression equal{};
  equal.form = Form::equal;
  equal.place = expr->place;
  equal.args = {expr, std::make_shared<tla::Expression>(std::move(literal))};
  return says(std::make_shared<tla::Expression>(std::move(equal)), scope, way);
}

std::string Engine::describe_start(const z3::model& model, const Constants& constants) const {
  return unbounded::describe(signature_, initial(signature_, question_.automata), model, constants,
                             {});
}

std::string Engine::describe(const z3::model& model, const Constants& constants) const {
  std::vector<ShownCount> counts;
  for (std::size_t i = 0; i < names_of_counts_.size(); ++i) {
    const CountedSet& set = translator_.counted()[i];
    if (!names_of_counts_[i].empty()) counts.push_back({names_of_counts_[i], set.sorts, set.count});
  }
  return unbounded::describe(signature_, before_, model, constants, counts);
}

}  // namespace lockstep::unbounded
