// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <sstream>

#include "orders/witness/columns.hpp"
#include "tests/approved.hpp"
#include "tests/order_questions/subject.hpp"
#include "tests/orders/shapes.hpp"

using namespace lockstep;
using namespace lockstep::orders;
using Catch::Matchers::Contains;

namespace {

/// Message passing; of the reader's order depends whether it is possible.
struct Passing {
  Program program;
  explicit Passing(Order look) : program{orders::program("MP", {"x", "y"})} {
    ThreadBuilder a{program, "writer"};
    a.write("SetX", shared("x"), number(1), Order::once);
    a.fence("Wmb", Order::wmb);
    a.write("SetY", shared("y"), number(1), Order::once);
    ThreadBuilder b{program, "reader"};
    const Term y = b.read("GetY", shared("y"), look), x = b.read("GetX", shared("x"), Order::once);
    program.forbidden = all({equals(y, 1), equals(x, 0)});
  }
};

Columns shown(const Passing& weak, const Passing& strong) {
  const MemoryModel lkmm = builtin_model("lkmm");
  const Decision d = decide(weak.program, lkmm);
  REQUIRE(d.witness);
  Columns out = columns(weak.program, *d.witness, breach(strong.program, *d.witness, lkmm), {},
                        &strong.program);
  out.under = "the declared orders";
  return out;
}

}  // namespace

TEST_CASE("A cycle is told in sentences, with what the declared orders would do", "[orders]") {
  const Columns c = shown(Passing{Order::once}, Passing{Order::acquire});
  const std::string text = orders::text(c);
  CHECK(text == testing::approved("witness/approved/mp.txt", text));
  CHECK_THAT(text, Contains("reader.GetY reads what writer.SetY wrote (rf): y = 1"));
  CHECK_THAT(text, Contains("reader.GetX reads x = 0, which writer.SetX overwrites later (fr)"));
  CHECK_THAT(text, Contains("the fence Wmb (wmb) orders writer.SetX before writer.SetY"));
  CHECK_THAT(text,
             Contains("reader.GetY (declared acquire, here once) keeps reader.GetX behind it"));
  CHECK(c.words.size() == c.steps.size());
}

TEST_CASE("The graph of a witness: a box a task, colours by relation, the cycle bold", "[orders]") {
  const std::string dot = shown(Passing{Order::once}, Passing{Order::acquire}).dot;
  CHECK(dot == testing::approved("witness/approved/mp.dot", dot));
  std::size_t bold = 0;
  for (std::size_t at = dot.find("penwidth"); at != std::string::npos;
       at = dot.find("penwidth", at + 1))
    ++bold;
  CHECK(bold == 4);
  for (const char* edge :
       {"color=\"red\"", "color=\"#ffa040\"", "color=\"darkgreen\"", "cluster_1"}) {
    CHECK_THAT(dot, Contains(edge));
  }
}

TEST_CASE("Columns stand side by side on a page", "[orders]") {
  const QuestionSubject& subject = QuestionSubject::toy();
  const Judgement j = subject.ask("enter_or_close", "lkmm", {{"Enter_Mb", Order::rmb}});
  REQUIRE(j.columns);
  std::istringstream lines{text(*j.columns)};
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(line.size() <= 100);
  }
}

TEST_CASE("A write that nobody reads is told with its value", "[orders]") {
  Program p = program("add", {"x"});
  ThreadBuilder a{p, "a"};
  const Term old =
      a.rmw("Add", shared("x"), Order::acquire, term::add(term::variable("@"), number(2)));
  p.forbidden = equals(old, 0);
  const Decision d = decide(p, builtin_model("lkmm"));
  REQUIRE(d.witness);
  CHECK_THAT(columns(p, *d.witness, {}, {}).rows.at(0).text, Contains("x -> 0 = 2"));
}
