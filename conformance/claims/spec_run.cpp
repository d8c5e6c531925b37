// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/spec_run.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace lockstep {

namespace {

/// The domains of the arguments of each site: what is chosen on the way from a point to it.
std::map<std::string, std::vector<std::vector<Atom>>> site_arguments(const Automaton& automaton) {
  std::map<std::string, std::vector<std::vector<Atom>>> out;
  for (const Node& node : automaton.nodes) {
    if (node.type == Node::Type::site) out[node.name];
  }
  const std::function<void(std::uint32_t, std::vector<std::vector<Atom>>)> follow =
      [&](std::uint32_t from, const std::vector<std::vector<Atom>>& chosen) {
        for (const AutomatonEdge& edge : automaton.edges) {
          if (edge.from != from) continue;
          auto now = chosen;
          for (const Choice& choice : edge.choices) now.push_back(choice.domain);
          const Node& to = automaton.nodes[edge.to];
          if (to.type == Node::Type::site) {
            out[to.name] = now;
          } else if (to.type == Node::Type::fence) {
            follow(edge.to, now);
          }
        }
      };
  for (std::uint32_t n = 0; n < automaton.nodes.size(); ++n) {
    if (automaton.nodes[n].type == Node::Type::point) follow(n, {});
  }
  return out;
}

}  // namespace

tlc::ModelRun spec_run(const Model& model, const SpecText& spec) {
  tlc::ModelRun run;
  run.spec_module = spec.module;
  run.spec_directories = spec.directories;
  for (const auto& [name, value] : model.constants()) run.constants.push_back({name, value});
  const WorldSpec& world = model.world().spec();
  run.model_values = {"Null"};
  for (const auto& value : world.values) run.model_values.push_back(value);
  for (const auto& kind : world.kinds) {
    for (const auto& object : kind.objects) run.model_values.push_back(object);
  }
  for (const auto& role : world.roles) {
    for (const auto& task : role.tasks) run.model_values.push_back(task);
  }
  std::ranges::sort(run.model_values);
  const auto twice = std::ranges::unique(run.model_values);
  run.model_values.erase(twice.begin(), twice.end());
  const Symbols& names = model.world().layout().symbols;
  for (const Automaton& automaton : model.automata()) {
    std::vector<std::string> tasks;
    for (const auto& role : world.roles) {
      if (role.name == automaton.role) tasks = role.tasks;
    }
    for (const auto& [site, domains] : site_arguments(automaton)) {
      std::vector<std::vector<std::string>> texts;
      for (const auto& domain : domains) {
        auto& text = texts.emplace_back();
        for (const Atom atom : domain) text.push_back(names.text(atom));
      }
      for (auto& instance : tlc::instances(site, tasks, texts))
        run.actions.push_back(std::move(instance));
    }
  }
  if (model.world().layout().has_view()) run.view = spec.view;
  return run;
}

}  // namespace lockstep
