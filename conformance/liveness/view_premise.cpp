// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "liveness/view_premise.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "explore/snapshot_queue.hpp"
#include "liveness/graph.hpp"
#include "model/stopwatch.hpp"

namespace lockstep::liveness {
namespace {

/// What a state shows: each thing in words, so that two may be compared; or, without words, a hash
/// of it all.
class Shown {
 public:
  explicit Shown(bool in_words) : in_words_(in_words) {}
  void clear() {
    hashes_.clear();
    words_.clear();
  }
  /// `words` are asked for only where they are kept.
  template <class Words>
  void add(const void* data, std::size_t bytes, const Words& words) {
    hashes_.push_back(XXH3_64bits(data, bytes));
    if (in_words_) words_.emplace(hashes_.back(), words());
  }
  /// Of everything, in whatever order it came.
  StateKey hash() {
    std::ranges::sort(hashes_);
    const XXH128_hash_t hash = XXH3_128bits(hashes_.data(), hashes_.size() * sizeof(std::uint64_t));
    return {hash.low64, hash.high64};
  }
  /// Something that one shows and the other does not.
  std::string difference(const Shown& other) const {
    for (const auto* two : {this, &other}) {
      const Shown& rest = two == this ? other : *this;
      for (const auto& [hash, words] : two->words_) {
        const auto count = std::ranges::count(two->hashes_, hash);
        if (std::ranges::count(rest.hashes_, hash) != count) return words;
      }
    }
    return "";
  }

 private:
  bool in_words_;
  std::vector<std::uint64_t> hashes_;
  std::unordered_map<std::uint64_t, std::string> words_;
};

class Pass final : private System::Visitor {
 public:
  Pass(System& system, Asked& asked, SpecProperties* properties, unsigned follow)
      : system_(system),
        asked_(asked),
        properties_(properties),
        follow_(follow),
        followed_(system),
        compared_(system),
        snapshot_(system.snapshot_bytes()),
        state_(system.world().layout().size()) {}

  /// Until two states of one view are found that differ, or until the first state of the view `of`
  /// is looked at.
  void run(const std::function<void(std::uint64_t)>& on_progress,
           std::optional<StateKey> of = std::nullopt) {
    std::vector<std::byte> current(snapshot_.size());
    system_.initial(current.data());
    arrive(current.data());
    while (followed_.pop(current.data())) {
      if (look(current, true, of)) return;
      while (compared_.pop(current.data())) {
        if (look(current, false, of)) return;
      }
      if ((states & 0xfff) == 0 && on_progress) on_progress(states);
    }
  }

  /// Everything that is to be seen of a state, in words.
  Shown in_words(const State& state) {
    Shown out{true};
    std::vector<std::byte> snapshot(snapshot_.size());
    std::memcpy(snapshot.data(), state.data(), snapshot.size());
    see(snapshot, out, false);
    return out;
  }

  std::uint64_t views() const { return views_.size(); }
  std::uint64_t states = 0;
  bool all = true;
  std::optional<StateKey> differs;  ///< the view of the state that was looked at last
  const State& last() const { return state_; }

 private:
  struct View {
    StateKey shows;
    unsigned followed = 0;
    bool is_known = false;
  };
  struct Hash {
    std::size_t operator()(const StateKey& key) const { return key.low; }
  };

  /// True to end.
  bool look(const std::vector<std::byte>& snapshot, bool follow, std::optional<StateKey> of) {
    ++states;
    see(snapshot, shown_, follow);
    const StateKey key = key_of(asked_.view(state_));
    if (of && *of == key) return true;
    View& view = views_[key];
    const StateKey shows = shown_.hash();
    if (!view.is_known) {
      view.is_known = true;
      view.shows = shows;
    } else if (view.shows != shows) {
      differs = key;
      return true;
    }
    return false;
  }

  void see(const std::vector<std::byte>& snapshot, Shown& out, bool follow) {
    std::memcpy(state_.data(), snapshot.data(), state_.size() * sizeof(Atom));
    out.clear();
    asked_.look(state_);
    for (std::size_t i = 0; i < asked_.of_states(); ++i) {
      const std::size_t what[] = {0, i, asked_.of_state(i)};
      out.add(what, sizeof what, [&] { return asked_.text_of_state(i); });
    }
    if (properties_ != nullptr) {
      for (const std::string& name : properties_->all_at(state_.data())) {
        out.add(name.data(), name.size(), [&] { return "whether " + name + " holds"; });
      }
    }
    seen_ = &out;
    follows_ = follow;
    system_.expand(snapshot.data(), *this);
  }

  void step(const Step& taken) override {
    const StateView after = system_.state();
    row_.assign({1, taken.site, taken.task});
    row_.insert(row_.end(), taken.args.begin(), taken.args.begin() + taken.arg_count);
    const StateKey key = key_of(asked_.view(after));
    for (const std::uint64_t half : {key.low, key.high}) {
      row_.push_back(static_cast<std::int64_t>(half));
    }
    for (std::size_t i = 0; i < asked_.of_steps(); ++i) {
      row_.push_back(asked_.of_step(i, after) ? 1 : 0);
    }
    seen_->add(row_.data(), row_.size() * sizeof row_[0],
               [&] { return "the step " + taken.text(system_.world().layout().symbols); });
    if (properties_ != nullptr) {
      for (std::string name : properties_->all_by(state_.data(), after.data())) {
        const std::string what = name + taken.text(system_.world().layout().symbols);
        seen_->add(what.data(), what.size(), [&] { return "whether " + name + " holds"; });
      }
    }
    if (!follows_) return;
    system_.save(snapshot_.data());
    arrive(snapshot_.data());
  }
  void fault(const Step&, const std::string&) override {}

  void arrive(const std::byte* snapshot) {
    State state(state_.size());
    std::memcpy(state.data(), snapshot, state.size() * sizeof(Atom));
    if (!known_.insert(key_of(state))) return;
    View& view = views_[key_of(asked_.view(state))];
    if (view.followed < follow_) {
      ++view.followed;
      followed_.push(snapshot);
    } else {
      all = false;
      compared_.push(snapshot);
    }
  }

  System& system_;
  Asked& asked_;
  SpecProperties* properties_;
  unsigned follow_;
  SnapshotQueue followed_, compared_;
  std::vector<std::byte> snapshot_;
  StateSet known_;
  std::unordered_map<StateKey, View, Hash> views_;
  State state_;
  Shown shown_{false};
  Shown* seen_ = nullptr;
  bool follows_ = false;
  std::vector<std::int64_t> row_;
};

}  // namespace

ViewChecked check_view(System& system, const Source& source, SpecProperties* properties,
                       unsigned follow, const std::function<void(std::uint64_t)>& on_progress) {
  const Stopwatch watch;
  Asked asked{system.world(), source};
  ViewChecked out;
  // What reads only cells that the VIEW shows is a function of it.
  if (properties != nullptr) properties->keep_readers_of(asked.hidden());
  Pass pass{system, asked, properties, follow};
  pass.run(on_progress);
  out.views = pass.views();
  out.states = pass.states;
  out.all = pass.all;
  if (pass.differs) {
    Hidden& hidden = out.hidden.emplace();
    hidden.second = pass.last();
    Pass again{system, asked, properties, follow};
    again.run(on_progress, pass.differs);
    hidden.first = again.last();
    for (std::size_t i = 0; i < hidden.first.size(); ++i) {
      if (hidden.first[i] != hidden.second[i]) hidden.slots.push_back(i);
    }
    Shown first = again.in_words(hidden.first);
    hidden.what = first.difference(again.in_words(hidden.second));
  }
  out.seconds = watch.seconds();
  return out;
}

}  // namespace lockstep::liveness
