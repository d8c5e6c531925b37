// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "relation.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "explore/search.hpp"
#include "subject.hpp"
#include "tests/kinds/shelf.hpp"

// The relation of which the proof speaks is that of the site automata: from every state the same
// steps to the same states and to no others, and the same faults. It allows more than the machines
// do in one respect, which `Relation::lingers` states: a freed page may stay although nothing waits
// for it any more.
namespace lockstep::testing {

namespace {

std::unique_ptr<Model> holds(const std::string& size) {
  return model_of(size);
}

/// Every nth state of a model, of those that are wanted.
std::vector<State> every(
    const std::string& size, std::size_t n,
    const std::function<bool(const World&, const Atom*)>& wanted = [](const World&, const Atom*) {
      return true;
    }) {
  const auto model = holds(size);
  AutomatonSystem system(model->world(), model->automata());
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
  Relation relation("1x1x1", "holds");
  for (const State& state : every("1x1x1", 1)) REQUIRE(relation.difference(state) == "");
  CHECK(relation.states > 400);
  CHECK(relation.steps > 2 * relation.states);
  CHECK(relation.faults == 0);
  CHECK(relation.disabled > relation.states);  // ways that are not open from a state are tried too
  // Where the relation allows more: whatever ends a section, or frees, while none is open.
  std::set<std::string> sites;
  for (const auto& [site, times] : relation.lingering) sites.insert(site);
  CHECK(sites == std::set<std::string>{"Downgraded_Free", "Lookup_RcuUnlockNone",
                                       "StartRead_RcuUnlock", "Unmap_Free"});
}

TEST_CASE("a relation of other automata differs from the machine") {
  // An update or a condition less shows in some state, of a walk or beside it.
  const auto usual = holds("1x1x1")->automata(Parameters::open);
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
      Relation one("1x1x1", "holds", changed("1x1x1", role, e));
      if (differs(one, at("1x1x1", 1, role, e))) {
        ++noticed;
        continue;
      }
      Relation two("1x2x2", "holds", changed("1x2x2", role, e));
      if (differs(two, at("1x2x2", 3, role, e))) ++noticed;
    }
  }
  // An update to what the local is already changes nothing.
  CHECK(noticed + 2 >= made);
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

TEST_CASE("the relation is the automaton's where readers meet their limit") {
  Relation relation("2x1x1,limit=2", "holds");
  for (const State& state : every("2x1x1,limit=2", 7)) REQUIRE(relation.difference(state) == "");
}

TEST_CASE("the relation is the automaton's beside random walks, in states that none reaches too") {
  const auto [size, states] = GENERATE(table<std::string, std::size_t>(
      {{"1x1x1", 600}, {"2x1x1,limit=2", 400}, {"1x2x2", 400}, {"1x2x1x2", 300}, {"2x2x2x2", 80}}));
  CAPTURE(size);
  Relation relation(size, "holds");
  CHECK(walked(relation, 1, states) == "");
  CHECK(relation.faults > 0);  // of corrupted states
}

TEST_CASE("the relation is the automaton's, in a few states and others beside them", "[quick]") {
  const std::string size = GENERATE("1x1x1", "1x2x2", "2x2x1x2");
  CAPTURE(size);
  Relation relation(size, "holds");
  CHECK(walked(relation, 5, size == "1x1x1" ? 600 : 60) == "");
  CHECK(relation.faults > 0);
}

TEST_CASE("the relation is the automaton's where pages wait, and where trees are written",
          "[quick]") {
  const auto in_cell = [](const char* variable, const std::set<std::string>& texts) {
    return [=](const World& world, const Atom* s) {
      for (std::size_t i = 0; i < world.layout().size(); ++i) {
        const bool here = world.layout()[i].variable == variable;
        if (here && texts.contains(world.layout().symbols.text(s[i]))) return true;
      }
      return false;
    };
  };
  Relation pages("2x1x1,limit=2", "holds");
  for (const State& state : every("2x1x1,limit=2", 3, in_cell("slab", {"free"}))) {
    REQUIRE(pages.difference(state) == "");
  }
  Relation trees("1x2x2", "holds");
  for (const State& state : every("1x2x2", 40, in_cell("pc", {"Store_Tree", "Unmap_ClearTree"}))) {
    REQUIRE(trees.difference(state) == "");
  }
  // Whoever frees a page that is not in use.
  Relation one("1x1x1", "holds");
  for (State state : every("1x1x1", 1, in_cell("pc", {"Downgraded_Free", "Writer_Unmapped"}))) {
    for (const Pinned::Cell& cell : one.cells()) {
      if (one.world().layout()[cell.slot].variable != "slab") continue;
      for (const char* text : {"none", "free"}) {
        state[cell.slot] = one.world().layout().symbols.find(text);
        REQUIRE(one.difference(state) == "");
      }
    }
  }
  CHECK(one.faults > 0);
  CHECK(pages.states > 50);
  CHECK(trees.states > 20);
}

TEST_CASE("what the machine calls a fault, the relation obliges, in variants that are broken") {
  const std::string variant = GENERATE(
      "lookup_without_rcu", "detach_does_not_wait", "increment_from_zero", "free_without_detach",
      "put_loads_mm_late", "dup_forgets_field", "no_recheck", "dup_copies_refcnt");
  CAPTURE(variant);
  Relation relation("1x2x2", variant);
  CHECK(walked(relation, 2, 300) == "");
  CHECK(relation.faults > 0);
}

}  // namespace lockstep::testing
