// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/temporal.hpp"

#include <algorithm>
#include <functional>

#include "tla/expand_action.hpp"
#include "tla/fold.hpp"

namespace lockstep::tla {
namespace {

constexpr std::string_view understood =
    "; of liveness are understood conjunctions and \\A of P ~> Q, [](P => <>Q), []<>P, <>[]P, []P, "
    "<>P, []<><<A>>_v, <>[][A]_v, and F => G of these";
constexpr std::string_view understood_of_premises =
    "; as a premise are understood conjunctions and \\A of []<>P, <>[]P, []<><<A>>_v, <>[][A]_v";
constexpr std::string_view understood_of_fairness =
    "; of fairness are understood conjunctions and \\A of WF_v(A) and SF_v(A)";

bool is(const Node& node, std::string_view text) {
  return node.kind == Node::Kind::temporal && node.text == text;
}

class Walk : public ActionExpander {
 public:
  Walk(const ModuleText& module, const Constants& constants, const Ground& ground)
      : ActionExpander(module, constants, ground, false), given_(constants), at_(ground) {}

  void fairness(const Node& node, const Scope& scope, std::vector<FairAction>& out) {
    conjuncts(node, scope, [&](const Node& one, const Scope& in) {
      if (!is(one, "WF") && !is(one, "SF")) refuse(one, understood_of_fairness);
      FairAction fair{one.text == "SF", {}, subscript(*one.args[1], in), bound_, one.place};
      fair.action =
          ActionExpander{module_, given_, at_, false}.action(*one.args[0], in, one.args[0]->place);
      out.push_back(std::move(fair));
    });
  }

  void property(const Node& node, const Scope& scope, const LiveClause& premises,
                std::vector<LiveClause>& out) {
    conjuncts(node, scope, [&](const Node& one, const Scope& in) {
      if (one.kind == Node::Kind::infix && one.text == "=>") {
        LiveClause more = premises;
        premise(*one.args[0], in, more);
        return property(*one.args[1], in, more, out);
      }
      LiveClause clause = premises;
      clause.bound = bound_;
      clause.place = one.place;
      violation(one, in, clause);
      out.push_back(std::move(clause));
    });
  }

  void view(const Value& value, std::vector<Expr>& out) {
    if (value.scalar) return out.push_back(value.scalar);
    for (const Value& cell : value.function->values) view(cell, out);
  }
  std::vector<Expr> view(const Node& node) {
    std::vector<Expr> out;
    view(any(node, outermost()), out);
    return out;
  }

 private:
  using Found = std::function<void(const Node&, const Scope&)>;

  [[noreturn]] static void refuse(const Node& node, std::string_view what) {
    std::string said = "'" + node.text + "'";
    if (node.kind == Node::Kind::apply || node.kind == Node::Kind::prime) said = "a value";
    tla::refuse(node.place, said + " is not understood here" + std::string{what});
  }

  bool is_temporal(const Node& node, const Scope& scope) {
    const Depth depth{*this, node.place};
    if (node.kind == Node::Kind::temporal) return true;
    if (node.kind == Node::Kind::let) {
      return is_temporal(*node.args[0], with_definitions(node, scope));
    }
    if (node.kind == Node::Kind::name) {
      if (const Operator op = applied(node, scope); op.body != nullptr) {
        return is_temporal(*op.body, *op.scope);
      }
    }
    return std::ranges::any_of(node.args,
                               [&](const NodePtr& arg) { return is_temporal(*arg, scope); });
  }

  /// Does it speak of the state, also through what it names?
  bool has_variable(const Node& node, const Scope& scope) {
    const Depth depth{*this, node.place};
    if (node.kind == Node::Kind::let) {
      return has_variable(*node.args[0], with_definitions(node, scope));
    }
    if (node.kind == Node::Kind::name) {
      if (const Operator op = applied(node, scope); op.body != nullptr) {
        return has_variable(*op.body, *op.scope);
      }
      if (find(*scope.module, node.text).variable) return true;
    }
    const auto has = [&](const NodePtr& one) { return has_variable(*one, scope); };
    return std::ranges::any_of(node.args, has) ||
           std::ranges::any_of(node.bounds, [&](const Bound& bound) { return has(bound.set); });
  }

  /// Every part of a conjunction, through names, LET and \A.
  void conjuncts(const Node& node, const Scope& scope, const Found& found) {
    const Depth depth{*this, node.place};
    const bool junction = node.kind == Node::Kind::list || node.kind == Node::Kind::infix;
    if (junction && node.text == "/\\") {
      for (const NodePtr& arg : node.args) conjuncts(*arg, scope, found);
      return;
    }
    if (node.kind == Node::Kind::let) {
      return conjuncts(*node.args[0], with_definitions(node, scope), found);
    }
    if (node.kind == Node::Kind::quantifier && node.text == "\\A") {
      return for_each(node, scope, 0, 0, scope, found);
    }
    if (node.kind == Node::Kind::name) {
      if (const Operator op = applied(node, scope); op.body != nullptr) {
        return conjuncts(*op.body, *op.scope, found);
      }
      if (node.text == "TRUE") return;
    }
    found(node, scope);
  }

  void for_each(const Node& node, const Scope& scope, std::size_t bound, std::size_t name,
                const Scope& inner, const Found& found) {
    if (bound == node.bounds.size()) return conjuncts(*node.args[0], inner, found);
    const Bound& here = node.bounds[bound];
    if (name == here.names.size()) return for_each(node, scope, bound + 1, 0, inner, found);
    for (const Expr& member : constant_elements(set(*here.set, scope), node.place)) {
      Scope& with = inside(inner);
      bind(with, here.names[name], member, node.place);
      const std::size_t outer = bound_.size();
      bound_ += (bound_.empty() ? "" : ", ") + here.names[name] + " = " + text(member);
      for_each(node, scope, bound, name + 1, with, found);
      bound_.resize(outer);
    }
  }

  /// What no state decides TLC judges otherwise than it is meant (`<>TRUE` is violated to it).
  Expr state(const Node& node, const Scope& scope) {
    const Expr out = value(node, scope);
    check_boolean(out);
    if (!of_steps_ && !has_variable(node, scope)) {
      tla::refuse(node.place,
                  "a condition without a variable is the same in every state, and is "
                  "not understood here; expected one that states decide");
    }
    return out;
  }
  Expr not_state(const Node& node, const Scope& scope) {
    return make_not(state(node, scope), node.place);
  }

  std::vector<std::string> subscript(const Node& node, const Scope& scope) {
    Names names;
    variables(node, scope, "the subscript of an action", names);
    std::vector<std::string> out;
    for (const auto& [name, place] : names) out.push_back(name);
    return out;
  }

  /// <<A>>_v, or, for [A]_v, a step that it does not allow.
  StepCondition steps(const Node& node, const Scope& scope) {
    Walk walk{module_, given_, at_};
    walk.of_steps_ = true;
    const Expr holds = walk.state(*node.args[0], scope);
    return {is(node, "[A]") ? make_not(holds, node.place) : holds, subscript(*node.args[1], scope)};
  }

  void premise(const Node& node, const Scope& scope, LiveClause& out) {
    conjuncts(node, scope, [&](const Node& one, const Scope& in) {
      const Node* const inner = is(one, "[]") || is(one, "<>") ? one.args[0].get() : nullptr;
      const Node* const of = inner != nullptr && inner->kind == Node::Kind::temporal &&
                                     (is(*inner, "[]") || is(*inner, "<>")) && !is(*inner, one.text)
                                 ? inner->args[0].get()
                                 : nullptr;
      if (of == nullptr) refuse(one, understood_of_premises);
      const bool again = is(one, "[]");  // []<>, else <>[]
      if (is(*of, again ? "<<A>>" : "[A]")) {
        (again ? out.again_steps : out.never_steps).push_back(steps(*of, in));
      } else if (is_temporal(*of, in)) {
        refuse(*of, understood_of_premises);
      } else {
        (again ? out.again : out.always).push_back(state(*of, in));
      }
    });
  }

  void violation(const Node& node, const Scope& scope, LiveClause& out) {
    if (is(node, "~>")) {
      leads_to(*node.args[0], *node.args[1], scope, out);
    } else if (is(node, "[]")) {
      const Node& of = *node.args[0];
      if (is(of, "[A]")) {
        tla::refuse(node.place,
                    "a property of steps among those of liveness is not understood; "
                    "expected a definition of its own, of the form [][A]_vars");
      }
      if (is(of, "<>")) {
        const Node& what = *of.args[0];
        if (is(what, "<<A>>")) return out.never_steps.push_back(steps(what, scope));
        if (is_temporal(what, scope)) refuse(what, understood);
        out.always.push_back(not_state(what, scope));
      } else if (of.kind == Node::Kind::infix && of.text == "=>" && is(*of.args[1], "<>")) {
        leads_to(*of.args[0], *of.args[1]->args[0], scope, out);
      } else {
        if (is_temporal(of, scope)) refuse(of, understood);
        out.from = not_state(of, scope);
      }
    } else if (is(node, "<>")) {
      const Node& of = *node.args[0];
      if (is(of, "[]")) {
        const Node& what = *of.args[0];
        if (is(what, "[A]")) return out.again_steps.push_back(steps(what, scope));
        if (is_temporal(what, scope)) refuse(what, understood);
        out.again.push_back(not_state(what, scope));
      } else {
        if (is_temporal(of, scope)) refuse(of, understood);
        out.stays = not_state(of, scope);
      }
    } else {
      refuse(node, understood);
    }
  }

  void leads_to(const Node& from, const Node& to, const Scope& scope, LiveClause& out) {
    for (const Node* part : {&from, &to}) {
      if (is_temporal(*part, scope)) refuse(*part, understood);
    }
    out.from = state(from, scope);
    out.stays = not_state(to, scope);
  }

  const Constants& given_;
  const Ground& at_;
  std::string bound_;
};

Node name_of(const Module& module, std::string_view definition) {
  return {Node::Kind::name, std::string{definition}, {}, {}, {}, module.place(definition)};
}

}  // namespace

std::vector<FairAction> TemporalReader::fairness(std::string_view definition) const {
  std::vector<FairAction> out;
  Walk walk{module_.text(), constants_, ground_};
  const Node whole = name_of(module_, definition);
  walk.fairness(whole, walk.outermost(), out);
  return out;
}

std::vector<LiveClause> TemporalReader::property(std::string_view definition) const {
  std::vector<LiveClause> out;
  Walk walk{module_.text(), constants_, ground_};
  const Node whole = name_of(module_, definition);
  walk.property(whole, walk.outermost(), {}, out);
  return out;
}

std::vector<Expr> TemporalReader::view(std::string_view definition) const {
  return Walk{module_.text(), constants_, ground_}.view(name_of(module_, definition));
}

}  // namespace lockstep::tla
