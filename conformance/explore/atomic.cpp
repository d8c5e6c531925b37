// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/atomic.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>

#include "explore/search.hpp"
#include "explore/state_set.hpp"
#include "machines/stepped_system.hpp"
#include "model/stopwatch.hpp"

namespace lockstep {

namespace {

using Kind = Access::Kind;
using Slots = std::vector<std::uint32_t>;

/// A step of a state, with what others may meet of it.
struct Taken {
  std::size_t task;
  Atom site;
  std::vector<Access> at_site;  ///< each once
  Slots early, late, changed;   ///< ascending, each once
  std::vector<std::byte> after;

  bool changes(std::uint32_t slot) const { return std::ranges::binary_search(changed, slot); }
  bool reads(std::uint32_t slot) const {
    return std::ranges::binary_search(late, slot) || std::ranges::binary_search(early, slot) ||
           std::ranges::any_of(at_site, [&](const Access& a) { return a.slot == slot; });
  }
};

/// What tasks have peeked at since their last sites: the task, and the slot. Ascending.
using Pending = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

class Check final : public System::Visitor {
 public:
  explicit Check(SteppedSystem& system)
      : system_(system), layout_(system.world().layout()), identity_(layout_) {}

  AtomicResult run(const std::function<void(std::uint64_t)>& on_progress) {
    const Stopwatch watch;
    std::vector<std::byte> first(system_.snapshot_bytes());
    system_.initial(first.data());
    enter(std::move(first), {}, 0, 0);
    system_.note_accesses(true);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (on_progress && i % 4096 == 0) on_progress(i);
      visit(i);
    }
    out_.states = nodes_.size();
    system_.note_accesses(false);
    for (const auto& [site, at] : at_) found_.at(site).behaviour = retrace(system_, way_to(at));
    std::vector<std::pair<std::size_t, std::string>> order;
    for (const auto& [site, at] : at_) order.emplace_back(at, site);
    std::ranges::sort(order);
    for (const auto& [at, site] : order) out_.found.push_back(std::move(found_.at(site)));
    out_.seconds = watch.seconds();
    return std::move(out_);
  }

 private:
  struct Node {
    std::vector<std::byte> snapshot;  ///< empty once it has been visited
    Pending pending;
    std::size_t from;
    std::uint32_t ordinal;
  };

  void enter(std::vector<std::byte> snapshot, Pending pending, std::size_t from,
             std::uint32_t ordinal) {
    const auto* atoms = reinterpret_cast<const Atom*>(snapshot.data());
    StateKey key = identity_({atoms, layout_.size()});
    for (const auto& [task, slot] : pending) {
      const std::uint64_t both = (std::uint64_t{task} << 32 | slot) + 1;
      key.low = (key.low ^ both) * 0x9e37'79b9'7f4a'7c15;
      key.high = (key.high ^ key.low) * 0xc2b2'ae3d'27d4'eb4f;
    }
    if (!known_.insert(key)) return;
    nodes_.push_back({std::move(snapshot), std::move(pending), from, ordinal});
  }

  void visit(std::size_t index) {
    before_ = std::move(nodes_[index].snapshot);
    const Pending pending = std::move(nodes_[index].pending);
    steps_.clear();
    ordinals_.clear();
    ordinal_ = 0;
    system_.expand(before_.data(), *this);
    for (const Taken& step : steps_) {
      look_at_site(step, index);
      for (const std::uint32_t slot : step.early)
        look_at_peek(step.task, slot, step.site, false, index);
    }
    const auto* state = reinterpret_cast<const Atom*>(before_.data());
    for (const auto& [task, slot] : pending) {
      look_at_peek(task, slot, state[system_.world().tasks()[task].pc], true, index);
    }
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      const auto task = static_cast<std::uint32_t>(steps_[i].task);
      Pending next;
      for (const auto& one : pending) {
        if (one.first != task) next.push_back(one);
      }
      for (const std::uint32_t slot : steps_[i].late) next.emplace_back(task, slot);
      std::ranges::sort(next);
      enter(std::move(steps_[i].after), std::move(next), index, ordinals_[i]);
    }
  }

  void step(const Step& step) override {
    Taken taken{system_.mover(), step.site, {}, {}, {}, {}, {}};
    for (const Access& a : system_.accesses()) {
      const auto same = [&](const Access& b) { return a.slot == b.slot && a.kind == b.kind; };
      if (a.kind == Kind::late_peek) {
        taken.late.push_back(a.slot);
      } else if (a.kind == Kind::peek) {
        taken.early.push_back(a.slot);
      } else if (std::ranges::none_of(taken.at_site, same)) {
        taken.at_site.push_back(a);
      }
    }
    for (Slots* slots : {&taken.early, &taken.late}) {
      std::ranges::sort(*slots);
      slots->erase(std::ranges::unique(*slots).begin(), slots->end());
    }
    const auto* before = reinterpret_cast<const Atom*>(before_.data());
    const StateView after = system_.state();
    for (std::uint32_t slot = 0; slot < after.size(); ++slot) {
      if (before[slot] != after[slot]) taken.changed.push_back(slot);
    }
    taken.after.resize(before_.size());
    system_.save(taken.after.data());
    steps_.push_back(std::move(taken));
    ordinals_.push_back(ordinal_++);
  }
  void fault(const Step&, const std::string&) override { ++ordinal_; }

  /// Others may come between more than once while the task stands before the site, so what they
  /// meet is gathered over all states in which it does, for the same cells.
  void look_at_site(const Taken& step, std::size_t index) {
    if (step.at_site.size() < 2) return;
    Met& met = met_[{step.task, step.site, step.at_site}];
    for (std::size_t i = 0; i < step.at_site.size(); ++i) {
      const Access& a = step.at_site[i];
      for (const Taken& other : steps_) {
        if (other.task == step.task) continue;
        if (!other.changes(a.slot) && (a.kind == Kind::read || !other.reads(a.slot))) continue;
        met.accesses.insert(i);
        met.others.insert(name_of(other));
      }
    }
    if (met.accesses.size() < 2) return;
    std::vector<std::string> cells;
    for (const std::size_t i : met.accesses) cells.push_back(name_of(step.at_site[i].slot));
    find(step.site, std::move(cells), met.others, false, index);
  }

  void look_at_peek(std::size_t task, std::uint32_t slot, Atom site, bool late, std::size_t index) {
    std::set<std::string> others;
    for (const Taken& other : steps_) {
      if (other.task != task && other.changes(slot)) others.insert(name_of(other));
    }
    if (!others.empty()) find(site, {name_of(slot)}, others, late, index);
  }

  void find(Atom site, std::vector<std::string> cells, const std::set<std::string>& others,
            bool late, std::size_t index) {
    const std::string name{layout_.symbols.name(site)};
    // A peek is a finding of its own, whatever else is found of the site.
    const std::string key = name + (late ? ", behind" : cells.size() == 1 ? ", peek" : "");
    if (!at_.emplace(key, index).second) return;
    found_[key] = {name, std::move(cells), {others.begin(), others.end()}, late, {}};
  }

  std::string name_of(const Taken& step) const {
    return std::string{layout_.symbols.name(system_.world().tasks()[step.task].name)} + " " +
           std::string{layout_.symbols.name(step.site)};
  }
  std::string name_of(std::uint32_t slot) const {
    std::string out = layout_[slot].variable;
    for (const std::string& key : layout_[slot].keys) out += "[" + key + "]";
    return out;
  }
  std::vector<std::uint32_t> way_to(std::size_t node) const {
    std::vector<std::uint32_t> way;
    for (; node != 0; node = nodes_[node].from) way.push_back(nodes_[node].ordinal);
    return {way.rbegin(), way.rend()};
  }

  SteppedSystem& system_;
  const Layout& layout_;
  StateIdentity identity_;
  std::deque<Node> nodes_;
  StateSet known_;
  std::vector<std::byte> before_;
  std::vector<Taken> steps_;
  std::vector<std::uint32_t> ordinals_;
  std::uint32_t ordinal_ = 0;
  struct Met {
    std::set<std::size_t> accesses;
    std::set<std::string> others;
  };
  std::map<std::tuple<std::size_t, Atom, std::vector<Access>>, Met> met_;
  std::map<std::string, NotAtomic> found_;  ///< by site, and what it is of it
  std::map<std::string, std::size_t> at_;   ///< the first state of each
  AtomicResult out_;
};

}  // namespace

std::string text(const NotAtomic& one) {
  const auto list = [](const std::vector<std::string>& all) {
    std::string out;
    for (const std::string& s : all) out += (out.empty() ? "" : ", ") + s;
    return out;
  };
  return (one.late ? "behind the step to " : "") + one.site + ": " + list(one.cells) + ", by " +
         list(one.others) + ", after " + std::to_string(one.behaviour.steps.size()) + " steps";
}

AtomicResult check_atomic(System& system, const std::function<void(std::uint64_t)>& on_progress) {
  return Check(dynamic_cast<SteppedSystem&>(system)).run(on_progress);
}

}  // namespace lockstep
