// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <chrono>
#include <deque>
#include <map>
#include <thread>

#include "explore/breadth_first.hpp"
#include "explore/compare_systems.hpp"
#include "explore/search.hpp"
#include "tests/explore/random_system.hpp"

using namespace lockstep;
using namespace lockstep::testing;

namespace {

using At = std::pair<Atom, Atom>;

At at(const Atom* state) {
  return {state[0], state[1]};
}

/// A search as one would write it first.
class Plain : private System::Visitor {
 public:
  explicit Plain(System& system) : system_(system) {}

  SearchResult run() {
    State first(system_.snapshot_bytes() / sizeof(Atom));
    system_.initial(reinterpret_cast<std::byte*>(first.data()));
    enter(first, {{first}, {}});
    std::size_t level = 1;
    result_.depth = 1;
    while (!queue_.empty() && !result_.violation) {
      now_ = queue_.front();
      queue_.pop_front();
      any_ = false;
      system_.expand(reinterpret_cast<const std::byte*>(known_.at(now_).states.back().data()),
                     *this);
      if (!any_ && !result_.violation) found("Deadlock", "", known_.at(now_));
      if (--level == 0 && !queue_.empty()) level = queue_.size(), ++result_.depth;
    }
    result_.states = known_.size();
    return result_;
  }

 private:
  struct Way {
    std::vector<State> states;
    std::vector<Step> steps;
  };
  void enter(const State& state, Way way) {
    known_.emplace(state, std::move(way));
    queue_.push_back(state);
  }
  void found(const std::string& property, const std::string& detail, const Way& way) {
    if (!result_.violation) {
      result_.violation = Violation{property, detail, {}, way.states, way.steps};
    }
  }
  Way on(const Step& step) {
    Way way = known_.at(now_);
    way.steps.push_back(step);
    return way;
  }
  void step(const Step& step) override {
    any_ = true;
    ++result_.transitions;
    const State after(system_.state().begin(), system_.state().end());
    if (known_.contains(after)) return;
    Way way = on(step);
    way.states.push_back(after);
    enter(after, std::move(way));
  }
  void fault(const Step& step, const std::string& what) override {
    any_ = true;
    found("Fault", what, on(step));
  }

  System& system_;
  std::map<State, Way> known_;
  std::deque<State> queue_;
  State now_;
  bool any_ = false;
  SearchResult result_;
};

SearchResult searched(const RandomSystem::Shape& shape, unsigned jobs,
                      const std::set<At>& wrong = {}) {
  RandomSystem system(shape);
  SearchOptions options;
  options.jobs = jobs;
  options.monitors = {{"wrong", [&](const Atom* state) { return !wrong.contains(at(state)); }}};
  return search(system, options);
}

void check_same(const SearchResult& a, const SearchResult& b) {
  CHECK(a.states == b.states);
  CHECK(a.transitions == b.transitions);
  CHECK(a.depth == b.depth);
  REQUIRE(a.violation.has_value() == b.violation.has_value());
  if (!a.violation) return;
  CHECK(a.violation->property == b.violation->property);
  CHECK(a.violation->detail == b.violation->detail);
  CHECK(a.violation->steps == b.violation->steps);
  CHECK(a.violation->states == b.violation->states);
}

/// One thread of a walk that looks for nothing; a slow one lets the others go ahead.
class Walker final : public BreadthFirst::Expander, private System::Visitor {
 public:
  Walker(const RandomSystem::Shape& shape, bool slow) : system_(shape), slow_(slow) {}

  std::size_t record_bytes() const { return system_.snapshot_bytes(); }
  void start(BreadthFirst& walk) {
    std::vector<std::byte> first(record_bytes());
    system_.initial(first.data());
    std::ranges::copy(first, walk.start(identity_(system_.state())));
  }
  void expand(const std::byte* record, BreadthFirst::Steps& steps) override {
    steps_ = &steps;
    if (slow_ && steps.source() % 64 == 0) {
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
    system_.expand(record, *this);
  }

 private:
  void step(const Step&) override {
    std::byte* const record = steps_->reached(identity_(system_.state()));
    if (record != nullptr) system_.save(record);
    steps_->stepped();
  }
  void fault(const Step&, const std::string&) override { steps_->failed(); }

  RandomSystem system_;
  bool slow_;
  StateIdentity identity_{system_.world().layout()};
  BreadthFirst::Steps* steps_ = nullptr;
};

/// The way to every state, in the order of their numbers.
std::vector<std::vector<std::uint32_t>> ways(const RandomSystem::Shape& shape, unsigned jobs,
                                             unsigned slow) {
  std::deque<Walker> walkers;
  std::vector<BreadthFirst::Expander*> expanders;
  for (unsigned i = 0; i < jobs; ++i) {
    expanders.push_back(&walkers.emplace_back(shape, i == slow && jobs > 1));
  }
  BreadthFirst walk(expanders, walkers.front().record_bytes(), true);
  walkers.front().start(walk);
  std::vector<std::vector<std::uint32_t>> out(walk.run({}).states);
  for (std::uint64_t state = 0; state < out.size(); ++state) out[state] = walk.way_to(state);
  return out;
}

const RandomSystem::Shape wide{.seed = 7, .width = 220, .most_steps = 4};

}  // namespace

TEST_CASE("a search is the same whatever the number of threads", "[explore]") {
  for (const std::uint64_t seed : {1, 2, 3, 4}) {
    RandomSystem::Shape shape{.seed = seed, .width = 30, .most_steps = seed + 1};
    RandomSystem system(shape);
    const SearchResult plain = Plain(system).run();
    CHECK(plain.states > 300);
    for (const unsigned jobs : {1u, 2u, 3u}) check_same(plain, searched(shape, jobs));
  }
  const SearchResult one = searched(wide, 1);
  CHECK(one.states > 40'000);
  for (const unsigned jobs : {2u, 3u}) check_same(one, searched(wide, jobs));
}

TEST_CASE("every state has the number and the way that one thread gives it", "[explore]") {
  const RandomSystem::Shape shape{.seed = 5, .width = 90, .most_steps = 4};
  const auto one = ways(shape, 1, 0);
  CHECK(one.size() > 6'000);
  for (const unsigned jobs : {2u, 3u}) {
    for (unsigned slow = 0; slow < jobs; ++slow) CHECK((ways(shape, jobs, slow) == one));
  }
}

TEST_CASE("what is found is the first of one thread, and the way to it", "[explore]") {
  // Some of what is wrong is found at once, some late; several at a time in one level.
  const std::vector<std::set<At>> places{
      {{0, 0}},
      {{29, 5}, {29, 6}, {28, 7}, {27, 1}},
      {{15, 0}, {15, 1}, {15, 2}, {15, 3}, {15, 4}, {15, 5}, {15, 6}, {15, 7}}};
  for (const std::uint64_t seed : {1, 2, 3}) {
    for (const auto& wrong : places) {
      RandomSystem::Shape shape{.seed = seed, .width = 30, .most_steps = 4};
      const SearchResult one = searched(shape, 1, wrong);
      REQUIRE(one.violation);
      CHECK(one.violation->property == "wrong");
      for (const unsigned jobs : {2u, 3u}) check_same(one, searched(shape, jobs, wrong));
      shape.faults = wrong;
      const SearchResult fault = searched(shape, 1);
      RandomSystem system(shape);
      check_same(Plain(system).run(), fault);
      for (const unsigned jobs : {2u, 3u}) check_same(fault, searched(shape, jobs));
      shape.faults = {};
      shape.deadlocks = wrong;
      const SearchResult deadlock = searched(shape, 1);
      RandomSystem stuck(shape);
      check_same(Plain(stuck).run(), deadlock);
      for (const unsigned jobs : {2u, 3u}) check_same(deadlock, searched(shape, jobs));
    }
  }
  for (const Atom where : {3, 60, 150, 219}) {
    std::set<At> wrong;
    for (Atom i = 0; i < 220; i += 7) wrong.insert({where, i});
    const SearchResult one = searched(wide, 1, wrong);
    REQUIRE(one.violation);
    for (const unsigned jobs : {2u, 3u}) check_same(one, searched(wide, jobs, wrong));
  }
}

TEST_CASE("a step that cannot be taken ends a search where one thread comes to it", "[explore]") {
  RandomSystem::Shape shape = wide;
  for (Atom i = 0; i < 220; ++i) shape.throws.insert({100, i});
  std::optional<At> first;
  for (const unsigned jobs : {1u, 2u, 3u}) {
    try {
      searched(shape, jobs);
      FAIL("nothing was thrown");
    } catch (const At& thrown) {
      CHECK(first.value_or(thrown) == thrown);
      first = thrown;
    }
  }
  // Some of what is wrong in one level is a fault, some cannot be taken.
  for (Atom i = 0; i < 220; i += 2) shape.throws.erase({100, i}), shape.faults.insert({100, i});
  const auto outcome = [&](unsigned jobs) {
    try {
      return searched(shape, jobs).states;
    } catch (const At& thrown) {
      return static_cast<std::uint64_t>(thrown.second);
    }
  };
  for (shape.seed = 1; shape.seed < 8; ++shape.seed) {
    const std::uint64_t alone = outcome(1);
    for (const unsigned jobs : {2u, 3u}) CHECK(outcome(jobs) == alone);
  }
  // What is wrong before it is found, and not what comes after it.
  std::set<At> before, after;
  for (Atom i = 0; i < 220; ++i) before.insert({90, i}), after.insert({120, i});
  const SearchResult one = searched(shape, 1, before);
  REQUIRE(one.violation);
  for (const unsigned jobs : {2u, 3u}) {
    check_same(one, searched(shape, jobs, before));
    CHECK_THROWS_AS(searched(shape, jobs, after), At);
  }
}

TEST_CASE("a search that is told to stop stops, with several threads too", "[explore]") {
  struct Stop {};
  for (const unsigned jobs : {1u, 3u}) {
    RandomSystem system(wide);
    SearchOptions options;
    options.jobs = jobs;
    options.on_progress = [](const SearchProgress& now) {
      if (now.states > 1000) throw Stop{};
    };
    CHECK_THROWS_AS(search(system, options), Stop);
  }
}

TEST_CASE("two systems are compared in the same way by several threads", "[explore]") {
  const auto compared = [](const RandomSystem::Shape& reference, unsigned jobs) {
    RandomSystem a(wide), b(reference);
    return compare(a, b, {}, jobs).result;
  };
  const ComparisonResult whole = compared(wide, 1);
  CHECK(whole.states == searched(wide, 1).states);
  CHECK(whole.transitions == searched(wide, 1).transitions);
  for (const unsigned jobs : {1u, 2u, 3u}) {
    const ComparisonResult same = compared(wide, jobs);
    CHECK_FALSE(same.difference);
    CHECK(same.states == whole.states);
    CHECK(same.transitions == whole.transitions);
  }
  for (const Atom where : {1, 80, 200}) {
    RandomSystem::Shape other = wide;
    for (Atom i = 0; i < 220; ++i) {
      if (i % 3 == 0) other.astray.insert({where, i});
      if (i % 3 == 1) other.deadlocks.insert({where, i});
      if (i % 3 == 2) other.faults.insert({where, i});
    }
    const ComparisonResult one = compared(other, 1);
    REQUIRE(one.difference);
    CHECK(one.difference->states.size() == one.difference->steps.size() + 1);
    for (const unsigned jobs : {2u, 3u}) {
      const ComparisonResult many = compared(other, jobs);
      CHECK(many.states == one.states);
      CHECK(many.transitions == one.transitions);
      REQUIRE(many.difference);
      CHECK(many.difference->kind == one.difference->kind);
      CHECK(many.difference->states == one.difference->states);
      CHECK(many.difference->steps == one.difference->steps);
      CHECK(many.difference->step == one.difference->step);
      CHECK(many.difference->detail == one.difference->detail);
      CHECK(many.difference->spec_steps == one.difference->spec_steps);
      CHECK(many.difference->reference_steps == one.difference->reference_steps);
      CHECK(many.difference->spec_after == one.difference->spec_after);
      CHECK(many.difference->reference_after == one.difference->reference_after);
    }
  }
}
