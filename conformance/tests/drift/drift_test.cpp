// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "sites.hpp"
#include "tests/toys/described.hpp"
#include "tests/with_code.hpp"

// One name for one step: in the specification, the reference, the traces and the events of `order`.
// The README's table of steps is derived, and the kernel's functions stand beside the sites. Fences
// are no actions; they change nothing that TLC could see.
namespace lockstep::testing {

namespace {

using Lines = std::vector<std::string>;

const Manifest& manifest() {
  static const Manifest read = Manifest::read(LOCKSTEP_SOURCE_DIR);
  return read;
}
Known known_of(const Manifest& of, const ManifestProtocol& protocol) {
  return {reference_sites(protocol), order_sites(of, protocol.name)};
}

/// The toy, to be spoilt.
struct Spoilt {
  Manifest toy = toy_manifest();
  Texts texts = Texts::of(toy, toy.protocol("door"));
  Known known = known_of(toy, toy.protocol("door"));
  Lines drift() const { return testing::drift(texts, known); }
};

void replace(std::string& text, const std::string& what, const std::string& by) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
    text.replace(at, what.size(), by);
    at += by.size();
    ++count;
  }
  REQUIRE(count > 0);
}

}  // namespace

TEST_CASE("every site has one name wherever it stands") {
  REQUIRE_FALSE(with_code(manifest()).empty());
  for (const ManifestProtocol& protocol : with_code(manifest())) {
    CAPTURE(protocol.name);
    const Texts texts = Texts::of(manifest(), protocol);
    const Known known = known_of(manifest(), protocol);
    CHECK(drift(texts, known) == Lines{});
    // Or else the test has looked at nothing.
    CHECK_FALSE(known.reference.holds.empty());
    CHECK(known.orders.empty() == protocol.questions.empty());
    CHECK_FALSE(texts.traces.empty());
  }
}

TEST_CASE("an action of a small protocol is known by its site, whatever it is called like") {
  const std::string module =
      "Enter(r) == x' = r\nLeave(r) == x' = 0\nLost(r) == x' = 1\n"
      "Either(r) == Enter(r) \\/ Leave(r)\nNext == \\E r \\in S : Either(r)\n";
  const Actions actions = actions_of(module, {"Enter", "Leave", "Lost"});
  CHECK(actions.in_next == Sites{"Enter", "Leave"});
  CHECK(actions.beside_next == Sites{"Lost"});
}
TEST_CASE("a renamed action is named, and where it is missing") {
  Spoilt spoilt;
  replace(spoilt.texts.modules.at("Door.tla"), "Leave(", "Leave_Now(");
  CHECK(spoilt.drift() == Lines{
                              "Leave_Now: in the specification's Next, missing in the reference",
                              "Leave: in the reference, missing in the specification's Next",
                          });
}
TEST_CASE("an action that is no step of Next is named") {
  Spoilt spoilt;
  replace(spoilt.texts.modules.at("Door.tla"), " \\/ Leave(r) \\/ Look(r)", " \\/ Look(r)");
  CHECK(spoilt.drift() == Lines{
                              "Leave: in the reference, missing in the specification's Next",
                              "Leave: defined in the specification, missing in its Next",
                          });
}
TEST_CASE("an unknown site in a trace is named, and the trace") {
  Spoilt spoilt;
  const std::string name = "T01_no_look.itf.json";
  replace(spoilt.texts.traces.at(name), "\"Enter\"", "\"Step_In\"");
  CHECK(spoilt.drift() == Lines{"Step_In: in trace " + name + ", missing in the reference"});
}
TEST_CASE("a site that no golden trace takes is named") {
  Spoilt spoilt;
  for (auto& [name, text] : spoilt.texts.traces) {
    if (text.find("\"Leave\"") != std::string::npos) replace(text, "\"Leave\"", "\"Enter\"");
  }
  CHECK(spoilt.drift() == Lines{"Leave: in the reference, missing in the golden traces"});
}
TEST_CASE("an event of a site that is gone from the reference is named") {
  Spoilt spoilt;
  spoilt.known.orders.insert("Leave_Now");
  CHECK(spoilt.drift() == Lines{"Leave_Now: in the events of `order`, missing in the reference"});
}

}  // namespace lockstep::testing
