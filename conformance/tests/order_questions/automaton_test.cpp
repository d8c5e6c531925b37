// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <set>

#include "model/verdict.hpp"
#include "tests/order_questions/subject.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

Node& node(Automata& automata, const std::string& site) {
  for (auto& [role, automaton] : automata) {
    for (Node& n : automaton.nodes) {
      if (n.name == site) return n;
    }
  }
  throw std::out_of_range{site};
}

/// The program of a question where a site performs nothing, as if the reference did not call it.
std::string without(const QuestionSubject& subject, const Question& q, const std::string& site) {
  Automata automata = subject.automata;
  Node& n = node(automata, site);
  const std::string name = n.name;
  n = Node{};
  n.name = name;
  n.type = Node::Type::point;
  try {
    return text(make_program(q, automata, subject.symbols), subject.symbols);
  } catch (const InputError& e) {
    return e.what();  // the value that it read is missed
  }
}

}  // namespace

TEST_CASE("vma_refcnt: an increment without acquire in the reference breaks the publication") {
  const QuestionSubject& subject = QuestionSubject::vma_refcnt();
  Automata automata = subject.automata;
  REQUIRE(node(automata, "StartRead_IncRef").order == Order::acquire);
  node(automata, "StartRead_IncRef").order = Order::once;
  const Judgement j = judge(subject.question("publication_at_attach"), automata,
                            builtin_model("lkmm"), subject.symbols);
  REQUIRE(j.outcome == orders::Outcome::reachable);
  CHECK_FALSE(j.interleaving);
  CHECK(j.verdict == Verdict::fail);
  REQUIRE(j.columns);
  const std::string columns = text(*j.columns);
  INFO(columns);
  CHECK_THAT(columns, Catch::StartsWith("writer ") && Catch::Contains(" reader\n"));
  CHECK_THAT(columns, Catch::Contains("Attach_SetRefcnt: vm_refcnt[v1] = 1 (release)\n"));
  CHECK_THAT(columns, Catch::Contains("StartRead_IncRef: vm_refcnt[v1] -> 1 = 2 (once)\n") &&
                          Catch::Contains("  <- writer.Attach_SetRefcnt\n"));
  const std::string loop = "reader.StartRead_IncRef comes before reader.StartRead_";
  CHECK_THAT(columns, Catch::Contains("not possible under sc, by interleaving: "));
  CHECK_THAT(columns, Catch::Contains("-fr-> writer.") && Catch::Contains(loop));
}

TEST_CASE("vma_refcnt: the columns leave out what no other task can notice, the data does not") {
  const QuestionSubject& subject = QuestionSubject::vma_refcnt();
  const Judgement j =
      subject.ask("publication_at_attach", "lkmm", {{"Attach_SetRefcnt", Order::once}});
  REQUIRE(j.columns);
  const std::string columns = text(*j.columns);
  INFO(columns);
  CHECK_THAT(columns, !Catch::Contains("vm_data"));  // only the writer touches it here
  CHECK_THAT(columns, Catch::Contains("that no other task can notice)\n"));
  CHECK_THAT(to_json(*j.columns).dump(), Catch::Contains("Alloc_Init.vm_data"));
  for (std::size_t at = 0, end = 0; (end = columns.find('\n', at)) != std::string::npos;) {
    if (columns.compare(at, 4, "not ") != 0 && columns.compare(at, 9, "vm_refcnt") != 0) {
      CHECK(end - at <= 170);
    }
    at = end + 1;
  }
}

TEST_CASE("vma_refcnt: the events of each question are the sites of the automaton, none by hand") {
  const QuestionSubject& subject = QuestionSubject::vma_refcnt();
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
      const bool point = node(automata, site).type == Node::Type::point;  // what is looked at there
      if (point || without(subject, q, site) != whole) noticed.insert(site);
    }
    CHECK(noticed == sites);
  }
}

TEST_CASE("vma_refcnt: an order for a site that there is not is refused") {
  const QuestionSubject& subject = QuestionSubject::vma_refcnt();
  const Overrides nowhere{{"Attach_SetRefcount", Order::once}};
  CHECK_THROWS_WITH(subject.ask("reuse", "sc", nowhere),
                    "question reuse: an order for 'Attach_SetRefcount': no such site");
  const std::vector<std::string> sites = sites_of(subject.automata);
  const std::set<std::string> known(sites.begin(), sites.end());
  CHECK(known.contains("Alloc_Init"));
  CHECK(known.contains("Alloc_Init.vm_mm"));
  CHECK_FALSE(known.contains("Writer_Section"));  // a point performs nothing
}
