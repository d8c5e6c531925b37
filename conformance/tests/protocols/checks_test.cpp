// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "claims/check.hpp"
#include "claims/manifest.hpp"

namespace lockstep::testing {

TEST_CASE("each check of the manifest has an id of its own") {
  std::vector<Check> all =
      all_checks(std::make_shared<const Manifest>(Manifest::read(LOCKSTEP_SOURCE_DIR)));
  REQUIRE(all.size() > 1);
  REQUIRE(all.front().id != all.back().id);
  Check twin = all.front();
  twin.protocol = "another";
  all.push_back(twin);
  CHECK_THROWS_WITH(hold_apart(all),
                    "check " + twin.id + ": is of " + all.front().protocol +
                        " and of another; expected variants with names of their own");
}

}  // namespace lockstep::testing
