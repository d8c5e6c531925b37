// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/fiber.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <boost/context/detail/fcontext.hpp>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

namespace lockstep {

namespace {
using boost::context::detail::fcontext_t;
using boost::context::detail::jump_fcontext;
using boost::context::detail::make_fcontext;
using boost::context::detail::transfer_t;
}  // namespace

Fiber::Fiber(Atom task, std::function<void()> body) : body_(std::move(body)) {
  step_.task = task;
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  void* memory =
      mmap(nullptr, stack_bytes + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  memory_ = static_cast<std::byte*>(memory);
  mprotect(memory_, page, PROT_NONE);  // a stack that grows too far is a fault, not a corruption
  top_ = memory_ + page + stack_bytes;
  context_ = make_fcontext(top_, stack_bytes, [](transfer_t transfer) {
    auto* self = static_cast<Fiber*>(transfer.data);
    self->scheduler_ = transfer.fctx;
    self->body_();
    self->fail("the task has ended; tasks are endless");
  });
}

Fiber::~Fiber() {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  munmap(memory_, stack_bytes + page);
}

Fiber::Outcome Fiber::resume() {
  choice_next_ = 0;
  accesses_.count = 0;
  choosing = false;
  step_.arg_count = 0;
  step_.args = {};
  running_ = this;
  context_ = jump_fcontext(context_, this).fctx;
  running_ = nullptr;
  return outcome_;
}

void Fiber::leave(Outcome outcome) {
  outcome_ = outcome;
  scheduler_ = jump_fcontext(scheduler_, nullptr).fctx;
}

void Fiber::restore(const std::byte* image, std::size_t bytes) {
  context_ = top_ - bytes;
  std::memcpy(context_, image, bytes);
}

bool Fiber::next_choices() {
  while (choices_.count > 0) {
    if (++choices_.digits[choices_.count - 1] < radices_[choices_.count - 1]) return true;
    --choices_.count;
  }
  return false;
}

std::uint32_t Fiber::digit(std::uint32_t radix) {
  if (choice_next_ == max_choices) fail("more than %zu choices in one step", max_choices);
  if (choice_next_ == choices_.count) {
    choices_.digits[choices_.count] = 0;
    radices_[choices_.count] = radix;
    ++choices_.count;
  }
  return choices_.digits[choice_next_++];
}

void Fiber::argument(Atom value) {
  if (step_.arg_count == Step::max_args) fail("more than %zu arguments", Step::max_args);
  step_.args[step_.arg_count++] = value;
}

void Fiber::fail(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(fault_, sizeof fault_, format, arguments);
  va_end(arguments);
  for (;;) leave(Outcome::faulted);
}

}  // namespace lockstep

// Inside a task nothing is allocated: a snapshot copies its stack, not what that owns elsewhere.
#ifndef __SANITIZE_ADDRESS__
void* operator new(std::size_t bytes) {
  if (lockstep::Fiber* fiber = lockstep::Fiber::current()) fiber->fail("a task allocates memory");
  if (void* memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
#endif
