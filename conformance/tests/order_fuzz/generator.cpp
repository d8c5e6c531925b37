// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/order_fuzz/generator.hpp"

#include <algorithm>
#include <random>

namespace lockstep::orders::fuzz {

namespace {

using Does = Statement::Does;

/// std's distributions differ between libraries; the engine does not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_{seed} {}
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
  int between(int low, int high) {
    return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1)));
  }
  bool percent(int chance) { return between(0, 99) < chance; }
  template <class T, std::size_t n>
  T one_of(const T (&list)[n]) {
    return list[below(n)];
  }

 private:
  std::mt19937_64 engine_;
};

constexpr Order loads[] = {Order::once, Order::once, Order::acquire};
constexpr Order stores[] = {Order::once, Order::once, Order::release};
constexpr Order rmws[] = {Order::once, Order::acquire, Order::release, Order::full};
constexpr Order fences[] = {Order::mb, Order::mb, Order::rmb, Order::wmb};
constexpr Does operations[] = {Does::exchange, Does::add, Does::compare_exchange};

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : dice_{seed} { test_.seed = seed; }

  Test make() {
    fences_ = dice_.one_of({0, 30, 60});
    rmws_ = dice_.one_of({0, 20, 50});
    bodies_ = dice_.one_of({0, 0, 30});
    flows_ = dice_.one_of({0, 30, 50});
    plain_ = dice_.one_of({0, 0, 0, 30});
    rcu_ = dice_.percent(15);
    strong_ = dice_.percent(60);
    const bool ring = dice_.percent(50);
    const int threads = dice_.between(2, 3), cells = ring ? threads : dice_.between(2, 3);
    for (int c = 0; c < cells; ++c) test_.cells.push_back(dice_.percent(90) ? 0 : 1);
    for (int t = 0; t < threads; ++t) {
      route_.clear();
      if (ring) route_ = {t, (t + 1) % threads};
      // In an RCU section also backwards: that, SC alone does not forbid.
      if (ring && rcu_ && dice_.percent(50)) std::ranges::reverse(route_);
      if (t > 0 && !ring && dice_.percent(15))
        test_.threads.push_back(test_.threads.back());
      else
        thread(ring ? 2 : dice_.between(1, threads == 2 ? 4 : 3));
    }
    if (ring) close_ring();
    if (dice_.percent(ring ? 20 : 100)) {
      for (int literals = dice_.between(1, 4); literals > 0; --literals) literal();
    }
    test_.negated = dice_.percent(20);
    return std::move(test_);
  }

 private:
  void thread(int accesses) {
    std::vector<Statement> made;
    std::vector<Condition> bodies;
    const bool section = rcu_ && dice_.percent(60);
    if (section) made.push_back(barrier(Does::rcu_lock));
    for (int i = 0; i < accesses; ++i) {
      if (i > 0 && dice_.percent(fences_)) {
        made.push_back(barrier(Does::fence, dice_.one_of(fences), bodies));
      }
      if (rcu_ && !section && dice_.percent(50)) {
        made.push_back(barrier(Does::grace, Order::none, bodies));
      }
      if (dice_.percent(50)) bodies.clear();
      if (const auto reg = some_register(made); reg && dice_.percent(bodies_)) {
        bodies.push_back({*reg, dice_.between(0, 2), dice_.percent(50)});
      }
      made.push_back(access(made, i));
      made.back().bodies = bodies;
    }
    if (section) made.push_back(barrier(Does::rcu_unlock));
    test_.threads.push_back(std::move(made));
  }

  static Statement barrier(Does does, Order order = Order::none,
                           const std::vector<Condition>& bodies = {}) {
    Statement s;
    s.does = does;
    s.order = order;
    s.bodies = bodies;
    return s;
  }

  std::optional<std::size_t> some_register(const std::vector<Statement>& made) {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < made.size(); ++i) {
      if (made[i].reads()) all.push_back(i);
    }
    if (all.empty()) return {};
    return all[dice_.below(all.size())];
  }

  Statement access(const std::vector<Statement>& made, int index) {
    Statement s;
    const int cells = static_cast<int>(test_.cells.size());
    const auto reg = some_register(made);
    if (dice_.percent(rmws_))
      s.does = dice_.one_of(operations);
    else if (dice_.percent(50))
      s.does = Does::write;
    s.cell = route_.empty() ? dice_.between(0, cells - 1) : route_[static_cast<std::size_t>(index)];
    if (s.does == Does::add)
      s.value = 1;
    else if (s.writes())
      s.value = dice_.between(1, 3);
    if (s.does == Does::compare_exchange) s.expected = dice_.between(0, 2);
    s.order = order(s);
    if (reg && dice_.percent(flows_)) {
      const Atom masks[] = {0, 1, 3};
      if (s.does == Does::write && dice_.percent(60))
        s.data = Flow{*reg, dice_.one_of(masks)};
      else if (s.cell + 1 < cells)
        s.address = Flow{*reg, dice_.between(0, 1)};
      else
        s.address = Flow{*reg, 0};
    }
    return s;
  }

  Order order(const Statement& s) {
    const bool rmw = s.reads() && s.writes();
    if (!rmw && dice_.percent(plain_)) return Order::plain;
    if (!strong_) return Order::once;
    return rmw ? dice_.one_of(rmws) : s.writes() ? dice_.one_of(stores) : dice_.one_of(loads);
  }

  /// Each thread of a ring goes from its cell to that of the next one. The end asked for is that
  /// each comes to a cell before the thread whose cell it is: a cycle, which SC forbids.
  void close_ring() {
    const std::size_t threads = test_.threads.size();
    for (std::size_t t = 0; t < threads; ++t) {
      const std::size_t next = (t + 1) % threads;
      const auto &mine = test_.threads[t], &others = test_.threads[next];
      const auto here = [next](const Statement& s) {
        return s.accesses() && s.cell == static_cast<Atom>(next);
      };
      const auto last = static_cast<std::size_t>(std::ranges::find_if(mine, here) - mine.begin());
      const auto first =
          static_cast<std::size_t>(std::ranges::find_if(others, here) - others.begin());
      const Statement &from = mine[last], &to = others[first];
      if (from.writes() && to.reads())
        test_.literals.push_back({next, first, from.value});
      else if (from.reads() && to.writes())
        test_.literals.push_back({t, last, test_.cells[next]});
      else if (to.writes())
        test_.literals.push_back({{}, next, to.value});
    }
  }

  /// Of a random read, or cell, a value that it may well have.
  void literal() {
    Literal l;
    Atom cell = dice_.between(0, static_cast<int>(test_.cells.size()) - 1);
    if (dice_.percent(75)) {
      l.thread = dice_.below(test_.threads.size());
      const auto& statements = test_.threads[*l.thread];
      const auto reg = some_register(statements);
      if (!reg) return;
      l.what = *reg;
      cell = statements[*reg].cell;
    } else {
      l.what = static_cast<std::size_t>(cell);
    }
    for (const Literal& known : test_.literals) {
      if (known.thread == l.thread && known.what == l.what) return;
    }
    std::vector<Atom> values{test_.cells[static_cast<std::size_t>(cell)]};
    for (const auto& statements : test_.threads) {
      for (const Statement& s : statements) {
        if (s.writes() && s.cell == cell) values.push_back(s.value);
      }
    }
    l.value = values[dice_.below(values.size())];
    test_.literals.push_back(l);
  }

  Dice dice_;
  Test test_;
  int fences_ = 0, rmws_ = 0, bodies_ = 0, flows_ = 0, plain_ = 0;  ///< chances
  bool rcu_ = false, strong_ = false;
  std::vector<Atom> route_;  ///< the cells of this thread's accesses, in a ring
};

}  // namespace

Test random_test(std::uint64_t seed) {
  return Generator{seed}.make();
}

}  // namespace lockstep::orders::fuzz
