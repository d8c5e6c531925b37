// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "liveness/lasso.hpp"
#include "tests/liveness/toy.hpp"

using namespace lockstep;
using namespace lockstep::liveness;

// Random graphs of a few states: what is found by components must be what is found by trying every
// set of states.
namespace {

constexpr std::size_t questions = 4;

class Random {
 public:
  explicit Random(std::uint64_t seed) : random_(seed) {}
  std::size_t upto(std::size_t n) { return random_() % n; }
  bool one_in(std::size_t n) { return upto(n) == 0; }

 private:
  std::mt19937_64 random_;
};

/// All nodes can be reached from node 0, or may be not: that is part of what is searched.
Graph random_graph(Random& random, const Asked& columns) {
  Graph out{columns};
  const std::size_t nodes = 1 + random.upto(7);
  for (std::size_t node = 0; node < nodes; ++node) {
    out.states.add_row();
    for (std::size_t q = 0; q < questions; ++q) {
      if (random.one_in(2)) out.states.set(node, q);
    }
    for (std::size_t edges = random.upto(4); edges > 0; --edges) {
      out.target.push_back(static_cast<std::uint32_t>(random.upto(nodes)));
      out.steps.add_row();
      for (std::size_t q = 0; q < questions; ++q) {
        if (random.one_in(4)) out.steps.set(out.target.size() - 1, q);
      }
    }
    out.first_edge.push_back(out.target.size());
  }
  return out;
}

std::vector<Fair> random_fairness(Random& random) {
  std::vector<Fair> out;
  for (std::size_t n = random.upto(4); n > 0; --n) {
    out.push_back({random.one_in(2), random.upto(questions), random.upto(questions), "", {}});
  }
  return out;
}

Clause random_clause(Random& random) {
  Clause out;
  if (random.one_in(2)) out.from = random.upto(questions);
  if (random.one_in(2)) out.stays = random.upto(questions);
  if (random.one_in(4)) out.always.push_back(random.upto(questions));
  if (random.one_in(4)) out.again.push_back(random.upto(questions));
  if (random.one_in(4)) out.never_steps.push_back(random.upto(questions));
  if (random.one_in(4)) out.again_steps.push_back(random.upto(questions));
  return out;
}

using Nodes = std::vector<std::uint32_t>;
using Edges = std::vector<std::uint64_t>;

std::uint32_t source_of(const Graph& graph, std::uint64_t edge) {
  return static_cast<std::uint32_t>(std::ranges::upper_bound(graph.first_edge, edge) -
                                    graph.first_edge.begin() - 1);
}

/// Is what is done again and again in these states, by these steps, fair, and does it violate?
bool is_bad_loop(const Graph& graph, const std::vector<Fair>& fair, const Clause& clause,
                 const Nodes& nodes, const Edges& edges) {
  const auto some_state = [&](std::size_t q, bool value) {
    return std::ranges::any_of(nodes, [&](auto n) { return graph.states(n, q) == value; });
  };
  const auto some_step = [&](std::size_t q) {
    return std::ranges::any_of(edges, [&](auto e) { return graph.steps(e, q); });
  };
  for (const Fair& f : fair) {
    const bool excused = f.strong ? !some_state(f.enabled, true) : some_state(f.enabled, false);
    if (!excused && !some_step(f.taken)) return false;
  }
  if (clause.stays && some_state(*clause.stays, false)) return false;
  for (const std::size_t q : clause.always) {
    if (some_state(q, false)) return false;
  }
  for (const std::size_t q : clause.again) {
    if (!some_state(q, true)) return false;
  }
  for (const std::size_t q : clause.never_steps) {
    if (some_step(q)) return false;
  }
  return std::ranges::all_of(clause.again_steps, some_step);
}

/// What can be reached from these states through states that `may` allows.
std::vector<bool> reached(const Graph& graph, const std::vector<bool>& from,
                          const std::function<bool(std::size_t)>& may,
                          const std::function<bool(std::uint64_t)>& step) {
  std::vector<bool> out = from;
  for (bool more = true; more;) {
    more = false;
    for (std::uint64_t e = 0; e < graph.target.size(); ++e) {
      if (!out[source_of(graph, e)] || out[graph.target[e]] || !may(graph.target[e]) || !step(e)) {
        continue;
      }
      out[graph.target[e]] = more = true;
    }
  }
  return out;
}

bool is_violated(const Graph& graph, const std::vector<Fair>& fair, const Clause& clause) {
  const std::size_t n = graph.nodes();
  const auto any_step = [](std::uint64_t) { return true; };
  const auto stays = [&](std::size_t node) {
    return !clause.stays || graph.states(node, *clause.stays);
  };
  std::vector<bool> start(n);
  start[0] = true;
  if (clause.from)
    start = reached(
        graph, start, [](std::size_t) { return true; }, any_step);
  for (std::size_t node = 0; node < n; ++node) {
    if (!stays(node) || (clause.from && !graph.states(node, *clause.from))) start[node] = false;
  }
  const std::vector<bool> from = reached(graph, start, stays, any_step);
  const auto may_repeat = [&](std::uint64_t e) {
    return std::ranges::none_of(clause.never_steps, [&](auto q) { return graph.steps(e, q); });
  };
  for (std::size_t set = 1; set < std::size_t{1} << n; ++set) {
    const auto in = [&](std::size_t node) { return (set >> node & 1) != 0; };
    Nodes nodes;
    Edges edges;
    for (std::uint32_t node = 0; node < n; ++node) {
      if (in(node)) nodes.push_back(node);
    }
    for (std::uint64_t e = 0; e < graph.target.size(); ++e) {
      if (in(source_of(graph, e)) && in(graph.target[e]) && may_repeat(e)) edges.push_back(e);
    }
    if (!from[nodes[0]] || !is_bad_loop(graph, fair, clause, nodes, edges)) continue;
    const bool connected = std::ranges::all_of(nodes, [&](std::uint32_t node) {
      std::vector<bool> one(n);
      one[node] = true;
      const auto all = reached(graph, one, in, may_repeat);
      return std::ranges::all_of(nodes, [&](std::uint32_t other) { return all[other]; });
    });
    if (connected) return true;
  }
  return false;
}

/// "" if it is a behaviour that violates the clause.
std::string wrong(const Graph& graph, const std::vector<Fair>& fair, const Clause& clause,
                  const Lasso& lasso) {
  Nodes stem{0}, loop;
  for (const std::uint64_t e : lasso.stem) {
    if (source_of(graph, e) != stem.back()) return "the stem is broken";
    stem.push_back(graph.target[e]);
  }
  loop.push_back(stem.back());
  for (const std::uint64_t e : lasso.loop) {
    if (source_of(graph, e) != loop.back()) return "the loop is broken";
    loop.push_back(graph.target[e]);
  }
  if (loop.back() != loop.front()) return "the loop is open";
  if (!is_bad_loop(graph, fair, clause, loop, lasso.loop)) return "the loop is no violation";
  const auto stays = [&](std::uint32_t node) {
    return !clause.stays || graph.states(node, *clause.stays);
  };
  for (std::size_t i = 0; i < stem.size() && (clause.from || i == 0); ++i) {
    if (clause.from && !graph.states(stem[i], *clause.from)) continue;
    if (std::all_of(stem.begin() + static_cast<std::ptrdiff_t>(i), stem.end(), stays)) return "";
  }
  return "it does not begin where it has to";
}

}  // namespace

TEST_CASE("random graphs: a lasso is found where there is one", "[liveness]") {
  // As many questions of states and of steps as the graphs have columns.
  const testing::Toy toy{
      "Next == SetX(1 - X) /\\ UNCHANGED <<y, n, pc>>\n"
      "P == /\\ [](X = 0) /\\ [](X = 1) /\\ [](X = 2) /\\ [](X = 3)\n"
      "     /\\ []<><<Next>>_x /\\ []<><<Next>>_y /\\ []<><<Next>>_n /\\ []<><<Next>>_pc\n"};
  const auto system = toy.system();
  const Asked columns{system->world(), toy.source({"P"}, "")};
  REQUIRE(columns.of_states() == questions);
  REQUIRE(columns.of_steps() == questions);
  Random random{1};
  std::size_t violated = 0, looping = 0;
  for (int i = 0; i < 20000; ++i) {
    CAPTURE(i);
    const Graph graph = random_graph(random, columns);
    const std::vector<Fair> fair = random_fairness(random);
    const Clause clause = random_clause(random);
    const std::optional<Lasso> lasso = find_lasso(graph, fair, clause);
    REQUIRE(lasso.has_value() == is_violated(graph, fair, clause));
    if (!lasso) continue;
    REQUIRE(wrong(graph, fair, clause, *lasso) == "");
    ++violated;
    looping += lasso->loop.empty() ? 0 : 1;
  }
  CHECK(violated > 5000);
  CHECK(violated < 15000);
  CHECK(looping > 500);
}
