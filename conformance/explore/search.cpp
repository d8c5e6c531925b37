// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "explore/search.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <deque>

#include "explore/breadth_first.hpp"
#include "explore/retrace.hpp"
#include "explore/system_team.hpp"
#include "model/stopwatch.hpp"

namespace lockstep {

StateKey key_of(StateView atoms) {
  const XXH128_hash_t hash = XXH3_128bits(atoms.data(), atoms.size() * sizeof(Atom));
  return {hash.low64, hash.high64};
}

StateIdentity::StateIdentity(const Layout& layout) : view_(layout.size()) {
  for (std::size_t i = 0; i < layout.size(); ++i) {
    if (const auto& base = layout[i].relative_to) relative_.emplace_back(i, *base);
  }
}

StateKey StateIdentity::operator()(StateView state) {
  const Atom* data = state.data();
  if (!relative_.empty()) {
    // As Layout::view() does, without a look at every slot.
    std::ranges::copy(state, view_.begin());
    for (const auto& [slot, base] : relative_) {
      view_[slot] = slot != base && state[slot] == state[base] ? 1 : 0;
    }
    data = view_.data();
  }
  return key_of({data, state.size()});
}

namespace {

/// What was found, and where: the steps are still to be named.
struct Found {
  std::string property, detail;
  std::uint64_t source;   ///< the state whose step it was
  std::uint32_t ordinal;  ///< of that step, from 0
  bool in_source;         ///< the state itself is wrong, not a step
  Broken broken = {};
};

/// What one thread of a search does with a state, until it finds something.
class Looker final : public BreadthFirst::Expander, private System::Visitor {
 public:
  Looker(System& system, SpecProperties* properties, const SearchOptions& options)
      : system_(system),
        properties_(properties),
        options_(options),
        identity_(system.world().layout()),
        format_(system),
        current_(system.snapshot_bytes()),
        next_(current_) {}

  void start(BreadthFirst& walk) {
    system_.initial(current_.data());
    const StateView state = current();
    format_.pack(current_.data(), walk.start(identity_(state)));
    if (properties_ != nullptr) note(properties_->at_start(state.data()), 0, 0, true);
    look(state.data(), 0, 0, true);
  }
  const std::optional<Found>& found() const { return found_; }

  void expand(const std::byte* record, BreadthFirst::Steps& steps) override {
    steps_ = &steps;
    format_.unpack(record, current_.data());
    system_.expand(current_.data(), *this);
    if (steps.ordinal() == 0 && !found_ && !system_.world().at_rest(current().data())) {
      found_ = Found{"Deadlock", "", steps.source(), 0, true};
    }
    if (found_) steps.end();
  }

 private:
  StateView current() const {
    return {reinterpret_cast<const Atom*>(current_.data()), system_.world().layout().size()};
  }

  void step(const Step&) override {
    if (!found_) see(current().data(), system_.state().data());
    steps_->stepped();
  }
  void see(const Atom* before, const Atom* after) {
    const std::uint64_t source = steps_->source();
    const std::uint32_t ordinal = steps_->ordinal();
    const StateKey key = identity_(system_.state());
    steps_->expect(key);
    // Also of a state that is known by its view: it may differ in what the view hides.
    if (properties_ != nullptr) note(properties_->by(before, after), source, ordinal, false);
    for (const StepMonitor& monitor : options_.step_monitors) {
      if (!found_ && !monitor.holds(before, after)) {
        found_ = Found{monitor.name, "", source, ordinal, false};
      }
    }
    if (found_) return;
    std::byte* const record = steps_->reached(key);
    if (record == nullptr) return;
    system_.save(next_.data());
    format_.pack(next_.data(), record);
    if (properties_ != nullptr) note(properties_->rest_of(after), source, ordinal, false);
    look(after, source, ordinal, false);
  }
  void fault(const Step&, const std::string& what) override {
    if (!found_) found_ = Found{"Fault", what, steps_->source(), steps_->ordinal(), false};
    steps_->failed();
  }
  void note(std::optional<Broken> broken, std::uint64_t source, std::uint32_t ordinal,
            bool in_source) {
    if (!broken) return;
    found_ = Found{broken->property, "", source, ordinal, in_source, std::move(*broken)};
  }
  void look(const Atom* state, std::uint64_t source, std::uint32_t ordinal, bool in_source) {
    if (found_) return;
    for (const Monitor& monitor : options_.monitors) {
      if (!monitor.holds(state)) {
        found_ = Found{monitor.name, "", source, ordinal, in_source};
        return;
      }
    }
  }

  System& system_;
  SpecProperties* properties_;
  const SearchOptions& options_;
  StateIdentity identity_;
  SnapshotFormat format_;
  std::vector<std::byte> current_, next_;
  BreadthFirst::Steps* steps_ = nullptr;
  std::optional<Found> found_;
};

/// What each thread of a search has of its own: the first one the caller's.
class Threads {
 public:
  Threads(System& system, const SearchOptions& options) : systems_(system, options.jobs) {
    if (options.properties == nullptr) return;
    for (std::size_t i = 1; i < systems_.size(); ++i) copies_.push_back(*options.properties);
  }

  struct Pass {
    BreadthFirst::Outcome outcome;
    std::optional<Found> found;
    std::vector<std::uint32_t> way;  ///< to what was found, if ways are kept
  };
  /// `found` by an earlier pass: then the ways are kept.
  Pass pass(const SearchOptions& options, const std::string& found) {
    const bool keep_ways = !found.empty();
    std::deque<Looker> lookers;
    std::vector<BreadthFirst::Expander*> expanders;
    for (std::size_t i = 0; i < systems_.size(); ++i) {
      SpecProperties* const own = i == 0 || copies_.empty() ? options.properties : &copies_[i - 1];
      expanders.push_back(&lookers.emplace_back(systems_[i], own, options));
    }
    BreadthFirst walk(expanders, SnapshotFormat(systems_[0]).bytes(), keep_ways);
    lookers.front().start(walk);
    Pass out;
    if (lookers.front().found()) {
      out.outcome = {1, 0, 1, 0, {}};
      out.found = lookers.front().found();
      return out;
    }
    out.outcome = walk.run([&](const BreadthFirst::Outcome& now) {
      if (!options.on_progress) return;
      options.on_progress({now.states, now.transitions, now.waiting, now.depth - 1, found});
    });
    if (!out.outcome.ended) return out;
    out.found = lookers[out.outcome.ended->expander].found();
    if (!keep_ways) return out;
    out.way = walk.way_to(out.found->source);
    if (!out.found->in_source) out.way.push_back(out.found->ordinal);
    return out;
  }

 private:
  SystemTeam systems_;
  std::vector<SpecProperties> copies_;
};

}  // namespace

SearchResult search(System& system, const SearchOptions& options) {
  const Stopwatch watch;
  Threads threads(system, options);
  const Threads::Pass first = threads.pass(options, "");
  SearchResult result;
  result.states = first.outcome.states;
  result.transitions = first.outcome.transitions;
  result.depth = first.outcome.depth;
  result.seconds = watch.seconds();
  if (first.found) {
    // Again, to the same place, with the ways kept.
    const Behaviour behaviour = retrace(system, threads.pass(options, first.found->property).way);
    result.violation = Violation{first.found->property, first.found->detail, first.found->broken,
                                 behaviour.states, behaviour.steps};
  }
  return result;
}

}  // namespace lockstep
