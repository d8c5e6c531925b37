// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/parts.hpp"

#include <catch2/catch.hpp>

#include "tests/tla/small_module.hpp"

// What a property consists of, by its syntax, and what it is without each.
namespace lockstep::testing {
namespace {

/// "P 1 conjunct: a = 1; ..."
std::string text(const std::vector<tla::PropertyPart>& parts) {
  std::string out;
  for (const tla::PropertyPart& part : parts) {
    out += (out.empty() ? "" : "; ") + part.name() + " " + part.change + ": " + part.text;
  }
  return out;
}

std::string parts(const std::string& units, const std::string& name = "P") {
  return text(tla::parts_of_property(small_module(units).text(), name));
}

/// What P means without its part `number`.
std::string without(const std::string& units, std::size_t number) {
  const tla::Module module = small_module(units);
  const auto all = tla::parts_of_property(module.text(), "P");
  const tla::Module other = tla::Module::of(tla::changed(module.text(), all.at(number - 1)));
  return tla::text(other.expand("P", small_constants()));
}

}  // namespace

TEST_CASE("parts: conjuncts, wherever they stand", "[parts]") {
  CHECK(parts("P == a = 1") == "P 1 conjunct: a = 1");
  CHECK(parts("P == /\\ a = 1\n     /\\ b = 1 /\\ c = 1") ==
        "P 1 conjunct: a = 1; P 2 conjunct: b = 1; P 3 conjunct: c = 1");
  CHECK(parts("P == \\A s \\in S : f[s] = 1 => /\\ a = 1\n                            /\\ b = 1") ==
        "P 1 conjunct: a = 1; P 2 conjunct: b = 1");
  CHECK(parts("P == LET x == a IN IF b = 1 THEN x = 1 /\\ c = 1 ELSE d = 1") ==
        "P 1 conjunct: x = 1; P 2 conjunct: c = 1; P 3 conjunct: d = 1");
  CHECK(parts("P == CASE a = 1 -> b = 1 [] OTHER -> c = 1") ==
        "P 1 conjunct: b = 1; P 2 conjunct: c = 1");
  CHECK(parts("P == a = 1 \\/ (b = 1 /\\ c = 1)") == "P 1 conjunct: b = 1; P 2 conjunct: c = 1");
  CHECK(parts("P == ~(a = 1 \\/ b = 1)") == "P 1 disjunct: a = 1; P 2 disjunct: b = 1");
  CHECK(parts("P == a = 1 \\/ b = 1 => c = 1") ==
        "P 1 disjunct: a = 1; P 2 disjunct: b = 1; P 3 conjunct: c = 1");
  CHECK(parts("P == \\E s \\in S : f[s] = 1 /\\ g[s] = 1") ==
        "P 1 conjunct: f[s] = 1; P 2 conjunct: g[s] = 1");
}

TEST_CASE("parts: a property without one of them", "[parts]") {
  const std::string units = "P == \\A s \\in S : f[s] = 1 => a = 1 /\\ b = 1";
  CHECK(without(units, 1) == "\\A s \\in S : f[s] = 1 => b = 1");
  CHECK(without(units, 2) == "\\A s \\in S : f[s] = 1 => a = 1");
  CHECK(without("P == ~(a = 1 \\/ b = 1)", 1) == "b # 1");
}

TEST_CASE("parts: of steps, of behaviours, of fairness, of helpers", "[parts]") {
  const std::string steps = "vars == <<a, b, c, d, f, g>>\nA == a' = 1 /\\ b' = b\nP == [][A]_vars";
  CHECK(parts(steps) == "A 1 conjunct: a' = 1; A 2 conjunct: b' = b");
  CHECK(parts("P == /\\ a = 1 ~> b = 1\n     /\\ []<>(c = 1)") ==
        "P 1 conjunct: a = 1 ~> b = 1; P 2 conjunct: []<>(c = 1)");
  const tla::Module module = small_module(
      "vars == <<a, b, c, d, f, g>>\nA == a = 1 /\\ a' = 2 /\\ UNCHANGED b\n"
      "P == WF_vars(A) /\\ \\A s \\in S : SF_vars(b' = 1)\n"
      "Helper(x) == a = x /\\ (b = 1 \\/ c = 1)");
  CHECK(text(tla::parts_of_fairness(module.text(), "P")) ==
        "P 1 fairness: WF_vars(A); P 2 condition: a = 1; P 3 fairness: SF_vars(b' = 1); "
        "P 4 strength: SF_vars(b' = 1)");
  const tla::Module stepping = small_module(
      "vars == <<a, b, c, d, f, g>>\nA == a = 1 /\\ a' = 2 /\\ UNCHANGED b\n"
      "Next == A\nP == WF_vars(A)");
  CHECK(text(tla::parts_of_fairness(stepping.text(), "P")) == "P 1 fairness: WF_vars(A)");
  CHECK(text(tla::parts_of_helper(module.text(), "Helper")) ==
        "Helper 1 conjunct: a = x; Helper 2 conjunct: b = 1 \\/ c = 1; Helper 3 disjunct: b = 1; "
        "Helper 4 disjunct: c = 1");
}

}  // namespace lockstep::testing
