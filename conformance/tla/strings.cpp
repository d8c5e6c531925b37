// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/strings.hpp"

#include "tla/module_text.hpp"

namespace lockstep::tla {
namespace {

void collect(const Node& node, std::vector<WrittenString>& out) {
  if (node.kind == Node::Kind::string) out.push_back({node.text, node.place});
  for (const NodePtr& arg : node.args) collect(*arg, out);
  for (const Bound& bound : node.bounds) {
    if (bound.set) collect(*bound.set, out);
  }
  for (const Definition& definition : node.definitions) {
    if (definition.body) collect(*definition.body, out);
  }
}

/// What the definitions of these names are made of: themselves, and all that they mention.
std::set<std::string> closure(const ModuleText& module, std::set<std::string> names) {
  std::vector<std::string> left(names.begin(), names.end());
  while (!left.empty()) {
    const Known known = find(module, left.back());
    left.pop_back();
    if (known.definition == nullptr) continue;
    for (const std::string& name : known.definition->mentions) {
      if (names.insert(name).second) left.push_back(name);
    }
  }
  return names;
}

}  // namespace

std::vector<WrittenString> strings_of(const ModuleText& module, const std::set<std::string>& from) {
  const std::set<std::string> wanted = closure(module, from);
  std::vector<WrittenString> out;
  for (const ModuleText* one : all_of(module)) {
    for (const Definition& definition : one->definitions) {
      if (!from.empty() && !wanted.contains(definition.name)) continue;
      if (definition.body) collect(*definition.body, out);
    }
  }
  return out;
}

std::set<std::string> mentioned_names(const ModuleText& module) {
  std::set<std::string> out;
  for (const ModuleText* one : all_of(module)) {
    out.insert(one->name);
    for (const Definition& definition : one->definitions) {
      out.insert(definition.mentions.begin(), definition.mentions.end());
    }
  }
  return out;
}

}  // namespace lockstep::tla
