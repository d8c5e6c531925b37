// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>

#include "build_info.hpp"
#include "claims/cutoff.hpp"

namespace lockstep {
namespace {

const Manifest& manifest() {
  static const Manifest read = Manifest::read(LOCKSTEP_SOURCE_DIR);
  return read;
}

struct Case {
  ProofSubject subject = ProofSubject::of(manifest(), "vma_refcnt", "holds");
  unbounded::ViewSpec spec = view_spec(subject);

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
  const unbounded::Views views = c.views("1x2x2");
  REQUIRE_FALSE(views.empty());
  const auto escapes = unbounded::Closure(c.subject.question, c.spec).escapes(views, quick());
  REQUIRE(escapes.size() == 1);
  CHECK_FALSE(escapes[0].unknown);
  CHECK_FALSE(views.contains(escapes[0].view));
  CHECK(views.contains(escapes[0].nearest));
  CHECK(escapes[0].state.find(" at ") != std::string::npos);
}

TEST_CASE("a view that is taken out of a closed set is missed", "[thorough]") {
  // Of a set that is not closed too: the step to that view is among those that lead out.
  const Case c;
  unbounded::Views views = c.views("2x1x2");
  const auto at =
      std::ranges::find_if(views, [](const auto& v) { return v.second.to == "Use_LoadData"; });
  REQUIRE(at != views.end());
  views.erase(at);
  const auto escapes = unbounded::Closure(c.subject.question, c.spec).escapes(views, {});
  CHECK(std::ranges::any_of(escapes,
                            [](const auto& e) { return e.edge.ends_with("-> Use_LoadData"); }));
}

TEST_CASE("the relation gives every view of a graph") {
  const Case c;
  const auto [none, unknown] =
      unbounded::Closure(c.subject.question, c.spec).underived(c.views("1x2x2"), {});
  CHECK(none.empty());
  CHECK(unknown.empty());
}

TEST_CASE("an abstraction that forgets that unlock changes every reader's view is caught") {
  // As if one counter stood still: what readers have read of it stays what it is now. The set of
  // views may be closed under fewer steps; but some of its views then come from nowhere.
  Case c;
  Node& unlock = c.site("MmapUnlock_SeqEnd");
  REQUIRE(unlock.new_value != nullptr);
  unlock.new_value = term::variable("@");
  const unbounded::Views views = c.views("1x2x2");
  const auto [none, unknown] = unbounded::Closure(c.subject.question, c.spec).underived(views, {});
  REQUIRE_FALSE(none.empty());
  for (const auto& view : none) CHECK(views.at(view).from == "Writer_Section");
}

TEST_CASE("a step too many leads out") {
  // The reader's last check finds nothing: the VMA is used while it is write-locked.
  Case c;
  for (Automaton& automaton : c.subject.question.automata) {
    for (AutomatonEdge& edge : automaton.edges) {
      if (automaton.nodes[edge.from].name == "StartRead_RecheckSeq") edge.condition = nullptr;
    }
  }
  const auto escapes = unbounded::Closure(c.subject.question, c.spec).escapes(c.views("2x1x2"), {});
  CHECK(std::ranges::any_of(escapes, [](const auto& e) {
    return e.edge == "StartRead_RecheckSeq -> Lookup_RcuUnlock" && !e.unknown;
  }));
}

TEST_CASE("a view without what it must not ask is refused, with its text") {
  Manifest broken = manifest();
  std::ranges::find(broken.protocols, "vma_refcnt", &ManifestProtocol::name)
      ->proof->views->features[0]
      .first = "pc[r] +";
  const Case c;
  CHECK_THROWS_WITH(view_spec(ProofSubject::of(broken, "vma_refcnt", "holds")),
                    Catch::Contains("pc[r] +"));
}

TEST_CASE("the search ends at the manifest's cutoff, in both directions", "[thorough]") {
  const Case c;
  const auto sizes = find_cutoff(c.subject, c.spec, [](const auto&, auto, auto) {});
  REQUIRE(sizes.size() > 1);
  for (const CutoffSize& at : sizes) {
    INFO(at.size);
    CHECK(at.closed() == (&at == &sizes.back()));
    CHECK_FALSE(at.undecided());
  }
  CHECK(sizes.back().size == "2x2x2");
  // What every smaller model lacks is in the last one.
  for (const auto& [view, origin] : sizes.front().views) CHECK(sizes.back().views.contains(view));
}

}  // namespace lockstep
