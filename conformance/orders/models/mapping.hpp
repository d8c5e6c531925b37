// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "orders/models/model.hpp"
#include "orders/program/event.hpp"

namespace lockstep::orders {

/// A kernel primitive or a C11 operation, and the events that it makes.
struct Operation {
  std::string name;    ///< as it is written: `smp_load_acquire(x)`
  bool fails = false;  ///< a read-modify-write that writes nothing
  Program program;
};

/// Those that a table of the mappings shows, the kernel's first: what the reader of litmus tests
/// makes of each.
std::vector<Operation> operations();

/// What an event is to a model.
struct Mapped {
  std::string act;                ///< `R`, `W`, `F`, or `grace`
  std::vector<std::string> sets;  ///< of the model's `events` statements
};
std::vector<Mapped> mapping(const Operation& operation, const MemoryModel& model);
/// `R A, W L+AL`; a fence that is nothing to the model is `-`.
std::string text(const std::vector<Mapped>& events);

}  // namespace lockstep::orders
