// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "orders/program/event.hpp"

namespace lockstep::orders::fuzz {

/// A small litmus test as a generator makes it and a shrinker takes it apart. Registers are the
/// statements of a thread that read, by their index; one that did not happen is 0.

/// `if (REGISTER == VALUE)`, or `!=`, around a statement.
struct Condition {
  std::size_t reg = 0;
  Atom value = 0;
  bool equal = true;
};

/// What flows in: `REGISTER & mask`. With mask 0 nothing but a dependency.
struct Flow {
  std::size_t reg = 0;
  Atom mask = 0;
};

struct Statement {
  enum class Does {
    read,
    write,
    exchange,
    add,
    compare_exchange,
    fence,
    rcu_lock,
    rcu_unlock,
    grace
  };
  Does does = Does::read;
  Order order = Order::once;
  Atom cell = 0;
  Atom value = 0;     ///< written, or added
  Atom expected = 0;  ///< of compare_exchange
  std::optional<Flow> address, data;
  std::vector<Condition> bodies;

  bool reads() const {
    return does == Does::read || does == Does::exchange || does == Does::add ||
           does == Does::compare_exchange;
  }
  bool writes() const { return does == Does::write || (reads() && does != Does::read); }
  bool accesses() const { return reads() || writes(); }
};

/// What a register, or a cell at the end, must hold.
struct Literal {
  std::optional<std::size_t> thread;  ///< absent: of a cell
  std::size_t what = 0;               ///< register or cell
  Atom value = 0;
};

struct Test {
  std::uint64_t seed = 0;
  std::vector<Atom> cells;  ///< what they hold at the start
  std::vector<std::vector<Statement>> threads;
  std::vector<Literal> literals;  ///< all of them, or
  bool negated = false;           ///< not all of them
};

/// The same test for the same seed, on every machine.
Test random_test(std::uint64_t seed);
Program program_of(const Test& test);
std::string text(const Test& test);

}  // namespace lockstep::orders::fuzz
