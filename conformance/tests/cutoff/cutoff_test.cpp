// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>

#include "claims/cutoff.hpp"
#include "tests/toys/described.hpp"

// What is seen of the toy through one reader and one door: with one reader nobody else is inside.
namespace lockstep {
namespace {

Manifest described() {
  Manifest out = testing::toy_manifest();
  ManifestProof::Views& views = out.protocols.front().proof->views.emplace();
  views.sets = {{"r", "Readers"}, {"d", "Doors"}};
  views.features = {{"pc[d]", ""},
                    {"open[d]", ""},
                    {"data[d] = 1", ""},
                    {"users[d] = 0", ""},
                    {"pc[r]", "at[r] = d"}};
  views.sizes = {"1", "1x2", "2", "2x2"};
  return out;
}
const Manifest& manifest() {
  static const Manifest read = described();
  return read;
}

struct Case {
  ProofSubject subject = ProofSubject::of(manifest(), "door", "holds");
  unbounded::ViewSpec spec = view_spec(subject);

  /// The invariant also says what follows from a count of one, which the solver does not see.
  Case() {
    const char* lone =
        "\\A d \\in Doors, r, q \\in Readers :"
        " users[d] = 1 /\\ at[r] = d /\\ at[q] = d => r = q";
    const auto constants = proof_constants(*subject.model, *subject.protocol->proof);
    const tla::Expr says = proof_module(*subject.protocol).expand_text(lone, "Lone", constants);
    subject.question.conjuncts.push_back({"Lone", says});
  }

  unbounded::Views views(const char* size) const {
    return graph_views(subject, spec, Size::parse(size), nullptr).views;
  }
  Node& site(std::string_view name) {
    for (Automaton& automaton : subject.question.automata) {
      const auto found = std::ranges::find(automaton.nodes, name, &Node::name);
      if (found != automaton.nodes.end()) return *found;
    }
    throw std::logic_error("no such site");
  }
};

unbounded::Options quick() {
  unbounded::Options options;
  options.first_only = true;
  return options;
}

}  // namespace

TEST_CASE("a model that is too small lacks views, and a step that leads to one is told") {
  const Case c;
  const unbounded::Views views = c.views("1x2");
  REQUIRE_FALSE(views.empty());
  const auto escapes = unbounded::Closure(c.subject.question, c.spec).escapes(views, quick());
  REQUIRE(escapes.size() == 1);
  CHECK_FALSE(escapes[0].unknown);
  CHECK_FALSE(views.contains(escapes[0].view));
  CHECK(views.contains(escapes[0].nearest));
  CHECK(escapes[0].state.find(" at ") != std::string::npos);
}

TEST_CASE("a view that is taken out of a closed set is missed") {
  const Case c;
  unbounded::Views views = c.views("2");
  // What was said of one set is not taken for what is true of the next.
  unbounded::Closure closure(c.subject.question, c.spec);
  CHECK(closure.escapes(views, {}).empty());
  const auto at = std::ranges::find_if(views, [](const auto& v) { return v.second.to == "Use"; });
  REQUIRE(at != views.end());
  views.erase(at);
  const auto escapes = closure.escapes(views, {});
  CHECK(std::ranges::any_of(escapes, [](const auto& e) { return e.edge.ends_with("-> Use"); }));
}

TEST_CASE("the relation gives every view of a graph") {
  const Case c;
  const auto [none, unknown] =
      unbounded::Closure(c.subject.question, c.spec).underived(c.views("2"), {});
  CHECK(none.empty());
  CHECK(unknown.empty());
}

TEST_CASE("an abstraction that forgets that the door is opened is caught") {
  // As if it stayed closed. The set of views may be closed under fewer steps; but some of its views
  // then come from nowhere.
  Case c;
  Node& opens = c.site("Open");
  REQUIRE(opens.new_value != nullptr);
  opens.new_value = term::variable("@");
  const unbounded::Views views = c.views("2");
  const auto [none, unknown] = unbounded::Closure(c.subject.question, c.spec).underived(views, {});
  REQUIRE_FALSE(none.empty());
  for (const auto& view : none) CHECK(views.at(view).from == "Open");
}

TEST_CASE("a step too many leads out") {
  // The reader's look finds nothing: what is behind the door is used while it is written.
  Case c;
  for (Automaton& automaton : c.subject.question.automata) {
    for (AutomatonEdge& edge : automaton.edges) {
      if (automaton.nodes[edge.from].name == "Look") edge.condition = nullptr;
    }
  }
  const auto escapes = unbounded::Closure(c.subject.question, c.spec).escapes(c.views("2"), {});
  CHECK(std::ranges::any_of(escapes,
                            [](const auto& e) { return e.edge == "Look -> Use" && !e.unknown; }));
}

TEST_CASE("a view without what it must not ask is refused, with its text") {
  Manifest broken = manifest();
  broken.protocols.front().proof->views->features[0].first = "pc[r] +";
  const Case c;
  CHECK_THROWS_WITH(view_spec(ProofSubject::of(broken, "door", "holds")),
                    Catch::Contains("pc[r] +"));
}

TEST_CASE("the search ends at the cutoff, in both directions") {
  const Case c;
  const auto sizes = find_cutoff(c.subject, c.spec, [](const auto&, auto, auto) {});
  REQUIRE(sizes.size() > 1);
  for (const CutoffSize& at : sizes) {
    INFO(at.size);
    CHECK(at.closed() == (&at == &sizes.back()));
    CHECK_FALSE(at.undecided());
  }
  CHECK(sizes.back().size == "2");
  // What every smaller model lacks is in the last one.
  for (const auto& [view, origin] : sizes.front().views) CHECK(sizes.back().views.contains(view));
}

}  // namespace lockstep
