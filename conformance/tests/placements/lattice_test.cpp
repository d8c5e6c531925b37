// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/placements/lattice.hpp"

#include <catch2/catch.hpp>

#include "model/verdict.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

OrderLattice one_of_each() {
  OrderLattice out;
  out.add("L", Kind::load);
  out.add("S", Kind::store);
  out.add("F", Kind::fence);
  out.add("R", Kind::rmw);
  return out;
}

}  // namespace

TEST_CASE("lattice: two, two, five and five orders, of one site each") {
  const OrderLattice lattice = one_of_each();
  CHECK(lattice.sites() == 4);
  CHECK(lattice.combinations() == 100);
  CHECK(OrderLattice{}.combinations() == 1);
}

TEST_CASE("lattice: mb takes rmb and wmb with it, full takes acquire and release") {
  const OrderLattice lattice = one_of_each();
  const auto closure = [&](std::vector<SiteOrder> orders) {
    Placement p = lattice.weakest();
    for (const SiteOrder& o : orders) p[lattice.find(o)] = true;
    return text(lattice.written(lattice.closed(p)));
  };
  CHECK(closure({{"F", Order::mb}}) == "F:mb");
  CHECK(closure({{"F", Order::mb}, {"F", Order::rmb}}) == "F:mb");
  CHECK(closure({{"F", Order::wmb}, {"F", Order::rmb}}) == "F:rmb F:wmb");
  CHECK(closure({{"R", Order::full}, {"R", Order::release}}) == "R:full");
  CHECK(closure({{"S", Order::release}, {"R", Order::release}, {"R", Order::acquire}}) ==
        "R:acquire R:release S:release");
  CHECK(closure({}) == "nothing");
  CHECK(lattice.find({"L", Order::release}) == -1);
}

TEST_CASE("lattice: a name stands for one kind of access") {
  OrderLattice lattice = one_of_each();
  lattice.add(one_of_each());
  CHECK(lattice.combinations() == 100);
  CHECK_THROWS_AS(lattice.add("L", Kind::store), InputError);
}
