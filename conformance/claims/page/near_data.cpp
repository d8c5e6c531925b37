// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/page/near_data.hpp"

#include <algorithm>

#include "report/site_text.hpp"
#include "report/values.hpp"

namespace lockstep {

NearData::NearData(const Neighbourhood& near, SpecProperties& properties,
                   std::vector<std::string> names, const report::Columns& style)
    : near_(near), properties_(properties), names_(std::move(names)), style_(style) {}

std::vector<NearData::List> NearData::lists() const {
  return {{"sites", &sites_.list},     {"tasks", &tasks_.list},     {"values", &values_.list},
          {"faults", &faults_.list},   {"effects", &effects_.list}, {"sets", &sets_.list},
          {"changes", &changes_.list}, {"steps", &steps_.list},     {"nodes", &nodes_},
          {"edges", &edges_}};
}

std::size_t NearData::bytes() const {
  std::size_t out = 0;
  for (const List& l : lists()) out += l.list->bytes();
  return out;
}

report::Json NearData::document(std::size_t times) const {
  report::Json out = report::Json::object();
  const std::vector<List> all = lists();
  for (std::size_t i = 0; i < all.size(); ++i) {
    out[all[i].name] = all[i].list->first(marks_[times - 1][i]);
  }
  return out;
}

void NearData::add() {
  for (std::size_t i = edges_.size(); i < near_.expanded(); ++i) add_edges(i);
  for (std::size_t i = nodes_.size(); i < near_.nodes().size(); ++i) add_node(i);
  auto& mark = marks_.emplace_back();
  for (const List& l : lists()) mark.push_back(l.list->size());
}

std::size_t NearData::set_of(const std::vector<std::string>& broken) {
  std::vector<std::size_t> set;
  for (const std::string& name : broken) {
    set.push_back(static_cast<std::size_t>(std::ranges::find(names_, name) - names_.begin()));
  }
  std::ranges::sort(set);
  return sets_.number(set);
}

void NearData::add_node(std::size_t number) {
  const Neighbourhood::Node& node = near_.nodes()[number];
  const State& before = near_.nodes()[node.from].state;
  std::vector<std::size_t> change;
  for (std::size_t slot = 0; slot < node.state.size(); ++slot) {
    if (number != 0 && before[slot] == node.state[slot]) continue;
    change.push_back(slot);
    change.push_back(values_.number(report::value_text(layout(), slot, node.state[slot])));
  }
  std::vector<std::string> broken = properties_.all_at(node.state.data());
  if (number == 0) {
    // Of a refinement, whether it begins as the other module does.
    const auto start = properties_.at_start(node.state.data());
    if (start && std::ranges::find(broken, start->property) == broken.end()) {
      broken.push_back(start->property);
    }
  }
  nodes_.add({node.from, changes_.number(change), set_of(broken)});
}

std::size_t NearData::step_of(const Step& step) {
  std::vector<std::string> arguments;
  for (std::uint32_t i = 0; i < step.arg_count; ++i) {
    arguments.push_back(symbols().text(step.args[i]));
  }
  const std::size_t site = sites_.number(symbols().text(step.site));
  return steps_.number({{site, tasks_.number(symbols().text(step.task))}, arguments});
}

void NearData::add_edges(std::size_t number) {
  const Neighbourhood::Node& node = near_.nodes()[number];
  report::Json out = report::Json::array();
  for (const Neighbourhood::Edge& edge : node.edges) {
    const bool fails = edge.to == Neighbourhood::nowhere;
    std::vector<State> states{node.state};
    std::vector<std::string> broken;
    if (!fails) {
      states.push_back(near_.nodes()[edge.to].state);
      broken = properties_.all_by(states[0].data(), states[1].data());
    }
    const Step steps[] = {edge.step};
    const report::Behaviour behaviour{layout(), states, steps, {}};
    out.push_back(step_of(edge.step));
    if (fails) {
      out.push_back(-1 - static_cast<int>(faults_.number(edge.fault)));
    } else {
      out.push_back(edge.to);
    }
    out.push_back(effects_.number(report::effects(behaviour, 0, style_)));
    out.push_back(set_of(broken));
  }
  edges_.add(std::move(out));
}

}  // namespace lockstep
