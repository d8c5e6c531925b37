// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/models/mapping.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace lockstep::orders;

namespace {

std::string mapped(const std::string& name, const char* model, bool fails = false) {
  for (const Operation& o : operations()) {
    if (o.name == name && o.fails == fails) return text(mapping(o, builtin_model(model)));
  }
  return "no such operation";
}

}  // namespace

TEST_CASE("The table of the mappings says what an operation is to each model", "[orders]") {
  CHECK(mapped("r = smp_load_acquire(x)", "armv8") == "R A");
  CHECK(mapped("r = smp_load_acquire(x)", "lkmm") == "R acquires");
  CHECK(mapped("r = smp_load_acquire(x)", "tso") == "R");
  CHECK(mapped("r = xchg(x, 1)", "armv8") == "R A, W L+AL");
  CHECK(mapped("r = xchg_relaxed(x, 1)", "armv8") == "R, W");
  CHECK(mapped("r = xchg_relaxed(x, 1)", "tso") == "R LOCKED, W LOCKED");
  CHECK(mapped("atomic_inc(x)", "armv8") == "R NORET, W");
  CHECK(mapped("smp_mb()", "tso") == "MFENCE");
  CHECK(mapped("smp_wmb()", "tso") == "-");
  CHECK(mapped("smp_wmb()", "armv8") == "DMB_ST");
  CHECK(mapped("smp_acquire__after_ctrl_dep()", "lkmm") == "Rmb+After_ctrl");
  CHECK(mapped("smp_acquire__after_ctrl_dep()", "armv8") == "DMB_LD");
  CHECK(mapped("smp_acquire__after_ctrl_dep()", "rc11") == "acquire_fence");
  CHECK(mapped("spin_unlock(x)", "lkmm") == "W releases+unlocking");
  CHECK(mapped("synchronize_rcu()", "lkmm") == "grace");
  CHECK(mapped("atomic_store_explicit(x, 1, memory_order_seq_cst)", "tso") == "W XCHG");
}

TEST_CASE("An operation that fails is one event, with what that promises", "[orders]") {
  CHECK(mapped("r = cmpxchg(x, 0, 1)", "lkmm", true) == "R rmws");
  CHECK(mapped("r = cmpxchg(x, 0, 1)", "armv8", true) == "R");
  CHECK(mapped("r = cmpxchg(x, 0, 1)", "tso", true) == "R LOCKED");
}

TEST_CASE("Each set that a model names is that of some operation", "[orders]") {
  for (const char* model : {"sc", "tso", "armv8", "lkmm"}) {
    const MemoryModel m = builtin_model(model);
    std::set<std::string> met;
    for (const Operation& o : operations()) {
      for (const Mapped& e : mapping(o, m)) met.insert(e.sets.begin(), e.sets.end());
    }
    for (const Definition& d : m.definitions) {
      INFO(model << ": " << d.name);
      CHECK((d.mapping.empty() || met.contains(d.name)));
    }
  }
}
