// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "liveness/view_premise.hpp"
#include "tests/liveness/toy.hpp"

using namespace lockstep;
using namespace lockstep::testing;

namespace {

/// "holds, 4 views, 8 states", with "not all" where there are more; or what is hidden, and what it
/// matters to.
std::string checked(const std::string& units, const std::string& view, unsigned follow = 4,
                    const std::string& invariant = "") {
  const Toy toy{units + "V == " + view + "\n"};
  const auto system = toy.system();
  const liveness::Source source = toy.source({"P"}, "Fairness", "V");
  SpecProperties properties{system->world(), source.module, source.constants};
  if (!invariant.empty()) properties.add(invariant);
  const liveness::ViewChecked out = liveness::check_view(*system, source, &properties, follow);
  if (!out.hidden) {
    return "holds, " + std::to_string(out.views) + " views, " + std::to_string(out.states) +
           " states" + (out.all ? "" : ", not all");
  }
  const Layout& layout = system->world().layout();
  std::string text;
  for (const std::size_t slot : out.hidden->slots) {
    text += (text.empty() ? "" : ", ") + layout[slot].text() + " = " +
            layout.symbols.text(out.hidden->first[slot]) + " or " +
            layout.symbols.text(out.hidden->second[slot]);
  }
  return text + ": " + out.hidden->what;
}

/// x goes round 0, 1, 2; at 0 y may be changed.
const std::string plain =
    "Round == SetX((X + 1) % 3) /\\ UNCHANGED <<y, n, pc>>\n"
    "Change == X = 0 /\\ SetY(1 - Y) /\\ UNCHANGED <<x, n, pc>>\n";
const std::string asks = "Fairness == WF_vars(Round)\nP == []<>(X = 0)\n";
const std::string shows_x = "<<x, n, pc>>";

}  // namespace

TEST_CASE("a VIEW that hides what matters to nothing", "[liveness]") {
  CHECK(checked(plain + "Next == Round \\/ Change\n" + asks, shows_x) ==
        "holds, 3 views, 6 states");
  CHECK(checked(plain + "Next == Round \\/ Change\n" + asks, "vars") == "holds, 6 views, 6 states");
}

TEST_CASE("a VIEW that hides what a step asks, at once or later", "[liveness]") {
  CHECK(checked(plain +
                    "Read == X = 0 /\\ Y = 1 /\\ SetX(7) /\\ UNCHANGED <<y, n, pc>>\n"
                    "Next == Round \\/ Change \\/ Read\n" +
                    asks,
                shows_x) == "y[z1] = 0 or 1: the step Read(Null)");
  CHECK(checked(plain +
                    "Read == X = 2 /\\ Y = 1 /\\ SetX(7) /\\ UNCHANGED <<y, n, pc>>\n"
                    "Next == Round \\/ Change \\/ Read\n" +
                    asks,
                shows_x) == "y[z1] = 0 or 1: the step Read(Null)");
}

TEST_CASE("a VIEW that hides where a step leads", "[liveness]") {
  CHECK(checked(plain +
                    "Copy == X = 2 /\\ SetX(Y + 5) /\\ UNCHANGED <<y, n, pc>>\n"
                    "Next == Round \\/ Change \\/ Copy\n" +
                    asks,
                shows_x) == "y[z1] = 0 or 1: the step Copy(Null)");
}

TEST_CASE("a VIEW that hides what is asked", "[liveness]") {
  const std::string next = plain + "Next == Round \\/ Change\n";
  CHECK_THAT(
      checked(next + "Fairness == TRUE\nP == X = 1 ~> Y = 0\n", shows_x),
      Catch::StartsWith("y[z1] = 0 or 1: the condition at ") && Catch::Contains("Toy.tla:16:17"));
  CHECK_THAT(checked(next + "Other == Y = 1 /\\ SetX(5) /\\ UNCHANGED <<y, n, pc>>\n"
                            "Fairness == WF_vars(Other)\nP == []<>(X = 0)\n",
                     shows_x),
             Catch::Contains(": ENABLED at "));
  CHECK(checked(next + asks + "Low == \\A z \\in Z : x[z] = 2 => y[z] = 0\n", shows_x, 4, "Low") ==
        "y[z1] = 0 or 1: whether Low holds");
  CHECK(checked(next + asks +
                    "Step == \\A z \\in Z : x[z] = 2 => y[z] = 0\n"
                    "Steps == [][Step]_vars\n",
                shows_x, 4, "Steps") == "y[z1] = 0 or 1: whether Steps holds");
}

TEST_CASE("a VIEW over numbers without end", "[liveness]") {
  const std::string grows =
      "Round == SetX((X + 1) % 3) /\\ SetY(Y + 1) /\\ UNCHANGED <<n, pc>>\nNext == Round\n" + asks;
  CHECK(checked(grows, shows_x, 1) == "holds, 3 views, 4 states, not all");
  CHECK(checked(grows, shows_x, 5) == "holds, 3 views, 16 states, not all");
  // What only the fourth state of a view shows needs as many to be followed.
  const std::string late =
      "Round == SetX((X + 1) % 3) /\\ SetY(Y + 1) /\\ UNCHANGED <<n, pc>>\n"
      "Late == Y = 10 /\\ SetX(9) /\\ UNCHANGED <<y, n, pc>>\nNext == Round \\/ Late\n" +
      asks;
  CHECK(checked(late, shows_x, 2) == "holds, 3 views, 7 states, not all");
  CHECK(checked(late, shows_x, 4) == "y[z1] = 1 or 10: the step Late(Null)");
}
