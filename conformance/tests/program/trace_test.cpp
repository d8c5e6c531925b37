// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/has_tlc.hpp"
#include "toy_root.hpp"

// What becomes of a trace that is no behaviour, or no trace.
namespace lockstep::testing {

namespace {

using Json = nlohmann::ordered_json;

Json golden_trace() {
  return Json::parse(text_of(golden));
}
Outcome replay_text(const Scratch& scratch, std::string_view text) {
  write_text(scratch / "trace.itf.json", text);
  return toy({"replay", scratch / "trace.itf.json"});
}
Outcome replay(const Scratch& scratch, const Json& trace) {
  return replay_text(scratch, trace.dump());
}
void drop(Json& trace, std::size_t state) {
  trace["states"].erase(trace["states"].begin() + static_cast<std::ptrdiff_t>(state));
  for (std::size_t i = 0; i < trace["states"].size(); ++i) {
    trace["states"][i]["#meta"]["index"] = i;
  }
}

}  // namespace

TEST_CASE("a golden trace replays into its violation") {
  const Outcome outcome = toy({"replay", golden});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out, Catch::Contains("4 steps replay, into a violation of AloneOK"));
}

TEST_CASE("a trace with one value changed: status 1, the step and the variable") {
  const Scratch scratch;
  for (const std::size_t at : {std::size_t{1}, std::size_t{2}, std::size_t{4}}) {
    Json trace = golden_trace();
    trace["states"][at]["users"]["#map"][0][1] = 77;
    const Outcome outcome = replay(scratch, trace);
    CAPTURE(at, outcome.out, outcome.err);
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.out, Catch::Contains("differs at step " + std::to_string(at) + " of 4") &&
                                Catch::Contains("users[d1]") && Catch::Contains("77") &&
                                Catch::Contains("FAIL"));
  }
  Json trace = golden_trace();
  trace["states"][0]["data"]["#map"][0][1] = 1;
  const Outcome first = replay(scratch, trace);
  CHECK(first.status == 1);
  CHECK_THAT(first.out, Catch::Contains("the first state is not the reference's") &&
                            Catch::Contains("data[d1]"));
}

TEST_CASE("a trace with a step dropped: status 1, and the step that is refused") {
  const Scratch scratch;
  for (const std::size_t at : {std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
    Json trace = golden_trace();
    drop(trace, at);
    const Outcome outcome = replay(scratch, trace);
    CAPTURE(at, outcome.out, outcome.err);
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.out, Catch::Contains("differs at step " + std::to_string(at) + " of 3"));
    CHECK_THAT(outcome.out, Catch::Contains(trace["states"][at]["#meta"]["site"]));
  }
}

TEST_CASE("a trace with a step dropped and the numbers left is refused at its place") {
  const Scratch scratch;
  Json trace = golden_trace();
  trace["states"].erase(trace["states"].begin() + 2);
  check_refused(replay(scratch, trace), 2, "trace.itf.json:1:");
}

TEST_CASE("a trace cut short is refused at its place") {
  const Scratch scratch;
  const std::string text = text_of(golden);
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{60},
                                  std::size_t{500}, text.size() / 2, text.size() - 3}) {
    CAPTURE(bytes);
    check_refused(replay_text(scratch, std::string_view(text).substr(0, bytes)), 2,
                  "trace.itf.json:");
  }
}

TEST_CASE("200 MB of brackets are refused at once") {
  const Scratch scratch;
  const std::string brackets(200'000'000, '[');
  for (const std::string head : {"", "{\"states\": "}) {
    const Outcome outcome = replay_text(scratch, head + brackets);
    check_refused(outcome, 2, "trace.itf.json:1:");
    CHECK(outcome.err.size() < 500);
    CHECK(outcome.seconds < 5);
  }
}

TEST_CASE("a trace with wrong types is refused, not trusted") {
  const Scratch scratch;
  const std::vector<std::pair<std::string, Json>> wrong{
      {"/#meta", 5},
      {"/#meta/protocol", Json::array()},
      {"/#meta/protocol", "nothing"},
      {"/#meta/variant", "nothing"},
      {"/#meta/size", "2x"},
      {"/#meta/size", "1"},
      {"/vars", "pc"},
      {"/states", 7},
      {"/states", Json::array()},
      {"/states/3", "state"},
      {"/states/3/#meta", nullptr},
      {"/states/3/#meta/index", -3},
      {"/states/3/#meta/index", "3"},
      {"/states/3/#meta/site", 3},
      {"/states/3/#meta/task", Json::object()},
      {"/states/3/#meta/args", "d1"},
      {"/states/3/#meta/args", Json::array({Json::array()})},
      {"/states/3/pc", "Reader_Idle"},
      {"/states/3/pc/#map", Json::object()},
      {"/states/3/pc/#map/0", Json::array()},
      {"/states/3/pc/#map/0/0", "r9"},
      {"/states/3/users/#map/0/1", "many"},
      {"/states/3/users/#map/0/1", 1.5},
      {"/states/3/users/#map/0/1", 9'999'999'999'999LL},
      {"/states/3/at/#map/0/1", Json::object()},
  };
  for (const auto& [place, value] : wrong) {
    Json trace = golden_trace();
    trace[Json::json_pointer(place)] = value;
    CAPTURE(place, value.dump());
    check_refused(replay(scratch, trace), 2, ": ");
  }
}

TEST_CASE("a site or a task that there is not: status 2 at its place, not an error of ours") {
  const Scratch scratch;
  for (const auto& [what, other] : {std::pair{"site", "Nowhere"}, std::pair{"task", "r9"}}) {
    Json trace = golden_trace();
    trace["states"][4]["#meta"][what] = other;
    check_refused(replay(scratch, trace), 2,
                  std::string{": no "} + what + " '" + other + "' in this");
    check_refused(toy({"explain", "--trace", scratch / "trace.itf.json"}), 2, "in this protocol");
  }
  Json trace = golden_trace();
  trace["states"][4]["#meta"]["args"] = Json::array({"d9", 77});
  const Outcome args = replay(scratch, trace);
  CHECK(args.status == 1);
  CHECK_THAT(args.out, Catch::Contains("differs at step 4 of 4") && Catch::Contains("cannot take"));
  trace = golden_trace();
  trace["states"][4]["pc"]["#map"][0][1] = "Nowhere";
  CHECK(replay(scratch, trace).status == 1);
}

TEST_CASE("what a trace says never steers the terminal") {
  const Scratch scratch;
  const std::string escape = "\033]0;x\007";
  const std::vector<std::pair<std::string, Json>> places{
      {"/states/4/pc/#map/0/1", escape},
      {"/states/4/#meta/args", Json::array({escape})},
      {"/states/4/#meta/site", escape},
      {"/states/4/pc/#map/0/0", escape},
      {"/#meta/protocol", escape},
      {"/#meta/variant", escape},
      {"/vars/0", escape},
      {"/states/4/" + escape, 1}};
  for (const auto& [place, value] : places) {
    Json trace = golden_trace();
    trace[Json::json_pointer(place)] = value;
    for (const Outcome& outcome :
         {replay(scratch, trace), toy({"explain", "--trace", scratch / "trace.itf.json"})}) {
      CAPTURE(place, outcome.err);
      CHECK(outcome.status == 2);
      CHECK((outcome.out + outcome.err).find_first_of("\033\007") == std::string::npos);
    }
  }
}

TEST_CASE("a trace in another tool's form replays: each step is the one that fits") {
  const Scratch scratch;
  Json trace = golden_trace();
  for (auto& state : trace["states"]) {
    state.erase("#meta");
    state["mbt::actionTaken"] = "step";
    state["mbt::nondetPicks"] = Json::object();
  }
  trace["vars"].insert(trace["vars"].end(), {"mbt::actionTaken", "mbt::nondetPicks"});
  const Outcome outcome = replay(scratch, trace);
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out, Catch::Contains("4 steps replay, into a violation of AloneOK"));
  const Outcome shown = toy({"explain", "--trace", scratch / "trace.itf.json"});
  CHECK(shown.out == toy({"explain", "--trace", golden}).out);
  // A state that no step leads to, and one that is left out.
  Json gap = trace;
  gap["states"].erase(gap["states"].begin() + 2);
  const Outcome refused = replay(scratch, gap);
  CHECK(refused.status == 1);
  CHECK_THAT(refused.out,
             Catch::Contains("differs at step 2 of 3\n"
                             "no step of the reference leads into the state that follows"));
}

TEST_CASE("explain shows no trace that replay refuses") {
  const Scratch scratch;
  Json trace = golden_trace();
  trace["states"][2]["users"]["#map"][0][1] = 77;
  CHECK(replay(scratch, trace).status == 1);
  for (const std::string format : {"columns", "itf", "diff", "dot", "html"}) {
    const Outcome outcome =
        toy({"explain", "--trace", scratch / "trace.itf.json", "--format", format});
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.out, Catch::StartsWith("FAIL, ") &&
                                Catch::Contains("differs at step 2 of 4") &&
                                !Catch::Contains("T01"));
    CHECK(std::ranges::count(outcome.out, '\n') == 1);
  }
}

TEST_CASE("random behaviours come without Java and without the whole graph, and replay") {
  const Scratch scratch;
  const std::string out = scratch / "walk.itf.json";
  const Words words{"trace", "door",    "--size", "9x9", "--simulate",
                    "3",     "--depth", "60",     "-o",  out};
  const Outcome made = toy(words, {"PATH=/nowhere", "JAVA_HOME="});
  CHECK(made.status == 0);
  CHECK(made.seconds < 20);
  CHECK_THAT(made.out, Catch::Contains("3 traces, 180 steps"));
  const Words files{scratch / "walk-1.itf.json", scratch / "walk-2.itf.json",
                    scratch / "walk-3.itf.json"};
  Words replays{"replay"};
  replays.insert(replays.end(), files.begin(), files.end());
  const Outcome replayed = toy(replays);
  CHECK(replayed.status == 0);
  CHECK_THAT(replayed.out, Catch::Contains("walk-3.itf.json: 60 steps replay"));
  const std::string first = text_of(files[0]);
  CHECK(first != text_of(files[1]));
  CHECK(toy(words).status == 0);
  CHECK(text_of(files[0]) == first);
}

TEST_CASE("a liveness trace that was written here is no FAIL of verify", "[java]") {
  if (!has_tlc_or_skips()) return;
  const ToyRoot root;
  const std::string folder = "traces/door/", spin = folder + "spin.itf.json";
  // Now the variant breaks liveness alone.
  root.change("spec/door/Door.tla", "~> at[r] = Null", "~> at[r] = Null /\\ Variant = \"holds\"");
  root.change("spec/door/protocol.json", "\"breaks\": \"AloneOK\"", "\"breaks\": \"LeaveEnds\"");
  root.change("spec/door/verdicts.json",
              R"("no_look": {"steps": {"reference": 4, "tlc": 4}, )"
              R"("inductive": "Enter -> Use / Alone"})",
              "");
  root.remove(folder + "T01_no_look.itf.json");
  const Outcome made =
      root.run({"trace", "door", "--variant", "no_look", "-o", root.file(spin)}, {});
  CAPTURE(made.out, made.err);
  REQUIRE(made.status == 0);
  // One that ends without a loop shows nothing of what goes on for ever; one of a variant that
  // holds, of which no judge says more, replays and that is all.
  Json cut = Json::parse(root.text(spin));
  REQUIRE(cut.contains("loop"));
  cut.erase("loop");
  cut["#meta"].erase("closed_by");
  root.write(folder + "cut.itf.json", cut.dump());
  Json held = golden_trace();
  held["#meta"]["variant"] = "holds";
  for (std::size_t i = held["states"].size(); i-- > 2;) drop(held, i);
  root.write(folder + "held.itf.json", held.dump());
  const std::string record = "spec/door/verdicts.json";
  Json recorded = Json::parse(root.text(record));
  recorded["traces"] = {{"spin", cut["states"].size()},
                        {"cut", cut["states"].size()},
                        {"held", held["states"].size()}};
  root.write(record, recorded.dump());
  std::map<std::string, std::string> found;
  const Outcome verified = root.verify({"--json", "-"});
  CAPTURE(verified.out, verified.err);
  const Json document = Json::parse(verified.out);
  for (const Json& check : document["checks"]) {
    found[check["id"]] =
        check["got"].get<std::string>() + ": " + check["verdict"].get<std::string>();
  }
  CHECK(found["door/replays/spin"] == "replays, into a loop: PASS");
  CHECK(found["door/replays/cut"] == "replays: FAIL");
  CHECK(found["door/replays/held"] == "replays: PASS");
}

TEST_CASE("a golden trace that comes to a point which the code has no more is a FAIL, no error") {
  const ToyRoot root;
  // Several: the first names that are not known have numbers that a fence may have elsewhere.
  for (const std::string pc : {"Look", "Use", "Leave"}) {
    root.change("traces/door/cover.itf.json", "[\"r1\", \"" + pc + "\"]",
                "[\"r1\", \"No" + pc + "\"]");
  }
  const Outcome outcome = root.verify({"--quick"});
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.out, Catch::Contains("differs at step 1") && Catch::Contains("not taken: "));
  CHECK_THAT(outcome.err, !Catch::Contains("error of Lockstep"));
}

TEST_CASE("a golden trace is of the variant that it is called after") {
  const ToyRoot root;
  const std::string folder = "traces/door/", name = folder + "T01_no_look.itf.json";
  // As long as the golden one, and harmless.
  Json harmless = Json::parse(root.text(folder + "cover.itf.json"));
  const std::size_t states = golden_trace()["states"].size();
  REQUIRE(harmless["states"].size() > states);
  while (harmless["states"].size() > states) harmless["states"].erase(states);
  root.write(name, harmless.dump());
  const Outcome replayed = root.run({"replay", root.file(name)});
  CHECK(replayed.status == 0);
  const Outcome verified = root.verify({"--scenario", "T01"});
  CAPTURE(verified.out, verified.err);
  CHECK(verified.status == 1);
  CHECK_THAT(verified.out, Catch::Contains("FAIL  door/replays/T01_no_look") &&
                               Catch::Contains("the golden trace is of door, holds"));
  check_refused(root.run({"explain", "T01"}), 2,
                "is a behaviour of holds; expected one of no_look");
}

TEST_CASE("a trace that is not there, or a directory, is an input that cannot be read") {
  const Scratch scratch;
  check_refused(toy({"replay", scratch / "none"}), 2, "none: cannot be read");
  check_refused(toy({"replay", scratch / ""}), 2, ": cannot be read");
  check_refused(toy({"explain", "--trace", scratch / "none"}), 2, "none: cannot be read");
  check_refused(toy({"explain", "--trace", scratch / ""}), 2, ": cannot be read");
}

}  // namespace lockstep::testing
