// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "explore/compare.hpp"
#include "machines/world.hpp"

namespace lockstep::testing {

/// Random specifications: guards and assignments of every form that is read, over functions of
/// numbers, names, truth values and strings. Nothing in them makes TLC stop with an error.
/// Numbers are 0 to 2.
class RandomModule {
 public:
  explicit RandomModule(std::uint64_t seed) : random_(seed) {}

  /// An action with these parameters: `w` a task, `s` of S, `t` of T. One of them in a module
  /// changes at most the variables of `changes`.
  std::string action(const std::vector<std::string>& changes);
  /// A start of the functions `n g b p`, by primes: what a step to it says.
  std::string start();
  /// Some two or three of n, g, b, p.
  std::vector<std::string> some_variables();

 private:
  std::size_t upto(std::size_t n) { return random_() % n; }  ///< 0 to n - 1
  bool often() { return upto(3) != 0; }
  std::string fresh(const std::string& base) { return base + std::to_string(++names_); }
  std::string pick(const std::vector<std::string>& of) { return of[upto(of.size())]; }

  std::string number(int depth);
  std::string object(const std::string& set, int depth);
  std::string name(int depth);
  std::string text(int depth);
  std::string truth(int depth);
  std::string value(const std::string& variable, int depth);
  std::string function(const std::string& variable, int depth);
  std::string except(const std::string& variable, int depth);
  std::string constructor(const std::string& variable, int depth);
  std::string assignment(const std::string& variable, int depth);

  std::mt19937_64 random_;
  int names_ = 0;
  std::vector<std::string> of_s_, of_t_, assigned_;
};

/// A world of S (s1, s2), T (t1, t2), tasks w1 and w2, and the number `which` of the object z1 that
/// says which specification of a batch it is.
World random_world();
std::vector<std::pair<std::string, std::string>> random_constants();

/// Several specifications as one: a first step chooses which it is. Every action has the parameters
/// w (a task), s of S and t of T.
struct Batch {
  std::string text;                  ///< of the module Batch, with Init and Next
  std::vector<std::string> actions;  ///< their names

  struct Part {
    std::string start;                 ///< of n, g, b, p, pc, by primes
    std::vector<std::string> actions;  ///< what each says of them
  };
  explicit Batch(const std::vector<Part>& parts);
};

Batch random_batch(std::uint64_t seed, std::size_t modules);

/// Where TLC's graph of a batch and that of its text differ, with the text; "" if nowhere. Adds
/// what there is to `sum`.
std::string difference_of(const Batch& batch, ComparisonResult& sum);
/// Why the engine, or TLC, refuses a batch or stops in it; "" if it does not.
std::string refused_here(const Batch& batch);
std::string refused_by_tlc(const Batch& batch);

}  // namespace lockstep::testing
