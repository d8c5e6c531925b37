// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/liveness/toy.hpp"

using namespace lockstep::testing;
using Catch::Contains;

namespace {

/// What is said of P and of Fairness in lines 14 and 15.
std::string said(const std::string& fairness, const std::string& property) {
  return Toy{
      "Up == X < 3 /\\ SetX(X + 1) /\\ UNCHANGED <<y, n, pc>>\nNext == Up\n"
      "Fairness == " +
      fairness + "\nP == " + property}
      .engine();
}

}  // namespace

TEST_CASE("a formula of behaviours that is not understood is refused where it stands",
          "[liveness]") {
  const std::pair<const char*, const char*> cases[] = {
      {"X = 0", "15:8: '=' is not understood here; of liveness are understood conjunctions and"},
      {"pc[CHOOSE w \\in Tasks : TRUE] = \"a\" \\/ [](X = 0)", "15:42: '\\/' is not understood"},
      {"~[](X = 0)", "15:6: '~' is not understood"},
      {"\\E s \\in S : []<>(n[s] = 0)", "15:6: '\\E' is not understood"},
      {"[][Up]_vars",
       "15:6: a property of steps among those of liveness is not understood; "
       "expected a definition of its own, of the form [][A]_vars"},
      {"<>TRUE", "15:8: a condition without a variable is the same in every state"},
      {"[]<>(1 = 1)", "15:13: a condition without a variable"},
      {"FALSE ~> X = 0", "15:6: a condition without a variable"},
      {"X = 0 ~> (LET t == TRUE IN t)", "15:16: a condition without a variable"},
      {"\\A s, t \\in S : s # t ~> X = 0", "15:24: a condition without a variable"},
      {"[]<>TRUE => []<>(X = 0)", "15:10: a condition without a variable"},
      {"<><<Up>>_vars", "15:8: '<<A>>' is not understood"},
      {"[]<>[](X = 0)", "15:10: '[]' is not understood"},
      {"<>[]<>(X = 0)", "15:10: '<>' is not understood"},
      {"[]<>[Up]_vars", "15:10: '[A]' is not understood"},
      {"<>[]<<Up>>_vars", "15:10: '<<A>>' is not understood"},
      {"[](X = 0 => [](X = 0))", "15:15: '=>' is not understood"},
      {"X = 0 ~> [](X = 0)", "15:15: '[]' is not understood"},
      {"<>(X = 0) ~> X = 0", "15:6: '<>' is not understood"},
      {"(X = 0 ~> X = 1) => []<>(X = 0)", "15:13: '~>' is not understood here; as a premise"},
      {"X = 0 => []<>(X = 0)", "15:8: '=' is not understood here; as a premise"},
      {"[](X = 0) => []<>(X = 0)", "15:6: '[]' is not understood here; as a premise"},
      {"[]<>[](X = 0) => []<>(X = 0)", "15:10: '[]' is not understood here; as a premise"},
      {"WF_vars(Up)", "15:6: 'WF' is not understood here; of liveness"},
      {"Here!Spec", "15:10: names of an instance"},
      {"[]<>(x' = x)", "15:12: a prime outside of an action"},
      {"[]<>X", "6:6: expected a truth value"},
      {"[]<>(X + 1)", "expected a truth value"},
      {"[]<><<Up>>_X", "the subscript of an action is understood of variables"},
      {"[]<><<Upp>>_vars", "15:12: 'Upp' is not known"},
      {"\\A s \\in Nat : []<>(n[s] = 0)", "15:15: a set without end"},
  };
  for (const auto& [property, error] : cases) {
    INFO(property);
    CHECK_THAT(said("TRUE", property), Contains(error));
  }
}

TEST_CASE("fairness that is not understood is refused where it stands", "[liveness]") {
  const std::pair<const char*, const char*> cases[] = {
      {"[]<>(X = 0)", "14:13: '[]' is not understood here; of fairness are understood"},
      {"WF_vars(Up) \\/ SF_vars(Up)", "14:25: '\\/' is not understood here; of fairness"},
      {"\\E s \\in S : WF_vars(Up)", "14:13: '\\E' is not understood here; of fairness"},
      {"X = 0", "14:15: '=' is not understood here; of fairness"},
      {"WF_vars(X = 0 /\\ SetX(1))", "14:27: n' has no value in some alternative"},
      {"WF_X(Up)", "the subscript of an action is understood of variables"},
      {"WF_vars([]Up)", "temporal"},
      {"WF_vars", "15:1: 'P'; expected '('"},
      {"Missing", "14:13: 'Missing' is not"},
  };
  for (const auto& [fairness, error] : cases) {
    INFO(fairness);
    CHECK_THAT(said(fairness, "[]<>(X = 3)"), Contains(error));
  }
}
