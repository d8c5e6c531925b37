// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "machines/world.hpp"
#include "tla/decided.hpp"
#include "tla/expression.hpp"
#include "tla/flat.hpp"
#include "tla/reads.hpp"

namespace lockstep::tla {

/// Evaluates expressions on the states of a world, as TLC would. Truth values are 0 and 1. An
/// expression is compiled once, with its quantifiers unrolled. Not for several threads at once.
class Evaluator {
 public:
  /// A compiled expression; good for the evaluator that made it.
  using Handle = std::uint32_t;

  /// `sets`: the members of every constant set; `parameters`: the values of those that stayed open.
  Evaluator(const World& world, std::map<std::string, std::vector<Atom>> sets,
            std::map<std::string, Atom> parameters);
  ~Evaluator();
  Evaluator(Evaluator&&) noexcept;
  /// With the same handles, for another thread.
  Evaluator(const Evaluator& other);

  /// `bound`: what the names are that are bound outside of the expression. Throws InputError for
  /// what has no meaning on the world's states.
  Handle compile(const Expr& expr, const std::map<std::string, Atom>& bound = {});
  /// The same; throws InputError for what is no truth value.
  Handle compile_truth(const Expr& expr);
  /// The parts of a truth value that holds if each of them does, in their order: the conjuncts,
  /// for every object of a \A its own.
  std::vector<Handle> parts(Handle handle);
  Reads reads(Handle handle) const;
  /// A number that two handles share if they say the same, operation by operation; others share one
  /// by chance alone.
  std::uint64_t likeness(Handle handle) const;
  /// Does it hold in every step that changes none of the cells that it reads in the state after?
  /// Found by what the constants decide: false where that does not tell.
  bool holds_unchanged(Handle handle) const;
  /// As holds_by() has it.
  bool holds_by(Handle handle, const KnownCell& known) const;
  /// Where it stands, in the module or in the text that was given.
  Place place(Handle handle) const;

  /// `after` may be null where nothing is primed. Throws CannotEvaluate where TLC would stop with
  /// an error: a function applied outside of its domain, arithmetic on a name.
  Atom operator()(Handle handle, const Atom* state, const Atom* after = nullptr) const;
  /// The slots that are read to evaluate it here, until it is decided or stops, in their order.
  std::vector<std::size_t> slots_read(Handle handle, const Atom* state,
                                      const Atom* after = nullptr) const;
  /// The same, compiled when it is first seen.
  Atom operator()(const Expr& expr, const Atom* state, const Atom* after = nullptr) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace lockstep::tla
