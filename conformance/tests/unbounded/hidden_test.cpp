// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>
#include <type_traits>
#include <utility>

#include "judges.hpp"
#include "machines/automaton_system.hpp"
#include "machines/automaton_text.hpp"
#include "machines/shake.hpp"
#include "protocols/vma_refcnt_variants.hpp"
#include "subject.hpp"

// What the code hides from its automaton is hidden from the proof. Bugs are planted in the code of
// which the extraction says nothing: the prover's queries are those of today's form, which is
// proved. The random walks, which are part of `prove`, leave the automaton.
namespace lockstep::vma_refcnt {
namespace {

/// A form that wakes the writer only where `wakes()` of the form says so. Where that is decided by
/// what an automaton does not have, the code loses wake-ups and the automaton need not.
template <class M, class Self>
struct WakesIf : VmaRefcnt<M, Self> {
  using Base = VmaRefcnt<M, Self>;
  using Base::Base;
  using Number = std::remove_const_t<typename Base::Number>;
  using Truth = decltype(std::declval<const Number&>() == 1);
  bool only_writer_left(const auto& count) {
    return Base::only_writer_left(count) && static_cast<Self&>(*this).wakes();
  }
};

/// A form that counts its lookups in a variable of its own.
template <class M, class Self>
struct Counts : VmaRefcnt<M, Self> {
  using Base = VmaRefcnt<M, Self>;
  using Base::Base;
  int lookups = 0;
  void rcu_read_lock(auto site) {
    ++lookups;
    Base::rcu_read_lock(site);
  }
};
/// In every third lookup the check of the range fails.
template <class M>
struct ThirdDiffers : Counts<M, ThirdDiffers<M>> {
  using Base = Counts<M, ThirdDiffers>;
  using Base::Base;
  bool covers(const auto& vma, const auto& address) {
    return Base::covers(vma, address) && this->lookups % 3 != 0;
  }
};
/// In every nineteenth lookup, later than the extraction follows, any range will do.
template <class M>
struct ForgetsRange : Counts<M, ForgetsRange<M>> {
  using Base = Counts<M, ForgetsRange>;
  using Base::Base;
  bool covers(const auto& vma, const auto& address) {
    const bool covered = Base::covers(vma, address);
    return covered || this->lookups % 19 == 0;
  }
};
/// In every nineteenth lookup, later than the extraction follows, the answer of the one before is
/// used: a handle that is stale.
template <class M>
struct StaleAnswer : Counts<M, StaleAnswer<M>> {
  using Base = Counts<M, StaleAnswer>;
  using Base::Base;
  bool before = false;
  bool covers(const auto& vma, const auto& address) {
    const bool covered = Base::covers(vma, address);
    const bool answer = this->lookups % 19 == 0 ? before : covered;
    before = covered;
    return answer;
  }
};

/// What was found of two readers in a lookup decides in the next: a variable of the form.
template <class M>
struct KeepsFlag : WakesIf<M, KeepsFlag<M>> {
  using Base = WakesIf<M, KeepsFlag>;
  using Base::Base;
  bool crowded = false, was_crowded = false;
  void rcu_read_lock(auto site) {
    was_crowded = crowded;
    crowded = false;
    Base::rcu_read_lock(site);
  }
  auto refcount_inc_limited(const auto& vma) {
    const auto count = Base::refcount_inc_limited(vma);
    if (count == 2) crowded = true;
    return count;
  }
  bool wakes() { return !was_crowded; }
};
/// What is decided of an open number is kept.
template <class M>
struct KeepsDecision : WakesIf<M, KeepsDecision<M>> {
  using Base = WakesIf<M, KeepsDecision>;
  using Base::Base;
  bool small = true;
  void rcu_read_lock(auto site) {
    Base::rcu_read_lock(site);
    small = this->limit <= 3;
  }
  bool wakes() { return small; }
};
/// The number that the form is built with, and not the parameter.
template <class M>
struct LooksAtNumber : WakesIf<M, LooksAtNumber<M>> {
  using Base = WakesIf<M, LooksAtNumber>;
  bool usual;
  LooksAtNumber(M& machine, int reader_limit, int exclude)
      : Base(machine, reader_limit, exclude), usual(reader_limit > 3) {}
  bool wakes() { return usual; }
};

/// What is decided of a number before the first stop.
template <class M>
struct DecidesFirst : WakesIf<M, DecidesFirst<M>> {
  using Base = WakesIf<M, DecidesFirst>;
  bool small;
  DecidesFirst(M& machine, int reader_limit, int exclude)
      : Base(machine, reader_limit, exclude), small(this->limit <= 3) {}
  bool wakes() { return small; }
};

/// What the walks of `prove` say of a form.
std::string walks_of(const Form& form) {
  ProofSubject subject = testing::subject_of("holds");
  const auto at = [&](const Size& size) { return model_of(size, form); };
  subject.model = at(Size::parse("1x1x1"));
  subject.question.automata = subject.model->automata(Parameters::open);
  return walk(subject, at, [] {}).value_or("");
}

std::string walked(const Form& form, const ShakeOptions& options) {
  const auto model = model_of(Size::parse("1x2x2"), form);
  const auto fibers = model->stepped();
  AutomatonSystem automaton(model->world(), model->automata());
  return shake(*fibers, automaton, options).value_or("");
}

/// Every way of the form is proved; it may have more ways than the lock.
void is_proved(const Form& form) {
  const ProofSubject subject = testing::subject_of("holds");
  const auto model = model_of(Size::parse("1x1x1"), form);
  const testing::Queries said =
      testing::ask(subject.question, model->automata(Parameters::open), 5000);
  CHECK(said.where == "");
}

void is_hidden_from_the_prover(const Form& form) {
  const ProofSubject subject = testing::subject_of("holds");
  const auto model = model_of(Size::parse("1x1x1"), form);
  const testing::Queries said =
      testing::ask(subject.question, model->automata(Parameters::open), 1000);
  CHECK(said.where == "");
  CHECK(said.ways == 0);
}

}  // namespace

TEST_CASE("a counter that makes the third round differ is refused by the extraction") {
  CHECK_THROWS_WITH(model_of(Size::parse("1x2x2"), variant<ThirdDiffers>("drift"))->automata(),
                    Catch::Contains("Lookup_CheckRange depends on more than its locals"));
}
TEST_CASE("a hidden counter makes no difference to the prover, and walks find it") {
  is_hidden_from_the_prover(variant<ForgetsRange>("holds"));
  CHECK_THAT(walked(variant<ForgetsRange>("holds"), {1, 300, 2000}),
             Catch::Contains("pc[r1] is Use_LoadData in the code, Put_Dec in the automaton"));
}
TEST_CASE("a stale answer makes no difference to the prover, and walks find it") {
  is_hidden_from_the_prover(variant<StaleAnswer>("holds"));
  CHECK_THAT(walked(variant<StaleAnswer>("holds"), {1, 300, 2000}),
             Catch::Contains("pc[r1] is Put_Dec in the code, Use_LoadData in the automaton"));
}
TEST_CASE("the walks of a proof find what is kept beside the locals") {
  for (const auto& form : {variant<KeepsFlag>("holds"), variant<KeepsDecision>("holds"),
                           variant<LooksAtNumber>("holds")}) {
    is_proved(form);
  }
  CHECK_THAT(walks_of(variant<KeepsFlag>("holds")),
             Catch::StartsWith("at 2x1x1, ") && Catch::Contains("Wake"));
  CHECK_THAT(walks_of(variant<KeepsDecision>("holds")),
             Catch::StartsWith("at ") && Catch::Contains("Wake"));
  CHECK_THAT(walks_of(variant<LooksAtNumber>("holds")),
             Catch::StartsWith("at 2x1x1,limit=2 the automaton is not that of the proof; "));
}
TEST_CASE("a number that is looked at before the first stop cannot stay open") {
  const auto first = model_of(Size::parse("1x2x2"), variant<DecidesFirst>("holds"));
  CHECK_NOTHROW(first->automata());
  CHECK_THROWS_WITH(first->automata(Parameters::open),
                    Catch::Contains("a branch before the first stop: (Limit <= 3)"));
}
TEST_CASE("a constant set is all objects of its kind, or it is no set of any number") {
  struct Part : Model {
    std::unique_ptr<Model> whole =
        Protocol::find("vma_refcnt").model(Size::parse("1x2x2"), "holds");
    std::string vmas = "{v1, v2}";
    const World& world() const override { return whole->world(); }
    std::unique_ptr<System> stepped() const override { return whole->stepped(); }
    std::vector<Automaton> automata(Parameters p) const override { return whole->automata(p); }
    std::vector<std::pair<std::string, std::string>> constants() const override {
      return {{"Readers", "{r1}"}, {"Vmas", vmas}};
    }
    std::string bounds() const override { return ""; }
  };
  Part part;
  CHECK(partial_set(part) == "");
  part.vmas = "{v1}";
  CHECK(partial_set(part) == "Vmas");
  const ProofSubject subject = testing::subject_of("holds");
  const auto at = [](const Size&) {
    auto out = std::make_unique<Part>();
    out->vmas = "{v2}";
    return out;
  };
  CHECK(walk(subject, at, [] {}) == "at 1x2x2 the constant Vmas is not all objects of a kind");
}
TEST_CASE("what the code does at another size only is not proved") {
  ProofSubject subject = testing::subject_of("holds");
  CHECK_FALSE(walk(subject, [] {}));
  // Chosen is any object at every size, or it is not any number that is spoken of.
  const auto model = Protocol::find("vma_refcnt").model(Size::parse("1x2x2"), "holds");
  std::vector<Automaton> some = model->automata(Parameters::open);
  CHECK_FALSE(
      difference(some[1], model->world(), subject.question.automata[1], subject.model->world()));
  const auto chooses =
      std::ranges::find_if(some[1].edges, [](const auto& e) { return !e.choices.empty(); });
  REQUIRE(chooses != some[1].edges.end());
  chooses->choices.front().domain.pop_back();
  const auto found =
      difference(subject.question.automata[1], subject.model->world(), some[1], model->world());
  REQUIRE(found);
  CHECK_THAT(*found, Catch::StartsWith("only there: ") && Catch::Contains("arg0 of any "));
  for (Automaton& automaton : subject.question.automata) {
    Automaton usual = automaton;
    automaton.edges.back().condition = term::constant(0);
    CHECK_THAT(walk(subject, [] {}).value_or(""),
               Catch::StartsWith("at 1x2x2 the automaton is not that of the proof; only there: ") &&
                   Catch::Contains(" when 0"));
    automaton = std::move(usual);
  }
}
TEST_CASE(
    "the automaton that walks are held against is the one that is proved, parameters and all") {
  ProofSubject subject = testing::subject_of("holds");
  const auto model = Protocol::find("vma_refcnt").model(Size::parse("1x2x2"), "holds");
  std::vector<Automaton> open = model->automata(Parameters::open);
  const auto walked_with = [&] {
    const auto fibers = model->stepped();
    AutomatonSystem automaton(model->world(), open);
    return shake(*fibers, automaton, {1, 5, 1000}).value_or("");
  };
  CHECK(walked_with() == "");
  // A limit that readers meet.
  open[0].parameters.at("Limit") = 1;
  CHECK_THAT(walked_with(), Catch::Contains("StartRead_IncRef(r1)"));
}
TEST_CASE("without anything hidden the walks find nothing") {
  for (const char* size : {"1x2x2", "2x1x1,limit=2"}) {
    const auto model = Protocol::find("vma_refcnt").model(Size::parse(size), "holds");
    const auto fibers = model->stepped();
    AutomatonSystem automaton(model->world(), model->automata());
    CHECK_FALSE(shake(*fibers, automaton, {1, 5, 1000}));
  }
}

}  // namespace lockstep::vma_refcnt
