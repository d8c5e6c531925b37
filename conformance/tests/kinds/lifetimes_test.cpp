// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "claims/proof.hpp"
#include "claims/spec_run.hpp"
#include "explore/compare_systems.hpp"
#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "machines/protocol_error.hpp"
#include "machines/shake.hpp"
#include "shelf.hpp"
#include "tests/has_tlc.hpp"
#include "tests/process.hpp"
#include "tla/model_constants.hpp"
#include "tla/module.hpp"
#include "tla/spec_system.hpp"
#include "tlc/driver.hpp"
#include "unbounded/prove.hpp"

// Two kinds of objects that are allocated and freed, each with a lifetime of its own.
namespace lockstep {
namespace {

using Catch::Contains;
using shelf::Lifetime;

const std::filesystem::path here = LOCKSTEP_SOURCE_DIR "/conformance/tests/kinds";

const RegisteredProtocol& shelf_of(Lifetime tags) {
  switch (tags) {
    case Lifetime::type_safe: return shelf::protocol<Lifetime::type_safe>();
    case Lifetime::rcu_freed: return shelf::protocol<Lifetime::rcu_freed>();
    default: return shelf::protocol<Lifetime::freed>();
  }
}
std::unique_ptr<Model> model_of(Lifetime tags, std::string_view size, std::string_view variant) {
  return shelf_of(tags).model(Size::parse(size), variant);
}

std::set<std::string> sites(const Model& model) {
  std::set<std::string> out;
  for (const Automaton& automaton : model.automata(Parameters::given)) {
    for (const lockstep::Node& node : automaton.nodes) {
      if (node.type == lockstep::Node::Type::site) out.insert(node.name);
    }
  }
  return out;
}
tla::SpecSystem spec_of(const Model& model) {
  const tla::Module module = tla::Module::read("Shelf", {here});
  return {model.world(), {module, model.constants(), sites(model)}};
}

std::string compared(const Model& model) {
  tla::SpecSystem spec = spec_of(model);
  const auto code = model.stepped();
  const auto result = compare(spec, *code).result;
  if (!result.difference) return "equal";
  return std::string{name_of(result.difference->kind)} + ": " +
         model.world().layout().symbols.text(result.difference->step.site);
}

struct Subject {
  Lifetime tags;
  const char* variant;
};
const Subject subjects[] = {{Lifetime::type_safe, "holds"},
                            {Lifetime::type_safe, "nodes_only"},
                            {Lifetime::rcu_freed, "holds"},
                            {Lifetime::freed, "nodes_only"}};

}  // namespace

TEST_CASE("two kinds with lifetimes: code, automaton and text have one graph", "[kinds]") {
  for (const Subject& subject : subjects) {
    for (const char* size : {"1x1x1", "1x2x1", "1x1x2", "2x1x1"}) {
      CAPTURE(static_cast<int>(subject.tags), subject.variant, size);
      const auto model = model_of(subject.tags, size, subject.variant);
      const auto code = model->stepped();
      AutomatonSystem automaton(model->world(), model->automata(Parameters::given));
      tla::SpecSystem spec = spec_of(*model);
      const SearchResult by_code = search(*code, {});
      const SearchResult by_automaton = search(automaton, {});
      const SearchResult by_text = search(spec, {});
      CHECK_FALSE(by_code.violation);
      CHECK(by_code.states == by_automaton.states);
      CHECK(by_code.transitions == by_automaton.transitions);
      CHECK(by_code.states == by_text.states);
      CHECK(by_code.transitions == by_text.transitions);
      CHECK(shake(*code, automaton, {}).value_or("") == "");
      CHECK(compared(*model) == "equal");
    }
  }
}

TEST_CASE("two kinds with lifetimes: TLC counts the same states and transitions",
          "[kinds][tlc][slow]") {
  if (!testing::has_tlc_or_skips()) return;
  const testing::Scratch scratch;
  for (const Subject& subject : subjects) {
    CAPTURE(static_cast<int>(subject.tags), subject.variant);
    const auto model = model_of(subject.tags, "1x1x1", subject.variant);
    const tlc::ModelRun run = spec_run(*model, {"Shelf", {here}, ""});
    tlc::Options options;
    options.scratch_root = scratch / "tlc";
    options.brief = true;
    Layout layout = model->world().layout();
    const tlc::CheckResult by_tlc = tlc::check(run, layout, options);
    const SearchResult by_code = search(*model->stepped(), {});
    CHECK(by_tlc.holds());
    CHECK(by_tlc.counts.states == by_code.states);
    CHECK(by_tlc.counts.transitions == by_code.transitions + 1);  // it counts the start
  }
}

TEST_CASE("an object that is freed at once is gone for who still looks at it", "[kinds]") {
  const auto model = model_of(Lifetime::freed, "1x1x1", "holds");
  const auto by_code = search(*model->stepped(), {}).violation;
  REQUIRE(by_code);
  CHECK(by_code->detail == "Use_Tag: use after free of text[t1]");
  AutomatonSystem automaton(model->world(), model->automata(Parameters::given));
  const auto by_automaton = search(automaton, {}).violation;
  REQUIRE(by_automaton);
  CHECK(by_automaton->property == "Fault");
  CHECK(by_automaton->steps == by_code->steps);
}

TEST_CASE("each lifetime has a graph of its own", "[kinds]") {
  const auto states = [](Lifetime tags) {
    return search(*model_of(tags, "1x1x1", "nodes_only")->stepped(), {}).states;
  };
  CHECK(states(Lifetime::type_safe) != states(Lifetime::rcu_freed));
  CHECK(states(Lifetime::rcu_freed) != states(Lifetime::freed));
  const auto spec = model_of(Lifetime::freed, "1x1x1", "holds")->world().layout();
  const std::vector<std::string> waits{"n1", "r1"}, gone{"t1", "r1"};
  CHECK(spec.find("grace", waits));
  CHECK_FALSE(spec.find("grace", gone));
}

namespace {

unbounded::Proof proved(const Model& model, const std::vector<std::string>& conjuncts) {
  const tla::Module module = tla::Module::read("Shelf", {here});
  const tla::Constants constants = tla::ModelConstants::of(model.constants()).constants;
  unbounded::Question question;
  question.world = &model.world();
  question.automata = model.automata(Parameters::open);
  question.sets = {{"Readers", "r1"}, {"Nodes", "n1"}, {"Tags", "t1"}, {"Shelves", "k1"}};
  for (const std::string& conjunct : conjuncts) {
    question.conjuncts.push_back({conjunct, module.expand(conjunct, constants)});
  }
  return unbounded::Prover(question).prove({});
}

}  // namespace

TEST_CASE("two kinds with lifetimes are proved for any number of each", "[kinds][slow]") {
  const auto all = [](const char* of_tags) {
    return std::vector<std::string>{"Found", "SeenNodes", of_tags, "OnShelf", "InHand", "Alone"};
  };
  for (const Subject& subject : subjects) {
    CAPTURE(static_cast<int>(subject.tags), subject.variant);
    const char* of_tags = subject.variant == std::string_view{"holds"} ? "SeenTags" : "NoTags";
    const auto proof = proved(*model_of(subject.tags, "1x1x1", subject.variant), all(of_tags));
    for (const auto& failure : proof.failures) {
      UNSCOPED_INFO(failure.edge << ", " << failure.conjunct << "\n" << failure.state);
    }
    CHECK(proof.verdict == unbounded::Proof::Verdict::proved);
  }
  // Freed at once, a tag that a reader looks at may be gone; and nobody waits for it.
  const auto gone = model_of(Lifetime::freed, "1x1x1", "holds");
  const auto broken = proved(*gone, all("OnShelf"));
  CHECK(broken.verdict == unbounded::Proof::Verdict::not_inductive);
  const auto fault = [](const unbounded::Failure& f) {
    return f.edge.starts_with("Use_Tag") && f.conjunct == "NoFault (text: use after free)";
  };
  CHECK(std::ranges::any_of(broken.failures, fault));
  CHECK_THROWS_WITH(
      proved(*gone, all("SeenTags")),
      Contains("Shelf.tla:") && Contains("there is no variable grace of such an object"));
}

namespace {

struct Thing {
  static constexpr std::string_view kind = "Thing";
};
inline constexpr Field<"much", Thing, int> much;
template <class M>
struct Plain {
  M& m;
};
struct Maker {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    for (;;) {
      m.point("Maker_Idle"_point);
      const auto thing = m.named("made"_local, m.template allocate<Thing>("Thing_Make"_site));
      m.store("Thing_Fill"_site, thing, much, 1, Order::plain);
      m.free("Thing_Free"_site, thing);
    }
  }
};
std::vector<Form> makers() {
  return {form<Plain, Maker>("holds")};
}

/// What is said of the model of a registration that is not right.
std::string refused(const char* name, std::vector<Registration::Kind> kinds,
                    std::map<std::string, Atom> starts = {}) {
  Registration registration{{name, {{"Makers", "maker"}, {"Things", "thing"}}},
                            std::move(kinds),
                            {variable_of(much)},
                            std::move(starts),
                            {},
                            {{"maker", "w", "Makers", {}}},
                            {"Null"},
                            makers};
  const RegisteredProtocol protocol(std::move(registration));
  try {
    const auto model = protocol.model(Size::parse("1x2"), "holds");
    return "understood: " + std::to_string(search(*model->stepped(), {}).states);
  } catch (const ProtocolError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a registration whose kinds do not fit is refused in words", "[kinds]") {
  CHECK_THAT(refused("made", {{"Thing", "t", "Things", Lifetime::freed}}), Contains("understood"));
  CHECK_THAT(refused("kept", {{"Thing", "t", "Things"}}),
             Contains("site Thing_Make allocates an object of kind Thing, which the registration "
                      "keeps for ever; expected another lifetime"));
  CHECK_THAT(refused("started", {{"Thing", "t", "Things", Lifetime::freed}}, {{"much", 1}}),
             Contains(".starts gives a value to much, but no object of kind Thing is there"));
  CHECK_THAT(refused("two", {{"Thing", "t", "Things", Lifetime::freed},
                             {"Other", "t", "Things", Lifetime::freed}}),
             Contains("objects of Other are also of another kind that is allocated and freed"));
  CHECK_THAT(refused("uneven", {{"Thing", "t", "Makers", Lifetime::freed},
                                {"Between", "b", "Makers"},
                                {"Other", "t", "Things"}}),
             Contains("objects of Other share names with another kind or role that has not"));
}

}  // namespace lockstep
