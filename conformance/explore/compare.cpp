// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "explore/compare.hpp"

#include <algorithm>
#include <unordered_map>

#include "explore/node_index.hpp"
#include "explore/rerun.hpp"
#include "explore/snapshot_queue.hpp"
#include "model/stopwatch.hpp"

namespace lockstep {

std::string_view name_of(Difference::Kind kind) {
  constexpr std::string_view names[] = {
      "they start in different states", "only the specification enables it",
      "only the reference enables it", "it leads to different states", "the reference fails"};
  return names[static_cast<int>(kind)];
}

namespace {

class Comparison : private System::Visitor {
 public:
  Comparison(const LabelledGraph& spec, const Layout& layout, System& reference)
      : spec_(spec),
        layout_(layout),
        reference_(reference),
        identity_(layout),
        index_(spec, layout),
        queue_(reference),
        current_(reference.snapshot_bytes()),
        next_(reference.snapshot_bytes()),
        seen_(spec.nodes()),
        way_(spec.nodes()) {
    labels_.reserve(spec.labels.size() * 2);
    for (std::uint32_t i = 0; i < spec.labels.size(); ++i) labels_.emplace(spec.labels[i], i);
  }

  ComparisonResult run(const std::function<void(std::uint64_t)>& on_progress) {
    const Stopwatch watch;
    start();
    while (!difference_ && queue_.pop(current_.data())) {
      node_ = order_[result_.states];
      taken_.clear();
      reference_.expand(current_.data(), *this);
      check_node();
      result_.transitions += spec_.out(node_).size();
      ++result_.states;
      if (on_progress && (result_.states & 0x3fff) == 0) on_progress(result_.states);
    }
    result_.difference = std::move(difference_);
    result_.seconds = watch.seconds();
    return std::move(result_);
  }

 private:
  struct Taken {
    std::uint32_t label;   ///< `foreign` for a step that the specification never takes
    std::uint32_t target;  ///< NodeIndex::none for a state that it never reaches
    Step step;
    bool is_new;
    friend bool operator<(const Taken& a, const Taken& b) {
      return a.label != b.label ? a.label < b.label : a.target < b.target;
    }
  };
  struct Way {
    std::uint32_t source = NodeIndex::none, label = 0;
  };
  static constexpr std::uint32_t foreign = 0xffffffffu;

  void start() {
    reference_.initial(next_.data());
    const StateView state{reinterpret_cast<const Atom*>(next_.data()), layout_.size()};
    const std::uint32_t node = index_.find(identity_(state));
    if (spec_.initial.size() != 1 || node != spec_.initial.front()) {
      Difference& difference = difference_.emplace();
      difference.reference_after.assign(state.begin(), state.end());
      if (!spec_.initial.empty()) {
        const StateView other = spec_.state(spec_.initial.front());
        difference.spec_after.assign(other.begin(), other.end());
      }
      return;
    }
    enter(node, {});
    queue_.push(next_.data());
  }

  void enter(std::uint32_t node, Way way) {
    seen_[node] = true;
    way_[node] = way;
    order_.push_back(node);
  }

  void step(const Step& step) override {
    const auto label = labels_.find(step);
    const std::uint32_t target = index_.find(identity_(reference_.state()));
    taken_.push_back({label == labels_.end() ? foreign : label->second, target, step, false});
    if (target != NodeIndex::none && taken_.back().label != foreign && !seen_[target] &&
        !difference_) {
      // Should the step turn out to be wrong, nothing is looked at any more.
      enter(target, {node_, taken_.back().label});
      reference_.save(next_.data());
      queue_.push(next_.data());
    }
  }
  void fault(const Step& step, const std::string& what) override {
    if (!difference_) {
      describe(Difference::Kind::fault, step);
      difference_->detail = what;
    }
  }

  /// The reference's steps of this node against the graph's edges, which are sorted.
  void check_node() {
    if (difference_) return;
    std::ranges::sort(taken_, [](const Taken& a, const Taken& b) { return a < b; });
    const auto edges = spec_.out(node_);
    std::size_t i = 0;
    for (; i < edges.size() && i < taken_.size(); ++i) {
      if (edges[i].label != taken_[i].label || edges[i].target != taken_[i].target) break;
    }
    if (i == edges.size() && i == taken_.size()) return;
    const bool both = i < edges.size() && i < taken_.size();
    if (both && edges[i].label == taken_[i].label) {
      describe(Difference::Kind::leads_elsewhere, taken_[i].step);
    } else if (i == taken_.size() || (both && edges[i].label < taken_[i].label)) {
      describe(Difference::Kind::only_spec, spec_.labels[edges[i].label]);
    } else {
      describe(Difference::Kind::only_reference, taken_[i].step);
    }
  }

  void describe(Difference::Kind kind, const Step& step) {
    Difference& difference = difference_.emplace();
    difference.kind = kind;
    difference.step = step;
    for (std::uint32_t n = node_; way_[n].source != NodeIndex::none; n = way_[n].source) {
      difference.steps.push_back(spec_.labels[way_[n].label]);
    }
    std::ranges::reverse(difference.steps);
    for (const auto& edge : spec_.out(node_)) {
      difference.spec_steps.push_back(spec_.labels[edge.label]);
      if (spec_.labels[edge.label] == step) {
        const StateView after = spec_.state(edge.target);
        difference.spec_after.assign(after.begin(), after.end());
      }
    }
    for (const Taken& taken : taken_) difference.reference_steps.push_back(taken.step);
  }

  const LabelledGraph& spec_;
  const Layout& layout_;
  System& reference_;
  StateIdentity identity_;
  NodeIndex index_;
  SnapshotQueue queue_;
  std::vector<std::byte> current_, next_;
  std::vector<bool> seen_;
  std::vector<Way> way_;
  std::vector<std::uint32_t> order_;
  std::unordered_map<Step, std::uint32_t, StepHash> labels_;
  std::vector<Taken> taken_;
  std::uint32_t node_ = 0;
  ComparisonResult result_;
  std::optional<Difference> difference_;
};

}  // namespace

ComparisonResult compare(const LabelledGraph& spec, const Layout& layout, System& reference,
                         const std::function<void(std::uint64_t)>& on_progress) {
  ComparisonResult result = Comparison(spec, layout, reference).run(on_progress);
  if (result.difference && result.difference->kind != Difference::Kind::initial) {
    rerun(reference, *result.difference);
  }
  return result;
}

}  // namespace lockstep
