// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "machines/fiber.hpp"
#include "machines/image_book.hpp"
#include "machines/image_pool.hpp"
#include "machines/stepped.hpp"
#include "machines/system.hpp"

namespace lockstep {

/// The reference itself as a transition system: each task a fiber on the stepped machine. A
/// snapshot is the state's atoms and, for each task, the number of its stack.
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
  std::unique_ptr<System> another() const override;
  /// Are the accesses of each step to be told? Then they are those of the step that is shown.
  void note_accesses(bool noting);
  std::span<const Access> accesses() const { return fibers_[mover_]->accesses(); }
  /// The task, in the order of the world's, that took the step that is shown.
  std::size_t mover() const { return mover_; }

 private:
  using Books = std::vector<ImageBook>;
  /// Of one task: the images of its stacks here, and what their numbers are.
  struct Stacks {
    ImagePool pool;
    std::vector<std::uint32_t> number_of;  ///< by image
    std::vector<std::uint32_t> image_of;   ///< by number; or `no_image`
    /// By image: the first few that a step led to from there. Few steps lead to others.
    std::vector<std::vector<std::uint32_t>> after;
  };
  static constexpr std::uint32_t no_image = 0xffffffffu;

  SteppedSystem(World world, const std::vector<Code>& code, std::shared_ptr<Books> books);
  void run_to_first_stops();
  /// The image here of a stack that has a number.
  std::uint32_t image(std::size_t task, std::uint32_t number);
  std::uint32_t run_again(std::size_t task, std::uint32_t number);
  /// The image of the present stack of the task that moved.
  std::uint32_t moved_to() const;
  static void know(Stacks& stacks, std::uint32_t image, std::uint32_t number);

  World world_;
  std::vector<Code> code_;
  State state_;
  std::vector<std::unique_ptr<Fiber>> fibers_;
  std::vector<std::unique_ptr<SteppedMachine>> machines_;
  std::shared_ptr<Books> books_;  ///< of all that are one another's others
  mutable std::vector<Stacks> stacks_;
  std::vector<std::byte> start_;       ///< the snapshot in which every task is at its first stop
  const std::byte* source_ = nullptr;  ///< the snapshot that the present state was reached from
  std::size_t mover_ = 0;              ///< the task that moved since
  std::uint32_t moved_from_ = 0;       ///< its image in that snapshot
};

}  // namespace lockstep
