// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "explore/spec_properties.hpp"
#include "tla/function.hpp"

namespace lockstep {

/// A state; of a property of steps, a step: the states before and after it.
struct Moment {
  State state, after;  ///< `after` is empty where there is no step
  bool operator<(const Moment& other) const {
    return std::tie(state, after) < std::tie(other.state, other.after);
  }
};

/// A property as a question of moments: it falls into parts, and holds where each of them does. Of
/// what is live each part is a question of its own: a condition that it speaks of.
struct Posed {
  struct Part {
    tla::Evaluator::Handle handle;
    std::uint64_t likeness;  ///< tla::Evaluator::likeness()
  };
  std::vector<Part> parts;
  bool steps = false;
  bool apart = false;  ///< is each part a question of its own?
};

/// Poses properties of one model, as its module has them or as a changed copy does.
class Poser {
 public:
  enum class Answer : std::uint8_t { holds, fails, cannot };  ///< cannot: TLC would stop

  /// `constants`: as Model::constants() has them. The world must live as long.
  Poser(const World& world, const std::vector<std::pair<std::string, std::string>>& constants);

  /// An invariant, a property of steps, or a refinement: UNCHANGED or Next of each step. Of what is
  /// live, every condition of states and of steps by which a behaviour violates it. Throws
  /// InputError with the place of what is not understood.
  Posed pose(const tla::Module& module, const std::string& property);

  Answer ask(const Posed::Part& part, const Moment& moment) const;
  /// Of all parts: what the first that does not hold says, as TLC would.
  Answer ask(const Posed& posed, const Moment& moment) const;
  std::vector<std::size_t> slots_read(const Posed::Part& part, const Moment& moment) const;
  /// The slots that any part may read: in the state, in the state after.
  tla::Reads reads(const Posed& posed) const;

 private:
  std::vector<tla::Expr> live(const tla::Module& module, const std::string& property,
                              bool& steps) const;

  tla::ModelConstants given_;
  const World& world_;
  tla::Ground ground_;
  tla::Evaluator evaluate_;
};

}  // namespace lockstep
