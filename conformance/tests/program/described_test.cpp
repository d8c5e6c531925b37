// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <map>

#include "tests/has_tlc.hpp"
#include "toy_root.hpp"

// What is planted in a protocol's description: each is found, with its place. What is named is
// judged, or is an error.
namespace lockstep::testing {
namespace {

struct Planted {
  std::string file, from, to;  ///< of the toy: to "" and from "": the file goes away
  std::string why;
};

void plant(const ToyRoot& root, const Planted& one) {
  if (one.from.empty()) {
    root.remove(one.file);
  } else {
    root.change(one.file, one.from, one.to);
  }
}

/// Status 2, and the reason on one line.
void check_refused_all(const std::vector<Planted>& all) {
  for (const Planted& one : all) {
    CAPTURE(one.file, one.from, one.to);
    const ToyRoot root;
    plant(root, one);
    check_refused(root.verify(), 2, one.why);
  }
}

/// Status 1, and the reason among the failures.
void check_failed_all(const std::vector<Planted>& all) {
  for (const Planted& one : all) {
    CAPTURE(one.file, one.from, one.to);
    const ToyRoot root;
    plant(root, one);
    const Outcome outcome = root.verify();
    CAPTURE(outcome.out, outcome.err);
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.out, Catch::Contains(one.why));
  }
}

const std::string facts = "spec/door/protocol.json", module = "spec/door/Door.tla",
                  record = "spec/door/verdicts.json",
                  question = "spec/door/questions/enter_or_close.question";

}  // namespace

TEST_CASE("the toy: every check passes; without Java those of TLC are open", "[described]") {
  const ToyRoot root;
  const Outcome open = root.verify();
  CAPTURE(open.out, open.err);
  CHECK(open.status == 3);
  CHECK_THAT(open.out, Catch::Contains("no Java"));
  CHECK(open.out.find("FAIL") == std::string::npos);
  // TLC has not said so.
  CHECK(open.out.find("door safe:") == std::string::npos);
  if (!has_tlc_or_skips()) return;
  const Outcome all = root.verify({}, {});
  CAPTURE(all.out, all.err);
  CHECK(all.status == 0);
  CHECK_THAT(all.out, Catch::Contains("; door safe: 2 readers"));
}

TEST_CASE("planted: what nobody would judge", "[described]") {
  check_refused_all({
      {facts, R"(["safe", "inductive", "live", "equal"])", R"(["safe", "inductive", "equal"])",
       "protocol.json:4:12: 'sizes' has none that claims 'live', so nobody judges LeaveEnds"},
      {facts, "\"safe\", ", "", "'sizes' has none that claims 'safe', so nobody judges AloneOK"},
      {facts, ", \"equal\"]", "]",
       "'sizes' has none that claims 'equal', so nobody judges whether the reference is what"},
      {facts, "\"inductive\", ", "",
       "'sizes' has none that claims 'inductive', so nobody judges DoorInductive!Inductive by TLC"},
      {module, "Variant = \"no_look\"", "Variant = \"no_lok\"",
       "Door.tla:22:53: \"no_lok\" is no site, no point, no value of a variable and no variant; did "
       "you mean 'no_look'?"},
      {module, "pc[r] = \"Use\" /\\ at[r] = d =>", "pc[r] = \"Usw\" /\\ at[r] = d =>",
       "\"Usw\" is no site, no point, no value of a variable and no variant"},
      {module, "\\* Property (I-02): ", "\\* ", "nobody judges 'UsersOK'"},
      {module, "Null, Variant", "Null, Busy, Variant",
       "the constant 'Busy' has no value; expected the registration of door to have a count, a "
       "setting or a value of that name"},
      {module, "Null, Variant", "Null",
       "Door.tla: declares no constant 'Variant', to which the registration of door gives a value"},
      {module, "Spec == Init /\\ [][Next]_vars",
       "Spec == Init /\\ [][Next]_vars /\\ [][Closes]_vars",
       "'Spec' is more or less than our engines take it for"},
      {module, "[][Next]_vars", "[][Next /\\ Closes]_vars",
       "'Spec' is more or less than our engines take it for"},
      {"spec/door/DoorInductive.tla",
       "\nHome ==", "\n\\* Property: who is inside is at a door.\nHome ==",
       "DoorInductive.tla:13:1: nobody judges 'Home': of what DoorInductive states nothing is "
       "asked; expected the property in module Door"},
      {"spec/door/MCDoor.tla", "EXTENDS Door",
       "EXTENDS Door\n\\* Refuted (L-01): TRUE.\nEnds == TRUE", "nobody judges 'Ends'"},
      {module, "\\* Possible: two", "\\* two", "nobody judges 'BothInside'"},
      {module, "pc[d] = \"Drain\" /\\ users[d] = 2", "[]<>(users[d] = 2)",
       "'BothInside' is Possible, which only a state may be"},
      {"spec/door/MCDoor.tla", "", "", "MCDoor"},
      {"spec/door/MCDoor.tla", "EXTENDS Door", "EXTENDS Integers",
       "does not extend Door, whose properties the .cfg files name"},
      {facts, "\"fair\": \"FairSpec\"", "\"view\": \"vars\", \"fair\": \"FairSpec\"",
       "'sizes' has none that claims 'view', so nobody judges whether vars hides what matters"},
      {"spec/door/protocol.json", "", "",
       "no protocol.json here; expected the facts of a protocol"},
      {facts, "\"a reader does not look whether the door is open\"", "\" \"", "'why' is empty"},
      {facts, R"("size": "2x2")", R"("size": "2")", "protocol.json:6:14: 'size' stands twice"},
      {facts, R"(["safe", "equal"])", R"(["safe", "equal", "safe"])",
       "item 3 of 'claims' stands twice"},
      {facts, R"("size": "2x2")", R"("size": "2x1")",
       "protocol.json:6:14: 'size' is 2x1, the same size as 2"},
      {facts, R"("equal"], "quick": true)", R"("equal"])",
       "protocol.json:4:12: 'sizes' has none that is quick: `verify --quick` would judge nothing"},
      {record, "\"tso\": {", "\"tsu\": {",
       "'Close_Mb=rmb' is no weakening of a declared order under tsu"},
  });
  {
    const ToyRoot root;
    root.change(facts, "\"name\": \"no_look\"", "\"name\": \"no_lok\"");
    root.remove(record);
    check_refused(root.verify(), 2,
                  "protocol.json:9:14: 'name' is 'no_lok', which is no form of the reference; "
                  "expected one of: no_look");
    std::string text = root.text(facts);
    const std::size_t first = text.find("    {\"name\": \"no_lok\"");
    text.erase(first, text.find("  ],\n  \"proof\"") - first);
    root.write(facts, text);
    check_refused(
        root.verify(), 2,
        "protocol.json:8:15: 'variants' does not name 'no_look', which the reference has: "
        "nobody judges it");
  }
  {
    const ToyRoot root;
    root.change(module, "open = [d \\in Doors |-> 1]", "open = [d \\in Doors |-> 0]");
    const std::string both = "open[d1] is 0 by Init, 1 by the registration of door ('starts')";
    check_refused(root.verify(), 2, "Door.tla:14:1: " + both + "; expected one start of both");
    const Outcome compared = root.run({"compare", "door", "--size", "2"});
    CAPTURE(compared.out, compared.err);
    CHECK(compared.status == 1);
    CHECK_THAT(compared.out, Catch::Contains("they start in different states\n  " + both + "\n"));
  }
  {
    const ToyRoot root;
    root.write("spec/door/Base.tla",
               "---- MODULE Base ----\n\\* Property: nothing holds.\nNothingOK == FALSE\n====\n");
    root.change(module, "Integers, FiniteSets", "Integers, FiniteSets, Base");
    check_refused(root.run({"list", "variants"}), 2,
                  "Base.tla:3:1: nobody judges 'NothingOK': of what Base states nothing is asked; "
                  "expected the property in module Door");
  }
  {
    const std::string abstract =
        "---- MODULE Ajar ----\nVARIABLES open\nvars == <<open>>\nInit == open = open\n"
        "Next == UNCHANGED open\nSpec == Init /\\ [][Next]_vars\n====\n";
    const std::string stated = "A == INSTANCE Ajar\n\\* Property: it is ajar.\nAjarOK == A!";
    const ToyRoot root;
    root.write("spec/door/Ajar.tla", abstract);
    root.change(module, "Closes == ", stated + "Init\nCloses == ");
    // What an instance defines beside its Spec is a predicate, and no judge but TLC reads it.
    const Outcome predicate = root.run({"explore", "door"});
    check_refused(predicate, 2, "Door.tla:59:12: names of an instance ('!') are not understood");
    root.change(module, "A!Init", "A!Spec");
    root.change(facts, "\"safe\", \"inductive\"", "\"safe\", \"refines\", \"inductive\"");
    root.change("spec/door/Ajar.tla", " /\\ [][Next]_vars", "");
    check_refused(root.verify(), 2, "Ajar.tla:6:1: 'Spec' is more or less than our engines take");
  }
  for (const std::string name : {"spec/door/questions/more.questions", "traces/door/more.json"}) {
    const ToyRoot root;
    root.write(name, "");
    check_refused(root.verify(), 2,
                  name.substr(name.rfind('/') + 1) + ": nobody reads this; expected a file NAME.");
  }
  const ToyRoot root;
  root.write("spec/door/DoorMore.tla", "---- MODULE DoorMore ----\nEXTENDS Door\n====\n");
  check_refused(root.verify(), 2, "DoorMore.tla: nobody reads this module");
}

TEST_CASE("planted: an action without a site, and a site without an action", "[described]") {
  check_refused_all({
      // Never enabled: no state graph has it.
      {module, "Next == ",
       "Zap(r) == FALSE /\\ Use(r)\n\nNext == \\/ \\E r \\in Readers : Zap(r)\n        ",
       "Door.tla:44:31: 'Zap' is an action of Next, but no site of the reference in any form"},
      {module,
       "Next == ", "Opn(d) == Open(d) /\\ FALSE\n\nNext == \\/ \\E d \\in Doors : Opn(d)\n        ",
       "no site of the reference in any form; did you mean 'Open'?"},
      {module, " \\/ Write(d)", "",
       "Door.tla:42:1: has no action 'Write', which is a site of the reference (form holds, role "
       "owner)"},
  });
}

TEST_CASE("planted: what a module assumes of the constants", "[described]") {
  const std::string before = "Init == /\\ pc";
  const auto assume = [&](const std::string& what, const std::string& why) {
    CAPTURE(what);
    const ToyRoot root;
    root.change(module, before, "ASSUME " + what + "\n" + before);
    check_refused(root.verify(), 2, why);
    return root.run({"explore", "door"}).status;
  };
  const std::string false_of = "what is assumed here does not hold of ";
  CHECK(assume("FALSE", "Door.tla:14:8: " + false_of + "Readers = {r1, r2}, Doors = {d1}, ") == 2);
  // At one size, and in one variant.
  CHECK(assume("Cardinality(Doors) = 1", "Door.tla:14:27: " + false_of) == 0);
  CHECK(assume("Cardinality(Readers) > 0 /\\ Variant # \"no_look\"", false_of) == 0);
  CHECK(assume("Variant \\in {\"holds\", \"no_look\"} /\\ Null \\in Readers",
               "Door.tla:14:49: " + false_of) == 2);
  CHECK(assume("IsFiniteSet(Readers)", "Door.tla:14:") == 2);
  CHECK(assume("users[Null] = 0", "Door.tla:14:") == 2);
  const ToyRoot root;
  root.change(module, before,
              "ASSUME Variant \\in {\"holds\", \"no_look\"}\n"
              "ASSUME Cardinality(Readers) > 0\n" +
                  before);
  CHECK(root.verify().status == 3);
}

TEST_CASE("planted: what a .cfg file's module says of its own", "[described]") {
  const std::string model = "spec/door/MCDoor.tla";
  for (const std::string own :
       {"ASSUME FALSE", "Short == users", "Few == \\A d \\in Doors : users[d] < 2", "CONSTANT Most",
        "VARIABLE more", "THEOREM Spec"}) {
    CAPTURE(own);
    const ToyRoot root;
    root.change(model, "EXTENDS Door", "EXTENDS Door\n" + own);
    check_refused(root.verify(), 2,
                  "MCDoor.tla:9:1: nobody but a TLC that runs a .cfg file reads what stands here; "
                  "expected EXTENDS and no more, and this in module Door");
  }
  const ToyRoot root;
  root.write("spec/door/More.tla", "---- MODULE More ----\nASSUME FALSE\n====\n");
  root.change(model, "EXTENDS Door", "EXTENDS Door, More");
  check_refused(root.verify(), 2, "MCDoor.tla: extends More, which Door does not");
  root.remove("spec/door/More.tla");
  root.change(model, "EXTENDS Door, More", "EXTENDS Door, TLC");
  CHECK(root.verify().status == 3);
}

TEST_CASE("planted: what cannot fail, or does not follow", "[described]") {
  check_failed_all({
      {module, "UsersOK == \\A d \\in Doors : users[d] = Cardinality({r \\in Readers : at[r] = d})",
       "UsersOK == \\A d \\in Doors : users[d] = users[d]",
       "FAIL  door/falsifiable/UsersOK\n      falsifiable, reference: 2 readers\n      expected can "
       "fail\n      got      holds whatever the cells are"},
      {module, "UsersOK == \\A d \\in Doors", "UsersOK == \\A d \\in {}",
       "FAIL  door/falsifiable/UsersOK"},
      {module, "Closes == \\A d \\in Doors : open'[d] < open[d] => pc[d] = \"Close\"",
       "Closes == \\A d \\in Doors : open'[d] < open[d] => open[d] > open'[d]",
       "FAIL  door/falsifiable/CloseOK"},
      {module, "LeaveEnds == \\A r \\in Readers : at[r] # Null ~> at[r] = Null",
       "LeaveEnds == \\A r \\in Readers : pc[r] = \"Drain\" ~> at[r] = Null",
       "holds without any fairness: nothing has to go on for it"},
      {"spec/door/MCDoor_2x2.cfg", "UsersOK", "CloseOK",
       "MCDoor_2x2.cfg:15: is not what follows from the rest; `lockstep verify --update` writes it"},
      {"spec/door/MCDoor_live.cfg", "", "", "MCDoor_live.cfg: is not there"},
      {"spec/door/README.md", "| 123 |", "| 124 |",
       "README.md:26: is not what follows from the rest"},
      {"spec/door/README.md", "<!-- end -->\n\n<!-- verify --update: broken",
       "\nWhat it breaks:\n\n<!-- verify --update: broken",
       "README.md:16:1: is no row of the table 'properties', which has no '<!-- end -->' before"},
      {"spec/door/README.md", "update: broken", "update: properties",
       "README.md:30:1: lacks the table 'broken'; expected a line '<!-- verify --update: broken"},
      {"spec/door/README.md", "", "", "README.md: is not there; expected words"},
      {question, "task owner", "assume: Open = once\ntask owner",
       "enter_or_close.question:6:9: no task of the question comes to Open: nothing hangs on its"},
      {record, "\"cover\": 14", "\"cover\": 15", "but 15 states are recorded"},
      {"traces/door/cover.itf.json", "", "", "there is no golden trace"},
      {"traces/door", "", "", "there is no golden trace"},
      {"traces/door/cover.itf.json", "", "", "FAIL  door/covered"},
      {record, "\"tlc\": 4", "\"tlc\": 5",
       "violates AloneOK in 4 steps, but 5 steps are recorded of another judge: each looks for the "
       "shortest way"},
      {record, "\"states\": 123", "\"states\": 122", "but 122 states are recorded"},
      {module, "users[d] = 2", "users[d] = 3",
       "FAIL  door/possible/BothInside/reference\n      possible, reference: the smallest size of "
       "protocol.json that reaches it\n      expected can be reached\n      got      is reached at "
       "no size that claims 'safe'"},
      {module, "users[d] = 2", "users[d] < 0",
       "      expected the invariant allows it\n      got      the invariant excludes it\n"},
      {facts, "\"parameters\": [],", "\"parameters\": [], \"assumption\": \"2 < 1\",",
       "      expected the invariant allows each\n      got      the invariant excludes Enter -> Look, "},
      {facts, "{\"turn\": \"owner\", \"with\": \"owner\", \"why\": \"a door has one owner\"},", "",
       "nobody makes: owner Look -> Close, with owner; "},
      {facts, "  \"uncovered\": [",
       "  \"uncovered\": [{\"turn\": \"reader\", \"why\": \"none is\"},",
       "'uncovered' excuses what is made: reader\n"},
      {facts, "\"2x2\", \"claims\": [\"safe\", \"equal\"]", "\"2x2\", \"claims\": [\"safe\"]",
       "but of owner Close_Mb -> Drain '2; with reader: 2; with owner: 2x2' is recorded, and "
       "'2; with reader: 2' found"},
      {record, "\"owner Drain -> Write\": \"2\",", "",
       "but owner Drain -> Write is not recorded yet"},
      {record, "\"owner Drain -> Write\": \"2\",",
       "\"owner Drain -> Write\": \"2\", \"owner Drains\": \"2\",",
       "but owner Drains is recorded, and not there"},
      {facts, "  \"variants\": [",
       "  \"not_atomic\": [{\"site\": \"Look\", \"size\": \"2\", \"why\": \"a reader looks\"}],\n"
       "  \"variants\": [",
       "Look: nobody comes between, as protocol.json says"},
      {facts, "  \"variants\": [",
       "  \"not_atomic\": [{\"site\": \"Look\", \"size\": \"2\", \"why\": \"a reader looks\"}],\n"
       "  \"variants\": [",
       "FAIL  door/atomic/z3"},
      {module, "IF Variant = \"no_look\" THEN \"Use\" ELSE \"Look\"",
       "IF Variant = \"no_look\" THEN \"Leave\" ELSE \"Look\"", "FAIL  T01/equal/no_look"},
  });
  const ToyRoot root;
  root.write("spec/door/MCDoor_more.cfg", "SPECIFICATION Spec\n");
  CHECK_THAT(root.verify().out, Catch::Contains("MCDoor_more.cfg: nothing gives it"));
}

TEST_CASE("planted: a refinement that stands still", "[described][java]") {
  if (!has_tlc_or_skips()) return;
  const std::string of = "A == INSTANCE Ajar WITH ajar <- ";
  const auto verified = [&](const std::string& mapped) {
    const ToyRoot root;
    root.write(
        "spec/door/Ajar.tla",
        "---- MODULE Ajar ----\nEXTENDS Integers\nCONSTANTS Doors\nVARIABLES ajar\n"
        "vars == <<ajar>>\nInit == ajar = ajar\n"
        "Next == \\E d \\in Doors : ajar' = [ajar EXCEPT ![d] = 1 - @]\nSpec == Init /\\ [][Next]_vars\n====\n");
    root.change(module, "Closes == ",
                of + mapped + "\n\\* Property: it is ajar.\nAjarOK == A!Spec\nCloses == ");
    root.change(facts, "\"safe\", \"inductive\"", "\"safe\", \"refines\", \"inductive\"");
    return root.verify({"--quick", "--verbose"}, {});
  };
  const Outcome moves = verified("open");
  CAPTURE(moves.out, moves.err);
  CHECK(moves.out.find("FAIL  door/falsifiable") == std::string::npos);
  CHECK(moves.out.find("FAIL  door/refines") == std::string::npos);
  const Outcome still = verified("[d \\in Doors |-> 0]");
  CAPTURE(still.out, still.err);
  CHECK(still.out.find("FAIL  door/refines") == std::string::npos);
  CHECK_THAT(still.out, Catch::Contains("FAIL  door/falsifiable/AjarOK") &&
                            Catch::Contains("holds whatever the cells are"));
}

TEST_CASE("planted: what TLC is not asked", "[described]") {
  const std::string size = "\"claims\": [\"safe\", \"equal\"]";
  const auto with = [&](const std::string& more) { return Planted{facts, size, size + more, ""}; };
  const auto refused = [&](const std::string& more, const std::string& why) {
    Planted one = with(", \"not_by_tlc\": " + more);
    one.why = why;
    check_refused_all({one});
  };
  refused("[\"live\"]",
          "protocol.json:6:65: item 1 of 'not_by_tlc' is 'live', which this size does not");
  refused("[\"equal\"]",
          "is 'equal'; expected safe, refines, live or inductive, which our own engines judge too");
  const auto left_out = [](const std::string& claim) {
    const ToyRoot root;
    root.change(facts, "\"equal\"], \"quick\": true",
                "\"equal\"], \"quick\": true, \"not_by_tlc\": [\"" + claim + "\"]");
    return root.verify();
  };
  check_refused(left_out("live"), 2, "has none that claims 'live' of TLC, the judge of record");

  ToyRoot root;
  root.change(facts, size + "}", size + ", \"not_by_tlc\": [\"safe\"]}");
  const Outcome larger = root.verify({"--verbose"}, {"COLUMNS=4000"});
  CAPTURE(larger.out, larger.err);
  CHECK(larger.status == 0);
  CHECK(larger.out.find("door/safe/2x2 ") == std::string::npos);
  CHECK_THAT(larger.out,
             Catch::Contains("door/safe/2x2/reference ") && Catch::Contains("door/safe/2 "));
  root.change(facts, "\"equal\"], \"quick\": true",
              "\"equal\"], \"quick\": true, \"not_by_tlc\": [\"safe\"]");
  check_refused(root.verify(), 2, "has none that claims 'safe' of TLC, the judge of record");
}

TEST_CASE("planted: a variant that TLC is not asked about", "[described]") {
  const std::string breaks = "\"breaks\": \"AloneOK\", ", open = "\"not_by_tlc\": true, ";
  check_refused_all({{facts, breaks, breaks + open,
                      "is of a variant that breaks something: its steps are TLC's"}});
  // The explorer judges it all the same: what is said to hold, and does not, is found.
  const ToyRoot root;
  root.change(facts, breaks, "\"breaks\": null, " + open);
  root.change(record,
              "\"steps\": {\"reference\": 4, \"tlc\": 4}, \"inductive\": \"Enter -> Use / Alone\"",
              "");
  const Outcome outcome = root.verify({"--verbose"});
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.out,
             Catch::Contains("FAIL  T01/reference/no_look") && Catch::Contains("violates AloneOK"));
  CHECK(outcome.out.find("T01/tlc/no_look") == std::string::npos);
}

TEST_CASE("planted: a question that asks for nothing", "[described]") {
  // Without any question no order is said to be enough, or more.
  const ToyRoot root;
  root.remove("spec/door/questions");
  const Outcome outcome = root.verify();
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 3);
  CHECK_THAT(outcome.out, Catch::Contains("no question is never"));
}

TEST_CASE("planted: two questions of one name", "[described]") {
  const ToyRoot root;
  root.write("spec/door/questions/9_enter_or_close.question", root.text(question));
  check_refused(root.verify(), 2,
                "enter_or_close.question: is question 'enter_or_close' once more; expected");
}

TEST_CASE("planted: an assumption that leaves out what Linux has", "[described]") {
  const auto refuse = [&](const std::string& numbers, const std::string& why) {
    CAPTURE(numbers);
    const ToyRoot root;
    root.change("spec/door/DoorInductive.tla", "Inductive ==", "Most == 2\nInductive ==");
    root.change(facts, "\"parameters\": [],",
                "\"parameters\": [\"Most\"]," + numbers + "\"assumption\": \"Most <= 3\",");
    check_refused(root.verify(), 2, why);
  };
  refuse("\"in_linux\": {\"Most\": 4},",
         "the assumption of the proof of door: does not hold of Most = 4, of Linux: Most <= 3");
  refuse("\"in_linux\": {\"Most\": 2147483647},",
         "the assumption of the proof of door: does not hold of Most = 2147483647, of Linux: ");
  refuse("\"in_linux\": {\"Most\": 3},", "is 'Most', which the code does not leave open");
  refuse("\"in_linux\": {\"Least\": 3},", "does not say what Most is");
  refuse("", "in_linux");
}

TEST_CASE("what is left out of a claim stands in its bounds", "[described]") {
  const ToyRoot root;
  root.change(facts, "\"parameters\": [],", "\"parameters\": [], \"assumption\": \"1 <= 2\",");
  const Outcome verified = root.verify({"--json", "-"});
  CAPTURE(verified.out, verified.err);
  std::map<std::string, std::string> bounds;
  const auto document = nlohmann::json::parse(verified.out);
  for (const auto& check : document["checks"]) bounds[check["id"]] = check["bounds"];
  CHECK_THAT(bounds["door/inductive/holds"], Catch::EndsWith(", assuming 1 <= 2"));
  const std::string cut = "up to the states that violate an invariant";
  CHECK_THAT(bounds["T01/equal/no_look"], Catch::EndsWith(cut));
  CHECK_THAT(root.run({"compare", "door", "--variant", "no_look"}).out,
             Catch::Contains("compared, up to those that violate an invariant"));
  CHECK(root.run({"compare", "door"}).out.find("up to") == std::string::npos);
}

TEST_CASE("a property that is asked for has no string that nobody knows", "[described]") {
  const ToyRoot root;
  check_refused(root.run({"explore", "door", "--property", "\\A r \\in Readers : pc[r] # \"Usw\""}),
                2,
                "property 1:1:28: \"Usw\" is no site, no point, no value of a variable and no "
                "variant");
}

}  // namespace lockstep::testing
