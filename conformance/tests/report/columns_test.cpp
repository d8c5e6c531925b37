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
  how.tasks = {{"r1", "reader r1: page fault", {"rvma", "rseq"}}, {"m1", "writer m1: fork", {}}};
  how.sites = {{"Lookup_Walk", {Kind::load, "tree", "", "", "rvma"}},
               {"StartRead_LoadSeq", {Kind::load, "vm_lock_seq", "rvma", "", "rseq"}},
               {"StartRead_IncRef", {Kind::rmw, "vm_refcnt", "rvma", "", ""}},
               {"Dup_SetRefcnt", {Kind::store, "vm_refcnt", "", "", ""}}};
  return how;
}

TEST_CASE("columns: S39 as a reviewer would write it") {
  SmallModel model;
  model.play_s39();
  const report::Behaviour behaviour{model.layout, model.states, model.steps, {}};
  const std::string text =
      report::columns(behaviour, how(), {"RefcntOK", {model.slot("vm_refcnt[v2]")}, ""});
  CHECK(text == approved("report/approved/s39.columns", text));
}

TEST_CASE("columns: without notes and titles the changes of the state are shown") {
  SmallModel model;
  model.play_s39();
  const report::Behaviour behaviour{model.layout, model.states, model.steps, {}};
  report::Columns bare;
  bare.width = 30;
  const std::string text = report::columns(behaviour, bare, {});
  CHECK(text == approved("report/approved/s39_bare.columns", text));
}

TEST_CASE("columns: a behaviour that never ends says where it goes on") {
  SmallModel model;
  model.play_s39();
  report::Behaviour behaviour{model.layout, model.states, model.steps, 2};
  CHECK(report::columns(behaviour, how(), {"WriterDone", {}, ""})
            .ends_with("\nand again from step 3, for ever\nWriterDone is violated\n"));
  behaviour.back_to = model.steps.size();
  CHECK(report::columns(behaviour, how(), {"WriterDone", {}, "r1 sleeps"})
            .ends_with("\nand so for ever: no step follows\nWriterDone is violated: r1 sleeps\n"));
}

TEST_CASE("columns: a behaviour without steps is its ending") {
  SmallModel model;
  const report::Behaviour behaviour{model.layout, model.states, model.steps, {}};
  CHECK(report::columns(behaviour, how(), {"RefcntOK", {0}, ""}) ==
        "RefcntOK is violated: vm_refcnt[v1] = 1\n");
}

}  // namespace
}  // namespace lockstep::testing
