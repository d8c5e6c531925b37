// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "claims/judges.hpp"
#include "model/verdict.hpp"
#include "tests/toys/described.hpp"
#include "tests/with_code.hpp"
#include "tla/model_constants.hpp"

using namespace lockstep;
using namespace lockstep::testing;
using Catch::Contains;

namespace {

const Manifest& manifest() {
  static const Manifest read = Manifest::read(LOCKSTEP_SOURCE_DIR);
  return read;
}
Subject toy(const std::string& variant) {
  static const Manifest read = toy_manifest();
  return Subject::of(read, "door", Size::parse("2"), variant);
}

/// The properties of the toy that are named and further ones.
SearchResult explored(const std::string& variant, const std::vector<std::string>& names,
                      const std::vector<std::string>& further = {}) {
  const Subject subject = toy(variant);
  const auto system = subject.model->stepped();
  return explore(*system, subject, names, {}, further);
}

std::vector<std::string> safe(const Subject& subject) {
  return properties_of(*subject.protocol, kinds_of("safe"));
}

/// What is asked by what has changed is what is asked by all: at each state and step of a search,
/// until something does not hold.
std::string by_changes(const Subject& subject) {
  const auto system = subject.model->stepped();
  AskedProperties fast(subject, system->world(), safe(subject)),
      slow(subject, system->world(), safe(subject));
  std::size_t asked = 0;
  std::string wrong;
  SearchOptions options;
  options.step_monitors = {
      {"here", [&](const Atom* before, const Atom* after) {
         if (!slow.properties.all_at(before).empty()) return true;
         ++asked;
         auto found = fast.properties.by(before, after);
         if (!found) found = fast.properties.rest_of(after);
         auto all = slow.properties.all_by(before, after);
         for (const std::string& name : slow.properties.all_at(after)) all.push_back(name);
         const bool same =
             found ? std::ranges::find(all, found->property) != all.end() : all.empty();
         if (!same) wrong = subject.variant + ": " + (found ? found->property : "all hold");
         return same;
       }}};
  search(*system, options);
  CHECK(asked > 50);  // a fault ends the search, in some variants soon
  return wrong;
}

}  // namespace

TEST_CASE("what reads nothing that has changed need not be asked", "[properties]") {
  for (const ManifestProtocol& protocol : with_code(manifest())) {
    const Size smallest = Protocol::find(protocol.name).sizes().smallest();
    for (const ManifestVariant& variant : protocol.variants) {
      CAPTURE(protocol.name, variant.name);
      CHECK(by_changes(Subject::of(manifest(), protocol.name, smallest, variant.name)) == "");
    }
    for (const ManifestSize& size : protocol.sizes) {
      if (size.states.value_or(1'000'000) > 50'000) continue;
      CAPTURE(protocol.name, size.size);
      const Size at = Size::parse(size.size);
      CHECK(by_changes(Subject::of(manifest(), protocol.name, at, "holds")) == "");
    }
  }
}

TEST_CASE("each property of each protocol is understood, in every variant, and says itself",
          "[properties]") {
  for (const ManifestProtocol& protocol : manifest().protocols) {
    const Protocol& code = Protocol::find(protocol.name);
    const tla::Module module = tla::Module::read(protocol.module, protocol.directories);
    std::size_t understood = 0;
    for (const std::string& variant : code.variants()) {
      const auto model = code.model(code.sizes().smallest(), variant);
      const tla::Constants given = tla::ModelConstants::of(model->constants()).constants;
      tla::Constants open = given;
      if (protocol.proof) {
        for (const std::string& name : protocol.proof->parameters) {
          open.integers.erase(name);
          open.parameters.insert(name);
        }
      }
      for (const tla::Constants& constants : {given, open}) {
        for (const std::string& name : properties_of(protocol, {"invariant"})) {
          INFO(variant << " " << name);
          const std::string text = tla::text(module.expand(name, constants));
          CHECK(tla::text(module.expand_text(text, "its own text", constants)) == text);
          // Which variant it is decides: nothing of that is left.
          CHECK(text.find("\"" + variant + "\"") == std::string::npos);
          CHECK(text.find("Variant") == std::string::npos);
          ++understood;
        }
      }
    }
    CHECK(understood > 0);
  }
}

TEST_CASE("a property that the text lacks, or says to be of another kind, is an error",
          "[properties]") {
  Subject subject = toy("holds");
  ManifestProtocol protocol = *subject.protocol;
  subject.protocol = &protocol;
  const auto system = subject.model->stepped();
  const auto asked = [&](const std::string& name, const std::string& kind) {
    protocol.properties = {{name, kind, {}, ""}, {"UsersOK", "invariant", {}, ""}};
    explore(*system, subject, {name, "UsersOK"}, {});
  };
  CHECK_NOTHROW(asked("AloneOK", "invariant"));
  CHECK_THROWS_WITH(asked("AolneOK", "invariant"), Contains("no definition 'AolneOK'"));
  CHECK_THROWS_WITH(asked("AloneOK", "action"),
                    Contains(".tla:") && Contains("not of the form [][A]_vars"));
  CHECK_THROWS_WITH(asked("CloseOK", "invariant"), Contains("manifest calls it 'invariant'"));
  CHECK_THROWS_AS(asked("LeaveEnds", "invariant"), InputError);
  CHECK_THROWS_WITH(asked("vars", "invariant"), Contains("are not understood here"));
  CHECK_THROWS_WITH(asked("Use", "invariant"), Contains("'Use' has parameters"));
}

TEST_CASE("a violation tells its part and the cells that were read", "[properties]") {
  const SearchResult found = explored("no_look", {"AloneOK"});
  REQUIRE(found.violation);
  CHECK(found.violation->property == "AloneOK");
  CHECK(found.violation->steps.size() == 4);
  const Subject subject = toy("holds");
  std::set<std::string> read;
  for (const std::size_t slot : found.violation->broken.slots) {
    read.insert(subject.model->world().layout()[slot].text());
  }
  CHECK(read == std::set<std::string>{"pc[r1]", "at[r1]", "pc[d1]"});
  CHECK_THAT(found.violation->broken.place.file, Catch::EndsWith("Door.tla"));
}

TEST_CASE("a further property is an invariant in TLA+", "[properties]") {
  const std::string nobody = "\\A d \\in Doors : users[d] < 1";
  const auto found = explored("holds", {"UsersOK"}, {nobody}).violation;
  REQUIRE(found);
  CHECK(found->property == nobody);
  CHECK(found->broken.cannot.empty());
  CHECK_FALSE(
      explored("holds", {"CloseOK"}, {"\\A d \\in Doors : users[d] < 3", "UsersOK", "CloseOK"})
          .violation);
  const auto stops = explored("holds", {}, {"\\A r \\in Readers : at[r] < 3"}).violation;
  REQUIRE(stops);
  CHECK(stops->broken.cannot == "a name; expected a number");
  CHECK(stops->broken.place.column == 20);
}

TEST_CASE("a further property that cannot be judged is refused where it stands", "[properties]") {
  const auto refused = [](const std::string& text) { explored("holds", {}, {text}); };
  CHECK_THROWS_WITH(refused("\\A d \\in Doros : TRUE"), Contains("property 1:1:10: 'Doros'"));
  CHECK_THROWS_WITH(refused("\\A d \\in Doors : users[d] <"), Contains("property 1:1:"));
  CHECK_THROWS_WITH(refused("\\A d \\in Doors : users'[d] = 1"), Contains("with a prime"));
  CHECK_THROWS_WITH(refused("\\A d \\in Doors : users[d]"), Contains("expected a truth value"));
}
