// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/verdicts.hpp"

#include <catch2/catch.hpp>

#include "model/verdict.hpp"

namespace lockstep::orders::litmus {

namespace {

KnownVerdicts parse(const std::string& text) {
  return KnownVerdicts::parse(text, "t.tsv", {"lkmm", "sc"});
}

}  // namespace

TEST_CASE("A table of verdicts is read by its titles", "[litmus]") {
  const KnownVerdicts known =
      parse("test\tsc\tother\tlkmm_race\tlkmm\r\na\tNever\t9\t1\tSometimes\n\nb\t-\t\t-\tALWAYS\n");
  CHECK(known.tests() == std::vector<std::string>{"a", "b"});
  CHECK(known.of("a", "sc").verdict == Observed::never);
  CHECK_FALSE(known.of("a", "sc").race.has_value());
  CHECK(known.of("a", "lkmm").verdict == Observed::sometimes);
  CHECK(known.of("a", "lkmm").race == true);
  CHECK_FALSE(known.of("b", "sc").verdict.has_value());
  CHECK(known.of("b", "lkmm").verdict == Observed::always);
  CHECK_FALSE(known.of("b", "lkmm").race.has_value());
  CHECK_FALSE(known.of("c", "lkmm").verdict.has_value());
}

TEST_CASE("A table of verdicts that says something else is refused", "[litmus]") {
  const auto complaint = [](const std::string& text) -> std::string {
    try {
      parse(text);
    } catch (const InputError& e) {
      return e.what();
    }
    return "it is read";
  };
  CHECK(complaint("") == "t.tsv:1:1: an empty table; expected a line of titles");
  CHECK(complaint("name\tsc") ==
        "t.tsv:1:1: 'name'; expected a line of titles, the first being 'test'");
  CHECK(complaint("test\tsc\n") ==
        "t.tsv:1: no column 'lkmm'; expected one for each model that is asked for");
  CHECK(complaint("test\tsc\tlkmm\na\tNever\tMaybe") ==
        "t.tsv:2:9: 'Maybe'; expected Never, Sometimes, Always or '-'");
  CHECK(complaint("test\tsc\tlkmm\tlkmm_race\na\t-\t-\tyes") ==
        "t.tsv:2:7: 'yes'; expected 1, 0 or '-'");
  CHECK(complaint("test\tsc\tlkmm\na\na") == "t.tsv:3:1: 'a'; expected each test once");
  CHECK(complaint("test\tsc\tlkmm\na\t-\t-\t-") ==
        "t.tsv:2:7: '-'; expected no more columns than there are titles");
}

}  // namespace lockstep::orders::litmus
