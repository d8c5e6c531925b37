// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/answers.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "claims/part.hpp"
#include "claims/told.hpp"
#include "report/suggest.hpp"

namespace lockstep {

namespace {

namespace fs = std::filesystem;

/// I-15 and L-05 of properties, O03 and O14b of statements.
bool is_property_id(const std::string& id) {
  return id.size() == 4 && (id[0] == 'I' || id[0] == 'L') && id[1] == '-' &&
         id.find_first_not_of("0123456789", 2) == std::string::npos;
}
bool is_statement_id(const std::string& id) {
  if (id.size() < 3 || id.size() > 4 || id[0] != 'O') return false;
  const std::size_t digits = std::min(id.find_first_not_of("0123456789", 1), id.size());
  return digits == 3 && (id.size() == 3 || (id[3] >= 'a' && id[3] <= 'z'));
}

/// What the tree has, by the names that answers are given.
class Tree {
 public:
  explicit Tree(const Manifest& manifest) : manifest_(manifest) {
    for (const ManifestProtocol& p : manifest.protocols) {
      for (const auto* stated : {&p.properties, &p.possible}) {
        for (const ManifestProperty& property : *stated) {
          names_.push_back(p.name + "/" + property.name);
          for (const std::string& id : property.ids) holders_[id].push_back(names_.back());
          if (!property.ids.empty()) properties_.emplace_back(names_.back(), property.ids);
        }
      }
      for (const ManifestVariant& variant : p.variants) {
        names_.push_back(p.name + "/variant/" + variant.name);
      }
      for (orders::Question& q : OrderSubject::of(manifest, p.name).questions) {
        names_.push_back(p.name + "/question/" + q.name);
        for (const std::string& id : q.ids) {
          holders_[id].push_back(names_.back());
          asked_[id].push_back({p.name + "/" + q.name, q.expected});
        }
        questions_.push_back(std::move(q));
      }
    }
  }

  Answers::HeldBy holders(const std::string& id) const {
    const auto found = holders_.find(id);
    return found == holders_.end() ? Answers::HeldBy{} : found->second;
  }
  std::vector<Answers::Asked> asked(const std::string& id) const {
    const auto found = asked_.find(id);
    return found == asked_.end() ? std::vector<Answers::Asked>{} : found->second;
  }

  /// Whatever the protocols say they hold is among `known`.
  void hold_ids(const std::set<std::string>& known) const {
    const auto strange = [&](const std::string& id) {
      return (is_property_id(id) || is_statement_id(id)) && !known.contains(id);
    };
    for (const auto& [name, ids] : properties_) {
      for (const std::string& id : ids) {
        if (strange(id)) {
          throw InputError("property " + name, 0, 0,
                           "holds '" + id + "', which spec/answers.json lacks");
        }
      }
    }
    for (const orders::Question& q : questions_) {
      for (const std::string& id : q.ids) {
        if (!strange(id)) continue;
        const auto place = q.places.find("ids");
        const auto [line, column] =
            place == q.places.end() ? std::pair<std::size_t, std::size_t>{} : place->second;
        throw InputError(q.file, line, column,
                         "'" + id + "' is an id that spec/answers.json lacks");
      }
    }
  }

  /// Of a protocol that scenarios speak of and that is not there, why it answers nothing; else "".
  /// `at` fails where there is no such protocol.
  std::string absent(const Part& at, const std::string& protocol) const {
    const auto named = [&](const ManifestScenario& s) { return s.protocol == protocol; };
    if (std::ranges::find(manifest_.protocols, protocol, &ManifestProtocol::name) !=
        manifest_.protocols.end()) {
      return "";
    }
    if (std::ranges::none_of(manifest_.scenarios, named)) {
      at.fail("speaks of '" + protocol + "', which is no protocol");
    }
    return protocol + " is not in the tree";
  }

  /// `at` fails where nothing has this name. Of a protocol that is not there, why; else "".
  std::string hold(const Part& at, const std::string& name) const {
    const std::size_t slash = name.find('/');
    if (slash == std::string::npos) {
      at.fail("is '" + name +
              "'; expected P/Property, P/question/Q, P/variant/V or test/FOLDER: CASE");
    }
    if (name.starts_with("test/")) {
      hold_test(at, name.substr(slash + 1));
      return "";
    }
    const std::string why = absent(at, name.substr(0, slash));
    if (why.empty() && std::ranges::find(names_, name) == names_.end()) {
      at.fail("is '" + name + "', which is not there" + report::suggestion(name, names_));
    }
    return why;
  }

 private:
  /// `FOLDER: CASE`, as ctest calls it. Where the tests are not beside spec/, nobody knows.
  void hold_test(const Part& at, const std::string& name) const {
    const fs::path tests = manifest_.root / "conformance" / "tests";
    if (!fs::is_directory(tests)) return;
    const std::size_t colon = std::min(name.find(": "), name.size());
    const fs::path folder = tests / name.substr(0, colon);
    if (colon < name.size() && fs::is_directory(folder)) {
      const std::string wanted = "TEST_CASE(\"" + name.substr(colon + 2) + "\"";
      for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>{in}, {}};
        if (text.find(wanted) != std::string::npos) return;
      }
    }
    at.fail("is a test, '" + name + "', that is not there");
  }

  const Manifest& manifest_;
  std::vector<std::string> names_;
  std::vector<std::pair<std::string, std::vector<std::string>>> properties_;
  std::vector<orders::Question> questions_;
  std::map<std::string, Answers::HeldBy> holders_;
  std::map<std::string, std::vector<Answers::Asked>> asked_;
};

/// The id of an entry, which stands once.
std::string id_of(const Part& from, bool (*is_id)(const std::string&), const std::string& like,
                  std::set<std::string>& known) {
  const std::string id = from["id"].text();
  if (!is_id(id)) from["id"].fail("is '" + id + "'; expected an id like " + like);
  if (!known.insert(id).second) from["id"].fail("stands twice");
  return id;
}

/// Why the protocol that has to answer does not: it is not there; or "".
std::string absent_of(const Part& from, const Tree& tree) {
  return from.has("of") ? tree.absent(from["of"], from["of"].text()) : "";
}

Answers::Property read_property(const Part& from, const Tree& tree, std::set<std::string>& known) {
  from.only({"id", "words", "of", "not_here"});
  Answers::Property out;
  out.id = id_of(from, is_property_id, "I-15", known);
  out.words = from["words"].words();
  out.held_by = tree.holders(out.id);
  const std::string absent = absent_of(from, tree);
  if (from.has("not_here")) {
    out.not_here = from["not_here"].text();
    if (!out.held_by.empty())
      from["not_here"].fail("is wrong: " + out.held_by.front() + " holds it");
    out.answered = true;
  } else if (out.held_by.empty()) {
    out.not_here = absent;
  }
  out.answered |= !out.held_by.empty();
  return out;
}

Answers::Statement read_statement(const Part& from, const Tree& tree, const Told& told,
                                  std::set<std::string>& known) {
  from.only({"id", "words", "of"});
  Answers::Statement out;
  out.id = id_of(from, is_statement_id, "O03", known);
  out.words = from["words"].words();
  out.questions = tree.asked(out.id);
  for (const auto& [protocol, ids] : told) {
    if (out.where.empty() && ids.contains(out.id)) out.where = ids.at(out.id);
  }
  const std::string absent = absent_of(from, tree);
  if (!out.answered()) out.not_here = absent;
  return out;
}

Answers::Number read_number(const Part& from, const Tree& tree) {
  from.only({"value", "words", "held_by"});
  Answers::Number out{from["value"].text(), from["words"].words(), {}, {}};
  for (const Part& name : from["held_by"].items()) {
    out.held_by.push_back(name.text());
    if (const std::string why = tree.hold(name, name.text()); !why.empty()) out.not_here = why;
  }
  if (out.held_by.empty()) from["held_by"].fail("is empty");
  return out;
}

/// The variant that shows a scenario; those of its own protocol come first.
std::pair<const ManifestProtocol*, const ManifestVariant*> variant_of(
    const Manifest& manifest, const ManifestScenario& scenario, bool holds) {
  std::pair<const ManifestProtocol*, const ManifestVariant*> out{};
  for (const ManifestProtocol& p : manifest.protocols) {
    for (const ManifestVariant& variant : p.variants) {
      if (variant.scenario != scenario.id || variant.holds != holds) continue;
      const bool own = p.name == scenario.protocol;
      if (out.first == nullptr || (own && out.first->name != scenario.protocol))
        out = {&p, &variant};
    }
  }
  return out;
}

/// The kind of answer that a scenario wants.
std::string wanted(const ManifestScenario& scenario) {
  if (scenario.kind == "definition") return "documented";
  return scenario.kind == "performance" ? "measured" : "judged";
}

Answers::Scenario scenario_of(const Manifest& manifest, const ManifestScenario& scenario,
                              const Tree& tree, const Told& told) {
  Answers::Scenario out;
  out.answer = wanted(scenario);
  out.broken = variant_of(manifest, scenario, false);
  out.holds = variant_of(manifest, scenario, true);
  out.questions = tree.asked(scenario.id);
  const bool broken = out.broken.first != nullptr, asked = !out.questions.empty();
  out.itself = out.holds.first == nullptr && (broken || asked);
  if (const auto own = told.find(scenario.protocol); own != told.end()) {
    if (const auto at = own->second.find(scenario.id); at != own->second.end()) {
      out.where = at->second;
    }
  }
  const bool nothing_wrong = !scenario.wrong && out.holds.first != nullptr;
  out.answered = out.answer == "judged" ? broken || asked || nothing_wrong : !out.where.empty();
  const bool there = std::ranges::find(manifest.protocols, scenario.protocol,
                                       &ManifestProtocol::name) != manifest.protocols.end();
  if (!out.answered && !there) out.not_here = scenario.protocol + " is not in the tree";
  return out;
}

}  // namespace

Answers Answers::of(const Manifest& manifest) {
  const Part from =
      Part::of_file(manifest.root / "spec" / "answers.json", "what is asked of the whole");
  from.only({"properties", "statements", "numbers"});
  const Tree tree(manifest);
  std::set<std::string> known;
  std::vector<std::string> told_of;
  for (const ManifestScenario& scenario : manifest.scenarios) told_of.push_back(scenario.id);
  for (const Part& one : from["statements"].items()) told_of.push_back(one["id"].text());
  const Told told = lockstep::told(manifest, told_of);
  Answers out;
  for (const Part& one : from["properties"].items()) {
    out.properties.push_back(read_property(one, tree, known));
  }
  for (const Part& one : from["statements"].items()) {
    out.statements.push_back(read_statement(one, tree, told, known));
  }
  for (const Part& one : from["numbers"].items()) out.numbers.push_back(read_number(one, tree));
  tree.hold_ids(known);
  for (const ManifestScenario& scenario : manifest.scenarios) {
    out.scenarios[scenario.id] = scenario_of(manifest, scenario, tree, told);
  }
  return out;
}

}  // namespace lockstep
