// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "explore/search.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <stdexcept>

#include "explore/snapshot_queue.hpp"
#include "model/stopwatch.hpp"

namespace lockstep {

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
  const XXH128_hash_t hash = XXH3_128bits(data, state.size() * sizeof(Atom));
  return {hash.low64, hash.high64};
}

namespace {

/// One breadth-first pass. With `keep_ways` it remembers for each state the state before it and which
/// of its steps came here: five bytes a state that only a counterexample needs.
class Pass : private System::Visitor {
 public:
  Pass(System& system, const SearchOptions& options, bool keep_ways)
      : system_(system), options_(options), keep_ways_(keep_ways),
        identity_(system.world().layout()), queue_(system), current_(system.snapshot_bytes()),
        next_(system.snapshot_bytes()) {}

  void run() {
    system_.initial(next_.data());
    keys_.insert(identity_(state_of(next_)));
    queue_.push(next_.data());
    if (keep_ways_) ways_.push_back({0, 0});
    if (options_.properties != nullptr) {
      note(options_.properties->at(reinterpret_cast<const Atom*>(next_.data())), true);
    }
    look(reinterpret_cast<const Atom*>(next_.data()));
    std::uint64_t in_level = 1;
    depth_ = 1;
    while (!found_ && queue_.pop(current_.data())) {
      ordinal_ = 0;
      system_.expand(current_.data(), *this);
      if (ordinal_ == 0 && !found_ && !system_.world().at_rest(state_of(current_).data())) {
        found_ = Found{"Deadlock", "", source_, 0, true};
      }
      ++source_;
      if ((source_ & 0x3fff) == 0 && options_.on_progress) {
        options_.on_progress({keys_.size(), transitions_, queue_.size()});
      }
      if (--in_level == 0 && queue_.size() != 0) {
        in_level = queue_.size();
        ++depth_;
      }
    }
  }

  /// What was found, and where: the steps are still to be named.
  struct Found {
    std::string property, detail;
    std::uint64_t source;   ///< the state whose step it was
    std::uint32_t ordinal;  ///< of that step, from 0
    bool in_source;         ///< the state itself is wrong, not a step
    Broken broken = {};
  };

  const std::optional<Found>& found() const { return found_; }
  std::uint64_t states() const { return keys_.size(); }
  std::uint64_t transitions() const { return transitions_; }
  std::uint32_t depth() const { return depth_; }

  /// The ordinals of the steps to state `number`.
  std::vector<std::uint32_t> way_to(std::uint64_t number) const {
    std::vector<std::uint32_t> way;
    for (; number != 0; number = ways_[number].source) way.push_back(ways_[number].ordinal);
    return {way.rbegin(), way.rend()};
  }

 private:
  struct Way {
    std::uint32_t source;
    std::uint16_t ordinal;
  };

  StateView state_of(const std::vector<std::byte>& snapshot) const {
    return {reinterpret_cast<const Atom*>(snapshot.data()), system_.world().layout().size()};
  }

  void step(const Step&) override {
    ++transitions_;
    const auto* before = reinterpret_cast<const Atom*>(current_.data());
    const Atom* after = system_.state().data();
    if (options_.properties != nullptr && !found_) {
      // Also of a state that is known by its view: it may differ in what the view hides.
      note(options_.properties->by(before, after), false);
    }
    for (const StepMonitor& monitor : options_.step_monitors) {
      if (!found_ && !monitor.holds(before, after)) {
        found_ = Found{monitor.name, "", source_, ordinal_, false};
      }
    }
    if (!found_ && keys_.insert(identity_(system_.state()))) {
      system_.save(next_.data());
      queue_.push(next_.data());
      if (keep_ways_) {
        ways_.push_back({static_cast<std::uint32_t>(source_), static_cast<std::uint16_t>(ordinal_)});
      }
      if (options_.properties != nullptr) note(options_.properties->rest_of(after), false);
      look(after);
    }
    ++ordinal_;
  }
  void fault(const Step&, const std::string& what) override {
    if (!found_) found_ = Found{"Fault", what, source_, ordinal_, false};
    ++ordinal_;
  }
  void note(std::optional<Broken> broken, bool in_source) {
    if (!broken) return;
    found_ = Found{broken->property, "", source_, ordinal_, in_source, std::move(*broken)};
  }
  void look(const Atom* state) {
    if (found_) return;
    for (const Monitor& monitor : options_.monitors) {
      if (!monitor.holds(state)) {
        found_ = Found{monitor.name, "", source_, ordinal_, depth_ == 0};
        return;
      }
    }
  }

  System& system_;
  const SearchOptions& options_;
  bool keep_ways_;
  StateIdentity identity_;
  StateSet keys_;
  SnapshotQueue queue_;
  std::vector<std::byte> current_, next_;
  std::vector<Way> ways_;
  std::optional<Found> found_;
  std::uint64_t source_ = 0, transitions_ = 0;
  std::uint32_t ordinal_ = 0, depth_ = 0;
};

/// Takes the steps with these ordinals and writes down what they are.
class Retrace : private System::Visitor {
 public:
  Retrace(System& system, Violation& out) : system_(system), out_(out) {}

  void follow(const std::vector<std::uint32_t>& ordinals) {
    std::vector<std::byte> current(system_.snapshot_bytes());
    next_ = current;
    system_.initial(current.data());
    const auto* atoms = reinterpret_cast<const Atom*>(current.data());
    out_.states.emplace_back(atoms, atoms + system_.world().layout().size());
    for (const std::uint32_t wanted : ordinals) {
      wanted_ = wanted;
      ordinal_ = 0;
      system_.expand(current.data(), *this);
      current = next_;
    }
  }

 private:
  void step(const Step& taken) override {
    if (ordinal_++ != wanted_) return;
    out_.steps.push_back(taken);
    out_.states.emplace_back(system_.state().begin(), system_.state().end());
    system_.save(next_.data());
  }
  void fault(const Step& taken, const std::string&) override {
    if (ordinal_++ == wanted_) out_.steps.push_back(taken);
  }

  System& system_;
  Violation& out_;
  std::vector<std::byte> next_;
  std::uint32_t wanted_ = 0, ordinal_ = 0;
};

}  // namespace

SearchResult search(System& system, const SearchOptions& options) {
  const Stopwatch watch;
  SearchResult result;
  std::optional<Pass::Found> found;
  {
    Pass pass(system, options, false);
    pass.run();
    result.states = pass.states();
    result.transitions = pass.transitions();
    result.depth = pass.depth();
    found = pass.found();
  }
  result.seconds = watch.seconds();
  if (found) {
    // Again, to the same place, with the ways kept.
    Pass pass(system, options, true);
    pass.run();
    std::vector<std::uint32_t> way = pass.way_to(found->source);
    if (!found->in_source) way.push_back(found->ordinal);
    Violation& violation = result.violation.emplace();
    violation.property = found->property;
    violation.detail = found->detail;
    violation.broken = found->broken;
    Retrace(system, violation).follow(way);
  }
  return result;
}

}  // namespace lockstep
