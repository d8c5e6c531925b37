// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "machines/size.hpp"

using lockstep::Numbers;
using lockstep::Size;
using lockstep::SizeForm;

namespace {

const SizeForm form{
    "toy",
    {{"Readers", "reader"}, {"Slots", "slot"}, {"Mms", "mm", 1}},
    {{"limit", "Limit", "reader limit", [](const Numbers& n) { return n["Readers"] + 1; }},
     {"sections", "MaxSections", "section", [](const Numbers&) { return 3U; }, true, "Mms"}}};

std::string in_order(const char* text) {
  return form.in_order(Size::parse(text)).text();
}
std::string words(const char* text) {
  return form.words(Size::parse(text));
}

}  // namespace

TEST_CASE("a size is counts in their order, or by their names", "[machines]") {
  CHECK(in_order("2x1") == "2x1");
  CHECK(in_order("2x1x1") == "2x1x1");
  CHECK(in_order("Readers=2,Slots=1") == "2x1");
  CHECK(in_order("Slots=1,limit=2,Readers=3") == "3x1,limit=2");
  CHECK(in_order("2x1,Mms=2,sections=any") == "2x1x2,sections=any");
  CHECK(form.numbers(Size::parse("2x1"))["limit"] == 3);
  CHECK(form.numbers(Size::parse("2x1,limit=9"))["limit"] == 9);
  CHECK(form.help() == "readers x slots [x mms] [,limit=N] [,sections=N]");
}

TEST_CASE("a size says what bounds it, and what was given", "[machines]") {
  CHECK(words("2x1") == "2 readers, 1 slot, 3 sections");
  CHECK(words("1x2x2,limit=2") == "1 reader, 2 slots, 2 mms, 3 sections each, reader limit 2");
  CHECK(words("1x1,sections=any") == "1 reader, 1 slot");
  CHECK(form.smallest().text() == "1x1,sections=any");
  CHECK(form.bounded(Size::parse("1x1,sections=any"), 2).text() == "1x1,sections=2");
  CHECK(form.bounded(Size::parse("1x1"), 2).text() == "1x1");
}

TEST_CASE("a size of another protocol is refused, as it was asked for", "[machines]") {
  const auto refused = [](const char* text, const std::string& why) {
    CAPTURE(text);
    CHECK_THROWS_WITH(in_order(text),
                      Catch::Contains("size '" + std::string{text} + "'") && Catch::Contains(why));
  };
  refused("2", "toy has 2 or 3 counts: readers x slots [x mms]");
  refused("2x1x1x1", "toy has 2 or 3 counts");
  refused("2x1,depth=2",
          "'depth' is no number of toy; expected one of: Readers, Slots, Mms, limit, sections");
  refused("2x1,Readers=2", "Readers is given twice");
  refused("2x1,limit=2,limit=3", "limit is given twice");
  refused("2x1,limit=any", "limit cannot be any number");
  refused("Readers=any,Slots=1", "Readers cannot be any number");
  refused("0x1", "'0' is no count");
  refused("2x1,limit", "'limit' has no value; expected NAME=NUMBER");
  refused("", "'' is no count");
}
