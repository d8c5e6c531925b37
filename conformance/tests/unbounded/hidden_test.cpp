// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>
#include <utility>

#include "claims/proof.hpp"
#include "judges.hpp"
#include "machines/automaton_system.hpp"
#include "machines/automaton_text.hpp"
#include "machines/shake.hpp"
#include "tests/toys/described.hpp"

// What the code hides from its automaton is hidden from the proof. Bugs are planted in the code of
// which the extraction says nothing: the prover's queries are those of the toy as it is, which is
// proved. The random walks, which are part of `prove`, leave the automaton.
namespace lockstep {
namespace {

using Catch::Contains, Catch::StartsWith;

/// What a reader of the toy does with what it sees: a form may hide something from its automaton.
/// It knows a number, which is open in a proof, and which nobody heeds.
template <class M>
struct Holds {
  using Number = decltype(std::declval<M&>().parameter("Limit"_parameter, 0));
  Number limit;
  Holds(M& m, int number) : limit(m.parameter("Limit"_parameter, number)) {}
  void begin() {}
  bool looks(const auto&) { return true; }
  bool uses(bool seen) { return seen; }
};

/// A form that counts its rounds in a variable of its own.
template <class M>
struct Counts : Holds<M> {
  using Holds<M>::Holds;
  int rounds = 0;
  void begin() { ++rounds; }
};
/// In every nineteenth round, later than the extraction follows, any door will do.
template <class M>
struct ForgetsLook : Counts<M> {
  using Counts<M>::Counts;
  bool uses(bool seen) { return seen || this->rounds % 19 == 0; }
};
/// In every nineteenth round, later than the extraction follows, the answer of the one before is
/// used.
template <class M>
struct StaleAnswer : Counts<M> {
  using Counts<M>::Counts;
  bool before = false;
  bool uses(bool seen) {
    const bool answer = this->rounds % 19 == 0 ? before : seen;
    before = seen;
    return answer;
  }
};

/// That another was inside decides many rounds later: a variable of the form.
template <class M>
struct KeepsFlag : Holds<M> {
  using Holds<M>::Holds;
  unsigned crowded = 0;  ///< a bit of each round
  void begin() { crowded <<= 1U; }
  bool looks(const auto& count) {
    if (count == 1) crowded |= 1U;
    return true;
  }
  bool uses(bool seen) { return seen && (crowded >> 19U & 1U) == 0; }
};
/// What is decided of an open number is kept.
template <class M>
struct KeepsDecision : Holds<M> {
  using Holds<M>::Holds;
  bool small = true;
  void begin() { small = this->limit <= 3; }
  bool uses(bool seen) { return seen && small; }
};
/// The number that the form is built with, and not the parameter.
template <class M>
struct LooksAtNumber : Holds<M> {
  bool usual;
  LooksAtNumber(M& m, int number) : Holds<M>(m, number), usual(number > 3) {}
  bool uses(bool seen) { return seen && usual; }
};
/// What is decided of a number before the first stop.
template <class M>
struct DecidesFirst : Holds<M> {
  bool small;
  DecidesFirst(M& m, int number) : Holds<M>(m, number), small(this->limit <= 3) {}
  bool uses(bool seen) { return seen && small; }
};
/// The number is heeded: fewer are let in than there are.
template <class M>
struct Heeds : Holds<M> {
  using Holds<M>::Holds;
  bool looks(const auto& count) { return count < this->limit; }
};

/// The toy's reader, with what a form makes of its look.
struct Reader {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& numbers) {
    Code<M> p(m, static_cast<int>(numbers["limit"]));
    for (;;) {
      m.point("Reader_Idle"_point);
      auto door = m.named("at"_local, m.template choose<door::Door>());
      p.begin();
      if (p.looks(m.fetch_add("Enter"_site, door, door::users, 1, Order::once)) &&
          p.uses(m.load("Look"_site, door, door::open, Order::acquire) == 1)) {
        m.load("Use"_site, door, door::data, Order::plain);
      }
      m.fetch_sub("Leave"_site, door, door::users, 1, Order::release);
      door.forget();
    }
  }
};

template <template <class> class Code>
Form reader() {
  return form<Code, Reader, door::Owner>("holds");
}

/// The toy, with the number.
Registration registration() {
  Registration out = door::protocol().registration();
  out.sizes.protocol = "numbered_door";
  out.sizes.settings.push_back({"limit", "Limit", "limit", [](const Numbers&) { return 7U; }});
  out.forms = [] { return std::vector<Form>{reader<Holds>()}; };
  return out;
}

std::unique_ptr<Model> model_of(std::string_view size, const Form& form) {
  static const RegisteredProtocol protocol(registration());
  return protocol.model_of(Size::parse(size), form);
}

/// What the toy's description has to prove, of a form's code.
ProofSubject subject_of(const Form& form) {
  static const Manifest manifest = [] {
    Manifest out = testing::toy_manifest();
    out.protocols.front().proof->walks = {"1", "2", "2x2", "2,limit=2"};
    return out;
  }();
  ProofSubject out = ProofSubject::of(manifest, "door", "holds");
  out.model = model_of("1", form);
  out.question.world = &out.model->world();
  out.question.automata = out.model->automata(Parameters::open);
  return out;
}

/// What the walks of `prove` say of a form.
std::string walks_of(const Form& form) {
  const auto at = [&](const Size& size) { return model_of(size.text(), form); };
  return walk(subject_of(form), at, [] {}).value_or("");
}

std::string walked(const Form& form, const ShakeOptions& options) {
  const auto model = model_of("2x2", form);
  const auto fibers = model->stepped();
  AutomatonSystem automaton(model->world(), model->automata());
  return shake(*fibers, automaton, options).value_or("");
}

/// The queries of a form's ways that are none of the toy's.
testing::Queries asked(const Form& form) {
  const ProofSubject subject = subject_of(reader<Holds>());
  return testing::ask(subject.question, model_of("1", form)->automata(Parameters::open), 5000);
}
/// Every way of the form is proved; it may have more ways than the toy.
void is_proved(const Form& form) {
  CHECK(asked(form).where == "");
}
void is_hidden_from_the_prover(const Form& form) {
  const testing::Queries said = asked(form);
  CHECK(said.where == "");
  CHECK(said.ways == 0);
}

}  // namespace

TEST_CASE("a hidden counter makes no difference to the prover, and walks find it") {
  is_hidden_from_the_prover(reader<ForgetsLook>());
  CHECK_THAT(walked(reader<ForgetsLook>(), {1, 300, 2000}),
             Contains("] is Use in the code, Leave in the automaton"));
}
TEST_CASE("a stale answer makes no difference to the prover, and walks find it") {
  is_hidden_from_the_prover(reader<StaleAnswer>());
  CHECK_THAT(walked(reader<StaleAnswer>(), {1, 300, 2000}),
             Contains("] is Use in the code, Leave in the automaton"));
}
TEST_CASE("the walks of a proof find what is kept beside the locals") {
  for (const auto& form : {reader<KeepsFlag>(), reader<KeepsDecision>(), reader<LooksAtNumber>()}) {
    is_proved(form);
  }
  CHECK_THAT(walks_of(reader<KeepsFlag>()), StartsWith("at 2, ") && Contains("Leave"));
  CHECK_THAT(walks_of(reader<KeepsDecision>()), StartsWith("at ") && Contains("Leave"));
  CHECK_THAT(walks_of(reader<LooksAtNumber>()),
             StartsWith("at 2,limit=2 the automaton is not that of the proof; "));
}
TEST_CASE("a number that is looked at before the first stop cannot stay open") {
  const auto first = model_of("2x2", reader<DecidesFirst>());
  CHECK_NOTHROW(first->automata());
  CHECK_THROWS_WITH(first->automata(Parameters::open),
                    Contains("a branch before the first stop: (Limit <= 3)"));
}
TEST_CASE("a constant set is all objects of its kind, or it is no set of any number") {
  struct SomeDoors : Model {
    std::unique_ptr<Model> whole = model_of("1x2", reader<Holds>());
    std::string doors = "{d1, d2}";
    const World& world() const override { return whole->world(); }
    std::unique_ptr<System> stepped() const override { return whole->stepped(); }
    std::vector<Automaton> automata(Parameters p) const override { return whole->automata(p); }
    std::vector<std::pair<std::string, std::string>> constants() const override {
      return {{"Readers", "{r1}"}, {"Doors", doors}};
    }
    std::string bounds() const override { return ""; }
  };
  SomeDoors part;
  CHECK(partial_set(part) == "");
  part.doors = "{d1}";
  CHECK(partial_set(part) == "Doors");
  const auto at = [](const Size&) {
    auto out = std::make_unique<SomeDoors>();
    out->doors = "{d2}";
    return out;
  };
  CHECK(walk(subject_of(reader<Holds>()), at, [] {}) ==
        "at 1 the constant Doors is not all objects of a kind");
}
TEST_CASE("what the code does at another size only is not proved") {
  ProofSubject subject = subject_of(reader<Holds>());
  const auto at = [](const Size& size) { return model_of(size.text(), reader<Holds>()); };
  CHECK_FALSE(walk(subject, at, [] {}));
  // Chosen is any object at every size, or it is not any number that is spoken of.
  const auto model = model_of("1x2", reader<Holds>());
  std::vector<Automaton> some = model->automata(Parameters::open);
  CHECK_FALSE(
      difference(some[0], model->world(), subject.question.automata[0], subject.model->world()));
  const auto chooses =
      std::ranges::find_if(some[0].edges, [](const auto& e) { return !e.choices.empty(); });
  REQUIRE(chooses != some[0].edges.end());
  chooses->choices.front().domain.pop_back();
  const auto found =
      difference(subject.question.automata[0], subject.model->world(), some[0], model->world());
  REQUIRE(found);
  CHECK_THAT(*found, StartsWith("only there: ") && Contains("arg0 of any "));
  for (Automaton& automaton : subject.question.automata) {
    Automaton usual = automaton;
    automaton.edges.back().condition = term::constant(0);
    CHECK_THAT(walk(subject, at, [] {}).value_or(""),
               StartsWith("at 1 the automaton is not that of the proof; only there: ") &&
                   Contains(" when 0"));
    automaton = std::move(usual);
  }
}
TEST_CASE(
    "the automaton that walks are held against is the one that is proved, parameters and all") {
  const auto model = model_of("2x2", reader<Heeds>());
  std::vector<Automaton> open = model->automata(Parameters::open);
  const auto walked_with = [&] {
    const auto fibers = model->stepped();
    AutomatonSystem automaton(model->world(), open);
    return shake(*fibers, automaton, {1, 5, 1000}).value_or("");
  };
  CHECK(walked_with() == "");
  // A limit that readers meet.
  open[0].parameters.at("Limit") = 1;
  CHECK_THAT(walked_with(), Contains("Enter(r"));
}
TEST_CASE("without anything hidden the walks find nothing") {
  for (const char* size : {"2x2", "2,limit=2"}) {
    for (const auto& form : {reader<Holds>(), reader<Heeds>()}) {
      const auto model = model_of(size, form);
      const auto fibers = model->stepped();
      AutomatonSystem automaton(model->world(), model->automata());
      CHECK_FALSE(shake(*fibers, automaton, {1, 5, 1000}));
    }
  }
}

}  // namespace lockstep
