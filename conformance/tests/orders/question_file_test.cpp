// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "model/verdict.hpp"
#include "orders/program/question_file.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

const std::string whole =
    "\\* why it is asked\n"
    "ids: D15, I-17\n"
    "words: a reader that got in sees\n"
    "  the fields: all of them\n"
    "cells: count[b1] = Flag + 1, shelf[k1][s1] = b1,\n"
    "  shelf[k1][s2] = Null, slot[0] = -1, done[k1] = TRUE\n"
    "assume: Unlock_End = once, Init.owner = release\n"
    "task writer: writer as k1 at Attach_Owner\n"
    "  locals: made = b1\n"
    "  choose: Work.arg0 = s1, arg1 = 2\n"
    "  next: Work -> Unlock_Fence, Check ->\n"
    "    Done\n"
    "  visits: 2\n"
    "  until: Attach_End, Other\n"
    "task r1: reader at Use\n"
    "forbidden: r1@Use /\\ r1.Use # Flag\n"
    "  \\/ r1@Done\n"
    "reachable: lkmm\n";

Question read(const std::string& text, Symbols& symbols) {
  for (const char* name : {"k1", "s1", "b1"}) symbols.intern(name);  // the protocol's
  return parse_question_text(text, "a.question", "a", symbols, [](const std::string& name) {
    return name == "Flag" ? std::optional<Atom>{8} : std::nullopt;
  });
}

std::string error_of(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  Symbols symbols;
  try {
    read(text, symbols);
    return "accepted";
  } catch (const InputError& e) {
    return e.what();
  }
}

}  // namespace

TEST_CASE("A question is read as it is written", "[orders]") {
  Symbols symbols;
  const Question q = read(whole, symbols);
  CHECK(q.ids == std::vector<std::string>{"D15", "I-17"});
  CHECK(q.words == "a reader that got in sees the fields: all of them");
  REQUIRE(q.cells.size() == 5);
  CHECK(cell_text(q.cells[1].first, symbols) == "shelf[k1][s1]");
  CHECK(q.cells[0].second->value == 9);
  CHECK(q.cells[2].second->value == null_atom);
  CHECK(q.cells[3].second->value == -1);
  CHECK(q.cells[4].second->value == 1);
  CHECK(q.orders == Overrides{{"Unlock_End", Order::once}, {"Init.owner", Order::release}});
  REQUIRE(q.tasks.size() == 2);
  const TaskSpec& writer = q.tasks[0];
  CHECK(writer.role == "writer");
  CHECK(writer.start == "Attach_Owner");
  CHECK(symbols.text(writer.self) == "k1");
  CHECK(symbols.text(writer.locals.at("made")) == "b1");
  CHECK(writer.choices.at("arg1") == 2);
  CHECK(symbols.text(writer.choices.at("Work.arg0")) == "s1");
  CHECK(writer.next.at("Check") == std::vector<std::string>{"Done"});
  CHECK(writer.stop_at == std::set<std::string>{"Attach_End", "Other"});
  CHECK(q.visits() == 2);
  CHECK(symbols.text(q.tasks[1].self) == "r1");
  CHECK(q.forbidden == "r1@Use /\\ r1.Use # Flag \\/ r1@Done");
  CHECK(q.constants == std::map<std::string, Atom>{{"Flag", 8}});
  CHECK(q.expected.at("lkmm"));
  CHECK_FALSE(q.expected.at("sc"));
  CHECK(q.expected.size() == 5);
}

TEST_CASE("What is misspelt in a question is named with line and column", "[orders]") {
  CHECK_THAT(error_of(whole, "ids:", "id:"),
             Catch::StartsWith("a.question:2:1: 'id' is not known here; expected one of: ids, "));
  CHECK(error_of(whole, "words: a", "words a") == "a.question:3:1: expected `key: value`");
  CHECK(error_of(whole, "[k1][s2]", "[k1][s2") == "a.question:6:16: '='; expected ']'");
  CHECK(error_of(whole, "Flag + 1", "Flag + b1") == "a.question:5:25: only numbers can be added");
  CHECK_THAT(error_of(whole, "= once", "= onze"), Catch::Contains("expected SITE=ORDER"));
  CHECK(error_of(whole, "writer as k1 at", "writer as k1 by") ==
        "a.question:8:27: 'by'; expected `at SITE`");
  CHECK(error_of(whole, "Check ->\n    Done", "Check =\n    Done") ==
        "a.question:11:37: '='; expected '->'");
  CHECK_THAT(error_of(whole, "  until: Att", "  untill: Att"),
             Catch::StartsWith("a.question:14:3: 'untill' is not known of a task"));
  CHECK(error_of(whole, "visits: 2", "visits: 0") == "a.question:13:3: 'visits' must be 1 or more");
  CHECK(error_of(whole, "reachable: lkmm", "reachable: lkm") ==
        "a.question:18:1: no memory model 'lkm'");
  CHECK(error_of(whole, "reachable: lkmm", "ids: D15") == "a.question:18:1: 'ids' stands twice");
  CHECK(error_of(whole, "words: a reader that got in sees\n  the", "\\* the") ==
        "a.question:1:1: no 'words'");
}
