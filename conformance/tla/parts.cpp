// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/parts.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "tla/module_text.hpp"
#include "tla/refinement.hpp"
#include "tla/written.hpp"

namespace lockstep::tla {
namespace {

using Kind = Node::Kind;

NodePtr named(const std::string& name, const Place& place) {
  return std::make_shared<const Node>(Node{Kind::name, name, {}, {}, {}, place});
}

bool is_junction(const Node& node) {
  return (node.kind == Kind::list || node.kind == Kind::infix) &&
         (node.text == "/\\" || node.text == "\\/");
}

/// Where it begins: an operator between operands stands behind the first of them.
Place beginning(const Node& node) {
  Place out = node.place;
  const bool between = node.kind == Kind::infix || node.kind == Kind::apply ||
                       node.kind == Kind::prime ||
                       (node.kind == Kind::temporal && node.text == "~>");
  if (!between) return out;
  const Place first = beginning(*node.args.front());
  return first.line == 0 ? out : first;
}

class Taker {
 public:
  Taker(const ModuleText& module, std::string of) : module_(module), of_(std::move(of)) {}

  std::vector<PropertyPart> out;

  void add(const NodePtr& node, NodePtr instead, const std::string& change) {
    const auto same = [&](const PropertyPart& known) {
      return known.node == node.get() && known.change == change;
    };
    if (std::ranges::any_of(out, same)) return;
    out.push_back({of_, out.size() + 1, written(*node), change, beginning(*node), node.get(),
                   std::move(instead)});
  }

  /// `positive`: the definition says less where the node holds more often. `unit`: the node is a
  /// part, if nothing in it is.
  void walk(const NodePtr& node, bool positive, bool unit) {
    const std::size_t before = out.size();
    inside(node, positive, unit);
    if (!unit || out.size() > before) return;
    if (node->kind == Kind::name && (node->text == "TRUE" || node->text == "FALSE")) return;
    add(node, named(positive ? "TRUE" : "FALSE", node->place), positive ? "conjunct" : "disjunct");
  }

  void mapping(const Instance::Substitution& line, const ModuleText& abstract) {
    arms(line.value, line.name);
    if (const NodePtr start = at_start(abstract, line.name)) {
      if (written(*start) != written(*line.value)) {
        add_line(line.value, start, "line of the mapping", line.name, line.place);
      }
    }
  }

  void fairness(const NodePtr& node) {
    if (is_junction(*node)) {
      for (const NodePtr& arg : node->args) fairness(arg);
    } else if (node->kind == Kind::quantifier || node->kind == Kind::let) {
      fairness(node->args[0]);
    } else if (node->kind == Kind::name) {
      const Definition* used = find(module_, node->text).definition;
      if (used != nullptr && used->body) fairness(used->body);
    } else if (node->kind == Kind::temporal) {
      add(node, named("TRUE", node->place), "fairness");
      if (node->text == "SF") {
        Node weak = *node;
        weak.text = "WF";
        add(node, std::make_shared<const Node>(std::move(weak)), "strength");
      }
      begun(node->args[0]);
    }
  }

 private:
  void inside(const NodePtr& node, bool positive, bool unit) {
    const auto& args = node->args;
    if (is_junction(*node)) {
      const bool units = (node->text == "/\\") == positive;
      for (const NodePtr& arg : args) walk(arg, positive, units);
    } else if (node->kind == Kind::infix && node->text == "=>") {
      walk(args[0], !positive, false);
      walk(args[1], positive, unit);
    } else if (node->kind == Kind::prefix && node->text == "~") {
      walk(args[0], !positive, unit);
    } else if (node->kind == Kind::quantifier || node->kind == Kind::let) {
      walk(args[0], positive, unit);
    } else if (node->kind == Kind::choice) {
      walk(args[1], positive, unit);
      walk(args[2], positive, unit);
    } else if (node->kind == Kind::cases) {
      for (std::size_t i = 1; i < args.size(); i += 2) walk(args[i], positive, unit);
      if (args.size() % 2 == 1) walk(args.back(), positive, unit);
    } else if (node->kind == Kind::temporal && node->text == "~>") {
      walk(args[0], !positive, false);
      walk(args[1], positive, false);
    } else if (node->kind == Kind::temporal && (node->text == "[]" || node->text == "<>")) {
      if (args[0]->kind != Kind::temporal || args[0]->text == "[]" || args[0]->text == "<>") {
        walk(args[0], positive, false);
      }
    }
  }

  void add_line(const NodePtr& value, NodePtr instead, const std::string& change,
                const std::string& name, const Place& place) {
    add(value, std::move(instead), change);
    out.back().text = name + " <- " + out.back().text;
    out.back().place = place;
  }

  void arms(const NodePtr& node, const std::string& line) {
    if (node->kind == Kind::choice || node->kind == Kind::cases) {
      std::vector<NodePtr> all;
      for (std::size_t i = 1; i < node->args.size(); i += 2) all.push_back(node->args[i]);
      if (node->args.size() % 2 == 1) all.push_back(node->args.back());
      for (std::size_t i = 0; i < all.size(); ++i) {
        const NodePtr& other = all[(i + 1) % all.size()];
        if (written(*other) == written(*all[i])) continue;
        add_line(all[i], other, "arm of the mapping", line, beginning(*all[i]));
      }
    }
    for (const NodePtr& arg : node->args) arms(arg, line);
  }

  /// What `Init` of the abstract module gives a variable, where it does so by a conjunct of it.
  static NodePtr at_start(const ModuleText& abstract, const std::string& variable) {
    const Definition* init = find(abstract, "Init").definition;
    return init == nullptr || !init->body ? nullptr : given(*init->body, variable);
  }
  static NodePtr given(const Node& node, const std::string& variable) {
    if (is_junction(node) && node.text == "/\\") {
      for (const NodePtr& arg : node.args) {
        if (NodePtr found = given(*arg, variable)) return found;
      }
    }
    const bool equal = node.kind == Kind::infix && node.text == "=";
    return equal && node.args[0]->kind == Kind::name && node.args[0]->text == variable
               ? node.args[1]
               : nullptr;
  }

  /// The conditions of an action, which speak of the state before it alone. Those of a step itself
  /// are no part of fairness: without them it is another step.
  void begun(const NodePtr& action) {
    if (action->kind == Kind::name) {
      if (is_step(action->text)) return;
      const Definition* used = find(module_, action->text).definition;
      if (used != nullptr && used->body && is_junction(*used->body)) begun(used->body);
      return;
    }
    if (!is_junction(*action) || action->text != "/\\") return;
    for (const NodePtr& arg : action->args) {
      if (is_junction(*arg) && arg->text == "/\\") {
        begun(arg);
      } else if (!has_prime(*arg)) {
        add(arg, named("TRUE", arg->place), "condition");
      }
    }
  }
  bool is_step(const std::string& name) const {
    return find(module_, "Next").definition != nullptr && used_by(module_, "Next").contains(name);
  }
  bool has_prime(const Node& node) {
    if (node.kind == Kind::prime || (node.kind == Kind::prefix && node.text == "UNCHANGED")) {
      return true;
    }
    const auto has = [&](const NodePtr& one) { return one && has_prime(*one); };
    if (std::ranges::any_of(node.args, has)) return true;
    if (std::ranges::any_of(node.bounds, [&](const Bound& b) { return has(b.set); })) return true;
    if (node.kind != Kind::name) return false;
    const Definition* used = find(module_, node.text).definition;
    if (used == nullptr || !used->body) return false;
    const auto [known, fresh] = primed_.try_emplace(used, false);
    if (fresh) {
      const bool primed = has_prime(*used->body);
      primed_[used] = primed;
      return primed;
    }
    return known->second;
  }

  const ModuleText& module_;
  std::string of_;
  std::map<const Definition*, bool> primed_;
};

const Definition& defined(const ModuleText& module, const std::string& name) {
  const Definition* found = find(module, name).definition;
  if (found == nullptr) throw InputError{module.file, 0, 0, "no definition '" + name + "'"};
  return *found;
}

NodePtr replaced(const NodePtr& node, const PropertyPart& part);

/// Replaces within a definition; was there something to replace?
bool replace_in(Definition& definition, const PropertyPart& part) {
  NodePtr body = definition.body ? replaced(definition.body, part) : nullptr;
  if (body == definition.body) return false;
  definition.body = std::move(body);
  return true;
}

NodePtr replaced(const NodePtr& node, const PropertyPart& part) {
  if (node.get() == part.node) return part.instead;
  std::shared_ptr<Node> copy;
  const auto own = [&]() -> Node& {
    if (!copy) copy = std::make_shared<Node>(*node);
    return *copy;
  };
  for (std::size_t i = 0; i < node->args.size(); ++i) {
    if (NodePtr other = replaced(node->args[i], part); other != node->args[i]) {
      own().args[i] = std::move(other);
    }
  }
  for (std::size_t i = 0; i < node->bounds.size(); ++i) {
    if (NodePtr other = replaced(node->bounds[i].set, part); other != node->bounds[i].set) {
      own().bounds[i].set = std::move(other);
    }
  }
  for (std::size_t i = 0; i < node->definitions.size(); ++i) {
    Definition other = node->definitions[i];
    if (replace_in(other, part)) own().definitions[i] = std::move(other);
  }
  return copy ? copy : node;
}

}  // namespace

std::vector<PropertyPart> parts_of_property(const ModuleText& module, const std::string& name) {
  const Definition& property = defined(module, name);
  if (!property.refines.empty()) {
    Taker taker(module, name);
    const Instance& instance = instance_of(module, property);
    for (const Instance::Substitution& line : instance.with) taker.mapping(line, *instance.text);
    return taker.out;
  }
  const Definition& says =
      property.every_step.empty() ? property : defined(module, property.every_step);
  if (says.error) throw InputError{*says.error};
  Taker taker(module, says.name);
  taker.walk(says.body, true, true);
  return taker.out;
}

std::vector<PropertyPart> parts_of_helper(const ModuleText& module, const std::string& name) {
  const Definition& helper = defined(module, name);
  Taker taker(module, name);
  if (!helper.body) return {};
  taker.walk(helper.body, true, false);
  taker.walk(helper.body, false, false);
  return taker.out;
}

std::vector<PropertyPart> parts_of_fairness(const ModuleText& module, const std::string& name) {
  const Definition& fairness = defined(module, name);
  if (fairness.error) throw InputError{*fairness.error};
  Taker taker(module, name);
  taker.fairness(fairness.body);
  return taker.out;
}

std::set<std::string> used_by(const ModuleText& module, const std::string& name) {
  std::set<std::string> out;
  std::vector<std::string> next{name};
  while (!next.empty()) {
    const std::string here = std::move(next.back());
    next.pop_back();
    const Definition* definition = find(module, here).definition;
    if (definition == nullptr || !out.insert(here).second) continue;
    next.insert(next.end(), definition->mentions.begin(), definition->mentions.end());
  }
  return out;
}

std::shared_ptr<const ModuleText> changed(const ModuleText& module, const PropertyPart& part) {
  auto out = std::make_shared<ModuleText>(module);
  bool found = false;
  for (Definition& definition : out->definitions) {
    if (definition.instance) {
      auto instance = std::make_shared<Instance>(*definition.instance);
      bool here = false;
      for (Instance::Substitution& line : instance->with) {
        NodePtr value = replaced(line.value, part);
        here = here || value != line.value;
        line.value = std::move(value);
      }
      if (here) definition.instance = std::move(instance);
      found = found || here;
    } else if (replace_in(definition, part)) {
      found = true;
    }
  }
  if (!found) throw std::logic_error("a part of no definition of " + module.name);
  return out;
}

}  // namespace lockstep::tla
