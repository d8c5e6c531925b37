// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "model/step.hpp"

namespace lockstep {

/// A step's touch of one cell. What is read or written at a site is: a read-modify-write is one
/// write, an increment that is none is a read and a write. A peek between a point and a site is
/// done at any time before the step, one behind a site at any time before the next.
struct Access {
  enum class Kind : std::uint8_t { read, write, peek, late_peek };
  std::uint32_t slot;  ///< of the layout
  Kind kind;
  friend auto operator<=>(const Access&, const Access&) = default;
};

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
  /// What the last resume() touched, in its order, if it was to be told.
  std::span<const Access> accesses() const { return {accesses_.all.data(), accesses_.count}; }
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
  bool noting = false;    ///< are the accesses of the next steps to be told?
  void note(Access access) {
    if (accesses_.count == max_accesses) fail("more than %zu accesses in one step", max_accesses);
    accesses_.all[accesses_.count++] = access;
  }

 private:
  void leave(Outcome outcome);

  static constexpr std::size_t max_accesses = 32;
  static constexpr std::size_t max_choices = std::tuple_size_v<decltype(Choices::digits)>;
  static inline thread_local Fiber* running_ = nullptr;

  std::function<void()> body_;
  std::byte* memory_ = nullptr;
  std::byte* top_ = nullptr;
  void* context_ = nullptr;
  void* scheduler_ = nullptr;
  Outcome outcome_ = Outcome::stopped;
  Step step_;
  struct {
    std::array<Access, max_accesses> all{};
    std::size_t count = 0;
  } accesses_;
  Choices choices_;
  std::array<std::uint32_t, max_choices> radices_{};
  std::size_t choice_next_ = 0;
  char fault_[256] = {};
};

}  // namespace lockstep
