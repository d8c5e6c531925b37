// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/orders/hand_automata.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

std::string error_of(Hand& hand, const char* forbidden) {
  try {
    make_program(hand.question(forbidden), hand.automata, hand.symbols);
    return "accepted";
  } catch (const InputError& e) {
    return e.what();
  }
}

}  // namespace

TEST_CASE("Publication is safe with the declared orders, in every model", "[orders]") {
  Hand hand;
  for (const char* model : {"sc", "lkmm"}) {
    const Judgement j = hand.ask(hand.question(), model);
    INFO(j.reason);
    CHECK(j.outcome == Outcome::never);
    CHECK(j.verdict == Verdict::pass);
  }
}

TEST_CASE("A relaxed increment lets the reader in before the data", "[orders]") {
  Hand hand;
  // The store on the shelf must go too, since the address dependency alone would do.
  const Judgement j =
      hand.ask(hand.question(), "lkmm", {{"Publish", Order::once}, {"Attach_Box", Order::once}});
  REQUIRE(j.outcome == Outcome::reachable);
  CHECK_FALSE(j.interleaving);
  CHECK(j.verdict == Verdict::fail);
  REQUIRE(j.columns);
  const std::string columns = text(*j.columns);
  INFO(columns);
  CHECK_THAT(columns,
             Catch::Contains("writer") && Catch::Contains("Use: data[b1] -> 0 (plain) <- init"));
  CHECK_THAT(columns, Catch::Contains("Enter_Counted: nr_inside[b1] -> 1 = 2 (acquire)\n") &&
                          Catch::Contains("  <- writer.Attach_Box\n"));
  CHECK_FALSE(j.columns->cycle.empty());
  CHECK(to_json(*j.columns)["rows"].size() == j.columns->rows.size());
}

TEST_CASE("What SC reaches is reported as an interleaving", "[orders]") {
  Hand hand;
  const Judgement j = hand.ask(hand.question("reader@Use"));
  CHECK(j.outcome == Outcome::reachable);
  CHECK(j.interleaving);
}

TEST_CASE("Each declared order is needed, or stronger than these questions need", "[orders]") {
  Hand hand;
  std::map<std::string, Outcome> outcomes;
  for (const Weakening& w :
       needed_orders({hand.question()}, hand.automata, builtin_model("lkmm"), hand.symbols)) {
    INFO(w.site << " " << w.reason);
    CHECK(w.weakened_to == Order::once);
    CHECK(to_json(w, "lkmm")["site"] == w.site);
    outcomes[w.site] = w.outcome;
  }
  // Two releases before one handle: either suffices. Put is about reuse, which is not asked here.
  CHECK(outcomes == std::map<std::string, Outcome>{{"Attach_Box", Outcome::never},
                                                   {"Publish", Outcome::never},
                                                   {"Enter_Counted", Outcome::never},
                                                   {"Leave", Outcome::never}});
}

TEST_CASE("A predicate speaks of sites, locals and ends", "[orders]") {
  Hand hand;
  // Of the program, not of the question: what no orders could reach is no question.
  const auto outcome = [&](const char* forbidden, const char* more = "") {
    const Question q = hand.question(forbidden, more);
    return decide(make_program(q, hand.automata, hand.symbols), builtin_model("sc")).outcome;
  };
  CHECK(outcome("reader.seen = 7 /\\ reader.Leave = 2") == Outcome::reachable);
  CHECK(outcome("reader.seen = 7 /\\ reader.Leave # 2") == Outcome::never);
  CHECK(outcome("reader.found = Null /\\ ~reader@Use") == Outcome::reachable);
  CHECK(outcome("reader@Enter_Counted /\\ reader.found # b1") == Outcome::never);
  CHECK(outcome("writer.Fill.data = 6 + 1") == Outcome::reachable);
  // A value of a site that does not happen makes every comparison false.
  CHECK(outcome("~reader@Use /\\ (reader.Use = 0 \\/ reader.Use # 0)") == Outcome::never);
  // With a stop, the task stands before the site and has not performed it.
  CHECK(outcome("reader@Leave /\\ reader.seen = 7", "  until: Leave") == Outcome::reachable);
  // A "never" about what no execution comes to would say nothing.
  const Judgement j = hand.ask(hand.question("reader.Leave = 2", "  until: Leave"), "sc");
  CHECK(j.outcome == Outcome::unknown);
  CHECK_THAT(j.reason, Catch::Contains("no execution of the question comes to reader.Leave"));
}

TEST_CASE("More visits allow the reader to try again", "[orders]") {
  Hand hand;
  // The first walk finds the box before it is attached: only possible where the orders are gone.
  const Overrides weak{{"Publish", Order::once}, {"Attach_Box", Order::once}};
  const Question once = hand.question("reader@Use"),
                 twice = hand.question("reader@Use", "  visits: 2");
  const Program one = make_program(once, hand.automata, hand.symbols, weak);
  const Program two = make_program(twice, hand.automata, hand.symbols, weak);
  CHECK(two.events.size() > one.events.size());
  CHECK(hand.ask(twice, "lkmm", weak).visits == 2);
}

TEST_CASE("A misspelt predicate is refused with its place", "[orders]") {
  Hand hand;
  const std::string place = "hand.question:8:";
  CHECK(error_of(hand, "reader@Usee") == place + "12: 'reader@Usee': no such task and site");
  CHECK(error_of(hand, "reader.seen = v9") ==
        place +
            "26: 'v9': no such name; expected task.SITE, task.local, task@SITE, or a name of the "
            "question's cells");
  CHECK(error_of(hand, "reader.seen = ") == place + "26: the end; expected a value");
  CHECK(error_of(hand, "(reader.seen = 1") == place + "28: the end; expected ')'");
  CHECK(error_of(hand, "reader.seen = 1 reader.seen = 2") ==
        place + "28: 'reader'; expected the end, /\\ or \\/");
}

TEST_CASE("Never is not claimed of a program that cannot run, or reads what it was not given",
          "[orders]") {
  Hand hand;
  Question q = hand.question();
  q.cells.erase(
      std::ranges::find_if(q.cells, [](const auto& c) { return c.first.field == "data"; }));
  const Judgement missing = hand.ask(q);
  CHECK(missing.outcome == Outcome::unknown);
  CHECK(missing.verdict == Verdict::unknown);
  CHECK(missing.reason == "reader.Use may read a cell of data that has no initial value");
  hand.automata["reader"].nodes[0].guard = term::constant(0);
  const Judgement stuck = hand.ask(hand.question());
  CHECK(stuck.outcome == Outcome::unknown);
  CHECK(stuck.reason == "no execution at all ends within the bounds");
}

TEST_CASE("Out of time is unknown", "[orders]") {
  Hand hand;
  const Judgement j = judge(hand.question(), hand.automata, builtin_model("lkmm"), hand.symbols, {},
                            Limits{.milliseconds = 0});
  CHECK(j.outcome != Outcome::reachable);
  if (j.outcome == Outcome::unknown) CHECK_THAT(j.reason, Catch::Contains("gave up"));
}
