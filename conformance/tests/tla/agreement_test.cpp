// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "explore/search.hpp"
#include "tests/tla/vma_refcnt.hpp"
#include "tla/evaluate.hpp"

using namespace lockstep;
using namespace lockstep::testing;

// The monitors of the reference say in C++ what the invariants of the specification say. They were
// written by another hand, and TLC agrees with both: that the reader of the specification gives the
// same answer in every state, also in those that no behaviour reaches, is what a proof stands on.
namespace {

constexpr std::string_view broken[] = {"dup_copies_refcnt",   "detach_does_not_wait",
                                       "increment_from_zero", "no_recheck",
                                       "no_mm_check",         "put_wakes_only_attached"};

class Agreement {
 public:
  Agreement(const std::string& size, const std::string& variant)
      : model_(Protocol::find("vma_refcnt").model(Size::parse(size), variant)),
        system_(model_->stepped()),
        evaluate_(system_->world(), members(), {}),
        values_(system_->world().layout().size()) {
    const tla::Constants constants = constants_of(*model_);
    for (const Monitor& monitor : model_->monitors()) {
      pairs_.push_back({monitor, vma_refcnt_properties().expand(monitor.name, constants)});
    }
    for (const StepMonitor& monitor : model_->step_monitors()) {
      const std::string action = monitor.name.substr(0, monitor.name.size() - 2) + "Step";
      steps_.push_back({monitor, vma_refcnt_properties().expand(action, constants)});
    }
    REQUIRE(pairs_.size() >= 15);
    REQUIRE(steps_.size() >= 2);
  }

  /// Asks about every state and step, and once more about one state near each.
  void run() {
    look_at_all([this](const Atom* state) { note_values(state); }, [](auto, auto) {});
    look_at_all(
        [this](const Atom* state) {
          compare(state);
          State other(state, state + values_.size());
          corrupt(other);
          compare(other.data());
        },
        [this](const Atom* before, const Atom* after) {
          compare(before, after);
          State other(after, after + values_.size());
          corrupt(other);
          compare(before, other.data());
        });
  }

  std::size_t states = 0, answers = 0, without = 0, violated = 0, wrong = 0;
  std::string first_wrong;

 private:
  std::map<std::string, std::vector<Atom>> members() const {
    std::map<std::string, std::vector<Atom>> out;
    const Symbols& symbols = system_->world().layout().symbols;
    for (const auto& [name, value] : model_->constants()) {
      if (!value.starts_with('{')) continue;
      for (std::size_t at = 1; at < value.size();) {
        const std::size_t end = value.find_first_of(",}", at);
        out[name].push_back(symbols.find(value.substr(at, end - at)));
        REQUIRE(is_symbol(out[name].back()));
        at = end + 2;
      }
    }
    return out;
  }

  void look_at_all(const std::function<void(const Atom*)>& state,
                   const std::function<void(const Atom*, const Atom*)>& step) {
    SearchOptions options;
    options.monitors = {{"here", [&](const Atom* s) { return state(s), true; }}};
    options.step_monitors = {
        {"here", [&](const Atom* s, const Atom* t) { return step(s, t), true; }}};
    states = search(*system_, options).states;
  }

  void note_values(const Atom* state) {
    for (std::size_t i = 0; i < values_.size(); ++i) values_[i].insert(state[i]);
  }

  /// One atom becomes another that the same cell had in some state, or a number beside it.
  void corrupt(State& state) {
    const auto below = [this](std::size_t n) { return random_() % n; };
    const std::size_t i = below(state.size());
    const auto& seen = values_[i];
    if (system_->world().layout()[i].sort == Sort::integer && !is_symbol(state[i]) &&
        below(2) == 0) {
      state[i] += below(2) == 0 ? 1 : -1;
    } else {
      state[i] = *std::next(seen.begin(), static_cast<std::ptrdiff_t>(below(seen.size())));
    }
  }

  void note(const std::string& name, bool read, bool monitor, bool is_type) {
    ++answers;
    if (!read) ++violated;
    // The machines see to most of TypeOK by themselves: its monitor says less.
    if (read == monitor || (is_type && monitor)) return;
    ++wrong;
    if (first_wrong.empty()) first_wrong = name + (read ? " holds as read" : " fails as read");
  }

  void compare(const Atom* state) {
    for (const auto& [monitor, expr] : pairs_) {
      try {
        const bool read = evaluate_(expr, state) != 0;
        note(monitor.name, read, monitor.holds(state), monitor.name == "TypeOK");
      } catch (const std::runtime_error&) {
        ++without;
      }
    }
  }
  void compare(const Atom* before, const Atom* after) {
    for (const auto& [monitor, expr] : steps_) {
      try {
        note(monitor.name, evaluate_(expr, before, after) != 0, monitor.holds(before, after),
             false);
      } catch (const std::runtime_error&) {
        ++without;
      }
    }
  }

  std::unique_ptr<Model> model_;
  std::unique_ptr<System> system_;
  tla::Evaluator evaluate_;
  std::vector<std::pair<Monitor, tla::Expr>> pairs_;
  std::vector<std::pair<StepMonitor, tla::Expr>> steps_;
  std::vector<std::set<Atom>> values_;  ///< that each cell has in some state
  std::mt19937 random_{5};
};

void agree(const std::string& size, const std::string& variant) {
  Agreement agreement{size, variant};
  agreement.run();
  INFO(size << " " << variant << ": " << agreement.states << " states, " << agreement.answers
            << " answers, " << agreement.violated << " of them no, " << agreement.without
            << " without one");
  CHECK(agreement.first_wrong.empty());
  CHECK(agreement.wrong == 0);
  CHECK(agreement.violated > 0);
  CHECK(agreement.without * 4 < agreement.answers);
}

}  // namespace

TEST_CASE("invariants as read agree with the monitors: two VMAs, two mms", "[tla][states]") {
  agree("1x2x2", "holds");
  agree("1x2x1x2,sections=1", "holds");
}

TEST_CASE("invariants as read agree with the monitors: every variant", "[tla][states]") {
  for (const std::string& variant : Protocol::find("vma_refcnt").variants()) {
    agree("2x1x1,limit=2", variant);
  }
}

TEST_CASE("invariants as read agree with the monitors: broken variants", "[tla][states]") {
  for (const std::string_view variant : broken) agree("1x2x2", std::string{variant});
}
