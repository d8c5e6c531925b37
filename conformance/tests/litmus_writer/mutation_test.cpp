// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <regex>

#include "tests/litmus_writer/round_trip.hpp"
#include "tests/order_questions/subject.hpp"
#include "tests/orders/cases.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

struct Written {
  std::string name, text;
  std::vector<std::string> meant;  ///< by model
};

/// Everything that is compared with what it was, with its meaning.
std::vector<Written> all_written() {
  std::vector<Written> out;
  const auto add = [&out](const Program& program, const lockstep::Symbols& symbols) {
    try {
      out.push_back({program.name, written(program, symbols), {}});
    } catch (const litmus::Unwritable&) {
      return;
    }
    for (const char* model : compared_models) out.back().meant.push_back(meaning(program, model));
  };
  Cases cases;
  for (void (*of)(Cases&) :
       {add_shapes, add_fragments, add_rmw_cases, add_plain_cases, add_rcu_cases})
    of(cases);
  for (const Case& c : cases.all) add(c.program, {});
  // A read that is plain, and the only plain access.
  Program race = program("plain read", {"x"});
  ThreadBuilder{race, "a"}.write("W", shared("x"), number(1), Order::once);
  ThreadBuilder b{race, "b"};
  race.forbidden = equals(b.read("R", shared("x"), Order::plain), 1);
  add(race, {});
  for (const QuestionSubject& subject : QuestionSubject::all()) {
    for (const Question& q : subject.questions) {
      add(make_program(q, subject.automata, subject.symbols), subject.symbols);
    }
  }
  return out;
}

/// Does some test no longer mean what it meant?
bool noticed(const std::vector<Written>& all, const std::regex& what, const std::string& instead) {
  bool met = false;
  for (const Written& w : all) {
    const std::string mutant = std::regex_replace(w.text, what, instead);
    if (mutant == w.text) continue;
    met = true;
    const Program program = read_back(mutant);
    for (std::size_t m = 0; m < w.meant.size(); ++m) {
      if (meaning(program, compared_models[m]) != w.meant[m]) return true;
    }
  }
  CHECK(met);
  return false;
}

}  // namespace

TEST_CASE("A writer that forgets an order, a fence or a dependency is noticed", "[litmus]") {
  static const std::pair<const char*, const char*> mutants[] = {
      {R"(smp_load_acquire\((\w+)\))", "READ_ONCE(*$1)"},
      {R"(smp_store_release\((\w+), )", "WRITE_ONCE(*$1, "},
      {R"(smp_mb\(\);)", ""},
      {R"(smp_rmb\(\);)", ""},
      {R"(smp_wmb\(\);)", ""},
      {R"(smp_mb\(\);)", "smp_rmb();"},
      {R"(smp_mb\(\);)", "smp_wmb();"},
      {R"((cmpxchg|atomic_fetch_add|atomic_fetch_sub)_acquire)", "$1_relaxed"},
      {R"((cmpxchg|atomic_fetch_add|atomic_fetch_sub)_release)", "$1_relaxed"},
      {R"((xchg|atomic_fetch_add)\()", "$1_relaxed("},
      {R"(synchronize_rcu\(\);)", ""},
      {R"(rcu_read_(un)?lock\(\);)", ""},
      {R"( \+ \(\w+ & 0\))", ""},
      {R"(READ_ONCE\(\*(\w+)\))", "*$1"},
      {R"(WRITE_ONCE\(\*(\w+), (.*)\);)", "*$1 = $2;"},
      {R"(= \*(\w+);)", "= READ_ONCE(*$1);"},
      {R"(filter \([^]*\)\n\n?exists)", "exists"},
      {R"(if \(.*\) \{)", "if (1) {"},
      {R"(atomic_fetch_add_relaxed\((\w+), (\w+)\))", "READ_ONCE(*$2)"}};
  const std::vector<Written> all = all_written();
  for (const auto& [what, instead] : mutants) {
    INFO(what << " -> " << instead);
    CHECK(noticed(all, std::regex{what}, instead));
  }
}
