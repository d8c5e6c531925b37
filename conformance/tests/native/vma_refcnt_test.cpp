// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/native/traffic.hpp"
#include "tests/native/variants.hpp"

using namespace lockstep;
using namespace lockstep::vma_refcnt;
using namespace std::chrono_literals;

namespace {

template <template <class> class Form>
void holds(int readers) {
  Traffic<Form> traffic;
  const Sightings seen = traffic.run(readers, 20'000, 1500ms);
  INFO("locked " << seen.locked << ", refused " << seen.refused << ", pages given back "
                 << traffic.vmas().slab().pages_given_back());
  CHECK(seen.locked > 0);
  CHECK(seen.refused > 0);
  CHECK(seen.torn == 0);
  CHECK(seen.elsewhere == 0);
  CHECK(seen.foreign == 0);
  CHECK(traffic.miscounted() == 0);
  CHECK(traffic.vmas().slab().pages_given_back() > 0);
}

/// Races are a matter of luck: tried again until seen, which is nearly always at once.
template <template <class> class Form>
Sightings seen_to_fail() {
  Sightings seen;
  for (int attempt = 0; attempt < 10 && seen.wrong() == 0; ++attempt) {
    Traffic<Form> traffic;
    seen = traffic.run(2, 100'000, 1000ms);
    CHECK(traffic.miscounted() == 0);
  }
  return seen;
}

}  // namespace

TEST_CASE("readers on two threads, writers on two: no VMA is torn, elsewhere or foreign") {
  holds<Holds>(2);
}

TEST_CASE("the same when readers give the processor away in the middle of a lookup") {
  holds<HoldsHesitating>(2);
}

TEST_CASE("one reader, then four") {
  holds<HoldsHesitating>(1);
  holds<HoldsHesitating>(4);
}

TEST_CASE("a writer that does not wait for the readers inside is seen to tear what they read") {
  CHECK(seen_to_fail<WriterDoesNotWait>().torn > 0);
}

TEST_CASE("a reader that does not look at the mark again is seen to read torn data") {
  CHECK(seen_to_fail<NoRecheck>().torn > 0);
}

TEST_CASE("without the range check a recycled VMA of another address is taken") {
  CHECK(seen_to_fail<NoRangeCheck>().elsewhere > 0);
}

TEST_CASE("without the mm check a recycled VMA of another mm is taken") {
  CHECK(seen_to_fail<NoMmCheck>().foreign > 0);
}
