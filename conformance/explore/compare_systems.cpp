// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/compare_systems.hpp"

#include <algorithm>

#include "explore/rerun.hpp"
#include "explore/search.hpp"
#include "explore/snapshot_queue.hpp"
#include "model/stopwatch.hpp"

namespace lockstep {
namespace {

/// What a system does in one state.
class Side : private System::Visitor {
 public:
  struct Taken {
    Step step;
    StateKey key;
    std::uint32_t ordinal;
  };

  explicit Side(System& system)
      : system_(system), identity_(system.world().layout()), queue_(system),
        bytes_(system.snapshot_bytes()), current_(bytes_) {}

  StateKey start() {
    system_.initial(current_.data());
    queue_.push(current_.data());
    return identity_(state());
  }
  bool pop() { return queue_.pop(current_.data()); }
  /// The atoms of the state that is looked at.
  StateView state() const {
    return {reinterpret_cast<const Atom*>(current_.data()), system_.world().layout().size()};
  }

  void expand() {
    taken_.clear();
    fault_.reset();
    system_.expand(current_.data(), *this);
    in_order_.assign(taken_.begin(), taken_.end());
    std::ranges::sort(in_order_, [](const Taken& a, const Taken& b) {
      if (a.step != b.step) return a.step < b.step;
      return a.key.high != b.key.high ? a.key.high < b.key.high : a.key.low < b.key.low;
    });
  }
  const std::vector<Taken>& taken() const { return taken_; }        ///< as they came
  const std::vector<Taken>& in_order() const { return in_order_; }  ///< by step and target
  struct Failed {
    Step step;
    std::string what;
  };
  const std::optional<Failed>& fault() const { return fault_; }
  void push(std::uint32_t ordinal) { queue_.push(after_.data() + ordinal * bytes_); }
  State after(std::uint32_t ordinal) const {
    const auto* atoms = reinterpret_cast<const Atom*>(after_.data() + ordinal * bytes_);
    return {atoms, atoms + system_.world().layout().size()};
  }

 private:
  void step(const Step& step) override {
    const auto ordinal = static_cast<std::uint32_t>(taken_.size());
    if (after_.size() < (ordinal + 1) * bytes_) after_.resize((ordinal + 1) * bytes_ * 2);
    system_.save(after_.data() + ordinal * bytes_);
    taken_.push_back({step, identity_(system_.state()), ordinal});
  }
  void fault(const Step& step, const std::string& what) override {
    if (!fault_) fault_ = Failed{step, what};
  }

  System& system_;
  StateIdentity identity_;
  SnapshotQueue queue_;
  std::size_t bytes_;
  std::vector<std::byte> current_, after_;
  std::vector<Taken> taken_, in_order_;
  std::optional<Failed> fault_;
};

/// One walk. With `keep_ways` it remembers for each state how it was come to: only a difference
/// needs that.
class Walk {
 public:
  Walk(System& spec, System& reference, bool keep_ways)
      : spec_(spec), reference_(reference), keep_ways_(keep_ways) {}

  void run(const std::function<void(std::uint64_t)>& on_progress) {
    const StateKey start = spec_.start();
    if (start != reference_.start()) {
      Difference& difference = difference_.emplace();
      difference.spec_after.assign(spec_.state().begin(), spec_.state().end());
      difference.reference_after.assign(reference_.state().begin(), reference_.state().end());
      return;
    }
    seen_.insert(start);
    if (keep_ways_) ways_.push_back({});
    while (spec_.pop() && reference_.pop()) {
      const Stopwatch watch;
      spec_.expand();
      spec_seconds_ += watch.seconds();
      reference_.expand();
      if (!check()) return;
      result_.transitions += spec_.taken().size();
      enter();
      ++result_.states;
      if (on_progress && (result_.states & 0x3fff) == 0) on_progress(result_.states);
    }
  }

  std::optional<Difference>& difference() { return difference_; }
  const ComparisonResult& result() const { return result_; }
  double spec_seconds() const { return spec_seconds_; }

 private:
  struct Way {
    std::uint64_t source = 0;
    Step step;
  };

  bool check() {
    if (const auto& fault = reference_.fault()) {
      describe(Difference::Kind::fault, fault->step);
      difference_->detail = fault->what;
      return false;
    }
    if (const auto& fault = spec_.fault()) {
      throw std::logic_error("the specification does what no task may do: " + fault->what);
    }
    const auto &spec = spec_.in_order(), &reference = reference_.in_order();
    std::size_t i = 0;
    while (i < spec.size() && i < reference.size() && spec[i].step == reference[i].step &&
           spec[i].key == reference[i].key) {
      ++i;
    }
    if (i == spec.size() && i == reference.size()) return true;
    if (i == spec.size()) {
      describe(Difference::Kind::only_reference, reference[i].step);
    } else if (i == reference.size() || spec[i].step < reference[i].step) {
      describe(Difference::Kind::only_spec, spec[i].step);
    } else if (reference[i].step < spec[i].step) {
      describe(Difference::Kind::only_reference, reference[i].step);
    } else {
      describe(Difference::Kind::leads_elsewhere, spec[i].step);
      difference_->spec_after = spec_.after(spec[i].ordinal);
    }
    return false;
  }

  /// The states that are new, in the order in which the specification comes to them.
  void enter() {
    for (const Side::Taken& taken : spec_.taken()) {
      if (!seen_.insert(taken.key)) continue;
      spec_.push(taken.ordinal);
      const auto beside = std::ranges::find_if(reference_.taken(), [&](const Side::Taken& t) {
        return t.key == taken.key && t.step == taken.step;
      });
      reference_.push(beside->ordinal);
      if (keep_ways_) ways_.push_back({result_.states, taken.step});
    }
  }

  void describe(Difference::Kind kind, const Step& step) {
    Difference& difference = difference_.emplace();
    difference.kind = kind;
    difference.step = step;
    if (keep_ways_) {
      for (std::uint64_t n = result_.states; n != 0; n = ways_[n].source) {
        difference.steps.push_back(ways_[n].step);
      }
      std::ranges::reverse(difference.steps);
    }
    for (const auto& taken : spec_.in_order()) {
      difference.spec_steps.push_back(taken.step);
      if (taken.step == step) difference.spec_after = spec_.after(taken.ordinal);
    }
    for (const auto& taken : reference_.in_order()) {
      difference.reference_steps.push_back(taken.step);
    }
  }

  Side spec_, reference_;
  bool keep_ways_;
  StateSet seen_;
  std::vector<Way> ways_;
  ComparisonResult result_;
  double spec_seconds_ = 0;
  std::optional<Difference> difference_;
};

}  // namespace

SystemsCompared compare(System& spec, System& reference,
                        const std::function<void(std::uint64_t)>& on_progress) {
  const Layout &a = spec.world().layout(), &b = reference.world().layout();
  const bool alike = std::ranges::equal(a.slots(), b.slots(), [](const Slot& x, const Slot& y) {
    return x.text() == y.text() && x.relative_to == y.relative_to;
  });
  if (!alike) throw std::logic_error("two systems of different layouts are compared");
  const Stopwatch watch;
  SystemsCompared out;
  {
    Walk walk(spec, reference, false);
    walk.run(on_progress);
    out.result = walk.result();
    out.spec_seconds = walk.spec_seconds();
    out.result.difference = walk.difference();
  }
  out.result.seconds = watch.seconds();
  if (out.result.difference && out.result.difference->kind != Difference::Kind::initial) {
    // Again, to the same place, with the ways kept.
    Walk walk(spec, reference, true);
    walk.run({});
    out.result.difference = walk.difference();
    rerun(reference, *out.result.difference);
  }
  return out;
}

}  // namespace lockstep
