// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/stepped_system.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "machines/protocol_error.hpp"

namespace lockstep {

SteppedSystem::SteppedSystem(World world, const std::vector<Code>& code)
    : world_(std::move(world)), state_(world_.initial()), pools_(code.size()) {
  if (code.size() != world_.tasks().size()) throw std::logic_error("a task without code");
  for (std::size_t t = 0; t < code.size(); ++t) {
    const World::Task& task = world_.tasks()[t];
    fibers_.push_back(std::make_unique<Fiber>(
        task.name, [this, t, body = code[t]] { body(*machines_[t]); }));
    machines_.push_back(
        std::make_unique<SteppedMachine>(world_, state_.data(), task, *fibers_.back()));
  }
  run_to_first_stops();
}

void SteppedSystem::initial(std::byte* out) { std::ranges::copy(start_, out); }

void SteppedSystem::run_to_first_stops() {
  start_.resize(snapshot_bytes());
  std::byte* ids = start_.data() + state_.size() * sizeof(Atom);
  for (std::size_t t = 0; t < fibers_.size(); ++t) {
    Fiber& fiber = *fibers_[t];
    fiber.first_choices();
    if (fiber.resume() != Fiber::Outcome::stopped) {
      throw ProtocolError(std::string{"a task fails before its first site: "} + fiber.fault());
    }
    const std::uint32_t id = pools_[t].intern(fiber.image(), fiber.image_bytes());
    std::memcpy(ids + t * sizeof id, &id, sizeof id);
  }
  std::memcpy(start_.data(), state_.data(), state_.size() * sizeof(Atom));
}

void SteppedSystem::expand(const std::byte* snapshot, Visitor& visitor) {
  const std::size_t atoms = state_.size() * sizeof(Atom);
  source_ = snapshot;
  for (mover_ = 0; mover_ < fibers_.size(); ++mover_) {
    Fiber& fiber = *fibers_[mover_];
    std::uint32_t id = 0;
    std::memcpy(&id, snapshot + atoms + mover_ * sizeof id, sizeof id);
    fiber.first_choices();
    do {
      std::memcpy(state_.data(), snapshot, atoms);
      const auto image = pools_[mover_].image(id);
      fiber.restore(image.data(), image.size());
      switch (fiber.resume()) {
        case Fiber::Outcome::stopped: visitor.step(fiber.step()); break;
        case Fiber::Outcome::faulted: visitor.fault(fiber.step(), fiber.fault()); break;
        case Fiber::Outcome::refused: break;
      }
    } while (fiber.next_choices());
  }
}

void SteppedSystem::save(std::byte* out) const {
  const std::size_t atoms = state_.size() * sizeof(Atom);
  std::memcpy(out, state_.data(), atoms);
  std::memcpy(out + atoms, source_ + atoms, fibers_.size() * sizeof(std::uint32_t));
  const Fiber& fiber = *fibers_[mover_];
  const std::uint32_t id = pools_[mover_].intern(fiber.image(), fiber.image_bytes());
  std::memcpy(out + atoms + mover_ * sizeof id, &id, sizeof id);
}

std::size_t SteppedSystem::images() const {
  std::size_t sum = 0;
  for (const ImagePool& pool : pools_) sum += pool.size();
  return sum;
}

}  // namespace lockstep
