// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "book/lives.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <unordered_set>

#include "explore/search.hpp"
#include "model/interrupt.hpp"
#include "report/text.hpp"
#include "report/values.hpp"

namespace lockstep::book {
namespace {

/// Each value of one field, and the sites between two of them.
struct Changes {
  const WorldSpec::Field* field = nullptr;
  std::set<Atom> starts;
  std::map<std::pair<Atom, Atom>, std::set<std::string>> sites;
  std::size_t slot = 0;  ///< one of it, for the text of its values
};

class Walker : private System::Visitor {
 public:
  Walker(System& system, std::size_t most)
      : system_(system), identity_(system.world().layout()), most_(most) {
    const Layout& layout = system.world().layout();
    for (const WorldSpec::Field& field : system.world().spec().fields) {
      if (field.sort != Sort::integer || !field.relative_to.empty()) continue;
      Changes changes;
      changes.field = &field;
      for (std::size_t slot = 0; slot < layout.size(); ++slot) {
        if (layout[slot].variable != field.name) continue;
        fields_.emplace_back(slot, lives_.size());
        changes.slot = slot;
      }
      lives_.push_back(std::move(changes));
    }
  }

  void run() {
    std::vector<std::byte> start(system_.snapshot_bytes());
    system_.initial(start.data());
    const auto* atoms = reinterpret_cast<const Atom*>(start.data());
    const State state(atoms, atoms + system_.world().layout().size());
    for (const auto& [slot, life] : fields_) lives_[life].starts.insert(state[slot]);
    seen_.insert(identity_(state));
    waiting_.emplace_back(state, std::move(start));
    while (!waiting_.empty()) {
      interrupt::check();
      if (seen_.size() > most_) {
        throw Undecided(fmt::format("there are more than {} states", report::grouped(most_)));
      }
      const auto [before, snapshot] = std::move(waiting_.front());
      waiting_.pop_front();
      before_ = &before;
      system_.expand(snapshot.data(), *this);
    }
  }

  const std::vector<Changes>& lives() const { return lives_; }

 private:
  void step(const Step& step) override {
    const State after(system_.state().begin(), system_.state().end());
    for (const auto& [slot, life] : fields_) {
      if ((*before_)[slot] == after[slot]) continue;
      lives_[life].sites[{(*before_)[slot], after[slot]}].insert(
          system_.world().layout().symbols.text(step.site));
    }
    if (!seen_.insert(identity_(after)).second) return;
    std::vector<std::byte> snapshot(system_.snapshot_bytes());
    system_.save(snapshot.data());
    waiting_.emplace_back(after, std::move(snapshot));
  }
  void fault(const Step&, const std::string&) override {}

  struct Hash {
    std::size_t operator()(const StateKey& key) const {
      return static_cast<std::size_t>(key.low ^ key.high);
    }
  };

  System& system_;
  StateIdentity identity_;
  std::size_t most_;
  std::vector<std::pair<std::size_t, std::size_t>> fields_;  ///< a slot, and whose life it is of
  std::vector<Changes> lives_;
  std::unordered_set<StateKey, Hash> seen_;
  std::deque<std::pair<State, std::vector<std::byte>>> waiting_;
  const State* before_ = nullptr;
};

std::string graph_of(const Changes& changes, const Layout& layout) {
  std::string out =
      "digraph life {\n  rankdir=LR;\n  node [shape=ellipse, fontname=monospace];\n"
      "  edge [fontname=monospace, fontsize=10];\n";
  std::set<Atom> values = changes.starts;
  for (const auto& [ends, sites] : changes.sites) values.insert({ends.first, ends.second});
  const auto number = [&](Atom value) { return std::distance(values.begin(), values.find(value)); };
  for (const Atom value : values) {
    out += fmt::format(
        "  v{} [label=\"{}\"{}];\n", number(value),
        value == null_atom ? "no object" : report::value_text(layout, changes.slot, value),
        changes.starts.contains(value) ? ", peripheries=2" : "");
  }
  for (const auto& [ends, sites] : changes.sites) {
    out += fmt::format("  v{} -> v{} [label=\"{}\\l\"];\n", number(ends.first), number(ends.second),
                       report::join({sites.begin(), sites.end()}, "\\l"));
  }
  return out + "}\n";
}

}  // namespace

std::vector<Life> lives_of(const Subject& subject, std::size_t most) {
  const auto system = system_of(subject);
  Walker walker(*system, most);
  walker.run();
  std::vector<Life> out;
  for (const Changes& changes : walker.lives()) {
    std::set<std::string> sites;
    for (const auto& [ends, by] : changes.sites) sites.insert(by.begin(), by.end());
    if (sites.size() < 2) continue;
    out.push_back(
        {changes.field->name, changes.field->kind, graph_of(changes, system->world().layout())});
  }
  return out;
}

}  // namespace lockstep::book
