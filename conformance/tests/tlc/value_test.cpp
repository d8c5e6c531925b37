// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/value.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "model/verdict.hpp"

using namespace lockstep;
using namespace lockstep::tlc;
using Kind = Value::Kind;

namespace {

Value read(std::string_view text) {
  return read_value(text, {.file = "value"});
}

/// What the reader says of a text that is no value.
std::string complaint(std::string_view text) {
  try {
    read(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

std::string random_name(std::mt19937& random, std::string_view letters) {
  std::string out;
  const std::size_t size = 1 + random() % 6;
  while (out.size() < size) out += letters[random() % letters.size()];
  return out;
}

Value random_value(std::mt19937& random, int depth) {
  Value out;
  out.kind = static_cast<Kind>(random() % (depth > 0 ? 8 : 4));
  switch (out.kind) {
    case Kind::integer: out.number = static_cast<std::int32_t>(random()); return out;
    case Kind::boolean: out.number = random() % 2; return out;
    case Kind::string: out.name = random_name(random, "a \\\"\n\t\r\f>}])"); return out;
    case Kind::model_value: out.name = "m" + random_name(random, "abc_123"); return out;
    default: break;
  }
  const bool has_keys = out.kind == Kind::record || out.kind == Kind::function;
  const std::size_t size = random() % 4 + (has_keys ? 1 : 0);
  for (std::size_t i = 0; i < size; ++i) {
    if (out.kind == Kind::record) {
      out.keys.push_back({.kind = Kind::string,
                          .number = 0,
                          .name = "f" + std::to_string(i),
                          .keys = {},
                          .items = {}});
    } else if (out.kind == Kind::function) {
      out.keys.push_back(random_value(random, depth - 1));
    }
    out.items.push_back(random_value(random, depth - 1));
  }
  return out;
}

}  // namespace

TEST_CASE("TLA+ values of every kind are read") {
  CHECK(read("-12").number == -12);
  CHECK(read("TRUE").number == 1);
  CHECK(read("FALSE").kind == Kind::boolean);
  CHECK(read("Null").kind == Kind::model_value);
  CHECK(read(R"("a\"b\\c\n")").name == "a\"b\\c\n");
  CHECK(read("{}").items.empty());
  CHECK(read("<<>>").kind == Kind::tuple);
  CHECK(read("{1, {2}, <<3, TRUE>>}").items[2].items[1].number == 1);
  CHECK(read("[a |-> 1, b_2 |-> {x}]").keys[1].name == "b_2");
  CHECK(read("(r1 :> 0 @@ \"s\" :> 1 @@ <<1, 2>> :> 2)").keys[2].items[1].number == 2);
  CHECK(read("1..3") == read("{1, 2, 3}"));
  CHECK(read("3..1") == read("{}"));
}

TEST_CASE("white space and line breaks may stand anywhere in a value") {
  CHECK(read("\n( r1\n :>\n  <<1 ,\t2>>@@r2:>[ a|->\r\n{ } ] )  ") ==
        read("(r1 :> <<1, 2>> @@ r2 :> [a |-> {}])"));
}

TEST_CASE("a value that TLC would not print is refused with its place") {
  CHECK(complaint("") == "value:1:1: the text ends; expected a value");
  CHECK(complaint("{1,\n 2;}") == "value:2:3: ';'; expected '}'");
  CHECK(complaint("1 2") == "value:1:3: text after the value; expected its end");
  CHECK(complaint("\"a\\qb\"") == "value:1:4: unknown escape in a string");
  CHECK(complaint("99999999999") == "value:1:1: not an integer of TLC");
  CHECK(complaint("1..9999999").find("too large") != std::string::npos);
  CHECK(complaint("(a :> )") == "value:1:7: ')'; expected a value");
  for (const char* text : {"[]", "()", "(1)", "{,}", "<<1>", "-", "[1 |-> 2]", "\x01", "1 ..",
                           "{1}}", "(a :> 1 @ b :> 2)"}) {
    INFO(text);
    CHECK(complaint(text) != "accepted");
  }
}

TEST_CASE("a value cut short anywhere is refused") {
  const std::string text = R"((r1 :> [a |-> <<1, -2>>, b |-> {"x\"y", TRUE}] @@ r2 :> {}))";
  REQUIRE(complaint(text) == "accepted");
  for (std::size_t size = 0; size < text.size(); ++size) {
    INFO(text.substr(0, size));
    CHECK(complaint(text.substr(0, size)) != "accepted");
  }
}

TEST_CASE("millions of brackets give an error and no crash") {
  for (const char* open : {"{", "<<", "(", "[a |-> "}) {
    std::string text;
    while (text.size() < 10'000'000) text += open;
    CHECK(complaint(text).find("nested too deep") != std::string::npos);
  }
}

TEST_CASE("any value printed is read back as the same value") {
  std::mt19937 random{1};
  for (int i = 0; i < 3000; ++i) {
    const Value value = random_value(random, 4);
    const std::string text = value.text();
    INFO(text);
    REQUIRE(read(text) == value);
  }
}
