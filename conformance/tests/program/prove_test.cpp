// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <nlohmann/json.hpp>

#include "tests/schema.hpp"
#include "toy_root.hpp"

// `prove`: what it prints, what it refuses, how it ends.
namespace lockstep::testing {

namespace {

nlohmann::json document(Words words, int status = 0) {
  words.insert(words.begin(), {"prove", "door"});
  words.insert(words.end(), {"--json", "-"});
  const Outcome outcome = toy(words);
  INFO(outcome.err.substr(0, 500));
  REQUIRE(outcome.status == status);
  CHECK(misfits_of("prove", outcome.out) == "");
  return nlohmann::json::parse(outcome.out);
}

}  // namespace

TEST_CASE("prove: the protocol, for any number of everything") {
  const Outcome outcome = toy({"prove", "door"});
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.out.starts_with(
      "PROVED, any number of readers and doors; sequentially consistent\n"));
  CHECK_THAT(outcome.out,
             Catch::Contains("left out, no invariant shows them: LeaveEnds (liveness)"));
  CHECK_THAT(outcome.out, Catch::Contains("\nPASS, door holds: proved"));
  CHECK_THAT(outcome.out, Catch::Contains(": 10 of 10 ways to step, BothInside\n"));
}

TEST_CASE("prove: each step of several accesses is as good as one") {
  const auto holds = document({});
  CHECK(holds["atomic"]["found"].empty());
  CHECK_FALSE(document({"--variant", "no_look"}).contains("atomic"));
  const ToyRoot root;
  root.change(
      "spec/door/protocol.json", "  \"variants\": [",
      "  \"not_atomic\": [{\"site\": \"Look\", \"size\": \"2\", \"why\": \"a reader looks\"}],\n"
      "  \"variants\": [");
  const Outcome fails = root.run({"prove", "door"});
  CAPTURE(fails.out);
  CHECK(fails.status == 1);
  CHECK_THAT(fails.out,
             Catch::Contains("\nnot one step: Look: nobody comes between, as protocol") &&
                 Catch::Contains("\nFAIL, door holds: proved; a step is more than one"));
}

TEST_CASE("prove: what has to be possible is allowed by the invariant") {
  const auto holds = document({});
  CHECK(holds["possible"]["allowed"] == nlohmann::json{"BothInside"});
  CHECK(holds["guards"]["satisfiable"] == 10);
  CHECK_FALSE(document({"--variant", "no_look"}).contains("possible"));
  const ToyRoot root;
  root.change("spec/door/Door.tla", "users[d] = 2", "users[d] < 0");
  const Outcome fails = root.run({"prove", "door"});
  CAPTURE(fails.out);
  CHECK(fails.status == 1);
  CHECK_THAT(fails.out, Catch::Contains("\nexcluded by the invariant: BothInside\n") &&
                            Catch::Contains("\nFAIL, door holds: proved; the invariant excludes "));
}

TEST_CASE("prove: of a broken variant the edge, the conjunct, and the state before") {
  const auto broken = document({"--variant", "no_look"});
  CHECK(broken["verdict"] == "NOT INDUCTIVE");
  REQUIRE(broken["failures"].size() == 1);
  const auto& failure = broken["failures"][0];
  CHECK(failure["edge"] == "Enter -> Use");
  CHECK(failure["conjunct"] == "Alone");
  // The owner is alone and the reader has not come in yet.
  CHECK_THAT(failure["state"].get<std::string>(), Catch::Contains("r1 at Reader_Idle") &&
                                                      Catch::Contains("d1 at Open: ") &&
                                                      Catch::Contains("users = 0"));
}

TEST_CASE("prove: a conjunct fewer, another assumption") {
  const auto dropped = document({"--without", "Home", "--first"}, 1);
  CHECK(dropped["verdict"] == "NOT INDUCTIVE");
  CHECK(dropped["failures"].size() == 1);
  CHECK(dropped["bounds"].get<std::string>().ends_with("; without Home"));
  // What is counted is told by the name that the specification gives it.
  CHECK_THAT(dropped["failures"][0]["state"].get<std::string>(), Catch::Contains("Inside(d1) = "));
  CHECK(document({"--assume", "1 <= 2", "--first"})["assumption"] == "1 <= 2");
}

TEST_CASE("prove: that there is exactly one of something is a premise that is stated, or none") {
  const std::string facts = "spec/door/protocol.json", proof = "spec/door/DoorInductive.tla";
  const std::string walks = "\"walks\": [\"2\", \"2x2\"]";
  const std::string one = "\"exactly_one\": [\"Doors\"], \"walks\": [\"2\"]";
  const auto proved = [&](const std::string& conjunct, bool stated) {
    const ToyRoot root;
    root.change(proof, "Inductive == Home", conjunct + "\n\nInductive == More /\\ Home");
    if (stated) root.change(facts, walks, one);
    return root.run({"prove", "door"});
  };
  // One door is as another, and the owners that wait are as many as wait at it. Those who wait are
  // one or none, though no step says so.
  for (const std::string conjunct :
       {"More == \\A d, e \\in Doors : users[d] = users[e]",
        "Owners(d) == Cardinality({e \\in Doors : pc[e] = \"Drain\"})\n"
        "More == \\A d \\in Doors : Owners(d) = IF pc[d] = \"Drain\" THEN 1 ELSE 0",
        "Owners(d) == Cardinality({e \\in Doors : pc[e] = \"Drain\"})\n"
        "More == \\A d \\in Doors : Owners(d) <= 1"}) {
    CAPTURE(conjunct);
    const Outcome stated = proved(conjunct, true), without = proved(conjunct, false);
    CAPTURE(stated.out, stated.err, without.out);
    CHECK(stated.status == 0);
    CHECK(stated.out.starts_with("PROVED, any number of readers, exactly one door; "));
    CHECK_THAT(stated.out, Catch::Contains("\nassumed: exactly one object of Doors\n"));
    CHECK(without.status == 1);
    CHECK(without.out.starts_with("NOT INDUCTIVE, any number of readers and doors; "));
    CHECK_THAT(without.out, !Catch::Contains("assumed: "));
  }
  // One is not none, and not two.
  const Outcome false_of_one = proved("More == \\A d \\in Doors : users[d] # users[d]", true);
  CHECK(false_of_one.status == 1);
  const ToyRoot two;
  two.change(facts, walks, "\"exactly_one\": [\"Doors\"], " + walks);
  check_refused(two.run({"prove", "door"}), 2,
                "has 2 of Doors, of which the proof supposes exactly one");
  const ToyRoot unknown;
  unknown.change(facts, walks, "\"exactly_one\": [\"Windows\"], " + walks);
  check_refused(unknown.run({"prove", "door"}), 2,
                "is 'Windows', which no size counts; expected one of: Readers, Doors");
}

TEST_CASE("prove: a variant that the proof is not asked about says why") {
  const ToyRoot root;
  root.change("spec/door/protocol.json", "\"quick_proof\": true,",
              "\"not_proved\": \"nobody wants to know\",");
  const Outcome table = root.run({"prove", "door", "--variants"});
  CAPTURE(table.out, table.err);
  CHECK(table.status == 0);
  CHECK_THAT(table.out, Catch::Contains("\nnot asked: no_look: nobody wants to know\n"));
  CHECK(root.run({"prove", "door", "--variant", "no_look"}).status == 3);
  const Outcome verified = root.verify();
  CHECK_THAT(verified.out, !Catch::Contains("inductive/no_look"));
  CHECK_THAT(verified.out + verified.err, Catch::Contains("is of a variant whose proof does not"));
}

TEST_CASE("prove: a protocol without a proof says why") {
  const std::string facts = "spec/door/protocol.json";
  ToyRoot root;
  const std::string whole = root.text(facts);
  root.change(facts, "\"title\"", "\"not_proved\": \"it is\", \"title\"");
  const Outcome both = root.run({"prove", "door"});
  CAPTURE(both.out, both.err);
  CHECK(both.status == 2);
  CHECK_THAT(both.err, Catch::Contains("protocol.json:2:") &&
                           Catch::Contains("is the reason of a protocol that has a proof"));

  const std::string without = whole.substr(0, whole.find(",\n  \"proof\"")) + "\n}\n";
  root.write(facts, without);
  root.change(facts, "\"inductive\", ", "");
  root.change(facts, ", \"quick_proof\": true", "");
  root.remove("spec/door/verdicts.json");
  const Outcome neither = root.verify();
  CAPTURE(neither.out, neither.err);
  CHECK(neither.status == 2);
  CHECK_THAT(neither.err, Catch::Contains("has no 'proof', and no reason why"));

  root.change(facts, "\"title\"", "\"not_proved\": \"Inside is missing\", \"title\"");
  const Outcome why = root.run({"prove", "door"});
  CAPTURE(why.out, why.err);
  CHECK(why.status == 3);
  CHECK_THAT(why.err, Catch::Contains("UNKNOWN: nobody has proved door: Inside is missing"));
}

TEST_CASE("prove: every way to step begins in some state of the invariant") {
  const auto guards = document({"--guards"})["guards"];
  CHECK(guards["satisfiable"] == guards["ways"]);
  CHECK(guards["ways"] == 10);
  CHECK(guards["never"].empty());
  // What is assumed cannot be: nothing begins anywhere, and nothing is hidden.
  const auto none = document({"--guards", "--assume", "2 < 1"}, 1)["guards"];
  CHECK(none["never"].size() == none["ways"]);
}

TEST_CASE("prove: names and texts that are wrong") {
  const std::vector<std::pair<Words, std::string>> wrong{
      {{"nothing"}, "protocol 'nothing': unknown; expected one of: door"},
      {{"door", "--variant", "none"}, "variant 'none': unknown for door"},
      {{"door", "--without", "Nothing"}, "conjunct 'Nothing': unknown; expected one of: Home"},
      {{"door", "--assume", "1 <= ) 2"}, "--assume:1:6: "},
      {{"door", "--assume", "Limits < 2"}, "--assume:1:1: "},
      {{"door", "--drop", "--guards"}, "--drop excludes --guards"},
      {{"door", "--drop", "--without", "Home"}, "--without excludes --drop"},
  };
  for (const auto& [words, why] : wrong) {
    CAPTURE(words);
    Words all = words;
    all.insert(all.begin(), "prove");
    const Outcome outcome = toy(all);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, Catch::Contains(why));
  }
}

TEST_CASE("prove: a limit that is reached is UNKNOWN, Ctrl-C is not") {
  const std::string protocol = largest().protocol;
  const auto prove = [&](Words more, double interrupt_after = -1) {
    more.insert(more.begin(), {"prove", protocol});
    return lockstep(more, {}, interrupt_after);
  };
  check_stopped(prove({"--time-limit", "0.1"}), 3, "time limit of 0.10 s reached");
  const Scratch scratch;
  // What had been decided is said, in the document too; the verdict stays UNKNOWN.
  for (const Words& more : {Words{}, Words{"--cutoff"}}) {
    Words words{"--time-limit", "2.5", "--json", scratch / "s.json"};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome stopped = prove(words);
    CAPTURE(stopped.out, stopped.err);
    if (stopped.out.starts_with("PROVED")) continue;  // as fast as the machine is
    CHECK(stopped.status == 3);
    if (stopped.out.find(" ways to step; ") == std::string::npos) continue;  // or as slow
    CHECK_THAT(stopped.out, Catch::StartsWith("UNKNOWN, time limit of 2.5 s reached, done: ") &&
                                Catch::Contains(" queries to Z3 ") &&
                                Catch::EndsWith(", none failed\n"));
    const auto written = nlohmann::json::parse(text_of(scratch / "s.json"));
    CHECK(written["verdict"] == "UNKNOWN");
    CHECK_THAT(written["done"].get<std::string>(), Catch::EndsWith(", none failed"));
  }
  const Outcome guards = prove({"--guards", "--time-limit", "0.15"});
  CAPTURE(guards.out);
  if (guards.status != 0) {
    CHECK(guards.status == 3);
    CHECK_THAT(guards.out, Catch::StartsWith("UNKNOWN, time limit of 0.15 s reached, done: "));
  }
  const Outcome ended = prove({"--drop", "--jobs", "1", "--json", scratch / "p.json"}, 3.0);
  CHECK(ended.status == 130);
  CHECK(ended.seconds < 7);
  // A table keeps the rows that it has.
  CHECK_THAT(ended.out,
             Catch::Contains("not judged: interrupted") && Catch::Contains("\nUNKNOWN, "));
  CHECK(misfits_of("prove", text_of(scratch / "p.json")) == "");
  const Outcome limits = prove({"--limits", "--time-limit", "0.5"});
  CHECK(limits.status == 3);
  CHECK_THAT(limits.out, Catch::Contains("not judged: time limit of 0.50 s reached"));
}

}  // namespace lockstep::testing
