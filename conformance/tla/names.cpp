// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "tla/expand.hpp"
#include "tla/fold.hpp"

// What names stand for.
namespace lockstep::tla {

const Scope& Expander::scope_of(const ModuleText& module) {
  const Scope*& scope = modules_[&module];
  if (scope == nullptr) scope = &scopes_.emplace_back(Scope{nullptr, &module, {}});
  return *scope;
}

Scope& Expander::inside(const Scope& scope) {
  return scopes_.emplace_back(Scope{&scope, scope.module, {}});
}

const Meaning* Expander::local(const std::string& name, const Scope& scope) const {
  for (const Scope* s = &scope; s != nullptr; s = s->parent) {
    const auto found = s->names.find(name);
    if (found != s->names.end()) return &found->second;
  }
  return nullptr;
}

/// A name that means something already cannot be bound, as in SANY.
void Expander::bind(Scope& scope, const std::string& name, Meaning meaning, const Place& place) {
  if (local(name, scope) != nullptr || find(*scope.module, name).module != nullptr) {
    refuse(place, "'" + name + "' has a meaning already");
  }
  scope.names.emplace(name, std::move(meaning));
}

Expr Expander::fresh(const std::string& name, const Place& place) {
  return make_named(Form::bound, name + "#" + std::to_string(next_++), place);
}

const Scope& Expander::with_definitions(const Node& let, const Scope& scope) {
  const Scope* inner = &scope;
  for (const Definition& definition : let.definitions) {
    Scope& next = inside(*inner);  // each sees those before it
    bind(next, definition.name, Operator{&definition.parameters, definition.body.get(), inner},
         definition.place);
    inner = &next;
  }
  return *inner;
}

Operator Expander::applied(const Node& node, const Scope& scope) {
  Operator op;
  if (const auto* meaning = local(node.text, scope)) {
    if (!std::holds_alternative<Operator>(*meaning)) return {};
    op = std::get<Operator>(*meaning);
  } else {
    const Known known = find(*scope.module, node.text);
    if (known.definition == nullptr || constants_.parameters.contains(node.text)) return {};
    if (known.definition->error) throw InputError{*known.definition->error};
    op = {&known.definition->parameters, known.definition->body.get(), &scope_of(*known.module)};
  }
  static const std::vector<Parameter> none;
  const std::vector<Parameter>& parameters = op.parameters != nullptr ? *op.parameters : none;
  if (node.args.size() != parameters.size()) {
    refuse(node.place, "'" + node.text + "' has " + std::to_string(parameters.size()) +
                           " parameters, not " + std::to_string(node.args.size()));
  }
  Scope& inner = inside(*op.scope);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Node& arg = *node.args[i];
    Operator given{nullptr, &arg, &scope};
    if (parameters[i].arity > 0) {
      // An operator: by its name.
      const auto* meaning = local(arg.text, scope);
      const Known known = find(*scope.module, arg.text);
      if (arg.kind != Node::Kind::name || !arg.args.empty()) {
        refuse(arg.place, "the name of an operator is expected");
      }
      if (meaning != nullptr && std::holds_alternative<Operator>(*meaning)) {
        given = std::get<Operator>(*meaning);
      } else if (meaning == nullptr && known.definition != nullptr) {
        if (known.definition->error) throw InputError{*known.definition->error};
        given = {&known.definition->parameters, known.definition->body.get(),
                 &scope_of(*known.module)};
      }
      if (given.parameters == nullptr || given.parameters->size() != parameters[i].arity) {
        refuse(arg.place, "'" + arg.text + "' is no operator of " +
                              std::to_string(parameters[i].arity) + " parameters");
      }
    }
    bind(inner, parameters[i].name, given, node.place);
  }
  return {nullptr, op.body, &inner};
}

Expr Expander::name(const Node& node, const Scope& scope) {
  if (const Operator op = applied(node, scope); op.body != nullptr) {
    return value(*op.body, *op.scope);
  }
  const auto* meaning = local(node.text, scope);
  const Known known = find(*scope.module, node.text);
  if (meaning == nullptr && known.module == nullptr && node.text == "Cardinality" &&
      standard(scope, "FiniteSets")) {
    return cardinality(node, scope);
  }
  if (!node.args.empty())
    refuse(node.place, "'" + node.text + "' is no operator that is understood");
  if (meaning != nullptr) return std::get<Expr>(*meaning);
  if (known.constant != nullptr) return constant(node, node.text, *known.constant);
  if (known.variable) return make_named(Form::variable, node.text, node.place);
  if (known.definition != nullptr) {
    // It stays open: nothing but its being a number or a name is known.
    if (!known.definition->parameters.empty()) refuse(node.place, "an operator cannot stay open");
    return make_named(Form::parameter, node.text, node.place);
  }
  if (node.text == "TRUE" || node.text == "FALSE") {
    return make_boolean(node.text == "TRUE", node.place);
  }
  if (node.text == "BOOLEAN") refuse(node.place, "a set; expected a value");
  if (node.text == "@") refuse(node.place, "'@' outside of what EXCEPT puts in place");
  if (constants_.objects.contains(node.text)) {
    return make_named(Form::model_value, node.text, node.place);
  }
  refuse(node.place, "'" + node.text + "' is not known, or not understood here");
}

Expr Expander::constant(const Node& node, const std::string& name,
                        const ModuleText::Constant& constant) {
  if (constant.arity > 0) refuse(node.place, "a constant operator is not understood");
  if (constants_.parameters.contains(name)) return make_named(Form::parameter, name, node.place);
  if (constants_.sets.contains(name)) refuse(node.place, "a set; expected a value");
  if (constants_.model_values.contains(name)) {
    return make_named(Form::model_value, name, node.place);
  }
  if (const auto found = constants_.strings.find(name); found != constants_.strings.end()) {
    return make_named(Form::string, found->second, node.place);
  }
  if (const auto found = constants_.integers.find(name); found != constants_.integers.end()) {
    return make_integer(found->second, node.place);
  }
  refuse(node.place, "the constant '" + name + "' has no value");
}

bool Expander::standard(const Scope& scope, std::string_view module) {
  return has_standard(*scope.module, module);
}

namespace {

class Names {
 public:
  explicit Names(const ModuleText& module) : module_(module) {}

  Expr rename(const Expr& e) {
    auto out = std::make_shared<Expression>(*e);
    const bool binds =
        e->form == Form::for_all || e->form == Form::exists || e->form == Form::cardinality;
    if (e->form == Form::bound) out->name = names_.at(e->name);
    std::string outer;
    if (binds) {
      outer = names_[e->bound];
      out->bound = names_[e->bound] = own(e->bound.substr(0, e->bound.find('#')));
    }
    for (Expr& arg : out->args) arg = rename(arg);
    if (binds) names_[e->bound] = outer;
    return out;
  }

 private:
  std::string own(const std::string& base) {
    std::string name = base;
    for (int i = 2; find(module_, name).module != nullptr || !used_.insert(name).second; ++i) {
      name = base + "_" + std::to_string(i);
    }
    return name;
  }

  const ModuleText& module_;
  std::map<std::string, std::string> names_;  ///< of the quantifiers around
  std::set<std::string> used_;
};

}  // namespace

Expr with_own_names(const Expr& e, const ModuleText& module) {
  return Names{module}.rename(e);
}

}  // namespace lockstep::tla
