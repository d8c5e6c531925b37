// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/vacuous.hpp"

#include <catch2/catch.hpp>

#include "orders/placements/needs.hpp"
#include "orders/placements/opened.hpp"
#include "tests/orders/hand_automata.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

std::string error_of(Hand& hand, const Question& question) {
  try {
    make_program(question, hand.automata, hand.symbols);
    return "accepted";
  } catch (const InputError& e) {
    return e.what();
  }
}

}  // namespace

TEST_CASE("A question that nothing reaches, whatever the orders, fails under every model",
          "[orders]") {
  Hand hand;
  // The reader has one visit of each site, and would have to read twice.
  const Question vacuous = hand.question("reader@Use /\\ reader.Use = 8");
  for (const char* model : {"sc", "tso", "armv8", "lkmm", "rc11"}) {
    const Judgement j = hand.ask(vacuous, model);
    INFO(model);
    CHECK(j.vacuous);
    CHECK(j.outcome == Outcome::unknown);
    CHECK(j.verdict == Verdict::fail);
    CHECK_THAT(j.reason, Catch::StartsWith("cannot be reached with all orders taken away either"));
  }
  // Nor does it fall silent where nobody has said what to expect of it.
  Question open = vacuous;
  open.expected.clear();
  CHECK(hand.ask(open).verdict == Verdict::fail);
  // It is no ground to call an order unneeded.
  for (const Weakening& w :
       needed_orders({vacuous}, hand.automata, builtin_model("lkmm"), hand.symbols)) {
    CHECK(w.outcome == Outcome::unknown);
  }
}

TEST_CASE("A question that only dependencies or coherence hold is no vacuous one", "[orders]") {
  Hand hand;
  const Judgement j = hand.ask(hand.question());
  CHECK_FALSE(j.vacuous);
  CHECK(j.verdict == Verdict::pass);
  CHECK(vacuity(make_program(hand.question(), hand.automata, hand.symbols), 1).end ==
        Outcome::reachable);
}

TEST_CASE("What is not known of a site is neither needed nor unneeded", "[orders]") {
  Hand hand;
  const Program p = make_program(hand.question(), hand.automata, hand.symbols);
  CHECK(comes_to(p, "Use") == Outcome::reachable);
  CHECK(comes_to(p, "Nowhere") == Outcome::never);
  // No execution at all ends: to come to a site is then not known, by either judge.
  hand.automata["reader"].nodes[0].guard = term::constant(0);
  const Program stuck = make_program(hand.question(), hand.automata, hand.symbols);
  CHECK(comes_to(stuck, "Attach_Box") == Outcome::unknown);
  const Opened open =
      open_question(hand.question(), hand.automata, hand.symbols, Opening::declared);
  for (const SiteNeed& n : site_needs({{"publication", open}}, builtin_model("lkmm"))) {
    INFO(n.site);
    CHECK_FALSE(n.reason.empty());
  }
}

TEST_CASE("A name of a question that its automaton lacks is an error with its place", "[orders]") {
  Hand hand;
  const std::string task = "hand.question:6:1: reader has no ";
  const std::string sites = "; expected one of: Check, Done, Enter_Counted, Find, Leave, Use";
  const auto with = [&](auto change) {
    Question q = hand.question();
    change(q);
    return error_of(hand, q);
  };
  CHECK(with([](Question&) {}) == "accepted");
  const auto asked = [&](const char* more) {
    return error_of(hand, hand.question("reader@Use", more));
  };
  const auto place = [](int column) { return "hand.question:7:" + std::to_string(column) + ": "; };
  CHECK(asked("  until: Leavs") == place(10) + "reader has no site 'Leavs'" + sites);
  CHECK(asked("  next: Walk -> Use") == place(9) + "reader has no site 'Walk'" + sites);
  CHECK(asked("  next: Find -> Use") ==
        place(17) + "no way leads from Find to 'Use'; expected one of: Done, Enter_Counted");
  CHECK(asked("  choose: arg0 = 1") == place(11) + "reader has no choice 'arg0'; expected none");
  CHECK(asked("  locals: seem = 1") ==
        place(11) + "reader has no local 'seem'; expected one of: found, seen, whose");
  CHECK(with([](Question& q) { q.tasks[1].start = "Walk"; }) == task + "site 'Walk'" + sites);
  CHECK(with([](Question& q) { q.tasks[1].role = "raeder"; }) ==
        "hand.question:6:1: there is no role 'raeder'; expected one of: reader, writer");
  const std::string cells = "hand.question:3:1: ", data = "hand.question:3:42: ";
  CHECK(with([](Question& q) { q.cells[0].first.field = "nr_insides"; }) ==
        cells + "no site accesses 'nr_insides'; expected one of: data, nr_inside, owner, slot");
  CHECK(with([](Question& q) {
          for (auto& [cell, value] : q.cells) {
            if (cell.field == "data") cell.object = nullptr;
          }
        }) == data + "'data' is no whole cell; expected data[object]");
  CHECK(with([&](Question& q) {
          for (auto& [cell, value] : q.cells) {
            if (cell.field == "data") cell.object = term::constant(hand.symbols.intern("v7"));
          }
        }) == data +
                  "no task comes to the object of a cell 'data'; expected one that a local, a "
                  "choice, 'as' or a cell names");
}

TEST_CASE("An order that a site's kind cannot have is refused, with those that it may have",
          "[orders]") {
  Hand hand;
  const auto refused = [&](const char* site, Order order) -> std::string {
    try {
      make_program(hand.question(), hand.automata, hand.symbols, {{site, order}});
      return "accepted";
    } catch (const InputError& e) {
      return e.what();
    }
  };
  const std::string place = "question publication: ";
  CHECK(refused("Attach_Box", Order::rmb) ==
        place +
            "Attach_Box=rmb: a site of kind store cannot have this order; expected plain, "
            "once, release, full");
  CHECK(refused("Attach_Box", Order::mb) != "accepted");
  CHECK(refused("Find", Order::release) ==
        place +
            "Find=release: a site of kind load cannot have this order; expected plain, "
            "once, acquire");
  CHECK(refused("Leave", Order::plain) ==
        place +
            "Leave=plain: a site of kind rmw cannot have this order; expected once, "
            "acquire, release, acq_rel, full");
  CHECK(refused("Fill.data", Order::acquire) != "accepted");
  CHECK(refused("Fill", Order::none) != "accepted");
  CHECK(refused("Attach_Box", Order::once) == "accepted");
  CHECK(refused("Fill.data", Order::once) == "accepted");
}

TEST_CASE("An object that nobody knows is no name of a cell", "[orders]") {
  Hand hand;
  const auto error = [&](const std::string& cell, const std::string& local) -> std::string {
    try {
      parse_question_text("words: w\ncells: nr_inside[" + cell +
                              "] = 0\ntask writer: writer at Fill\n  locals: made = " + local +
                              "\nforbidden: TRUE\n",
                          "q.question", "q", hand.symbols,
                          [](const std::string&) { return std::optional<Atom>{}; });
      return "accepted";
    } catch (const InputError& e) {
      return e.what();
    }
  };
  const std::string what = " is no number of the specification and no object";
  CHECK(error("b1", "b2") == "accepted");
  CHECK(error("w7", "b1") == "q.question:2:18: 'w7'" + what);
  CHECK(error("b1", "box8") == "q.question:4:18: 'box8'" + what);
}

TEST_CASE("`next` may say another way for each visit of a site", "[orders]") {
  Hand hand;
  const auto reader = [&](const char* next, const char* visits) {
    return hand.question("reader@Use", (std::string{"  next: "} + next + visits).c_str());
  };
  const Question q = reader("Enter_Counted -> Find then Check", "\n  visits: 2");
  REQUIRE(q.tasks[1].next.at("Enter_Counted").size() == 2);
  const Program p = make_program(q, hand.automata, hand.symbols);
  const auto count = [&](const char* site) {
    return std::ranges::count_if(
        p.events, [&](const Event& e) { return e.site == site && e.act == Act::read; });
  };
  // Once round the loop, then on: a single path, with two looks and one use.
  CHECK(count("Find") == 2);
  CHECK(count("Use") == 1);
  CHECK_THROWS_WITH(reader("Enter_Counted -> Find then Check", ""),
                    "hand.question:7:3: Enter_Counted has a way for each of 2 visits; expected "
                    "'visits' to be as many, it is 1");
}
