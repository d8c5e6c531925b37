// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "conformance/protocols/board_protocol.hpp"
#include "explore/compare_systems.hpp"
#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "machines/protocol_error.hpp"
#include "machines/shake.hpp"
#include "tla/module.hpp"
#include "tla/spec_system.hpp"
#include "waiter.hpp"

// synchronize_rcu() and call_rcu() on the machines of the model, and in TLA+.
namespace lockstep {
namespace {

using Catch::Contains;

std::unique_ptr<Model> board_of(std::string_view size, std::string_view variant = "holds") {
  return board::protocol().model(Size::parse(size), variant);
}

std::string compared(const Model& model) {
  const std::filesystem::path spec = LOCKSTEP_SOURCE_DIR "/conformance/tests/rcu/spec";
  std::set<std::string> sites;
  for (const Automaton& automaton : model.automata()) {
    for (const lockstep::Node& node : automaton.nodes) {
      if (node.type == lockstep::Node::Type::site) sites.insert(node.name);
    }
  }
  const tla::Module module = tla::Module::read("Board", {spec / "board", spec / "common"});
  tla::SpecSystem text(model.world(), {module, model.constants(), sites});
  const auto code = model.stepped();
  const auto result = compare(text, *code).result;
  if (!result.difference) return "equal";
  return model.world().layout().symbols.text(result.difference->step.site);
}

/// What a search of the code finds, and of the automaton: the same.
std::string explored(const Model& model) {
  const auto code = model.stepped();
  AutomatonSystem automaton(model.world(), model.automata(Parameters::given));
  const SearchResult by_code = search(*code, {}), by_automaton = search(automaton, {});
  REQUIRE(by_code.violation.has_value() == by_automaton.violation.has_value());
  if (!by_code.violation) {
    CHECK(by_code.states == by_automaton.states);
    CHECK(by_code.transitions == by_automaton.transitions);
    return "holds";
  }
  CHECK(by_code.violation->steps == by_automaton.violation->steps);
  return by_code.violation->detail;
}

}  // namespace

TEST_CASE("waits for readers: code, automaton and text have one graph", "[rcu]") {
  for (const char* size : {"1x1", "2x1", "1x2", "1x1x2"}) {
    for (const char* variant : {"holds", "reads_on"}) {
      CAPTURE(size, variant);
      const auto model = board_of(size, variant);
      CHECK(explored(*model) == "holds");
      AutomatonSystem automaton(model->world(), model->automata(Parameters::given));
      CHECK(shake(*model->stepped(), automaton, {}).value_or("") == "");
      CHECK(compared(*model) == "equal");
    }
  }
}

TEST_CASE("who does not wait for readers frees under them", "[rcu]") {
  const std::string gone = "Look_Read: use after free of text[n1]";
  for (const char* variant : {"no_sync", "sync_first", "drop_at_once", "unlock_early"}) {
    CAPTURE(variant);
    CHECK(explored(*board_of("1x1", variant)) == gone);
  }
  // Who finds it between call_rcu() and the end is not waited for, where a section was open at the
  // beginning; else it is gone before.
  CHECK(explored(*board_of("1x1", "drop_first")) == gone);
}

TEST_CASE("what waits has a place in the state, and nothing else has", "[rcu]") {
  const auto model = board_of("2x1x2");
  const Layout& layout = model->world().layout();
  const auto waits = [&](const char* who, const char* whom) {
    const std::vector<std::string> keys{who, whom};
    return layout.find("grace", keys).has_value();
  };
  CHECK(waits("n1", "r2"));
  CHECK(waits("b2", "r1"));
  CHECK_FALSE(waits("r1", "r2"));
  CHECK_FALSE(waits("b1", "b2"));
  CHECK(model->world().spec().roles[0].rcu);
  CHECK_FALSE(model->world().spec().roles[0].sync);
  CHECK(model->world().spec().roles[1].sync);
}

namespace {

using waiter::waiters;

std::string refused(WorldSpec::Lifetime lifetime, const char* prefix = "w") {
  try {
    waiters(lifetime, prefix);
    return "understood";
  } catch (const ProtocolError& error) {
    return error.what();
  }
}

/// All of them: a search ends at the first.
std::set<std::string> faults_of(System& system) {
  using Snapshot = std::vector<std::byte>;
  struct Steps : System::Visitor {
    Steps(System& of, std::vector<Snapshot>& after, std::set<std::string>& all)
        : machine(of), to(after), faults(all) {}
    void step(const Step&) override {
      to.emplace_back(machine.snapshot_bytes());
      machine.save(to.back().data());
    }
    void fault(const Step&, const std::string& what) override { faults.insert(what); }
    System& machine;
    std::vector<Snapshot>& to;
    std::set<std::string>& faults;
  };
  std::set<std::string> out;
  std::set<Snapshot> seen;
  std::vector<Snapshot> open(1, Snapshot(system.snapshot_bytes()));
  system.initial(open.front().data());
  while (!open.empty()) {
    const Snapshot here = open.back();
    open.pop_back();
    if (!seen.insert(here).second) continue;
    Steps visitor(system, open, out);
    system.expand(here.data(), visitor);
  }
  return out;
}

}  // namespace

TEST_CASE("a wait within a section is a fault, and a callback's head overwrites a field", "[rcu]") {
  using enum WorldSpec::Lifetime;
  for (const auto lifetime : {freed, rcu_freed}) {
    const auto model = waiters(lifetime);
    CHECK(faults_of(*model->stepped()) ==
          std::set<std::string>{"Sync: synchronize_rcu within a section of w1",
                                "Overwritten: a read of what nobody has written: worth[t1]"});
    AutomatonSystem automaton(model->world(), model->automata(Parameters::given));
    CHECK(faults_of(automaton) ==
          std::set<std::string>{"Sync: synchronize_rcu within a section",
                                "Overwritten: a read of what nobody has written"});
  }
}

TEST_CASE("what cannot wait is refused by name", "[rcu]") {
  using enum WorldSpec::Lifetime;
  CHECK_THAT(refused(type_safe), Contains("site Later hands an object of kind Thing to call_rcu(), "
                                          "and the registration says that it is type-safe; "
                                          "expected that it is freed, or rcu_freed"));
  CHECK_THAT(refused(freed, "t"),
             Contains("task t1 calls synchronize_rcu() and is called like an object that is "
                      "allocated and freed"));
  CHECK_THAT(refused(kept), Contains("which the registration keeps for ever"));
}

}  // namespace lockstep
