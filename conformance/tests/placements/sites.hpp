// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "orders/placements/minimal.hpp"
#include "orders/program/builder.hpp"

namespace lockstep::orders {

/// Appends accesses whose order is asked for: sites of a program, by name.
class SiteThread {
 public:
  SiteThread(Program& program, const std::string& name)
      : program_{program}, thread{program, name} {}

  Term load(const std::string& site, const char* cell) {
    const Term value = thread.read(site, shared(cell), Order::once);
    thread.last().open = open(site, Kind::load);
    return value;
  }
  void store(const std::string& site, const char* cell, Atom value) {
    thread.write(site, shared(cell), term::constant(value), Order::once);
    thread.last().open = open(site, Kind::store);
  }
  void fence(const std::string& site) {
    thread.fence(site, Order::none);
    thread.last().open = open(site, Kind::fence);
  }
  /// `value` and `writes_if` speak of `@`.
  Term rmw(const std::string& site, const char* cell, const Term& value,
           const Term& writes_if = nullptr) {
    const Term old = thread.rmw(site, shared(cell), Order::once, value, writes_if);
    const int o = open(site, Kind::rmw);
    program_.events[thread.last().partner].open = o;
    thread.last().open = o;
    return old;
  }

 private:
  int open(const std::string& site, Kind kind) {
    for (std::size_t i = 0; i < program_.open.size(); ++i) {
      if (program_.open[i].site == site) return static_cast<int>(i);
    }
    program_.open.push_back({site, kind});
    return static_cast<int>(program_.open.size()) - 1;
  }
  Program& program_;

 public:
  ThreadBuilder thread;
};

inline Program sites_program(const std::string& name, std::initializer_list<const char*> cells) {
  Program p;
  p.name = name;
  for (const char* cell : cells) initially(p, shared(cell), term::constant(0));
  return p;
}

Program message_passing();   ///< 2 loads, 2 stores, a fence each between
Program store_buffering();   ///< 2 fences
Program exchange_passing();  ///< message passing by a read-modify-write on both sides
Program small_seqlock();     ///< one field, which the reader compares with a second read
Program interleaving();      ///< reachable whatever the orders

/// All minimal safe placements, by asking about every one with fixed orders.
std::vector<std::string> by_brute_force(const Program& program, const MemoryModel& model);
std::vector<std::string> texts(const MinimalOrders& found);

}  // namespace lockstep::orders
