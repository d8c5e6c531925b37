// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "model/verdict.hpp"
#include "tests/order_questions/subject.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

/// The nodes of a site, in whatever roles have one of that name.
std::vector<Node*> nodes(Automata& automata, const std::string& site) {
  std::vector<Node*> out;
  for (auto& [role, automaton] : automata) {
    for (Node& n : automaton.nodes) {
      if (n.name == site) out.push_back(&n);
    }
  }
  REQUIRE_FALSE(out.empty());
  return out;
}

/// The program of a question where a site performs nothing, as if the reference did not call it.
std::string without(const QuestionSubject& subject, const Question& q, const std::string& site) {
  Automata automata = subject.automata;
  for (Node* n : nodes(automata, site)) {
    *n = Node{};
    n->name = site;
    n->type = Node::Type::point;
  }
  try {
    return text(make_program(q, automata, subject.symbols), subject.symbols);
  } catch (const InputError& e) {
    return e.what();  // the value that it read is missed
  }
}

}  // namespace

TEST_CASE("a store without release in the reference breaks the question that needs it") {
  const QuestionSubject& subject = QuestionSubject::toy();
  Automata automata = subject.automata;
  Node& open = *nodes(automata, "Open").front();
  REQUIRE(open.order == Order::release);
  open.order = Order::once;
  const Judgement j =
      judge(subject.question("write_before_use"), automata, builtin_model("lkmm"), subject.symbols);
  REQUIRE(j.outcome == orders::Outcome::reachable);
  CHECK_FALSE(j.interleaving);
  CHECK(j.verdict == Verdict::fail);
  REQUIRE(j.columns);
  const std::string columns = text(*j.columns);
  INFO(columns);
  CHECK_THAT(columns, Catch::StartsWith("owner ") && Catch::Contains(" reader\n"));
  CHECK_THAT(columns, Catch::Contains("Open: open[d1] = 1 (once)\n"));
  CHECK_THAT(columns, Catch::Contains("Look: open[d1] -> 1 (acquire) <- owner.Open\n"));
  CHECK_THAT(columns, Catch::Contains("not possible under sc, by interleaving: "));
  CHECK_THAT(columns, Catch::Contains("-fr-> owner.") && Catch::Contains("owner.Write"));
}

TEST_CASE("the columns leave out what no other task can notice, the data does not") {
  const Judgement j =
      QuestionSubject::toy().ask("write_before_use", "lkmm", {{"Open", Order::once}});
  REQUIRE(j.columns);
  const std::string columns = text(*j.columns);
  INFO(columns);
  CHECK_THAT(columns, !Catch::Contains("users"));  // only the reader touches it here
  CHECK_THAT(columns, Catch::Contains("(and 1 that no other task can notice)\n"));
  CHECK_THAT(to_json(*j.columns).dump(), Catch::Contains("users"));
}

TEST_CASE("the events of each question are the sites of the automaton, none by hand") {
  for (const QuestionSubject& subject : QuestionSubject::all()) {
    for (const Question& q : subject.questions) {
      const Program p = make_program(q, subject.automata, subject.symbols);
      const std::string whole = text(p, subject.symbols);
      std::set<std::string> sites;
      INFO(q.name);
      for (const Event& e : p.events) {
        if (e.thread != initial_thread) sites.insert(e.site.substr(0, e.site.find('.')));
      }
      std::set<std::string> noticed;
      for (const std::string& site : sites) {
        Automata automata = subject.automata;
        // What is looked at at a point.
        const bool point = nodes(automata, site).front()->type == Node::Type::point;
        if (point || without(subject, q, site) != whole) noticed.insert(site);
      }
      CHECK(noticed == sites);
    }
  }
}

TEST_CASE("an order for a site that there is not is refused") {
  const QuestionSubject& subject = QuestionSubject::toy();
  CHECK_THROWS_WITH(subject.ask("use_before_write", "sc", {{"Opne", Order::once}}),
                    "question use_before_write: an order for 'Opne': no such site");
  const std::vector<std::string> sites = sites_of(subject.automata);
  const std::set<std::string> known(sites.begin(), sites.end());
  CHECK(known.contains("Open"));
  CHECK_FALSE(known.contains("Owner_Idle"));  // a point performs nothing
}
