// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "model/step.hpp"

namespace lockstep {

/// A task that runs until it stops, on a stack of its own that can be copied away and back. A stop
/// is a place where nothing of the task is in registers, so its control state is the live part of
/// the stack: an image.
class Fiber {
 public:
  enum class Outcome : std::uint8_t {
    stopped,  ///< before its next site: the step is complete
    refused,  ///< the site or choice is not enabled
    faulted,  ///< it did what no task may do; see fault()
  };
  static constexpr std::size_t stack_bytes = 64 * 1024;

  /// `body` must not return. The memory of the stack belongs to the fiber.
  Fiber(Atom task, std::function<void()> body);
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // ---- the scheduler's side ----

  /// Runs to the next stop. The choices made before are made again, up to the last one.
  Outcome resume();
  /// What a step chose, one digit each.
  struct Choices {
    std::array<std::uint32_t, 8> digits{};
    std::size_t count = 0;
  };
  /// Forgets all choices: the next resume() takes the first of each.
  void first_choices() { choices_.count = 0; }
  /// The next resume() makes these choices.
  void choose(const Choices& choices) { choices_ = choices; }
  /// Those that resume() made.
  const Choices& choices() const { return choices_; }
  /// Advances to the next combination of choices; false after the last.
  bool next_choices();
  const Step& step() const { return step_; }
  const char* fault() const { return fault_; }

  /// The live part of the stack at a stop.
  const std::byte* image() const { return static_cast<const std::byte*>(context_); }
  std::size_t image_bytes() const { return static_cast<std::size_t>(top_ - image()); }
  /// Puts an image of this fiber's stack back.
  void restore(const std::byte* image, std::size_t bytes);

  /// Is some fiber's body running now? Then nothing may be allocated.
  static bool running() { return running_ != nullptr; }
  static Fiber* current() { return running_; }

  // ---- the task's side ----

  void stop() { leave(Outcome::stopped); }
  void refuse() { leave(Outcome::refused); }
  /// Never returns. The message is cut to its buffer.
  void fail(const char* format, ...) __attribute__((format(printf, 2, 3)));
  std::uint32_t digit(std::uint32_t radix);
  void argument(Atom value);
  void at_site(Atom site) { step_.site = site; }

  bool choosing = false;  ///< between a point and the site after it

 private:
  void leave(Outcome outcome);

  static constexpr std::size_t max_choices = std::tuple_size_v<decltype(Choices::digits)>;
  static inline thread_local Fiber* running_ = nullptr;

  std::function<void()> body_;
  std::byte* memory_ = nullptr;
  std::byte* top_ = nullptr;
  void* context_ = nullptr;
  void* scheduler_ = nullptr;
  Outcome outcome_ = Outcome::stopped;
  Step step_;
  Choices choices_;
  std::array<std::uint32_t, max_choices> radices_{};
  std::size_t choice_next_ = 0;
  char fault_[256] = {};
};

}  // namespace lockstep
