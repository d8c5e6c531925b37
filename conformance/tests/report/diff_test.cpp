// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/diff.hpp"

#include <catch2/catch.hpp>

#include "report/table.hpp"
#include "report/text.hpp"
#include "tests/report/small_model.hpp"

namespace lockstep::testing {
namespace {

TEST_CASE("three-way diff: the variables on which specification and reference disagree") {
  SmallModel model;
  State specification = model.states[0];
  State reference = model.states[0];
  specification[model.slot("nr_inside[b2]")] = 1;
  reference[model.slot("nr_inside[b2]")] = 2;
  specification[model.slot("rcu[r1]")] = reference[model.slot("rcu[r1]")] = 1;
  reference[model.slot("pc[r1]")] = model.name("Leave");
  CHECK(report::three_way_diff(model.layout, {model.states[0], specification, reference}) ==
        "variable       before  specification  reference\n"
        "nr_inside[b2]  0       1              2\n"
        "pc[r1]         \"Idle\"  \"Idle\"         \"Leave\"\n");
  CHECK(report::three_way_diff(model.layout, {model.states[0], specification, {}}) ==
        "variable       before  specification  reference\n"
        "nr_inside[b2]  0       1              no such step\n"
        "rcu[r1]        FALSE   TRUE           no such step\n");
  CHECK(report::three_way_diff(model.layout, {model.states[0], reference, reference}).empty());
}

TEST_CASE("table: aligned, colours and several lines included") {
  report::Table table({"check", ">states", "verdict"});
  table.row({"T39", "1,175,486", "\033[32mPASS\033[0m"});
  table.row({"T40\nagain", "7"});
  CHECK(table.text() ==
        "check     states  verdict\n"
        "T39    1,175,486  \033[32mPASS\033[0m\n"
        "T40            7\n"
        "again\n");
}

TEST_CASE("numbers and widths as people read them") {
  CHECK(report::grouped(0) == "0");
  CHECK(report::grouped(999) == "999");
  CHECK(report::grouped(1000) == "1,000");
  CHECK(report::grouped(41100000) == "41,100,000");
  CHECK(report::seconds(0.0312) == "0.03 s");
  CHECK(report::seconds(12.34) == "12.3 s");
  CHECK(report::seconds(141.2) == "141 s");
  CHECK(report::display_width("\033[1;31mgrün\033[0m") == 4);
}

TEST_CASE("what does not fit goes on below, further in than its line begins") {
  const std::string text = "  one two three four\nfive\n\n";
  CHECK(report::wrapped(text, 0) == text);
  CHECK(report::wrapped(text, 20) == text);
  CHECK(report::wrapped(text, 14) == "  one two\n    three four\nfive\n\n");
}

}  // namespace
}  // namespace lockstep::testing
