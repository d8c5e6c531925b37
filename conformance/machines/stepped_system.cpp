// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/stepped_system.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "machines/protocol_error.hpp"

namespace lockstep {

SteppedSystem::SteppedSystem(World world, const std::vector<Code>& code)
    : SteppedSystem(std::move(world), code, std::make_shared<Books>(code.size())) {}

SteppedSystem::SteppedSystem(World world, const std::vector<Code>& code,
                             std::shared_ptr<Books> books)
    : world_(std::move(world)),
      code_(code),
      state_(world_.initial()),
      books_(std::move(books)),
      stacks_(code.size()) {
  if (code.size() != world_.tasks().size()) throw std::logic_error("a task without code");
  for (std::size_t t = 0; t < code.size(); ++t) {
    const World::Task& task = world_.tasks()[t];
    fibers_.push_back(
        std::make_unique<Fiber>(task.name, [this, t, body = code[t]] { body(*machines_[t]); }));
    machines_.push_back(
        std::make_unique<SteppedMachine>(world_, state_.data(), task, *fibers_.back()));
  }
  run_to_first_stops();
}

std::unique_ptr<System> SteppedSystem::another() const {
  return std::unique_ptr<System>(new SteppedSystem(world_, code_, books_));
}

void SteppedSystem::initial(std::byte* out) {
  std::ranges::copy(start_, out);
}

void SteppedSystem::run_to_first_stops() {
  start_.resize(snapshot_bytes());
  std::byte* ids = start_.data() + state_.size() * sizeof(Atom);
  for (std::size_t t = 0; t < fibers_.size(); ++t) {
    Fiber& fiber = *fibers_[t];
    fiber.first_choices();
    if (fiber.resume() != Fiber::Outcome::stopped) {
      throw ProtocolError(std::string{"a task fails before its first site: "} + fiber.fault());
    }
    const std::uint32_t number = 0;
    know(stacks_[t], stacks_[t].pool.intern(fiber.image(), fiber.image_bytes()), number);
    std::memcpy(ids + t * sizeof number, &number, sizeof number);
  }
  std::memcpy(start_.data(), state_.data(), state_.size() * sizeof(Atom));
}

/// An image has the first number that is known here.
void SteppedSystem::know(Stacks& stacks, std::uint32_t image, std::uint32_t number) {
  if (image == stacks.number_of.size()) stacks.number_of.push_back(number);
  if (number >= stacks.image_of.size()) stacks.image_of.resize(number + 1, no_image);
  stacks.image_of[number] = image;
}

std::uint32_t SteppedSystem::image(std::size_t task, std::uint32_t number) {
  const Stacks& stacks = stacks_[task];
  const bool known = number < stacks.image_of.size() && stacks.image_of[number] != no_image;
  return known ? stacks.image_of[number] : run_again(task, number);
}

/// Takes the step by which another thread came to the stack, and those before it.
std::uint32_t SteppedSystem::run_again(std::size_t task, std::uint32_t number) {
  Stacks& stacks = stacks_[task];
  Fiber& fiber = *fibers_[task];
  std::vector<std::uint32_t> numbers;
  const auto is_known = [&](std::uint32_t n) {
    return n < stacks.image_of.size() && stacks.image_of[n] != no_image;
  };
  for (std::uint32_t n = number; !is_known(n); n = (*books_)[task].origin(n).from) {
    numbers.push_back(n);
  }
  for (; !numbers.empty(); numbers.pop_back()) {
    const ImageBook::Origin& origin = (*books_)[task].origin(numbers.back());
    std::ranges::copy(origin.before, state_.begin());
    const auto before = stacks.pool.image(stacks.image_of[origin.from]);
    fiber.restore(before.data(), before.size());
    fiber.choose(origin.choices);
    if (fiber.resume() != Fiber::Outcome::stopped) {
      throw std::logic_error("a step is not the same on another thread");
    }
    know(stacks, stacks.pool.intern(fiber.image(), fiber.image_bytes()), numbers.back());
  }
  return stacks.image_of[number];
}

void SteppedSystem::expand(const std::byte* snapshot, Visitor& visitor) {
  const std::size_t atoms = state_.size() * sizeof(Atom);
  source_ = snapshot;
  for (mover_ = 0; mover_ < fibers_.size(); ++mover_) {
    Fiber& fiber = *fibers_[mover_];
    std::uint32_t number = 0;
    std::memcpy(&number, snapshot + atoms + mover_ * sizeof number, sizeof number);
    moved_from_ = image(mover_, number);
    fiber.first_choices();
    do {
      std::memcpy(state_.data(), snapshot, atoms);
      const auto stack = stacks_[mover_].pool.image(moved_from_);
      fiber.restore(stack.data(), stack.size());
      switch (fiber.resume()) {
        case Fiber::Outcome::stopped: visitor.step(fiber.step()); break;
        case Fiber::Outcome::faulted: visitor.fault(fiber.step(), fiber.fault()); break;
        case Fiber::Outcome::refused: break;
      }
    } while (fiber.next_choices());
  }
}

void SteppedSystem::note_accesses(bool noting) {
  for (const auto& fiber : fibers_) fiber->noting = noting;
}

std::uint32_t SteppedSystem::moved_to() const {
  const Fiber& fiber = *fibers_[mover_];
  Stacks& stacks = stacks_[mover_];
  if (moved_from_ >= stacks.after.size()) stacks.after.resize(moved_from_ + 1);
  std::vector<std::uint32_t>& after = stacks.after[moved_from_];
  for (const std::uint32_t one : after) {
    if (stacks.pool.is(one, fiber.image(), fiber.image_bytes())) return one;
  }
  const std::uint32_t image = stacks.pool.intern(fiber.image(), fiber.image_bytes());
  constexpr std::size_t few = 8;
  if (after.size() < few) after.push_back(image);
  return image;
}

void SteppedSystem::save(std::byte* out) const {
  const std::size_t atoms = state_.size() * sizeof(Atom);
  std::memcpy(out, state_.data(), atoms);
  std::memcpy(out + atoms, source_ + atoms, fibers_.size() * sizeof(std::uint32_t));
  const Fiber& fiber = *fibers_[mover_];
  Stacks& stacks = stacks_[mover_];
  const std::uint32_t image = moved_to();
  if (image == stacks.number_of.size()) {
    std::uint32_t from = 0;
    std::memcpy(&from, source_ + atoms + mover_ * sizeof from, sizeof from);
    State before(state_.size());
    std::memcpy(before.data(), source_, atoms);
    know(stacks, image, (*books_)[mover_].add({from, std::move(before), fiber.choices()}));
  }
  const std::uint32_t number = stacks.number_of[image];
  std::memcpy(out + atoms + mover_ * sizeof number, &number, sizeof number);
}

}  // namespace lockstep
