// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/refinement.hpp"

#include <algorithm>

#include "tla/expand.hpp"
#include "tla/fold.hpp"

namespace lockstep::tla {
namespace {

class RefinementExpander : public Expander {
 public:
  RefinementExpander(const ModuleText& module, const Constants& constants, const Ground& ground)
      : Expander(module, constants, &ground) {
    of_steps_ = true;
  }

  Refinement read(const Definition& property) {
    const Instance& instance = instance_of(module_, property);
    const ModuleText& abstract = *instance.text;
    substitute(instance, abstract);
    const Definition& spec = defined(abstract, "Spec", property.place);
    if (!spec.plain_spec) {
      refuse(spec.place,
             "'Spec' is refined, and understood where it is Init /\\ [][Next]_vars and no more");
    }
    const Scope& scope = scope_of(abstract);
    const auto named = [&](const char* name) {
      return Node{Node::Kind::name, name, {}, {}, {}, defined(abstract, name, spec.place).place};
    };
    Refinement out;
    out.start = truth(named("Init"), scope);
    check_boolean(out.start);
    out.stays = staying(named("vars"), scope, spec.place);
    out.next = truth(named("Next"), scope);
    check_boolean(out.next);
    return out;
  }

 private:
  static const Definition& defined(const ModuleText& module, const std::string& name,
                                   const Place& place) {
    const Known known = find(module, name);
    if (known.definition == nullptr) {
      refuse(place, "module " + module.name + " defines no '" + name + "'");
    }
    return *known.definition;
  }

  /// What the constants and variables of the instance's module stand for: what WITH says, else what
  /// has the same name here.
  void substitute(const Instance& instance, const ModuleText& abstract) {
    const Scope& here = scope_of(module_);
    std::map<std::string, Meaning> names;
    for (const Instance::Substitution& one : instance.with) {
      const Known known = find(abstract, one.name);
      if (known.module == nullptr || known.definition != nullptr) {
        refuse(one.place, "'" + one.name + "' is no constant and no variable of " + abstract.name);
      }
      const bool first = names.emplace(one.name, Operator{nullptr, one.value.get(), &here}).second;
      if (!first) refuse(one.place, "'" + one.name + "' stands for two things");
    }
    for (const ModuleText* module : all_of(abstract)) {
      std::vector<std::string> all(module->variables.begin(), module->variables.end());
      for (const auto& [name, constant] : module->constants) all.push_back(name);
      for (const std::string& name : all) {
        if (names.contains(name)) continue;
        if (find(module_, name).module == nullptr) {
          refuse(instance.place, "'" + name + "' of " + abstract.name +
                                     " stands for nothing; expected WITH " + name + " <- ...");
        }
        const NodePtr& same = same_names_.emplace_back(
            std::make_shared<Node>(Node{Node::Kind::name, name, {}, {}, {}, instance.place}));
        names.emplace(name, Operator{nullptr, same.get(), &here});
      }
    }
    for (const ModuleText* module : all_of(abstract)) {
      modules_[module] = &scopes_.emplace_back(Scope{nullptr, module, names});
    }
  }

  std::vector<NodePtr> same_names_;
};

}  // namespace

const Instance& instance_of(const ModuleText& module, const Definition& refinement) {
  const Definition* const found = find(module, refinement.refines).definition;
  if (found != nullptr && found->instance) return *found->instance;
  if (found != nullptr && found->error) throw InputError{*found->error};
  refuse(refinement.place, "'" + refinement.refines + "' is no INSTANCE");
}

Refinement read_refinement(const Module& module, std::string_view property,
                           const Constants& constants, const Ground& ground) {
  const Known known = find(module.text(), property);
  if (known.definition == nullptr || known.definition->refines.empty()) {
    refuse(module.place(property), "'" + std::string{property} + "' is not of the form Name!Spec");
  }
  return RefinementExpander{*known.module, constants, ground}.read(*known.definition);
}

}  // namespace lockstep::tla
