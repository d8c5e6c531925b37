// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "machines/fiber.hpp"
#include "machines/image_pool.hpp"
#include "machines/stepped.hpp"
#include "machines/system.hpp"

namespace lockstep {

/// The reference itself as a transition system: each task a fiber on the stepped machine. A snapshot
/// is the state's atoms and, for each task, the number of its stack's image.
class SteppedSystem final : public System {
 public:
  using Code = std::function<void(SteppedMachine&)>;
  /// `code[i]` is what task i of the world runs.
  SteppedSystem(World world, const std::vector<Code>& code);

  const World& world() const override { return world_; }
  std::size_t snapshot_bytes() const override {
    return state_.size() * sizeof(Atom) + fibers_.size() * sizeof(std::uint32_t);
  }
  void initial(std::byte* out) override;
  void expand(const std::byte* snapshot, Visitor& visitor) override;
  void save(std::byte* out) const override;
  StateView state() const override { return state_; }
  /// How many different stacks have been seen: a measure of hidden state and dead slots.
  std::size_t images() const;

 private:
  void run_to_first_stops();

  World world_;
  State state_;
  std::vector<std::unique_ptr<Fiber>> fibers_;
  std::vector<std::unique_ptr<SteppedMachine>> machines_;
  mutable std::vector<ImagePool> pools_;
  std::vector<std::byte> start_;       ///< the snapshot in which every task is at its first stop
  const std::byte* source_ = nullptr;  ///< the snapshot that the present state was reached from
  std::size_t mover_ = 0;              ///< the task that moved since
};

}  // namespace lockstep
