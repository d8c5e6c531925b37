// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>

#include "cli/common.hpp"
#include "cli/list.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace lockstep::cli {

namespace {

/// The last line: how many have an answer, and which do not, and why.
class Tally {
 public:
  void add(const std::string& id, bool answered, const std::string& why_not) {
    ++all_;
    if (answered) {
      ++answered_;
      return;
    }
    const std::string why = why_not.empty() ? "nothing here answers" : why_not;
    const auto same = [&](const auto& lacking) { return lacking.first == why; };
    auto found = std::ranges::find_if(lacking_, same);
    if (found == lacking_.end()) found = lacking_.insert(found, {why, {}});
    found->second.push_back(id);
  }
  std::string text(const std::string& what) const {
    std::string out = fmt::format("\n{} of {}{}", answered_, all_, what);
    for (const auto& [why, ids] : lacking_) {
      out += (&ids == &lacking_.front().second ? "; without an answer: " : "; ") +
             report::join(ids, ", ") + " (" + why + ")";
    }
    return out + "\n";
  }

 private:
  std::size_t all_ = 0, answered_ = 0;
  std::vector<std::pair<std::string, std::vector<std::string>>> lacking_;
};

std::string reachable(const Answers::Asked& asked) {
  std::vector<std::string> models;
  for (const auto& [model, can] : asked.reachable) {
    if (can) models.push_back(model);
  }
  return models.empty() ? "no model" : report::join(models, ", ");
}

std::vector<std::string> names_of(const std::vector<Answers::Asked>& questions) {
  std::vector<std::string> out;
  for (const Answers::Asked& asked : questions) out.push_back(asked.name);
  return out;
}

/// `vma_refcnt/dup_copies_refcnt violates RefcntOK, 1x2x2; steps: reference 43, tlc 43`; of what is
/// live no steps are recorded.
std::string broken_text(const ManifestProtocol& p, const ManifestVariant& variant) {
  std::string steps;
  for (const auto& [judge, expected] : variant.expected) {
    if (!expected.steps) continue;
    steps += (steps.empty() ? "; steps: " : ", ") + judge + " " + std::to_string(*expected.steps);
  }
  const auto broken = std::ranges::find(p.properties, variant.breaks, &ManifestProperty::name);
  if (broken != p.properties.end() && broken->kind == "liveness") steps = ", for ever";
  return p.name + "/" + variant.name + " violates " + variant.breaks + ", " + variant.size + steps;
}

}  // namespace

Listing list_ids(const Answers& answers, std::size_t width) {
  Listing out;
  report::Table table({"id", "words", "held by"});
  Tally tally;
  for (const Answers::Property& one : answers.properties) {
    table.row(
        {one.id, one.words, one.held_by.empty() ? one.not_here : report::join(one.held_by, ", ")});
    tally.add(one.id, one.answered, one.not_here);
    out.json.push_back(
        {{"id", one.id}, {"held_by", one.held_by}, {"not_here", or_null(one.not_here)}});
  }
  out.text = table.text(width) + tally.text("");
  return out;
}

Listing list_statements(const Answers& answers, std::size_t width) {
  Listing out;
  report::Table table({"id", "words", "question, or where it is told", "reachable under"});
  Tally tally;
  for (const Answers::Statement& one : answers.statements) {
    std::string id = one.id, words = one.words;
    const auto row = [&](const std::string& by, const std::string& under) {
      table.row({id, words, by, under});
      id = words = "";
    };
    for (const Answers::Asked& asked : one.questions) row(asked.name, reachable(asked));
    if (!one.where.empty()) row(one.where, "");
    if (!one.answered()) row(one.not_here, "");
    tally.add(one.id, one.answered(), one.not_here);
    out.json.push_back(
        {{"id", one.id},
         {"questions",
          one.questions.empty() ? report::Json(nullptr) : report::Json(names_of(one.questions))},
         {"where", or_null(one.where)}});
  }
  out.text = table.text(width) + tally.text("");
  return out;
}

Listing list_numbers(const Answers& answers, std::size_t width) {
  Listing out;
  report::Table table({"number", "what it is", "held by"});
  Tally tally;
  for (const Answers::Number& one : answers.numbers) {
    const std::string by = report::join(one.held_by, ", ");
    table.row({one.value, one.words, one.not_here.empty() ? by : by + " (" + one.not_here + ")"});
    tally.add(one.value, one.answered(), one.not_here);
    out.json.push_back({{"value", one.value},
                        {"words", one.words},
                        {"held_by", one.held_by},
                        {"not_here", or_null(one.not_here)}});
  }
  out.text = table.text(width) + tally.text("");
  return out;
}

Listing list_scenarios(const Manifest& manifest, const Answers& answers, std::size_t width) {
  Listing out;
  Tally tally;
  for (const ManifestScenario& s : manifest.scenarios) {
    const Answers::Scenario& answer = answers.scenarios.at(s.id);
    ScenarioText text(s, width);
    text.line("answer", answer.answered           ? answer.answer
                        : answer.not_here.empty() ? "none yet"
                                                  : answer.not_here);
    const auto& [broken_in, broken] = answer.broken;
    const auto& [holds_in, holds] = answer.holds;
    if (broken != nullptr) text.line("broken by", broken_text(*broken_in, *broken));
    if (holds != nullptr) text.line("held by", holds_in->name + "/" + holds->name);
    if (answer.itself) text.line("held by", s.protocol + " as it is");
    for (const Answers::Asked& asked : answer.questions) {
      text.line("asked by", asked.name + ": reachable under " + reachable(asked));
    }
    if (!answer.where.empty()) text.line("told in", answer.where);
    out.text += (out.text.empty() ? "" : "\n") + text.text();
    std::vector<std::string> variants;
    for (const auto& [protocol, variant] : variants_of(manifest, s)) {
      variants.push_back(variant->name);
    }
    tally.add(s.id, answer.answered, answer.not_here);
    out.json.push_back(
        {{"id", s.id},
         {"title", s.title},
         {"protocol", s.protocol},
         {"variants", variants},
         {"question", s.question},
         {"what_breaks", s.broken},
         {"what_holds", s.holds},
         {"source", s.source},
         {"answer", answer.answered ? report::Json(answer.answer) : report::Json(nullptr)},
         {"broken", broken == nullptr ? report::Json(nullptr) : report::Json(broken->name)},
         {"holds", holds != nullptr ? report::Json(holds->name)
                   : answer.itself  ? report::Json("holds")
                                    : report::Json(nullptr)},
         {"questions", names_of(answer.questions)},
         {"where", or_null(answer.where)}});
  }
  out.text += tally.text(" answered");
  return out;
}

}  // namespace lockstep::cli
