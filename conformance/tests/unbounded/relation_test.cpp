// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "relation.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "explore/search.hpp"
#include "subject.hpp"
#include "tests/kinds/shelf.hpp"
#include "tests/rcu/conformance/protocols/board_protocol.hpp"
#include "tests/rcu/waiter.hpp"

// The relation of which the proof speaks is that of the site automata: from every state the same
// steps to the same states and to no others, and the same faults. It allows more than the machines
// do in one respect, which `Relation::lingers` states: a freed page may stay although nothing waits
// for it any more.
namespace lockstep::testing {

namespace {

std::unique_ptr<Model> holds(const std::string& size) {
  return model_of(size);
}
const std::string& smallest() {
  static const std::string size = Protocol::find(proved().name).sizes().smallest().text();
  return size;
}
std::unique_ptr<Model> shelf_of(const std::string& size) {
  return shelf::protocol<WorldSpec::Lifetime::type_safe>().model(Size::parse(size), "holds");
}

using Wanted = std::function<bool(const World&, const Atom*)>;
bool any(const World&, const Atom*) {
  return true;
}

/// Every nth state of a model, of those that are wanted.
std::vector<State> every(const Model& model, std::size_t n, const Wanted& wanted = any) {
  AutomatonSystem system(model.world(), model.automata());
  std::vector<State> out;
  SearchOptions options;
  const std::size_t atoms = system.world().layout().size();
  std::size_t met = 0;
  options.monitors = {{"here", [&](const Atom* s) {
                         if (wanted(system.world(), s) && met++ % n == 0)
                           out.emplace_back(s, s + atoms);
                         return true;
                       }}};
  search(system, options);
  return out;
}
std::vector<State> every(const std::string& size, std::size_t n, const Wanted& wanted = any) {
  return every(*holds(size), n, wanted);
}

/// A variable has one of these values, of some object.
Wanted in_cell(const char* variable, const std::set<std::string>& texts) {
  return [=](const World& world, const Atom* s) {
    for (std::size_t i = 0; i < world.layout().size(); ++i) {
      const bool here = world.layout()[i].variable == variable;
      if (here && texts.contains(world.layout().symbols.text(s[i]))) return true;
    }
    return false;
  };
}

/// The sites of a model that are so.
std::set<std::string> sites(const Model& model, const std::function<bool(const Node&)>& so) {
  std::set<std::string> out;
  for (const Automaton& automaton : model.automata()) {
    for (const Node& node : automaton.nodes) {
      if (node.type == Node::Type::site && so(node)) out.insert(node.name);
    }
  }
  return out;
}
bool frees_or_ends_a_section(const Node& node) {
  return node.kind == Kind::free || node.kind == Kind::rcu_unlock;
}

/// States of a walk, and beside each one with an atom changed, or two.
std::string walked(Relation& relation, std::uint64_t seed, std::size_t states) {
  RandomWalk walk(relation.machine(), seed);
  for (std::size_t i = 0; i < states; ++i) {
    State near = walk.here();
    for (std::size_t changes = 0; changes <= i % 3; ++changes) {
      const std::string found = relation.difference(near);
      if (!found.empty()) return found;
      relation.corrupt(near, walk.random());
    }
    walk.go();
  }
  return "";
}

}  // namespace

TEST_CASE("the relation is the automaton's in every state of the smallest model", "[quick]") {
  Relation relation(smallest(), "holds");
  for (const State& state : every(smallest(), 1)) REQUIRE(relation.difference(state) == "");
  CHECK(relation.states > 400);
  CHECK(relation.steps > 2 * relation.states);
  CHECK(relation.faults == 0);
  CHECK(relation.disabled > relation.states);  // ways that are not open from a state are tried too
  // Where the relation allows more: whatever ends a section, or frees, while none is open.
  const auto may = sites(*holds(smallest()), frees_or_ends_a_section);
  CHECK_FALSE(relation.lingering.empty());
  for (const auto& [site, times] : relation.lingering) CHECK(may.contains(site));
  Relation shelf(shelf_of("1x1x1"));
  for (const State& state : every(*shelf_of("1x1x1"), 1)) REQUIRE(shelf.difference(state) == "");
  std::set<std::string> linger;
  for (const auto& [site, times] : shelf.lingering) linger.insert(site);
  CHECK(linger == std::set<std::string>{"Node_Free", "Tag_Free", "Unlock"});
}

namespace {
/// Of the sizes whose states are few, the smallest first.
std::vector<std::string> larger_sizes() {
  std::map<std::uint64_t, std::string> by_states;
  for (const ManifestSize& size : proved().sizes) {
    if (size.states && *size.states < 100'000) by_states.emplace(*size.states, size.size);
  }
  std::vector<std::string> out;
  for (const auto& [states, size] : by_states) out.push_back(size);
  return out;
}
}  // namespace

TEST_CASE("a relation of other automata differs from the machine") {
  // An update or a condition less shows in some state, of a walk or beside it.
  const auto usual = holds(smallest())->automata(Parameters::open);
  const auto changed = [](const std::string& size, std::size_t role, std::size_t e) {
    auto out = holds(size)->automata(Parameters::open);
    AutomatonEdge& edge = out[role].edges[e];
    if (!edge.updates.empty()) {
      edge.updates.pop_back();
    } else {
      edge.condition = nullptr;
    }
    return out;
  };
  const auto differs = [](Relation& relation, const std::vector<State>& states) {
    std::mt19937_64 random(1);
    for (State state : states) {
      if (!relation.difference(state).empty()) return true;
      relation.corrupt(state, random);
      if (!relation.difference(state).empty()) return true;
    }
    return false;
  };
  const auto ways = unbounded::ways_of(usual);
  /// The states from which some task may take an edge.
  const auto at = [&](const std::string& size, std::size_t n, std::size_t role, std::size_t edge) {
    std::set<std::string> from;
    for (const unbounded::Way& way : ways) {
      const bool takes = way.role == role && std::ranges::count(way.edges, edge) > 0;
      if (takes) from.insert(usual[role].nodes[way.from].name);
    }
    return every(size, n, [&](const World& world, const Atom* s) {
      return std::ranges::any_of(world.tasks(), [&](const World::Task& task) {
        return task.role == role && from.contains(world.layout().symbols.name(s[task.pc]));
      });
    });
  };
  std::size_t made = 0, noticed = 0;
  for (std::size_t role = 0; role < usual.size(); ++role) {
    for (std::size_t e = 0; e < usual[role].edges.size(); e += 3) {
      const AutomatonEdge& edge = usual[role].edges[e];
      if (edge.updates.empty() && edge.condition == nullptr) continue;
      ++made;
      Relation one(smallest(), "holds", changed(smallest(), role, e));
      if (differs(one, at(smallest(), 1, role, e))) {
        ++noticed;
        continue;
      }
      for (const std::string& larger : larger_sizes()) {
        const std::vector<State> states = at(larger, 3, role, e);
        if (states.empty()) continue;  // no task comes there
        Relation two(larger, "holds", changed(larger, role, e));
        if (!differs(two, states)) continue;
        ++noticed;
        break;
      }
    }
  }
  // An update to what the local is already changes nothing.
  CHECK(noticed + 1 >= made);
  CHECK(made > 15);
}

TEST_CASE("the relation is the automaton's of two kinds, whatever their lifetimes", "[quick]") {
  using Lifetime = WorldSpec::Lifetime;
  const Size size = Size::parse("1x2x2");
  for (const RegisteredProtocol* of :
       {&shelf::protocol<Lifetime::type_safe>(), &shelf::protocol<Lifetime::rcu_freed>(),
        &shelf::protocol<Lifetime::freed>()}) {
    CAPTURE(of->name());
    Relation relation(of->model(size, "holds"));
    CHECK(walked(relation, 3, 150) == "");
    CHECK(relation.faults > 0);
    CHECK(relation.steps > relation.states);
  }
}

TEST_CASE("the relation is the automaton's where tasks wait for sections", "[quick]") {
  const auto board_of = [](const std::string& size, const std::string& variant) {
    return board::protocol().model(Size::parse(size), variant);
  };
  Relation small(board_of("1x1", "holds"));
  for (const State& state : every(*board_of("1x1", "holds"), 1)) {
    REQUIRE(small.difference(state) == "");
  }
  for (const char* variant : {"holds", "no_sync", "drop_at_once", "unlock_early"}) {
    CAPTURE(variant);
    Relation relation(board_of("2x2x2", variant));
    CHECK(walked(relation, 4, 60) == "");
    CHECK(relation.faults > 0);
  }
  // Where it waits within its own section: of any state, because a fault ends a way.
  for (const auto lifetime : {WorldSpec::Lifetime::freed, WorldSpec::Lifetime::rcu_freed}) {
    Relation relation(waiter::waiters(lifetime));
    CHECK(walked(relation, 6, 60) == "");
    CHECK(relation.faults > 0);
  }
}

TEST_CASE("the relation is the automaton's beside random walks, in states that none reaches too") {
  for (const std::string& size : proved().proof->walks) {
    CAPTURE(size);
    Relation relation(size, "holds");
    CHECK(walked(relation, 1, 250) == "");
    CHECK(relation.faults > 0);  // of corrupted states
  }
}

TEST_CASE("the relation is the automaton's, in a few states and others beside them", "[quick]") {
  std::vector<std::string> sizes{smallest(), proved().proof->walks.front()};
  sizes.push_back(proved().proof->walks.back());
  for (const std::string& size : sizes) {
    CAPTURE(size);
    Relation relation(size, "holds");
    CHECK(walked(relation, 5, size == smallest() ? 600 : 60) == "");
    CHECK(relation.faults > 0);
  }
}

TEST_CASE("the relation is the automaton's where pages wait, and where a map is written",
          "[quick]") {
  const std::string size = proved().proof->walks.front();
  Relation pages(size, "holds");
  for (const State& state : every(size, 40, in_cell("slab", {"free"}))) {
    REQUIRE(pages.difference(state) == "");
  }
  CHECK(pages.states > 50);
  const auto writes_map = [](const Node& node) { return node.cell.index && node.new_value; };
  Relation maps(size, "holds");
  for (const State& state : every(size, 40, in_cell("pc", sites(*holds(size), writes_map)))) {
    REQUIRE(maps.difference(state) == "");
  }
  CHECK(maps.states > 20);
  // Of two readers one ends its section, and the other is still waited for.
  Relation two(shelf_of("2x1x1"));
  for (const State& state : every(*shelf_of("2x1x1"), 3, in_cell("slab", {"free"}))) {
    REQUIRE(two.difference(state) == "");
  }
  CHECK(two.states > 50);
  // Whoever frees a page that is not in use.
  const auto model = shelf_of("1x1x1");
  Relation one(shelf_of("1x1x1"));
  for (State state : every(*model, 1, in_cell("pc", {"Node_Free", "Tag_Free"}))) {
    for (const Pinned::Cell& cell : one.cells()) {
      if (one.world().layout()[cell.slot].variable != "slab") continue;
      for (const char* text : {"none", "free"}) {
        state[cell.slot] = one.world().layout().symbols.find(text);
        REQUIRE(one.difference(state) == "");
      }
    }
  }
  CHECK(one.faults > 0);
}

TEST_CASE("what the machine calls a fault, the relation obliges, in variants that are broken") {
  for (const ManifestVariant& variant : proved().variants) {
    if (variant.breaks.empty()) continue;
    CAPTURE(variant.name);
    Relation relation(proved().proof->walks.front(), variant.name);
    CHECK(walked(relation, 2, 80) == "");
    CHECK(relation.faults > 0);
  }
}

}  // namespace lockstep::testing
