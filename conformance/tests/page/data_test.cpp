// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// What a page of a behaviour shows is what the engines say of it.
#include <algorithm>
#include <random>

#include "claims/judges.hpp"
#include "claims/trace_file.hpp"
#include "explore/replay.hpp"
#include "page_document.hpp"
#include "report/values.hpp"
#include "tests/program/program.hpp"

namespace lockstep {
namespace {

using testing::PageDocument;

/// What a page may have.
constexpr std::size_t most_bytes = 1'500'000;

std::string page_of(const testing::Words& arguments) {
  testing::Words words{"explain", "--format", "html"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const testing::Outcome outcome = testing::lockstep(words);
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return outcome.out;
}

/// A model beside a page: it takes the steps that the page shows, and is asked what there is.
class Beside : private System::Visitor {
 public:
  Beside(System& system, const Subject& subject) : system_(system), subject_(subject) {
    restart();
    for (const auto& p : subject.protocol->properties) {
      if (p.kind == "liveness") continue;
      asked_.push_back(std::make_unique<AskedProperties>(subject, system.world(),
                                                         std::vector<std::string>{p.name}));
      names_.push_back(p.name);
    }
  }

  void restart() {
    now_.snapshot.resize(system_.snapshot_bytes());
    system_.initial(now_.snapshot.data());
    const auto* atoms = reinterpret_cast<const Atom*>(now_.snapshot.data());
    now_.state.assign(atoms, atoms + layout().size());
  }

  /// The node that the page has for the present state: its values, and what is violated.
  void compare_state(const PageDocument& page, std::size_t node) {
    CAPTURE(node);
    REQUIRE(page.values(node) == values_of(now_.state));
    std::set<std::string> broken;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (asked_[i]->properties.at(now_.state.data())) broken.insert(names_[i]);
    }
    REQUIRE(page.broken(node) == broken);
  }

  /// The steps of the page from there: the same, in the same order, to the same states.
  void compare_steps(const PageDocument& page, std::size_t node) {
    arrivals_.clear();
    const std::vector<std::byte> snapshot = now_.snapshot;
    system_.expand(snapshot.data(), *this);
    const auto edges = page.edges(node);
    REQUIRE(edges.size() == arrivals_.size());
    for (std::size_t i = 0; i < edges.size(); ++i) {
      CAPTURE(node, edges[i].step);
      REQUIRE(edges[i].step == arrivals_[i].step);
      REQUIRE((edges[i].to < 0) == arrivals_[i].state.empty());
      if (edges[i].to < 0) continue;
      const auto to = static_cast<std::size_t>(edges[i].to);
      REQUIRE(page.values(to) == values_of(arrivals_[i].state));
      REQUIRE(edges[i].broken == broken_by(arrivals_[i].state));
    }
  }

  /// Takes the step with this number, of those that were compared.
  void take(std::size_t edge) { now_ = arrivals_.at(edge); }

 private:
  struct Arrival {
    std::string step;
    State state;
    std::vector<std::byte> snapshot;
  };

  const Layout& layout() const { return system_.world().layout(); }
  PageDocument::Values values_of(const State& state) const {
    PageDocument::Values out;
    for (std::size_t slot = 0; slot < state.size(); ++slot) {
      out.push_back(report::value_text(layout(), slot, state[slot]));
    }
    return out;
  }
  std::set<std::string> broken_by(const State& after) {
    std::set<std::string> out;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const auto& kind = subject_.protocol->properties;
      const auto stated = std::ranges::find(kind, names_[i], &ManifestProperty::name);
      if (stated->kind == "invariant") continue;
      // Each alone: what it says cannot hang on another.
      if (asked_[i]->properties.by(now_.state.data(), after.data())) out.insert(names_[i]);
    }
    return out;
  }
  void step(const Step& step) override {
    arrivals_.push_back({step.text(layout().symbols),
                         State(system_.state().begin(), system_.state().end()),
                         std::vector<std::byte>(system_.snapshot_bytes())});
    system_.save(arrivals_.back().snapshot.data());
  }
  void fault(const Step& step, const std::string&) override {
    arrivals_.push_back({step.text(layout().symbols), {}, {}});
  }

  System& system_;
  const Subject& subject_;
  std::vector<std::unique_ptr<AskedProperties>> asked_;
  std::vector<std::string> names_;
  Arrival now_;
  std::vector<Arrival> arrivals_;
};

/// Along the behaviour, then on random ways from it to where the page ends.
void compare(const PageDocument& page, const TraceFile& file) {
  const auto system = file.subject.model->stepped();
  Beside beside(*system, file.subject);
  const testing::Json& taken = page.data["taken"];
  REQUIRE(taken.size() == file.trace.steps.size());
  const auto walk_to = [&](std::size_t state, bool compared) {
    beside.restart();
    for (std::size_t i = 0; i <= state; ++i) {
      if (compared) beside.compare_state(page, page.way(i));
      if (i < taken.size()) beside.compare_steps(page, page.way(i));
      if (i < state) beside.take(taken[i]);
    }
  };
  walk_to(taken.size(), true);
  std::mt19937_64 random(1);
  for (int walk = 0; walk < 12; ++walk) {
    const std::size_t start = random() % taken.size();
    walk_to(start, false);
    std::size_t node = page.way(start), steps = 0;
    for (; page.expanded(node) && steps < 60; ++steps) {
      beside.compare_state(page, node);
      beside.compare_steps(page, node);
      const auto edges = page.edges(node);
      if (edges.empty()) break;
      const std::size_t edge = random() % edges.size();
      if (edges[edge].to < 0) break;
      beside.take(edge);
      node = static_cast<std::size_t>(edges[edge].to);
    }
    // An edge of the page is as far away as it says.
    if (!page.expanded(node)) {
      beside.compare_state(page, node);
      CHECK(steps >= page.data["depth"].get<std::size_t>());
    }
  }
}

}  // namespace

TEST_CASE("a page of S39 shows the states, the steps and the verdicts that the engines give") {
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  const std::string text = page_of({"S39"});
  CHECK(text.size() <= most_bytes);
  const PageDocument page(text);
  const TraceFile file = TraceFile::read(
      manifest, LOCKSTEP_SOURCE_DIR "/traces/vma_refcnt/S39_dup_copies_refcnt.itf.json");
  compare(page, file);
  CHECK(page.data["depth"] >= 10);
  // What the trace is about is violated at its end, and nowhere before.
  const std::string about = page.data["violated"];
  CHECK(about == file.violated);
  CHECK(about == "RefcntOK");
  const std::size_t last = file.trace.steps.size();
  for (std::size_t i = 0; i <= last; ++i) {
    CAPTURE(i);
    CHECK(page.broken(page.way(i)).contains(about) == (i == last));
  }
  // The kernel's functions are those beside the sites.
  const auto& sites = page.data["sites"];
  const auto site = std::ranges::find(sites, "StartRead_IncRef") - sites.begin();
  CHECK(page.data["kernel"][static_cast<std::size_t>(site)][0] == "vma_start_read");
}

TEST_CASE("a page of a lasso leads back") {
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  const std::string name = LOCKSTEP_SOURCE_DIR "/traces/fault/S04_waits_for_vma.itf.json";
  const std::string text = page_of({"--trace", name});
  CHECK(text.size() <= most_bytes);
  const PageDocument page(text);
  const TraceFile file = TraceFile::read(manifest, name);
  compare(page, file);
  REQUIRE(file.trace.loop);
  CHECK(page.data["back_to"] == *file.trace.loop);
  CHECK(page.data["way"].back() == page.data["way"][*file.trace.loop]);
  // All states of the model are there: no step leads out.
  CHECK(page.data["whole"] == true);
  CHECK(page.data["nodes"].size() == page.data["edges"].size());
}

}  // namespace lockstep
