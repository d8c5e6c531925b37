// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/columns.hpp"

#include <catch2/catch.hpp>

#include "tests/approved.hpp"
#include "tests/report/small_model.hpp"

namespace lockstep::testing {
namespace {

report::Columns how() {
  report::Columns how;
  how.tasks = {{"r1", "reader r1: use", {"found", "seen"}}, {"k1", "keeper k1: copy", {}}};
  how.sites = {{"Find", {Kind::load, "shelf", "", "", "found"}},
               {"LoadTurn", {Kind::load, "turn_number", "found", "", "seen"}},
               {"Enter", {Kind::rmw, "nr_inside", "found", "", ""}},
               {"SetCount", {Kind::store, "nr_inside", "", "", ""}}};
  return how;
}

TEST_CASE("columns: a behaviour as a reviewer would write it") {
  SmallModel model;
  model.play_copy();
  const report::Behaviour behaviour{model.layout, model.states, model.steps, {}};
  const std::string text =
      report::columns(behaviour, how(), {"CountOK", {model.slot("nr_inside[b2]")}, ""});
  CHECK(text == approved("report/approved/copy.columns", text));
}

TEST_CASE("columns: without notes and titles the changes of the state are shown") {
  SmallModel model;
  model.play_copy();
  const report::Behaviour behaviour{model.layout, model.states, model.steps, {}};
  report::Columns bare;
  bare.width = 30;
  const std::string text = report::columns(behaviour, bare, {});
  CHECK(text == approved("report/approved/copy_bare.columns", text));
}

TEST_CASE("columns: a behaviour that never ends says where it goes on") {
  SmallModel model;
  model.play_copy();
  report::Behaviour behaviour{model.layout, model.states, model.steps, 2};
  CHECK(report::columns(behaviour, how(), {"KeeperDone", {}, ""})
            .ends_with("\nand again from step 3, for ever\nKeeperDone is violated\n"));
  behaviour.back_to = model.steps.size();
  CHECK(report::columns(behaviour, how(), {"KeeperDone", {}, "r1 sleeps"})
            .ends_with("\nand so for ever: no step follows\nKeeperDone is violated: r1 sleeps\n"));
}

TEST_CASE("columns: a behaviour without steps is its ending") {
  SmallModel model;
  const report::Behaviour behaviour{model.layout, model.states, model.steps, {}};
  CHECK(report::columns(behaviour, how(), {"CountOK", {0}, ""}) ==
        "CountOK is violated: nr_inside[b1] = 1\n");
}

}  // namespace
}  // namespace lockstep::testing
