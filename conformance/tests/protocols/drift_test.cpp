// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include <optional>

#include "claims/judges.hpp"
#include "machines/automaton_system.hpp"
#include "machines/shake.hpp"
#include "protocols/vma_refcnt_variants.hpp"
#include "tests/wakes_if.hpp"

// What the site automaton could not say, planted in the reference: the extraction refuses it, or
// random walks of the code leave the automaton.
namespace lockstep::vma_refcnt {
namespace {

/// In every nth lookup the check of the range fails: the form has a state of its own.
template <class M, class Self, int n>
struct HiddenCounter : VmaRefcnt<M, Self> {
  using Base = VmaRefcnt<M, Self>;
  using Base::Base;
  int tries = 0;
  void rcu_read_lock(auto site) {
    ++tries;
    Base::rcu_read_lock(site);
  }
  bool covers(const auto& vma, const auto& address) {
    return Base::covers(vma, address) && tries % n != 0;
  }
};
template <class M>
struct SecondDiffers : HiddenCounter<M, SecondDiffers<M>, 2> {
  using HiddenCounter<M, SecondDiffers, 2>::HiddenCounter;
};
template <class M>
struct ThirdDiffers : HiddenCounter<M, ThirdDiffers<M>, 3> {
  using HiddenCounter<M, ThirdDiffers, 3>::HiddenCounter;
};
/// Later than any way that the extraction follows.
template <class M>
struct LateDiffers : HiddenCounter<M, LateDiffers<M>, 19> {
  using HiddenCounter<M, LateDiffers, 19>::HiddenCounter;
};

/// The mm is kept in a plain variable, and looked at after another access.
template <class M>
struct StaleHandle : VmaRefcnt<M, StaleHandle<M>> {
  using Base = VmaRefcnt<M, StaleHandle>;
  using Base::Base;
  using Base::m;
  bool covers(const auto& vma, const auto& address) {
    const auto owner = m.load("Stale_LoadMm"_site, vma, vm_mm, plain);
    const auto start = m.load("Lookup_CheckRange"_site, vma, vm_start, plain);
    if (owner == null) return false;
    return start == address;
  }
};

/// The second look at the sequence has the name of the first, which reads another cell.
template <class M>
struct TwoMeanings : VmaRefcnt<M, TwoMeanings<M>> {
  using Base = VmaRefcnt<M, TwoMeanings>;
  using Base::Base;
  using Base::m;
  bool is_write_locked(const auto& mm, const auto& vma) {
    const auto [now, seq] =
        m.load("StartRead_CheckSeq"_site, mm, mm_lock_seq, acquire, also(vma, vm_lock_seq));
    return seq == now;
  }
};

/// The mm to wake lives across the site without a name.
template <class M>
struct NoName : VmaRefcnt<M, NoName<M>> {
  using Base = VmaRefcnt<M, NoName>;
  using Base::Base;
  using Base::m;
  void vma_refcount_put(auto prefix, auto& vma) {
    const auto [count, mm] =
        m.fetch_sub(prefix + "Dec"_site, vma, vm_refcnt, 1, release, also(vma, vm_mm));
    vma.forget();
    if (this->only_writer_left(count - 1)) {
      m.wake(prefix + "Wake"_site, mm, writer_wait, task_state, running);
    }
  }
};

/// A condition is used sites after its value was read.
template <class M>
struct StaleCondition : WakesIf<M, StaleCondition<M>> {
  using Base = WakesIf<M, StaleCondition>;
  using Base::Base;
  typename Base::Truth contended{};
  auto refcount_inc_limited(const auto& vma) {
    const auto count = Base::refcount_inc_limited(vma);
    contended = count == 2;
    return count;
  }
  bool wakes() { return !contended; }
};
/// What an increment's condition was given is kept.
template <class M>
struct KeptOld : WakesIf<M, KeptOld<M>> {
  using Base = WakesIf<M, KeptOld>;
  using Base::Base;
  using Base::m;
  std::optional<typename Base::Number> seen;
  auto refcount_inc_limited(const auto& vma) {
    return m.fetch_add_unless("StartRead_IncRef"_site, vma, vm_refcnt, 1, acquire, [this](auto n) {
      seen.emplace(n);
      return either(n == 0, n >= this->limit);
    });
  }
  bool wakes() { return !seen || !(*seen == 2); }
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
/// A branch while a site is made, where the value is that which the site will find.
template <class M>
struct BranchInside : VmaRefcnt<M, BranchInside<M>> {
  using Base = VmaRefcnt<M, BranchInside>;
  using Base::Base;
  using Base::m;
  auto refcount_inc_limited(const auto& vma) {
    return m.fetch_add_unless("StartRead_IncRef"_site, vma, vm_refcnt, 1, acquire, [this](auto n) {
      if (n == 2) return n == 2;
      return either(n == 0, n >= this->limit);
    });
  }
};
/// Two locals with one name live side by side.
template <class M>
struct TwoOfAName : WakesIf<M, TwoOfAName<M>> {
  using Base = WakesIf<M, TwoOfAName>;
  using Base::Base;
  using Base::m;
  using Local = decltype(std::declval<M&>().named("rseq"_local,
                                                  std::declval<const typename Base::Number&>()));
  std::optional<Local> one, two;
  auto refcount_inc_limited(const auto& vma) {
    one.reset();
    two.reset();
    const auto count = Base::refcount_inc_limited(vma);
    one.emplace(m.named("rseq"_local, count));
    two.emplace(m.named("rseq"_local, 0));
    return count;
  }
  bool wakes() { return !(*one == 2); }
};

std::unique_ptr<Model> model_with(const Form& form) {
  return model_of(Size::parse("1x2x2"), form);
}
std::string shaken(const Form& form, std::uint64_t seed) {
  const auto model = model_with(form);
  const auto fibers = model->stepped();
  AutomatonSystem automaton(model->world(), model->automata());
  return shake(*fibers, automaton, {seed, 20, 20'000}).value_or("");
}

/// The automaton of a reader that does this.
template <class Code>
Automaton automaton_of(Code code) {
  const auto model = Protocol::find("vma_refcnt").model(Size::parse("1x1x1"), "holds");
  return Extraction(model->world(), 0).run(code);
}

}  // namespace

TEST_CASE("a task that can go on for ever without a step is refused by the extraction") {
  CHECK_THROWS_WITH(automaton_of([](SymbolicMachine& m) {
                      for (;;) m.fence("Here"_site, mb);
                    }),
                    "from Here back to it no site is met");
}
TEST_CASE("a counter that makes the second round differ is refused by the extraction") {
  CHECK_THROWS_WITH(model_with(variant<SecondDiffers>("drift"))->automata(),
                    Catch::Contains("Lookup_CheckRange depends on more than its locals"));
}
TEST_CASE("a counter that makes the third round differ is refused by the extraction too") {
  CHECK_THROWS_WITH(model_with(variant<ThirdDiffers>("drift"))->automata(),
                    Catch::Contains("Lookup_CheckRange depends on more than its locals"));
}
TEST_CASE("a counter that makes a late round differ is found by random walks") {
  const std::string difference = shaken(variant<LateDiffers>("drift"), 1);
  CHECK_THAT(difference, Catch::Contains("Lookup_CheckRange(r1)") &&
                             Catch::Contains("leads to different states"));
  CHECK_THAT(difference, Catch::Contains("pc[r1] is Put_Dec in the code, "
                                         "Use_LoadData in the automaton"));
}
TEST_CASE("what is judged by an automaton is held against the code first") {
  CHECK_NOTHROW(hold_against_code(*model_with(variant<Holds>("holds"))));
  CHECK_THROWS_WITH(hold_against_code(*model_with(variant<LateDiffers>("drift"))),
                    Catch::Contains("the code is not what its automaton says") &&
                        Catch::Contains("Lookup_CheckRange"));
}
TEST_CASE("random walks with one seed are the same walks") {
  const Form drift = variant<LateDiffers>("drift");
  CHECK(shaken(drift, 7) == shaken(drift, 7));
  CHECK(shaken(drift, 7) != shaken(drift, 8));
}
TEST_CASE("a handle that is used after the next site is refused by the extraction") {
  CHECK_THROWS_WITH(model_with(variant<StaleHandle>("drift"))->automata(),
                    Catch::Contains("read before the last site is used after it"));
}
TEST_CASE("one name for two accesses is refused by the extraction") {
  CHECK_THROWS_WITH(model_with(variant<TwoMeanings>("drift"))->automata(),
                    Catch::Contains("site StartRead_CheckSeq has two meanings"));
}
TEST_CASE("a value carried to the next site without a name is refused by the extraction") {
  CHECK_THROWS_WITH(model_with(variant<NoName>("drift"))->automata(),
                    Catch::Contains("a value without a name is carried to the next site"));
}

TEST_CASE("a condition whose value has gone stale is refused by the extraction") {
  CHECK_THROWS_WITH(model_with(variant<StaleCondition>("drift"))->automata(),
                    Catch::Contains("read before the last site is used after it: (@ # 2)"));
  CHECK_THROWS_WITH(model_with(variant<KeptOld>("drift"))->automata(),
                    Catch::Contains("read before the last site is used after it: @"));
}
TEST_CASE("a branch that is of no edge is refused by the extraction") {
  CHECK_THROWS_WITH(model_with(variant<BranchInside>("drift"))->automata(),
                    Catch::Contains("a branch inside of a site: (@ = 2)"));
  const auto first = model_with(variant<DecidesFirst>("drift"));
  CHECK_NOTHROW(first->automata());
  CHECK_THROWS_WITH(first->automata(Parameters::open),
                    Catch::Contains("a branch before the first stop: (Limit <= 3)"));
}
TEST_CASE("two locals of one name at a time are refused by the extraction") {
  CHECK_THROWS_WITH(model_with(variant<TwoOfAName>("drift"))->automata(),
                    Catch::Contains("two locals at a time have the name rseq"));
}

}  // namespace lockstep::vma_refcnt
