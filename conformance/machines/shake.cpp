// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/shake.hpp"

#include <algorithm>
#include <functional>
#include <random>
#include <vector>

namespace lockstep {

namespace {

/// A step that is enabled, and what it leads to.
struct Outcome {
  Step step;
  bool fault = false;
  StateView after = {};  ///< empty after a fault
  friend bool operator==(const Outcome& a, const Outcome& b) {
    return a.step == b.step && a.fault == b.fault && std::ranges::equal(a.after, b.after);
  }
  friend bool operator<(const Outcome& a, const Outcome& b) {
    if (a.step != b.step) return a.step < b.step;
    if (a.fault != b.fault) return b.fault;
    return std::ranges::lexicographical_compare(a.after, b.after);
  }
};
using Outcomes = std::vector<Outcome>;

/// All steps of a state, in an order of their own; one of them is drawn, and its snapshot kept.
class Collector final : public System::Visitor {
 public:
  explicit Collector(System& system) : system_(system) {}

  /// Until the next call. `favoured`: a step of this task is drawn if there is one; of no task: any
  /// step is.
  const Outcomes& expand(const std::byte* snapshot, std::mt19937_64* random,
                         Atom favoured = null_atom) {
    random_ = random;
    favoured_ = favoured;
    favoured_met_ = false;
    outcomes_.clear();
    states_.clear();
    candidates_ = 0;
    system_.expand(snapshot, *this);
    const std::size_t atoms = system_.world().layout().size();
    std::size_t at = 0;
    for (Outcome& one : outcomes_) {
      if (one.fault) continue;
      one.after = {states_.data() + at, atoms};
      at += atoms;
    }
    std::ranges::sort(outcomes_, std::less<>{});
    outcomes_.erase(std::unique(outcomes_.begin(), outcomes_.end()), outcomes_.end());
    return outcomes_;
  }
  const std::vector<std::byte>& drawn() const { return drawn_; }
  const Step& drawn_step() const { return drawn_step_; }
  bool any() const { return candidates_ > 0; }

  void step(const Step& step) override {
    const StateView state = system_.state();
    outcomes_.push_back({step});
    states_.insert(states_.end(), state.begin(), state.end());
    if (step.task == favoured_ && !favoured_met_) {
      favoured_met_ = true;
      candidates_ = 0;
    }
    if (favoured_met_ && step.task != favoured_) return;
    // Each of n steps is the one that stays with probability 1/n.
    if (random_ == nullptr || (*random_)() % ++candidates_ != 0) return;
    drawn_.resize(system_.snapshot_bytes());
    system_.save(drawn_.data());
    drawn_step_ = step;
  }
  void fault(const Step& step, const std::string&) override {
    // How far the arguments had been chosen, and the words, may differ.
    outcomes_.push_back({{step.site, step.task, 0, {}}, true});
  }

 private:
  System& system_;
  std::mt19937_64* random_ = nullptr;
  Outcomes outcomes_;
  State states_;  ///< of the outcomes, one after the other
  std::uint64_t candidates_ = 0;
  Atom favoured_ = null_atom;
  bool favoured_met_ = false;
  std::vector<std::byte> drawn_;
  Step drawn_step_;
};

std::string text(const Outcome& outcome, const Symbols& symbols) {
  return outcome.step.text(symbols) + (outcome.fault ? " with a fault" : "");
}

std::string difference(const Outcomes& code, const Outcomes& automaton, const Layout& layout) {
  const auto missing = [](const Outcomes& from, const Outcomes& in) {
    return std::ranges::find_if(
        from, [&](const Outcome& o) { return std::ranges::find(in, o) == in.end(); });
  };
  const auto lone = missing(code, automaton);
  if (lone == code.end()) {
    return "the automaton takes " + text(*missing(automaton, code), layout.symbols) +
           ", the code does not";
  }
  const auto twin = std::ranges::find_if(
      automaton, [&](const Outcome& o) { return o.step == lone->step && o.fault == lone->fault; });
  if (twin == automaton.end()) {
    return "the code takes " + text(*lone, layout.symbols) + ", the automaton does not";
  }
  std::string out = text(*lone, layout.symbols) + " leads to different states:";
  for (std::size_t i = 0; i < lone->after.size(); ++i) {
    if (lone->after[i] == twin->after[i]) continue;
    out += " " + layout[i].text() + " is " + layout.symbols.text(lone->after[i]) +
           " in the code, " + layout.symbols.text(twin->after[i]) + " in the automaton;";
  }
  out.pop_back();
  return out;
}

}  // namespace

std::optional<std::string> shake(System& code, System& automaton, const ShakeOptions& options) {
  const Layout& layout = code.world().layout();
  std::mt19937_64 random(options.seed);
  Collector walker(code), judge(automaton);
  std::vector<std::byte> start(code.snapshot_bytes());
  code.initial(start.data());
  for (std::uint32_t walk = 0; walk < options.walks; ++walk) {
    if (options.on_walk) options.on_walk();
    std::vector<std::byte> here = start;
    std::optional<Step> last;
    for (std::uint32_t step = 0; step < options.steps; ++step) {
      // In every other walk a task goes on for a while, as others stand where they are: what takes
      // many steps of one between two of another is rare else.
      const bool goes_on = walk % 2 == 1 && random() % 16 != 0;
      const Outcomes& taken =
          walker.expand(here.data(), &random, goes_on ? walker.drawn_step().task : null_atom);
      const Outcomes& expected = judge.expand(here.data(), nullptr);
      if (taken != expected) {
        return "seed " + std::to_string(options.seed) + ", walk " + std::to_string(walk + 1) +
               ", after " + std::to_string(step) + " steps" +
               (last ? " (the last one " + last->text(layout.symbols) + ")" : "") + ": " +
               difference(taken, expected, layout);
      }
      if (!walker.any()) {  // all is done; the steps that are left are those of another life
        here = start;
        last.reset();
        continue;
      }
      here = walker.drawn();
      last = walker.drawn_step();
    }
  }
  return std::nullopt;
}

}  // namespace lockstep
