// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/ways.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace lockstep::unbounded {

namespace {

class Walk {
 public:
  Walk(const Automaton& automaton, std::size_t role) : automaton_(automaton) { way_.role = role; }

  std::vector<Way> run() {
    std::vector<std::uint32_t> pending{automaton_.start};
    std::set<std::uint32_t> seen{automaton_.start};
    while (!pending.empty()) {
      way_.from = pending.back();
      pending.pop_back();
      const std::size_t first = out_.size();
      leave(way_.from, false);
      for (std::size_t i = first; i < out_.size(); ++i) {
        if (seen.insert(out_[i].to).second) pending.push_back(out_[i].to);
      }
    }
    return std::move(out_);
  }

 private:
  /// As AutomatonSystem does it: fences are passed, and so is a point at which nothing was done
  /// yet.
  void leave(std::uint32_t node, bool performed) {
    if (automaton_.nodes[node].type == Node::Type::site) {
      way_.site = node;
      performed = true;
    }
    for (std::size_t e = 0; e < automaton_.edges.size(); ++e) {
      const AutomatonEdge& edge = automaton_.edges[e];
      if (edge.from != node) continue;
      way_.edges.push_back(e);
      if (performed && automaton_.nodes[edge.to].type != Node::Type::fence) {
        way_.to = edge.to;
        out_.push_back(way_);
      } else {
        leave(edge.to, performed);
      }
      way_.edges.pop_back();
    }
  }

  const Automaton& automaton_;
  Way way_;
  std::vector<Way> out_;
};

}  // namespace

std::vector<Way> ways_of(const std::vector<Automaton>& automata) {
  std::vector<Way> out;
  for (std::size_t role = 0; role < automata.size(); ++role) {
    const auto& nodes = automata[role].nodes;
    std::vector<Way> ways = Walk(automata[role], role).run();
    std::map<std::string, int> named;
    for (Way& way : ways) {
      way.name = nodes[way.site].name + " -> " + nodes[way.to].name;
      ++named[way.name];
    }
    for (Way& way : ways) {
      if (named[way.name] > 1 && way.from != way.site) {
        way.name = nodes[way.from].name + ": " + way.name;
      }
    }
    std::map<std::string, int> again;
    for (Way& way : ways) {
      if (const int n = ++again[way.name]; n > 1) way.name += " (" + std::to_string(n) + ")";
    }
    std::ranges::move(ways, std::back_inserter(out));
  }
  return out;
}

Places places_of(const std::vector<Automaton>& automata, const std::vector<Way>& ways) {
  std::vector<std::set<std::uint32_t>> found(automata.size());
  for (std::size_t role = 0; role < automata.size(); ++role) {
    found[role].insert(automata[role].start);
  }
  for (const Way& way : ways) found[way.role].insert(way.to);
  Places out(automata.size());
  for (std::size_t role = 0; role < automata.size(); ++role) {
    for (const std::uint32_t node : found[role]) {
      out[role].push_back(automata[role].nodes[node].name);
    }
  }
  return out;
}

Places together(Places places, const Places& more) {
  places.resize(std::max(places.size(), more.size()));
  for (std::size_t role = 0; role < more.size(); ++role) {
    for (const std::string& name : more[role]) {
      auto& names = places[role];
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  }
  return places;
}

}  // namespace lockstep::unbounded
