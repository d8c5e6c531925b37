// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/every_step.hpp"

#include "tla/expand.hpp"
#include "tla/module_text.hpp"

namespace lockstep::tla {

namespace {

/// Every name in the text of a definition, and of the definitions that it names.
void mentioned(const ModuleText& module, const std::string& name, std::set<std::string>& out) {
  if (!out.insert(name).second) return;
  const Definition* definition = find(module, name).definition;
  if (definition == nullptr) return;
  for (const std::string& one : definition->mentions) mentioned(module, one, out);
}

}  // namespace

void check_every_step(const ModuleText& module, const Definition& definition) {
  if (!definition.of_steps) return;
  const std::string understood =
      "; a property of steps is understood as [][A]_vars, where A is the name of a definition and "
      "vars that of the tuple of all variables";
  if (definition.every_step.empty()) {
    refuse(definition.place, "'" + definition.name + "' is of steps in another form" + understood);
  }
  std::set<std::string> names;
  mentioned(module, definition.subscript, names);
  std::string missing;
  std::size_t count = 0;
  constexpr std::size_t most = 3;
  for (const ModuleText* one : all_of(module)) {
    for (const std::string& variable : one->variables) {
      if (names.contains(variable)) continue;
      if (++count <= most) missing += (missing.empty() ? "" : ", ") + variable;
    }
  }
  if (count == 0) return;
  if (count > most) missing += " and " + std::to_string(count - most) + " more";
  refuse(definition.place, "'" + definition.name + "' has the subscript " + definition.subscript +
                               ", which leaves out " + missing + understood +
                               "; that steps which leave something as it is are allowed can be "
                               "said in A");
}

}  // namespace lockstep::tla
