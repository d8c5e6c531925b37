// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/action.hpp"

#include "tla/expand_action.hpp"

namespace lockstep::tla {

namespace {

bool is_or(const Node& node) {
  return (node.kind == Node::Kind::list || node.kind == Node::Kind::infix) && node.text == "\\/";
}
bool is_exists(const Node& node) {
  return node.kind == Node::Kind::quantifier && node.text == "\\E";
}

}  // namespace

bool ActionExpander::is_disjunction(const Node& node, const Scope& scope) {
  const Depth depth{*this, node.place};
  if (is_or(node) || is_exists(node)) return true;
  if (node.kind == Node::Kind::let) {
    return is_disjunction(*node.args[0], with_definitions(node, scope));
  }
  if (node.kind != Node::Kind::name) return false;
  const Operator op = applied(node, scope);
  return op.body != nullptr && is_disjunction(*op.body, *op.scope);
}

bool ActionExpander::is_of_names(const Node& node, const Scope& scope) {
  if (is_or(node) || is_exists(node)) {
    for (const NodePtr& arg : node.args) {
      if (!is_of_names(*arg, scope)) return false;
    }
    return true;
  }
  if (node.kind == Node::Kind::let) return is_of_names(*node.args[0], scope);
  return node.kind == Node::Kind::name;
}

void ActionExpander::named_actions(const Node& node, const Scope& scope,
                                   const std::set<std::string>& names, const Found& found) {
  const Depth depth{*this, node.place};
  if (is_or(node)) {
    for (const NodePtr& arg : node.args) named_actions(*arg, scope, names, found);
  } else if (is_exists(node)) {
    std::vector<const Scope*> scopes{&scope};
    for (const Bound& bound : node.bounds) {
      const std::vector<Expr> members = constant_elements(set(*bound.set, scope), node.place);
      for (const std::string& name : bound.names) {
        std::vector<const Scope*> longer;
        for (const Scope* outer : scopes) {
          for (const Expr& member : members) {
            Scope& inner = inside(*outer);
            bind(inner, name, member, node.place);
            longer.push_back(&inner);
          }
        }
        scopes = std::move(longer);
      }
    }
    for (const Scope* inner : scopes) named_actions(*node.args[0], *inner, names, found);
  } else if (node.kind == Node::Kind::let) {
    named_actions(*node.args[0], with_definitions(node, scope), names, found);
  } else {
    const bool named = node.kind == Node::Kind::name;
    if (named && node.text == "FALSE") return;
    const Operator op = named ? applied(node, scope) : Operator{};
    if (op.body == nullptr) {
      refuse(node.place,
             "expected the name of an action, or a disjunction of them: steps are told "
             "apart by it");
    }
    const bool goes_on = !names.contains(node.text) && is_disjunction(*op.body, *op.scope) &&
                         is_of_names(*op.body, *op.scope);
    if (goes_on) {
      named_actions(*op.body, *op.scope, names, found);
    } else {
      found(node, op, scope);
    }
  }
}

Expr ActionExpander::constant_argument(const Node& node, const Scope& scope) {
  const Expr e = term(node, scope);
  if (!is_constant(e)) {
    refuse(node.place, "an argument of an action that depends on the state; expected a constant");
  }
  return e;
}

std::string NamedAction::text() const {
  std::string out = name;
  for (std::size_t i = 0; i < args.size(); ++i) out += (i == 0 ? "(" : ", ") + tla::text(args[i]);
  return out + (args.empty() ? "" : ")");
}

std::vector<NamedAction> ActionReader::actions(std::string_view next,
                                               const std::set<std::string>& names) const {
  std::vector<NamedAction> out;
  const ModuleText& module = module_.text();
  ActionExpander walk{module, constants_, ground_, false};
  const Node whole{Node::Kind::name, std::string{next}, {}, {}, {}, module_.place(next)};
  walk.named_actions(whole, walk.outermost(), names,
                     [&](const Node& call, const Operator& op, const Scope& scope) {
                       NamedAction action{call.text, {}, {}, op.body->place};
                       for (const NodePtr& arg : call.args) {
                         action.args.push_back(walk.constant_argument(*arg, scope));
                       }
                       action.tree = ActionExpander{module, constants_, ground_, false}.action(
                           *op.body, *op.scope, op.body->place);
                       out.push_back(std::move(action));
                     });
  return out;
}

std::vector<ActionReader::Called> ActionReader::called(std::string_view next,
                                                       const std::set<std::string>& names) const {
  std::vector<Called> out;
  ActionExpander walk{module_.text(), constants_, ground_, false};
  const Node whole{Node::Kind::name, std::string{next}, {}, {}, {}, module_.place(next)};
  walk.named_actions(whole, walk.outermost(), names,
                     [&](const Node& call, const Operator&, const Scope&) {
                       out.push_back({call.text, call.place});
                     });
  return out;
}

ActionTree ActionReader::start(std::string_view init) const {
  const ModuleText& module = module_.text();
  ActionExpander expander{module, constants_, ground_, true};
  const Node whole{Node::Kind::name, std::string{init}, {}, {}, {}, module_.place(init)};
  return expander.action(whole, expander.outermost(), whole.place);
}

}  // namespace lockstep::tla
