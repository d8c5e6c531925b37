// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "toy_root.hpp"

// What a protocol.json, a question or a command names and what is not there: the file, the line,
// the column, and what it could have been.
namespace lockstep::testing {

namespace {

/// The toy's specification with the first place of one text changed to another.
class Changed {
 public:
  Changed(const std::string& name, const std::string& from, const std::string& to) {
    std::string text = root.text("spec/door/" + name);
    const std::size_t at = text.find(from);
    INFO(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    root.write("spec/door/" + name, text);
    line_ = 1 + std::count(text.begin(), text.begin() + static_cast<long>(at), '\n');
    column_ = at - (at == 0 ? 0 : text.rfind('\n', at - 1) + 1) + 1;
    file_ = name.substr(name.rfind('/') + 1);
  }
  /// "FILE:LINE:COLUMN: " so many characters behind where the change begins.
  std::string where(std::size_t behind = 0) const {
    return file_ + ":" + std::to_string(line_) + ":" + std::to_string(column_ + behind) + ": ";
  }
  ToyRoot root;

 private:
  std::string file_;
  long line_ = 0;
  std::size_t column_ = 0;
};

void refused(const std::string& from, const std::string& to, const std::string& why,
             std::size_t skip = 0) {
  CAPTURE(from, to, why);
  const Changed changed("protocol.json", from, to);
  check_refused(changed.root.run({"list", "variants"}), 2, changed.where(skip) + why);
}

void question_refused(const std::string& from, const std::string& to, std::size_t skip,
                      const std::string& why) {
  CAPTURE(from, to, why);
  const Changed changed("questions/use_before_write.question", from, to);
  check_refused(changed.root.run({"order", "door", "--question", "use_before_write"}), 2,
                changed.where(skip) + why);
}

}  // namespace

TEST_CASE("what a protocol.json names and is not there is told with its place") {
  refused("\"Door\"", "\"Doors\"", "'module' names module Doors, but there is no ");
  refused("\"Fairness\"", "\"Fair\"", "'fairness' names 'Fair', which module Door does not define");
  refused("\"FairSpec\"", "\"FareSpec\"",
          "'fair' names 'FareSpec', which module Door does not define");
  refused("\"module\": \"Door\"", "\"module\": \"Door\", \"view\": \"Veiw\"",
          "'view' names 'Veiw', which module Door does not define", 26);
  refused("\"2x2\"", "\"0x1\"",
          "'size' is refused: size '0x1': '0' is no count; expected 1 to 9, as in 2");
  refused("\"2x2\"", "\"2x2x2\"", "'size' is refused: size '2x2x2': ");
  refused("\"2x2\"", "\"2x2,limits=2\"", "'size' is refused: size '2x2,limits=2': ");
  refused("[\"safe\", \"equal\"]", "[\"sound\", \"equal\"]",
          "item 1 of 'claims' is claim 'sound', which is unknown; expected one of: safe, refines, "
          "live, equal, view, inductive",
          1);
  refused("[\"safe\", \"equal\"]", "[\"view\"]",
          "item 1 of 'claims' is 'view', but states of this size are not told apart by a VIEW", 1);
  refused("\"spec\":", "\"variant_size\": \"1x1x2\",\n  \"spec\":",
          "'variant_size' is refused: size '1x1x2': ", 16);
  refused("\"breaks\":", "\"size\": \"9x\", \"breaks\":", "'size' is refused: size '9x': ", 8);
  refused("\"no_look\"", "\"no_looks\"",
          "'name' is 'no_looks', which is no form of the reference; expected one of: ");
  refused("\"DoorInductive\"", "\"DoorInduction\"",
          "'module' names module DoorInduction, but there is no ");
  refused("[\"2\", \"2x2\"]", "[\"2\", \"2y1\"]", "item 2 of 'walks' is refused: ", 6);
}

TEST_CASE("a protocol.json that names no specification with fairness says what to add") {
  const auto without = [](const std::string& rest, const std::string& why) {
    const Changed changed("protocol.json", R"(, "fairness": "Fairness", "fair": "FairSpec")", rest);
    check_refused(changed.root.run({"list", "variants"}), 2, why);
  };
  without("",
          "nobody judges 'FairSpec', a specification; where it is Spec with its fairness, the "
          "'spec' of protocol.json has to say so: \"fair\": \"FairSpec\", and \"fairness\"");
  without(R"(, "fairness": "Fairness")",
          "protocol.json:3:11: 'spec' has 'fairness' without 'fair'; expected the definition "
          "that is Spec /\\ Fairness, as \"fair\": \"FairSpec\"");
  without(R"(, "fair": "FairSpec")", "'spec' has 'fair' without 'fairness'");
}

TEST_CASE("a folder whose protocol nobody has registered is named") {
  const ToyRoot root;
  std::filesystem::rename(root.file("spec/door"), root.file("spec/window"));
  check_refused(root.run({"list", "variants"}), 2,
                "window/protocol.json:1:1: the document is of 'window', but no protocol of that "
                "name is registered; expected a file of conformance/protocols/");
}

TEST_CASE("every member of a question is named with its own place") {
  question_refused("data[d1]", "dta[d1]", 0, "no site accesses 'dta'; expected one of: ");
  question_refused("open[d1] = 0", "open = 0", 0, "'open' is no whole cell");
  question_refused("owner as d1", "onwer as d1", 0, "there is no role 'onwer'");
  question_refused("Drain\n", "Darin\n", 0, "owner has no site 'Darin'");
  question_refused("at = d1", "att = d1", 0, "reader has no local 'att'");
  question_refused("until: Open", "next: Drain -> Opne\n  until: Open", 15,
                   "no way leads from Drain to 'Opne'");
  question_refused("Open\n", "Opne\n", 0, "owner has no site 'Opne'");
  question_refused("Reader_Idle", "Reader_Idel", 0, "reader has no site 'Reader_Idel'");
  question_refused("reader.Use", "raeder.Use", 0,
                   "'raeder.Use': no such task, and site or local of it");
  question_refused("reader.Use", "reader.Usw.data", 0,
                   "'reader.Usw.data': no such task, and site or local of it");
  question_refused("task owner", "assume: Leave = onze\ntask owner", 8,
                   "Leave=onze: expected SITE=ORDER, with ORDER one of ");
  question_refused("task owner", "assume: Put_Sub = once\ntask owner", 8,
                   "an order for 'Put_Sub': no such site");
  question_refused("task owner", "assume: Leave = mb\ntask owner", 8,
                   "Leave=mb: a site of kind rmw cannot have this order");
}

TEST_CASE("a property of steps in a form that would be judged otherwise than TLC does is refused") {
  const auto stated = [](const std::string& form, const std::string& why) {
    const Changed changed("Door.tla", "CloseOK == [][Closes]_vars", "CloseOK == " + form);
    check_refused(changed.root.run({"list", "variants"}), 2, why);
  };
  stated("[][Closes]_open",
         "'CloseOK' has the subscript open, which leaves out at, data, pc and 1 more");
  stated("[][Closes /\\ TRUE]_vars", "'CloseOK' is of steps in another form");
}

TEST_CASE("a property of the command line names objects as the module's sets do") {
  const auto asked = [](const std::string& property) {
    return toy({"explore", "door", "--property", property});
  };
  check_refused(
      asked("pc[\"r1\"] # \"Use\""), 2,
      "property 1:1:4: \"r1\" is a string, and r1 a model value, which is written without "
      "quotes");
  CHECK(asked("pc[r1] # \"Use\" \\/ TRUE").status == 0);
  CHECK(asked("at[r1] # d1").status == 1);
  check_refused(asked("pc[r3] = \"\""), 2, "'r3' is not known");
}

TEST_CASE("of a protocol without variants, holds is what there is") {
  const auto all = nlohmann::json::parse(lockstep({"list", "protocols", "--json", "-"}).out);
  for (const auto& protocol : all.at("protocols")) {
    if (protocol["variants"].size() > 1) continue;
    const std::string name = protocol["name"];
    check_refused(lockstep({"explore", name, "--variant", "none"}), 2,
                  "variant 'none': unknown for " + name + "; expected one of: holds\n");
  }
}

TEST_CASE("a scenario of a protocol that was not asked for is said to be that") {
  const auto names = nlohmann::json::parse(lockstep({"list", "protocols", "--json", "-"}).out);
  const auto all = nlohmann::json::parse(lockstep({"list", "scenarios", "--json", "-"}).out);
  // The smallest is asked for, and one scenario of each other.
  const std::string name = "vma_lock";
  std::size_t said = 0;
  for (const auto& protocol : names.at("protocols")) {
    const std::string of = protocol["name"];
    for (const auto& scenario : all.at("scenarios")) {
      if (of == name || scenario["protocol"] != of) continue;
      const std::string id = scenario["id"];
      const Outcome none = lockstep({"verify", "--protocol", name, "--scenario", id});
      CHECK(none.status == 3);
      CHECK_THAT(none.out, Catch::Contains(id + ": its protocol, " + of + ", was not asked for"));
      ++said;
      break;
    }
  }
  CHECK(said + 1 == names.at("protocols").size());
}

}  // namespace lockstep::testing
