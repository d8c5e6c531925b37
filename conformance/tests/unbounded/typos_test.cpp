// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "typos.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "claims/proof_batch.hpp"
#include "harmless_typos.hpp"
#include "model/verdict.hpp"
#include "subject.hpp"
#include "tests/sample.hpp"
#include "unbounded/asking.hpp"
#include "unbounded/engine.hpp"

// The invariant with a typing mistake in one of its conjuncts: the prover notices, or the mistake
// makes no difference to it, and is listed with the reason, which is shown as well.
namespace lockstep::testing {

namespace {

using unbounded::Named;
using unbounded::Proof;
using unbounded::Question;

/// The question with another text of a conjunct, and of the property of that name, if it is one.
Question with(Question question, const Named& changed) {
  for (auto* all : {&question.conjuncts, &question.properties}) {
    for (Named& named : *all) {
      if (named.name == changed.name) named = changed;
    }
  }
  return question;
}

/// How the invariant with a changed conjunct compares with the invariant.
class Comparison {
 public:
  explicit Comparison(const Question& question) : engine_(question, 0) {}

  /// "equivalent", "weaker", "stronger", or "different": as far as the solver can say in that time.
  std::string operator()(const Named& usual, const Named& changed, unsigned milliseconds) {
    milliseconds_ = milliseconds;
    z3::solver before = engine_.solver(), after = engine_.solver();
    engine_.assume_invariant(before, {});
    const bool follows = shown(before, changed);
    engine_.assume_invariant(after, usual.name);
    after.add(engine_.says(changed.says, {}, {}));
    const bool implies = shown(after, usual);
    return follows && implies ? "equivalent"
           : follows          ? "weaker"
           : implies          ? "stronger"
                              : "different";
  }

 private:
  bool shown(z3::solver& known, const Named& what) {
    return std::ranges::all_of(engine_.follows(what), [&](const unbounded::Goal& goal) {
      known.push();
      for (const z3::expr& e : goal.denial) known.add(e);
      unbounded::limit(known, milliseconds_);
      const bool out = unbounded::check(known, milliseconds_) == z3::unsat;
      known.pop();
      return out;
    });
  }
  unbounded::Engine engine_;
  unsigned milliseconds_ = 0;
};

class Judge {
 public:
  Judge() : subject_(subject_of("holds")), compare_(subject_.question) {}

  const std::vector<Named>& conjuncts() const { return subject_.question.conjuncts; }
  /// "killed: fails at ...", "lives: weaker", "unknown: ...".
  std::string operator()(const Typo& typo) {
    Named changed{typo.conjunct, nullptr};
    try {
      changed.says = formula(typo.text);
      const auto& all = subject_.question.conjuncts;
      const auto usual = std::ranges::find(all, typo.conjunct, &Named::name);
      // What says the same as the invariant is as inductive as that.
      if (compare_(*usual, changed, 300) == "equivalent") return "lives: equivalent";
      const Question question = with(subject_.question, changed);
      unbounded::Options options;
      options.first_only = true;
      options.patience_milliseconds = 200;
      const Proof proof = unbounded::Prover(question).prove(options);
      if (proof.verdict == Proof::Verdict::proved) {
        return "lives: " + compare_(*usual, changed, 2'000);
      }
      if (proof.verdict == Proof::Verdict::unknown) return "unknown: " + words(proof);
      for (const auto& failure : proof.failures) {
        if (!failure.unknown) return "killed: fails at " + text(failure);
      }
    } catch (const InputError& error) {
      return std::string{"killed: "} + error.what();
    }
    return "unknown: what fails is not known";
  }

 private:
  ProofSubject subject_;
  Comparison compare_;
};

std::size_t number_from(const char* variable, std::size_t otherwise) {
  const char* given = std::getenv(variable);
  return given == nullptr ? otherwise : std::stoul(given);
}

/// Some mistakes in every second conjunct, from one on.
void are_noticed(std::size_t from) {
  // LOCKSTEP_TYPOS: how many in each conjunct. LOCKSTEP_TYPO_SEED: which.
  const std::size_t wanted = number_from("LOCKSTEP_TYPOS", 2);
  std::mt19937_64 random(number_from("LOCKSTEP_TYPO_SEED", 1));
  Judge judge;
  std::size_t all_made = 0, all_killed = 0;
  std::vector<std::size_t> asked;
  for (std::size_t i = from; i < judge.conjuncts().size(); i += 2) asked.push_back(i);
  for (const std::size_t i : sample(asked, 3)) {
    std::vector<Typo> typos = typos_of(judge.conjuncts()[i].name);
    CHECK(typos.size() >= 2);
    const std::size_t all = typos.size();
    std::shuffle(typos.begin(), typos.end(), random);
    std::ranges::stable_partition(typos, [](const Typo& t) { return reason_of(t.name).empty(); });
    typos.resize(std::min(wanted, all));
    std::size_t killed = 0;
    std::vector<std::string> alive;
    for (const Typo& typo : typos) {
      const std::string says = judge(typo);
      const std::string listed = reason_of(typo.name);
      CAPTURE(typo.name, typo.text, says);
      CHECK((says.starts_with("killed: ") ? "" : says) ==
            (listed.empty() ? "" : "lives: " + listed));
      if (says.starts_with("killed: ")) {
        ++killed;
      } else {
        alive.push_back(typo.name + ", " + says);
      }
    }
    std::printf("%-12s %3zu of %3zu killed, of %3zu\n", judge.conjuncts()[i].name.c_str(), killed,
                typos.size(), all);
    for (const std::string& name : alive) std::printf("  %s\n", name.c_str());
    all_made += typos.size();
    all_killed += killed;
  }
  std::printf("typing mistakes in conjuncts: %zu of %zu killed\n", all_killed, all_made);
  CHECK(all_killed * 3 > all_made * 2);
}

}  // namespace

// In two parts, which ctest can run side by side.
TEST_CASE("a typing mistake in a conjunct is noticed: one half", "[slow]") {
  are_noticed(0);
}
TEST_CASE("a typing mistake in a conjunct is noticed: the other half", "[slow]") {
  are_noticed(1);
}

TEST_CASE("a mistake that is listed makes no difference to the prover", "[thorough]") {
  Judge judge;
  std::set<std::string> listed;
  std::vector<Typo> others;
  for (const HarmlessTypo& h : harmless_typos()) {
    CHECK(listed.insert(h.typo).second);
  }
  for (const Named& c : judge.conjuncts()) {
    for (const Typo& typo : typos_of(c.name)) {
      if (listed.erase(typo.name) == 0) continue;
      CAPTURE(typo.name);
      if (reason_of(typo.name) == "equivalent") {
        CHECK(judge(typo) == "lives: equivalent");
      } else {
        others.push_back(typo);
      }
    }
  }
  CHECK(listed == std::set<std::string>{});  // else they are no mistakes any more
  // The others take a whole proof each, so these are some of them too.
  std::shuffle(others.begin(), others.end(), std::mt19937_64(number_from("LOCKSTEP_TYPO_SEED", 1)));
  others.resize(std::min(others.size(), number_from("LOCKSTEP_TYPOS", 2)));
  for (const Typo& typo : others) {
    CAPTURE(typo.name);
    CHECK(judge(typo) == "lives: " + reason_of(typo.name));
  }
}

}  // namespace lockstep::testing
