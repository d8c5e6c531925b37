// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/compare_systems.hpp"

#include <algorithm>
#include <deque>

#include "explore/breadth_first.hpp"
#include "explore/rerun.hpp"
#include "explore/retrace.hpp"
#include "explore/search.hpp"
#include "explore/system_team.hpp"
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
  struct Failed {
    Step step;
    std::string what;
  };

  explicit Side(System& system)
      : system_(system),
        identity_(system.world().layout()),
        format_(system),
        bytes_(system.snapshot_bytes()),
        current_(bytes_) {}

  StateKey start(std::byte* record) {
    system_.initial(current_.data());
    format_.pack(current_.data(), record);
    return identity_(state());
  }
  std::size_t record_bytes() const { return format_.bytes(); }
  /// The atoms of the state that is looked at.
  StateView state() const {
    return {reinterpret_cast<const Atom*>(current_.data()), system_.world().layout().size()};
  }

  /// The atoms of a state; it is the one that is looked at until the next.
  StateView look(const std::byte* record) {
    format_.unpack(record, current_.data());
    return state();
  }
  void expand(const std::byte* record, const BreadthFirst::Steps& steps) {
    steps_ = &steps;
    taken_.clear();
    fault_.reset();
    format_.unpack(record, current_.data());
    system_.expand(current_.data(), *this);
    in_order_.assign(taken_.begin(), taken_.end());
    std::ranges::sort(in_order_, [](const Taken& a, const Taken& b) {
      if (a.step != b.step) return a.step < b.step;
      return a.key.high != b.key.high ? a.key.high < b.key.high : a.key.low < b.key.low;
    });
  }
  const std::vector<Taken>& taken() const { return taken_; }        ///< as they came
  const std::vector<Taken>& in_order() const { return in_order_; }  ///< by step and target
  const std::optional<Failed>& fault() const { return fault_; }
  /// Where a step led to.
  void pack(std::uint32_t ordinal, std::byte* record) const {
    format_.pack(after_.data() + ordinal * bytes_, record);
  }
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
    steps_->expect(taken_.back().key);
  }
  void fault(const Step& step, const std::string& what) override {
    if (!fault_) fault_ = Failed{step, what};
  }

  System& system_;
  StateIdentity identity_;
  SnapshotFormat format_;
  std::size_t bytes_;
  std::vector<std::byte> current_, after_;
  std::vector<Taken> taken_, in_order_;
  std::optional<Failed> fault_;
  const BreadthFirst::Steps* steps_ = nullptr;
};

/// What one thread does with a state that both systems have reached: a record is the
/// specification's snapshot and, after it, the reference's.
class Pair final : public BreadthFirst::Expander {
 public:
  Pair(System& spec, System& reference, const SpecProperties* until)
      : spec_(spec), reference_(reference) {
    if (until != nullptr) until_.emplace(*until);
  }

  std::size_t record_bytes() const { return spec_.record_bytes() + reference_.record_bytes(); }
  const std::optional<Difference>& difference() const { return difference_; }
  double spec_seconds() const { return spec_seconds_; }

  void start(BreadthFirst& walk) {
    std::vector<std::byte> record(record_bytes());
    const StateKey key = spec_.start(record.data());
    if (key != reference_.start(record.data() + spec_.record_bytes())) {
      Difference& difference = difference_.emplace();
      difference.spec_after.assign(spec_.state().begin(), spec_.state().end());
      difference.reference_after.assign(reference_.state().begin(), reference_.state().end());
      return;
    }
    std::ranges::copy(record, walk.start(key));
  }

  void expand(const std::byte* record, BreadthFirst::Steps& steps) override {
    if (until_ && until_->at(spec_.look(record).data())) return;
    const Stopwatch watch;
    spec_.expand(record, steps);
    spec_seconds_ += watch.seconds();
    reference_.expand(record + spec_.record_bytes(), steps);
    if (!check()) return steps.end();
    for (const Side::Taken& taken : spec_.taken()) {
      if (std::byte* const after = steps.reached(taken.key)) {
        const auto beside = std::ranges::find_if(reference_.taken(), [&](const Side::Taken& t) {
          return t.key == taken.key && t.step == taken.step;
        });
        spec_.pack(taken.ordinal, after);
        reference_.pack(beside->ordinal, after + spec_.record_bytes());
      }
      steps.stepped();
    }
  }

 private:
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

  void describe(Difference::Kind kind, const Step& step) {
    Difference& difference = difference_.emplace();
    difference.kind = kind;
    difference.step = step;
    for (const auto& taken : spec_.in_order()) {
      difference.spec_steps.push_back(taken.step);
      if (taken.step == step) difference.spec_after = spec_.after(taken.ordinal);
    }
    for (const auto& taken : reference_.in_order()) {
      difference.reference_steps.push_back(taken.step);
    }
  }

  Side spec_, reference_;
  std::optional<SpecProperties> until_;
  double spec_seconds_ = 0;
  std::optional<Difference> difference_;
};

/// Both systems, for each thread.
class Teams {
 public:
  Teams(System& spec, System& reference, unsigned jobs, const SpecProperties* until)
      : specs_(spec, jobs),
        references_(reference, static_cast<unsigned>(specs_.size())),
        until_(until) {}

  struct Pass {
    ComparisonResult result;
    double spec_seconds = 0;
    std::vector<std::uint32_t> way;  ///< to where they differ, if ways are kept
  };
  Pass pass(const std::function<void(std::uint64_t)>& on_progress, bool keep_ways) {
    std::deque<Pair> pairs;
    std::vector<BreadthFirst::Expander*> expanders;
    for (std::size_t i = 0; i < references_.size(); ++i) {
      expanders.push_back(&pairs.emplace_back(specs_[i], references_[i], until_));
    }
    BreadthFirst walk(expanders, pairs.front().record_bytes(), keep_ways);
    pairs.front().start(walk);
    Pass out;
    if (pairs.front().difference()) {
      out.result.difference = pairs.front().difference();
      return out;
    }
    const auto outcome = walk.run([&](const BreadthFirst::Outcome& now) {
      if (on_progress) on_progress(now.states);
    });
    out.result.states = outcome.states;
    out.result.transitions = outcome.transitions;
    for (const Pair& pair : pairs) out.spec_seconds += pair.spec_seconds();
    if (!outcome.ended) return out;
    // Those that were compared before.
    out.result.states = outcome.ended->source;
    out.result.difference = pairs[outcome.ended->expander].difference();
    if (keep_ways) out.way = walk.way_to(outcome.ended->source);
    return out;
  }

 private:
  SystemTeam specs_, references_;
  const SpecProperties* until_;
};

}  // namespace

SystemsCompared compare(System& spec, System& reference,
                        const std::function<void(std::uint64_t)>& on_progress, unsigned jobs,
                        const SpecProperties* until) {
  const Layout &a = spec.world().layout(), &b = reference.world().layout();
  const bool alike = std::ranges::equal(a.slots(), b.slots(), [](const Slot& x, const Slot& y) {
    return x.text() == y.text() && x.relative_to == y.relative_to;
  });
  if (!alike) throw std::logic_error("two systems of different layouts are compared");
  const Stopwatch watch;
  SystemsCompared out;
  Teams teams(spec, reference, jobs, until);
  Teams::Pass first = teams.pass(on_progress, false);
  out.result = std::move(first.result);
  out.spec_seconds = first.spec_seconds;
  out.result.seconds = watch.seconds();
  if (out.result.difference && out.result.difference->kind != Difference::Kind::initial) {
    // Again, to the same place, with the ways kept.
    Teams::Pass again = teams.pass({}, true);
    out.result.difference = std::move(again.result.difference);
    out.result.difference->steps = retrace(spec, again.way).steps;
    rerun(reference, *out.result.difference);
  }
  return out;
}

}  // namespace lockstep
