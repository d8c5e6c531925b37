// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/evaluate.hpp"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>

#include "tla/compile.hpp"

namespace lockstep::tla {
namespace {

/// One expression on one state, or on two.
struct Run {
  const Atom* state;
  const Atom* after;
  Atom* frame;

  [[noreturn]] static void stop(const Code& code, const std::string& what) {
    const Place& at = code.source->place;
    throw std::runtime_error(at.file + ":" + std::to_string(at.line) + ":" +
                             std::to_string(at.column) + ": " + what);
  }

  bool holds(const Code& code) const { return value(code) != 0; }

  std::int64_t number(const Code& code) const {
    const Atom atom = value(code);
    if (is_symbol(atom)) stop(code, "a name; expected a number");
    return atom;
  }

  Atom variable(const Code& code) const {
    const Atom* from = code.primed ? after : state;
    if (from == nullptr) stop(code, "a prime where there is no state after");
    if (code.cells == nullptr) return from[code.frame];
    const Cells* cells = code.cells;
    for (const Code& key : code.args) {
      const auto i = static_cast<std::size_t>(value(key)) - first_symbol;
      const std::int32_t next = i < cells->next.size() ? cells->next[i] : -1;
      if (next < 0) stop(code, "'" + code.source->name + "' is applied outside of its domain");
      if (cells->below.empty()) return from[next];
      cells = &cells->below[static_cast<std::size_t>(next)];
    }
    stop(code, "no cell");
  }

  bool equal(const Code& code) const {
    const Atom a = value(code.args[0]), b = value(code.args[1]);
    if (!code.strict) return a == b;
    // Of two kinds: a model value is equal to none of the other, TLC compares nothing else.
    const auto is_name = [](const Code& side, Atom atom) {
      return side.kind == Kind::name || (side.kind == Kind::number && is_symbol(atom)) ||
             (side.kind == Kind::string && atom == null_atom);
    };
    if (!is_name(code.args[0], a) && !is_name(code.args[1], b)) {
      stop(code, "values of two kinds are compared");
    }
    return code.args[0].kind != Kind::boolean && code.args[1].kind != Kind::boolean && a == b;
  }

  Atom arithmetic(const Code& code) const {
    const std::int64_t a = number(code.args[0]), b = number(code.args[1]);
    std::int64_t out = 0;
    switch (code.form) {
      case Form::add: out = a + b; break;
      case Form::subtract: out = a - b; break;
      case Form::multiply: out = a * b; break;
      default:
        if (b <= 0) stop(code, "'%' by what is not above 0");
        out = (a % b + b) % b;
    }
    if (out >= first_symbol || out < -first_symbol) stop(code, "a number that no state can hold");
    return static_cast<Atom>(out);
  }

  Atom value(const Code& code) const {
    const std::vector<Code>& args = code.args;
    switch (code.form) {
      case Form::boolean:
      case Form::integer:
      case Form::string:
      case Form::model_value:
      case Form::parameter: return code.constant;
      case Form::bound: return frame[code.frame];
      case Form::variable: return variable(code);
      case Form::negation: return holds(args[0]) ? 0 : 1;
      case Form::conjunction:
        for (const Code& arg : args) {
          if (!holds(arg)) return 0;
        }
        return 1;
      case Form::disjunction:
        for (const Code& arg : args) {
          if (holds(arg)) return 1;
        }
        return 0;
      case Form::implies: return !holds(args[0]) || holds(args[1]) ? 1 : 0;
      case Form::equal: return equal(code) ? 1 : 0;
      case Form::less: return number(args[0]) < number(args[1]) ? 1 : 0;
      case Form::less_equal: return number(args[0]) <= number(args[1]) ? 1 : 0;
      case Form::add:
      case Form::subtract:
      case Form::multiply:
      case Form::modulo: return arithmetic(code);
      case Form::if_then_else: return value(holds(args[0]) ? args[1] : args[2]);
      case Form::member: {
        const Atom atom = value(args[0]);
        if (code.set == nullptr) return args[0].kind == Kind::number && !is_symbol(atom) ? 1 : 0;
        return args[0].kind != Kind::boolean &&
                       std::ranges::find(*code.set, atom) != code.set->end()
                   ? 1
                   : 0;
      }
      case Form::for_all:
      case Form::exists:
      case Form::cardinality: return over(code);
      case Form::undefined: stop(code, code.source->name);
    }
    stop(code, "no form");
  }

  Atom over(const Code& code) const {
    Atom number = 0;
    for (const Atom member : *code.set) {
      frame[code.frame] = member;
      const bool here = holds(code.args[0]);
      if (code.form == Form::for_all && !here) return 0;
      if (code.form == Form::exists && here) return 1;
      if (here) ++number;
    }
    return code.form == Form::cardinality ? number : code.form == Form::for_all ? 1 : 0;
  }
};

}  // namespace

struct Evaluator::Compiled {
  const World& world;
  std::map<std::string, std::vector<Atom>> sets;
  std::map<std::string, Atom> parameters;
  std::unique_ptr<Compiler> compiler;
  struct Known {
    Expr keep;  ///< its address is the key
    Code code;
  };
  std::unordered_map<const Expression*, Known> known;
  std::vector<Atom> frame;

  const Code& code(const Expr& expr) {
    // A name that is new may be one of a string that no state had.
    if (!compiler || compiler->symbols() != world.layout().symbols.size()) {
      known.clear();
      compiler = std::make_unique<Compiler>(world, sets, parameters);
    }
    const auto found = known.find(expr.get());
    if (found != known.end()) return found->second.code;
    Code code = compiler->compile(expr);
    frame.resize(compiler->frames());
    return known.emplace(expr.get(), Known{expr, std::move(code)}).first->second.code;
  }
};

Evaluator::Evaluator(const World& world, std::map<std::string, std::vector<Atom>> sets,
                     std::map<std::string, Atom> parameters)
    : compiled_(new Compiled{world, std::move(sets), std::move(parameters), {}, {}, {}}) {}
Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;

Atom Evaluator::operator()(const Expr& expr, const Atom* state, const Atom* after) const {
  const Code& code = compiled_->code(expr);
  return Run{state, after, compiled_->frame.data()}.value(code);
}

}  // namespace lockstep::tla
