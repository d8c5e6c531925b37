// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "machines/world.hpp"
#include "model/step.hpp"

namespace lockstep {

/// A transition system that can be searched: the reference run by fibers, or its site automaton
/// interpreted. A snapshot is a flat block of bytes that begins with the state's atoms.
class System {
 public:
  class Visitor {
   public:
    virtual ~Visitor() = default;
    /// A step was taken; the system is in the state after it until the call returns.
    virtual void step(const Step& step) = 0;
    /// A step did something that no task may do: touched memory that is gone, read a field that
    /// nobody has written, looped without a stop. `what` names site and object.
    virtual void fault(const Step& step, const std::string& what) = 0;
  };

  virtual ~System() = default;
  virtual const World& world() const = 0;
  virtual std::size_t snapshot_bytes() const = 0;
  virtual void initial(std::byte* out) = 0;
  /// Takes every enabled step of a snapshot, one after the other, tasks in their order.
  virtual void expand(const std::byte* snapshot, Visitor& visitor) = 0;
  /// Writes the snapshot of the present state.
  virtual void save(std::byte* out) const = 0;
  /// The atoms of the present state.
  virtual StateView state() const = 0;
  /// Another one that does the same, for another thread: snapshots of either are good for both, and
  /// both take the steps of a snapshot in the same order. Null where a system cannot have another.
  virtual std::unique_ptr<System> another() const { return nullptr; }
};

}  // namespace lockstep
