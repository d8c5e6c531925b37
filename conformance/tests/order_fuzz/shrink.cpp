// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/order_fuzz/shrink.hpp"

#include <algorithm>

namespace lockstep::orders::fuzz {

namespace {

using Does = Statement::Does;

/// Takes a statement out, with all that looks at its register.
void remove(Test& test, std::size_t thread, std::size_t index) {
  const auto gone = [index](std::size_t reg) { return reg == index; };
  const auto moved = [index](std::size_t& reg) { reg -= reg > index; };
  auto& statements = test.threads[thread];
  statements.erase(statements.begin() + static_cast<std::ptrdiff_t>(index));
  for (Statement& s : statements) {
    for (auto* flow : {&s.address, &s.data}) {
      if (*flow && gone((*flow)->reg)) flow->reset();
      if (*flow) moved((*flow)->reg);
    }
    std::erase_if(s.bodies, [&](const Condition& c) { return gone(c.reg); });
    for (Condition& c : s.bodies) moved(c.reg);
  }
  std::erase_if(test.literals,
                [&](const Literal& l) { return l.thread == thread && gone(l.what); });
  for (Literal& l : test.literals) {
    if (l.thread == thread) moved(l.what);
  }
}

void remove_thread(Test& test, std::size_t thread) {
  test.threads.erase(test.threads.begin() + static_cast<std::ptrdiff_t>(thread));
  std::erase_if(test.literals, [&](const Literal& l) { return l.thread == thread; });
  for (Literal& l : test.literals) {
    if (l.thread) *l.thread -= *l.thread > thread;
  }
}

/// All tests that are one step simpler, boldest first.
class Simpler {
 public:
  explicit Simpler(const Test& test) : test_{test} {
    for (std::size_t t = 0; t < test.threads.size(); ++t) {
      with([t](Test& x) { remove_thread(x, t); });
    }
    for (std::size_t t = 0; t < test.threads.size(); ++t) {
      for (std::size_t i = 0; i < test.threads[t].size(); ++i) statement(t, i);
    }
    for (std::size_t l = 0; l < test.literals.size(); ++l) {
      with([l](Test& x) { x.literals.erase(x.literals.begin() + static_cast<std::ptrdiff_t>(l)); });
    }
    if (test.negated) with([](Test& x) { x.negated = false; });
    for (std::size_t c = 0; c < test.cells.size(); ++c) {
      if (test.cells[c] != 0) with([c](Test& x) { x.cells[c] = 0; });
    }
  }
  std::vector<Test> all;

 private:
  void with(const std::function<void(Test&)>& change) {
    all.push_back(test_);
    change(all.back());
  }

  void statement(std::size_t t, std::size_t i) {
    const Statement& s = test_.threads[t][i];
    // A section goes as a whole: without its end no grace period would.
    if (s.does == Does::rcu_lock) {
      with([t, i](Test& x) {
        const auto& thread = x.threads[t];
        const auto end = std::ranges::find(thread, Does::rcu_unlock, &Statement::does);
        remove(x, t, static_cast<std::size_t>(end - thread.begin()));
        remove(x, t, i);
      });
    } else if (s.does != Does::rcu_unlock) {
      with([t, i](Test& x) { remove(x, t, i); });
    }
    const auto changed = [&](const std::function<void(Statement&)>& change) {
      with([&](Test& x) { change(x.threads[t][i]); });
    };
    for (std::size_t b = 0; b < s.bodies.size(); ++b) {
      changed(
          [b](Statement& x) { x.bodies.erase(x.bodies.begin() + static_cast<std::ptrdiff_t>(b)); });
    }
    if (s.address) changed([](Statement& x) { x.address.reset(); });
    if (s.data) changed([](Statement& x) { x.data.reset(); });
    if (s.accesses() && s.order != Order::once)
      changed([](Statement& x) { x.order = Order::once; });
    if (s.reads() && s.writes()) {
      changed([](Statement& x) {
        x.does = Does::read;
        x.order = Order::once;
      });
    }
  }

  const Test& test_;
};

}  // namespace

Test shrink(Test test, const std::function<bool(const Test&)>& fails) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (Test& candidate : Simpler{test}.all) {
      if (!fails(candidate)) continue;
      test = std::move(candidate);
      smaller = true;
      break;
    }
  }
  return test;
}

std::size_t size_of(const Test& test) {
  std::size_t size = 0;
  for (const auto& thread : test.threads) size += thread.size();
  return size;
}

}  // namespace lockstep::orders::fuzz
