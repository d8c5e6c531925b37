// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "model/verdict.hpp"
#include "orders/encode/observe.hpp"
#include "orders/litmus/litmus.hpp"
#include "orders/witness/columns.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

litmus::Test thread(const std::string& body) {
  return litmus::read("C t\n{}\nP0(atomic_int *x, int *y) {\n" + body + "\n}\nexists (x=1)\n", "t");
}

std::string complaint(const std::string& body) {
  try {
    thread(body);
  } catch (const InputError& e) {
    return e.what();
  } catch (const litmus::Unsupported& e) {
    return e.text();
  }
  return "read";
}

}  // namespace

TEST_CASE("Orders of C11 become those of the events", "[rc11]") {
  const litmus::Test test = thread(
      "*y = 1;\n"
      "atomic_store_explicit(x, 1, memory_order_release);\n"
      "atomic_thread_fence(memory_order_acq_rel);\n"
      "atomic_thread_fence(memory_order_relaxed);\n"
      "int e = 1;\n"
      "int r = atomic_compare_exchange_strong_explicit(x, &e, 2, memory_order_acq_rel,"
      " memory_order_acquire);\n"
      "r = atomic_load(x);");
  CHECK(test.dialect == litmus::Dialect::c11);
  std::string seen;
  for (const Event& e : test.program.events) {
    if (e.thread == initial_thread) {
      CHECK_FALSE(e.has(Mark::c11));
      continue;
    }
    CHECK(e.has(Mark::c11));
    seen += std::string{name_of(e.act)} + " " + std::string{name_of(e.order)};
    if (e.order_if_failed) seen += " or " + std::string{name_of(*e.order_if_failed)};
    seen += "; ";
  }
  CHECK(seen == "W plain; W release; F acq_rel; F none; R acq_rel or acquire; W acq_rel; R full; ");
}

TEST_CASE("A witness of a C11 program speaks of its orders", "[rc11]") {
  const litmus::Test test = thread(
      "int e = 5; *y = 1;\n"
      "int r = atomic_compare_exchange_strong_explicit(x, &e, 2, memory_order_acq_rel,"
      " memory_order_relaxed);\n"
      "atomic_store(x, 1);");
  const Observation seen = observe(test.program, builtin_model("rc11"));
  REQUIRE(seen.shows.has_value());
  std::string orders;
  for (const auto& row : columns(test.program, *seen.shows, {}, test.symbols).rows) {
    orders += row.order + " ";
  }
  CHECK(orders == "non-atomic relaxed seq_cst ");
}

TEST_CASE("Both dialects have atomic_fetch_add(), each with its own arguments", "[rc11]") {
  const auto written = [](const std::string& type, const std::string& body) {
    const litmus::Test test =
        litmus::read("C t\n{}\nP0(" + type + " *x) {\n" + body + "\n}\nexists (x=1)\n", "t");
    return std::string{name_of(test.program.events.back().act)} + " " +
           text(test.program.events.back(), test.symbols);
  };
  CHECK(written("atomic_int", "atomic_fetch_add(x, 3);") ==
        written("atomic_t", "atomic_fetch_add(3, x);"));
  CHECK(written("int", "atomic_load(x); atomic_fetch_add(x, 3);") ==
        written("atomic_int", "atomic_load(x); atomic_fetch_add(x, 3);"));
  CHECK_THROWS_AS(written("int", "atomic_fetch_add(x, 3);"), litmus::Unsupported);
}

TEST_CASE("Each kind of C11 function needs an order that it can have", "[rc11]") {
  const std::string place = "t:4:";
  CHECK(complaint("int r = atomic_load_explicit(x, memory_order_release);") ==
        place +
            "33: memory_order_release for what only reads; expected memory_order_relaxed, "
            "_acquire or _seq_cst");
  CHECK(complaint("atomic_store_explicit(x, 1, memory_order_acq_rel);") ==
        place +
            "29: memory_order_acq_rel for what only writes; expected memory_order_relaxed, "
            "_release or _seq_cst");
  CHECK(complaint("int e = 0; atomic_compare_exchange_weak_explicit(x, &e, 1, "
                  "memory_order_seq_cst, memory_order_release);") ==
        place +
            "82: memory_order_release for what only reads; expected memory_order_relaxed, "
            "_acquire or _seq_cst");
  CHECK(complaint("atomic_thread_fence(1);") ==
        place +
            "21: no order; expected memory_order_relaxed, _acquire, _release, _acq_rel or "
            "_seq_cst");
  CHECK(complaint("atomic_thread_fence(memory_order_release);") == "read");
  CHECK(complaint("assume(atomic_load(x) == 0);") == "read");
}

TEST_CASE("What C11 has and the reader does not is unsupported, by place", "[rc11]") {
  CHECK(complaint("int r = atomic_load_explicit(x, memory_order_consume);") ==
        "t:4:33: memory_order_consume is not supported");
  CHECK(complaint("*x = 1;") ==
        "t:4:2: an access to the atomic '*x' by no atomic function is not supported");
  CHECK(complaint("int r = *x;") ==
        "t:4:10: an access to the atomic '*x' by no atomic function is not supported");
  CHECK(complaint("atomic_store(x, 1); smp_mb();") ==
        "t:4:21: the kernel's function 'smp_mb' in a C11 test is not supported");
  CHECK(complaint("smp_mb(); atomic_store(x, 1);") ==
        "t:4:1: the kernel's function 'smp_mb' in a C11 test is not supported");
  CHECK(complaint("atomic_flag_clear(x);") ==
        "t:4:1: the function 'atomic_flag_clear' is not supported");
}
