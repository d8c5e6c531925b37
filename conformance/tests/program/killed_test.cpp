// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "toy_root.hpp"

// Each part of a property has somebody who notices when it is taken away; and what a property says
// is noticed when it says anything else, though no variant tells.
namespace lockstep::testing {
namespace {

const std::string facts = "spec/door/protocol.json", module = "spec/door/Door.tla",
                  record = "spec/door/verdicts.json";

struct Weakened {
  std::string from, to;
  std::string check;  ///< that fails
  std::string why;    ///< what it says, the place in it
};

/// Alone among the claims it is `killed` that fails.
void check_noticed(const Weakened& one) {
  CAPTURE(one.from, one.to);
  const ToyRoot root;
  root.change(module, one.from, one.to);
  const Outcome outcome = root.verify();
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.out,
             Catch::Contains("FAIL  door/killed/" + one.check) && Catch::Contains(one.why));
  std::size_t failures = 0, killed = 0;
  const std::string out = "\n" + outcome.out, failed = "\nFAIL  door/", here = failed + "killed/";
  for (std::size_t at = 0; (at = out.find(failed, at)) != std::string::npos; ++at) {
    ++failures;
    if (out.compare(at, here.size(), here) == 0) ++killed;
  }
  CHECK(failures > 0);
  CHECK(failures == killed);
}

}  // namespace

TEST_CASE("killed: a part that the rest says too has no killer", "[killed]") {
  check_noticed({"pc[d] \\notin {\"Write\", \"Open\"}",
                 "pc[d] \\notin {\"Write\", \"Open\"} /\\ pc[d] # \"Write\"", "AloneOK",
                 "AloneOK 2, `pc[d] # \"Write\"`, has no killer: without this conjunct no verdict "
                 "changes; expected a variant that breaks it alone, or a simpler property"});
  check_noticed({"users[d] = Cardinality({r \\in Readers : at[r] = d})",
                 "users[d] = Cardinality({r \\in Readers : at[r] = d}) /\\ users[d] >= 0",
                 "UsersOK", "UsersOK 2, `users[d] >= 0`, has no killer"});
  check_noticed({"Closes == \\A d \\in Doors : open'[d] < open[d] => pc[d] = \"Close\"",
                 "Shut(d) == pc[d] = \"Close\" \\/ (pc[d] = \"Close\" /\\ open[d] = 0)\n"
                 "Closes == \\A d \\in Doors : open'[d] < open[d] => Shut(d)",
                 "CloseOK", "Shut 4, `pc[d] = \"Close\" /\\ open[d] = 0`, has no killer"});
}

TEST_CASE("killed: what says less than it did is noticed, though each variant is caught",
          "[killed]") {
  const std::string why = "planted moments, and";
  for (const Weakened& one : {
           Weakened{"open'[d] < open[d] => pc[d] = \"Close\"",
                    "open'[d] < open[d] => pc[d] \\in {\"Close\", \"Drain\"}", "CloseOK", why},
           Weakened{"open'[d] < open[d] =>", "open'[d] + 1 < open[d] =>", "CloseOK", why},
           Weakened{"users[d] = Cardinality(", "users[d] <= Cardinality(", "UsersOK", why},
           Weakened{"pc[d] \\notin {\"Write\", \"Open\"}", "pc[d] \\notin {\"Write\"}", "AloneOK",
                    why},
           Weakened{"at[r] # Null ~> at[r] = Null",
                    "at[r] # Null /\\ pc[r] # \"Use\" ~> at[r] = Null", "LeaveEnds", why},
           Weakened{"pc[d] = \"Drain\" /\\ users[d] = 2", "pc[d] = \"Drain\" /\\ users[d] >= 1",
                    "BothInside", why},
       }) {
    check_noticed(one);
  }
}

TEST_CASE("killed: fairness that nothing needs", "[killed]") {
  check_noticed(
      {"WF_vars(Look(r) \\/ Use(r) \\/ Leave(r))",
       "WF_vars(Look(r) \\/ Use(r) \\/ Leave(r)) /\\ \\A d \\in Doors : WF_vars(Write(d))",
       "Fairness", "Fairness 2, `WF_vars(Write(d))`, has no killer: without this fairness"});
  check_noticed({"WF_vars(Look(r)", "SF_vars(Look(r)", "Fairness",
                 "has no killer: without this strength no verdict changes"});
}

TEST_CASE("killed: a mapping with an arm that nobody needs", "[killed]") {
  const ToyRoot root;
  root.write("spec/door/Ajar.tla",
             "---- MODULE Ajar ----\nEXTENDS Integers\nCONSTANTS Doors\nVARIABLES ajar\n"
             "vars == <<ajar>>\nInit == ajar = [d \\in Doors |-> 1]\n"
             "Next == \\E d \\in Doors : ajar' = [ajar EXCEPT ![d] = 1 - @]\n"
             "Spec == Init /\\ [][Next]_vars\n====\n");
  root.change(facts, "\"safe\", \"inductive\"", "\"safe\", \"refines\", \"inductive\"");
  root.change(
      module, "Closes == ",
      "A == INSTANCE Ajar WITH ajar <- [d \\in Doors |-> IF d \\in Doors THEN open[d] ELSE 0]\n"
      "\\* Property: it is ajar.\nAjarOK == A!Spec\nCloses == ");
  const Outcome outcome = root.verify();
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.out,
             Catch::Contains("FAIL  door/killed/AjarOK") &&
                 Catch::Contains("AjarOK 2, `ajar <- 0`, has no killer: without this arm of the "
                                 "mapping no verdict changes"));
  CHECK(outcome.out.find("AjarOK 1,") == std::string::npos);
  CHECK(outcome.out.find("AjarOK 3,") == std::string::npos);
}

TEST_CASE("killed: what is recorded of a property that is gone, or of none yet", "[killed]") {
  const ToyRoot gone;
  gone.change(record, "\"killed\": {", "\"killed\": {\n    \"OldOK\": 3,");
  check_refused(gone.verify(), 2, "'OldOK', which the specification does not state");
  const ToyRoot none;
  std::string text = none.text(record);
  const std::size_t at = text.find("    \"CloseOK\"");
  REQUIRE(at != std::string::npos);
  none.write(record, text.erase(at, text.find('\n', at) + 1 - at));
  const Outcome outcome = none.verify();
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.out, Catch::Contains("FAIL  door/killed/CloseOK") &&
                              Catch::Contains("planted moments is not recorded yet"));
}

TEST_CASE("held by: a README names what holds its sentences", "[killed]") {
  const ToyRoot root;
  const std::string readme = "spec/door/README.md";
  const std::string text = root.text(readme);
  root.write(readme, text + "\nNobody is inside [`AloneOK`, `write_before_use`].\n");
  CHECK(root.verify().out.find("FAIL  ") == std::string::npos);
  root.write(readme, text + "\nNobody is inside [`AloneOK`, `AlonOK`], see [`x`](x).\n");
  const Outcome outcome = root.verify();
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.out, Catch::Contains("FAIL  door/derived") &&
                              Catch::Contains(":30: 'AlonOK' is no property and no question of "
                                              "door, and holds nothing; did you mean 'AloneOK'?"));
}

TEST_CASE("list killers: the table and its document", "[killed]") {
  const Outcome table = toy({"list", "killers", "door"});
  CAPTURE(table.out, table.err);
  CHECK(table.status == 0);
  CHECK_THAT(table.out, Catch::Contains("AloneOK 1") && Catch::Contains("no_look") &&
                            Catch::Contains("Door.tla:57:") && Catch::Contains("by nobody"));
  check_refused(toy({"list", "killers"}), 2,
                "list killers: needs a protocol; expected `list killers vma_refcnt`");
}

}  // namespace lockstep::testing
