// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/covered.hpp"

#include <map>
#include <vector>

#include "claims/asked.hpp"
#include "machines/automaton_system.hpp"
#include "machines/protocol.hpp"
#include "report/text.hpp"
#include "traces/itf.hpp"

namespace lockstep {

namespace {

/// An edge by its role and number. Those of all sizes are numbered alike: the automaton is the
/// code's, not the size's.
using Edge = std::pair<std::string, std::size_t>;

/// Marks the edges that a behaviour takes, up to where the code would do something else: `replays`
/// says so, and behind that may be points that the code does not have.
class Marker : public System::Visitor {
 public:
  Marker(AutomatonSystem& system, const std::vector<Automaton>& automata, std::set<Edge>& taken)
      : system_(system), automata_(automata), taken_(taken) {}

  void follow(const Trace& trace) {
    for (std::size_t i = 0; i + 1 < trace.states.size(); ++i) {
      wanted_ = &trace.steps[i];
      next_ = &trace.states[i + 1];
      made_ = false;
      system_.expand(reinterpret_cast<const std::byte*>(trace.states[i].data()), *this);
      if (!made_) return;
    }
  }

 private:
  void step(const Step& step) override {
    if (step != *wanted_) return;
    State after(next_->size());
    system_.save(reinterpret_cast<std::byte*>(after.data()));
    if (after != *next_) return;
    made_ = true;
    for (const World::Task& task : system_.world().tasks()) {
      if (task.name != step.task) continue;
      for (const std::size_t e : system_.edges_taken()) {
        taken_.emplace(automata_[task.role].role, e);
      }
    }
  }
  void fault(const Step&, const std::string&) override {}

  AutomatonSystem& system_;
  const std::vector<Automaton>& automata_;
  std::set<Edge>& taken_;
  const Step* wanted_ = nullptr;
  const State* next_ = nullptr;
  bool made_ = false;
};

}  // namespace

std::multiset<std::string> untaken_edges(const Manifest& manifest, const std::string& protocol) {
  const auto usual = Protocol::find(protocol).model(
      Size::parse(manifest.protocol(protocol).default_size()), "holds");
  std::map<Edge, std::string> all;
  for (const Automaton& automaton : usual->automata()) {
    for (std::size_t e = 0; e < automaton.edges.size(); ++e) {
      const AutomatonEdge& edge = automaton.edges[e];
      all[{automaton.role, e}] = automaton.role + ": " + automaton.nodes[edge.from].name + " -> " +
                                 automaton.nodes[edge.to].name;
    }
  }
  std::set<Edge> taken;
  const std::filesystem::path& folder = manifest.protocol(protocol).golden;
  if (std::filesystem::is_directory(folder)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (!entry.path().string().ends_with(".itf.json")) continue;
      const ItfFile file(entry.path());
      const TraceSubject subject = file.subject();
      if (subject.protocol != protocol || subject.variant != "holds") continue;
      const auto model = Protocol::find(protocol).model(Size::parse(subject.size), "holds");
      const auto automata = model->automata();
      Layout layout = model->world().layout();
      AutomatonSystem system(model->world(), automata);
      Marker(system, automata, taken).follow(file.trace(layout));
    }
  }
  std::multiset<std::string> out;
  for (const auto& [edge, words] : all) {
    if (!taken.contains(edge)) out.insert(words);
  }
  return out;
}

void add_covered(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  if (!Protocol::find(p.name).model(Size::parse(p.default_size()), "holds")->has_code()) return;
  Check check;
  check.id = p.name + "/covered";
  check.protocol = p.name;
  check.claim = "covered";
  check.judge = "reference";
  check.bounds = "the golden traces of the form that holds, together";
  check.expected = {"every way of the code is taken", {}, {}, {}};
  check.quick = true;
  check.run = [manifest, name = p.name](const Workshop&) {
    const std::multiset<std::string> untaken = untaken_edges(*manifest, name);
    if (untaken.empty()) return Outcome{"every way of the code is taken"};
    return Outcome{"not taken: " + report::join({untaken.begin(), untaken.end()}, ", ") +
                   "; `lockstep trace " + name + " --cover edges -o` writes traces that do"};
  };
  out.push_back(std::move(check));
}

}  // namespace lockstep
