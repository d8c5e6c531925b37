// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>

#include "model/verdict.hpp"
#include "tests/orders/shapes.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

std::string error_of(const std::string& text) {
  try {
    parse_model(text, "my.model");
    return "accepted";
  } catch (const InputError& e) {
    return e.what();
  }
}

constexpr const char* head = "model m \"a model\"\nsource \"here\"\n";

}  // namespace

TEST_CASE("A model without its header, or with a misspelt word, is refused with its place",
          "[orders]") {
  CHECK(error_of("let a = po\n") == "my.model:1:1: 'let'; expected 'model'");
  CHECK(error_of("model m \"a\nsource") == "my.model:1:9: a text without its end; expected '\"'");
  CHECK(error_of("model m \"a\"\naxiom a: acyclic po") ==
        "my.model:2:1: 'axiom'; expected 'source'");
  CHECK(error_of(std::string{head} + "let a = pi\naxiom x: empty a") ==
        "my.model:3:9: 'pi' is not defined above");
  CHECK(error_of(std::string{head} + "axiom x: cyclic po") ==
        "my.model:3:10: 'cyclic'; expected 'acyclic', 'irreflexive' or 'empty'");
  CHECK(error_of(std::string{head} + "axiom x: acyclic po po") ==
        "my.model:3:21: 'po'; expected 'events', 'let', 'axiom' or 'flag'");
  CHECK(error_of(std::string{head} + "let a = (po | rf\naxiom x: empty a") ==
        "my.model:4:1: 'axiom'; expected ')'");
  CHECK(error_of(std::string{head} + "let a = po $ rf") ==
        "my.model:3:12: the character '$' means nothing here");
  CHECK(error_of(std::string{head} + "let a = po") ==
        "my.model:3:11: a model without axioms allows everything; expected 'axiom'");
  CHECK(error_of(std::string{head} + "let a = po let a = rf axiom x: empty a") ==
        "my.model:3:16: 'a' is defined already; expected a new name");
}

TEST_CASE("Sets and relations are not mixed up", "[orders]") {
  CHECK(error_of(std::string{head} + "axiom x: acyclic R") ==
        "my.model:3:18: a set of events; expected a relation (write [S] for a set)");
  CHECK(error_of(std::string{head} + "axiom x: acyclic [po]") ==
        "my.model:3:19: a relation; expected a set of events");
  CHECK(error_of(std::string{head} + "axiom x: acyclic po | R") ==
        "my.model:3:21: a set on one side of '|', a relation on the other");
  CHECK(error_of(std::string{head} + "events a \"what\" = po") ==
        "my.model:3:19: a relation; expected a set of events");
  CHECK(error_of(std::string{head} + "events a = R") ==
        "my.model:3:10: '='; expected a text in quotes: what the model calls these events");
  CHECK(error_of(std::string{head} + "axiom x: acyclic po ; R") != "accepted");
  CHECK(error_of(std::string{head} + "axiom x: acyclic R >< W & po ; [M] ; po?") == "accepted");
}

TEST_CASE("An axiom may not subtract what only a fixpoint knows", "[orders]") {
  const MemoryModel m = parse_model(std::string{head} + "axiom x: acyclic rf - po+", "my.model");
  Program p = program("p", {"x"});
  ThreadBuilder t{p, "t"};
  t.write("W", shared("x"), number(1), Order::once);
  t.read("R", shared("x"), Order::once);
  p.forbidden = number(1);
  CHECK_THROWS_AS(decide(p, m), InputError);
}

TEST_CASE("Models come with the program, and from a path", "[orders]") {
  CHECK(builtin_model("sc").title == "sequential consistency");
  CHECK(builtin_model("lkmm").source.find("tools/memory-model") == 0);
  CHECK_THROWS_WITH(builtin_model("lkm"), Catch::Contains("lkmm") && Catch::Contains("sc"));
  CHECK_THROWS_WITH(find_model("./no.model"), Catch::Contains("./no.model: cannot be read"));
  const std::string path = "orders_model_test.model";
  std::ofstream{path} << builtin_model_text("sc");
  CHECK(find_model("./" + path).axioms.size() == builtin_model("sc").axioms.size());
  std::remove(path.c_str());
}
