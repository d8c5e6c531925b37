// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <map>

#include "claims/judges.hpp"
#include "cli/common.hpp"
#include "cli/list.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace lockstep::cli {

Listing list_variants(const Protocols& protocols, std::size_t width) {
  Listing out;
  report::Table table({"protocol", "variant", "violates", "scenario", "size", "why"});
  for (const ManifestProtocol* p : protocols) {
    for (const ManifestVariant& v : p->variants) {
      table.row({p->name, v.name, v.holds ? "nothing: it holds" : v.breaks, v.scenario.value_or(""),
                 v.size, v.why});
      out.json.push_back({{"protocol", p->name},
                          {"name", v.name},
                          {"holds", v.holds},
                          {"breaks", or_null(v.breaks)},
                          {"scenario", or_null(v.scenario)},
                          {"size", v.size},
                          {"why", v.why}});
    }
  }
  out.text = table.text(width);
  return out;
}

Listing list_properties(const Protocols& protocols, std::size_t width) {
  Listing out;
  report::Table table({"protocol", "property", "kind", "ids", "words"});
  std::map<std::string, std::vector<std::string>> held_by;
  for (const ManifestProtocol* p : protocols) {
    for (const auto* stated : {&p->properties, &p->possible}) {
      for (const ManifestProperty& property : *stated) {
        table.row({p->name, property.name, property.kind, report::join(property.ids, ", "),
                   property.words});
        for (const std::string& id : property.ids)
          held_by[id].push_back(p->name + "/" + property.name);
      }
    }
  }
  for (const auto& [id, names] : held_by) {
    out.json.push_back({{"id", id}, {"held_by", names}, {"not_here", nullptr}});
  }
  out.text = table.text(width);
  return out;
}

Listing list_turns(const Protocols& protocols, std::size_t width) {
  Listing out;
  report::Table table({"protocol", "role, site and turn", "made at"});
  for (const ManifestProtocol* p : protocols) {
    for (const auto& [turn, where] : p->turns) {
      table.row({p->name, turn, where});
      out.json.push_back({{"protocol", p->name}, {"turn", turn}, {"where", where}});
    }
  }
  out.text = table.text(width);
  return out;
}

Listing list_questions(const Manifest& manifest, const Protocols& protocols, std::size_t width) {
  Listing out;
  report::Table table({"protocol", "question", "ids", "may it end with", "reachable under"});
  for (const ManifestProtocol* p : protocols) {
    for (const orders::Question& question : OrderSubject::of(manifest, p->name).questions) {
      std::vector<std::string> reachable;
      report::Json expected = report::Json::object();
      for (const auto& [model, can] : question.expected) {
        if (can) reachable.push_back(model);
        expected[model] = can;
      }
      table.row({p->name, question.name, report::join(question.ids, ", "), question.forbidden,
                 reachable.empty() ? "no model" : report::join(reachable, ", ")});
      out.json.push_back({{"protocol", p->name},
                          {"name", question.name},
                          {"ids", question.ids},
                          {"words", question.words},
                          {"forbidden", question.forbidden},
                          {"reachable", expected}});
    }
  }
  out.text = table.text(width);
  return out;
}

std::vector<VariantOf> variants_of(const Manifest& manifest, const ManifestScenario& scenario) {
  std::vector<VariantOf> out;
  for (const ManifestProtocol& p : manifest.protocols) {
    for (const ManifestVariant& variant : p.variants) {
      if (variant.scenario == scenario.id) out.emplace_back(&p, &variant);
    }
  }
  return out;
}

ScenarioText::ScenarioText(const ManifestScenario& scenario, std::size_t width)
    : room_(width > 2 * margin ? width - margin
            : width == 0       ? 88
                               : width),
      text_(scenario.id + "  " + scenario.title + "\n") {
  line("question", scenario.question);
  line("breaks", scenario.broken);
  line("holds", scenario.holds);
  line("source", scenario.source);
}

void ScenarioText::line(const std::string& title, const std::string& words) {
  std::string before = "  " + report::pad(title, margin - 2);
  for (const std::string& part : report::folded(words, room_)) {
    text_ += before + part + "\n";
    before = std::string(margin, ' ');
  }
}

std::string scenario_text(const Manifest& manifest, const ManifestScenario& scenario,
                          std::size_t width) {
  ScenarioText out(scenario, width);
  std::vector<std::string> broken, holds;
  for (const auto& [protocol, variant] : variants_of(manifest, scenario)) {
    (variant->holds ? holds : broken).push_back(protocol->name + "/" + variant->name);
  }
  if (!broken.empty()) out.line("broken by", report::join(broken, ", "));
  if (!holds.empty()) out.line("held by", report::join(holds, ", "));
  if (!broken.empty() && holds.empty()) out.line("held by", scenario.protocol + " as it is");
  if (broken.empty() && holds.empty()) out.line("here", scenario.protocol + ": no variant yet");
  return out.text();
}

}  // namespace lockstep::cli
