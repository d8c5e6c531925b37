// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "book/frame.hpp"
#include "book/linked.hpp"
#include "book/pages.hpp"
#include "report/text.hpp"

namespace lockstep::book {
namespace {

Html term(const std::string& name, const Html& words) {
  return words.empty() ? Html{} : element("dt", name) + element("dd", words) + Html{"\n"};
}

Html variant_link(const Report& report, const std::string& from, const ManifestProtocol& p,
                  const ManifestVariant& v) {
  return protocol_link(report, from, p.name, code(p.name + "/" + v.name), "#variant-" + v.name);
}

Html twin(const Report& report, const std::string& from, const ScenarioPage& page) {
  const auto& [protocol, variant] = page.answer->holds;
  if (variant != nullptr) {
    Html out =
        element("p", variant_link(report, from, *protocol, *variant) + plain(": " + variant->why));
    return out;
  }
  if (!page.answer->itself) return {};
  return element(
      "p", plain("The protocol as it is: ") +
               protocol_link(report, from, page.stated->protocol, code(page.stated->protocol)));
}

Html breaks(const ScenarioPage& page) {
  const Walk& walk = *page.walk;
  const std::string here = scenario_path(page.stated->id);
  if (!walk.replays) {
    return element("p", verdict_html(Verdict::fail, "It does not replay: " + walk.refused));
  }
  Html out = element(
      "p",
      link(relative(here, walk_path(page.stated->id)), "Walk through it, and leave it") +
          plain(fmt::format(": {} of the model {}; {}, variant {}, {}.",
                            walk.whole ? "all " + report::counted(walk.states, "state")
                                       : report::counted(walk.states, "state"),
                            walk.whole ? "are there"
                                       : fmt::format("are there, every one that is at most {} away",
                                                     report::counted(walk.depth, "step")),
                            walk.protocol, walk.variant, walk.bounds)));
  out += element("pre", {{"tabindex", "0"}, {"class", "columns"}}, plain(walk.columns));
  std::string said = "Run while this report was made: the reference takes these " +
                     report::counted(walk.steps, "step");
  said += walk.live ? ", and the last leads back. That the loop violates " + walk.violated +
                          " is stated here, and judged by verify."
                    : ", and " + walk.violated + " is violated at the end.";
  return out + paragraph(said);
}

Html checks(const Report& report, const ScenarioPage& page) {
  HtmlTable table("The checks of this scenario", {"check", "judge", "found", "verdict"});
  for (const Verdicts::Judged& check : report.verdicts.all()) {
    if (check.scenario != page.stated->id) continue;
    table.row({code(check.id),
               plain(check.tool.empty() ? check.judge : check.judge + ", " + check.tool),
               plain(check.got), verdict_html(check.verdict)});
  }
  if (!table.empty()) return table.html();
  return element(
      "p", plain(report.verdicts.given() ? "The verdicts that were handed over ask nothing of it. "
                                         : "No verdict of verify was handed over. ") +
               code("lockstep verify --scenario " + page.stated->id) + plain(" asks."));
}

Html questions(const Report& report, const std::string& from, const ScenarioPage& page) {
  Html out;
  for (const Answers::Asked& asked : page.answer->questions) {
    std::vector<std::string> models;
    for (const auto& [model, can] : asked.reachable) {
      if (can) models.push_back(model);
    }
    const std::size_t slash = asked.name.find('/');
    const std::string protocol = asked.name.substr(0, slash);
    const std::string to = question_path(protocol, asked.name.substr(slash + 1));
    out += element(
        "li",
        (report.has(protocol) ? link(relative(from, to), code(asked.name)) : code(asked.name)) +
            plain(models.empty() ? ": no model reaches it"
                                 : ": reachable under " + report::join(models, ", ")));
  }
  return out.empty() ? out : element("ul", out);
}

std::string kind_of(const ScenarioPage& page) {
  if (page.walk) return "walk";
  return page.answer->answered ? page.answer->answer : "no answer yet";
}

}  // namespace

Page scenario_page(const Report& report, const ScenarioPage& page) {
  const ManifestScenario& s = *page.stated;
  const std::string path = scenario_path(s.id);
  Html body = element("p", {{"class", "asked"}}, plain(s.question));
  body += element(
      "dl", term("Breaks", plain(s.broken)) + term("Holds", plain(s.holds)) +
                term("Asked by", plain(s.source)) +
                term("Protocol", protocol_link(report, path, s.protocol, code(s.protocol))) +
                term("Answer",
                     plain(page.answer->answered ? page.answer->answer : page.answer->not_here)));
  if (page.walk) body += section("at-breaks", "What breaks", breaks(page));
  if (const Html holds = twin(report, path, page); !holds.empty()) {
    body += section("at-holds", "The twin that holds", holds);
  }
  if (const Html asked = questions(report, path, page); !asked.empty()) {
    body += section("at-orders", "Asked about memory orders", asked);
  }
  if (!page.answer->where.empty()) {
    const std::string& where = page.answer->where;
    const std::string to = linked(report, path, where);
    body += section("at-told", "Told", element("p", to.empty() ? code(where) : link(to, where)));
  }
  body += section("at-verdicts", "Verdicts", checks(report, page));
  std::vector<std::string> commands{"lockstep list scenarios"};
  if (page.walk) commands = {"lockstep explain " + s.id, page.walk->command};
  Frame frame{path, s.id + ": " + s.title, body, commands, {}};
  const auto at = std::ranges::find(report.scenarios, &s, &ScenarioPage::stated);
  if (at != report.scenarios.begin()) {
    frame.nearer.emplace_back(scenario_path((at - 1)->stated->id), "← " + (at - 1)->stated->id);
  }
  if (at + 1 != report.scenarios.end()) {
    frame.nearer.emplace_back(scenario_path((at + 1)->stated->id), (at + 1)->stated->id + " →");
  }
  return {path, framed(report, frame)};
}

Page gallery_page(const Report& report) {
  const std::string path = gallery_path;
  Html body = paragraph(
      "Each is a question that somebody asked in a mail. Where something breaks, its page has the "
      "interleaving as columns, the twin that holds, and a page in which one can walk.");
  Html cards;
  for (const ScenarioPage& page : report.scenarios) {
    const ManifestScenario& s = *page.stated;
    Html inside = element("h2", link(relative(path, scenario_path(s.id)), s.id + ": " + s.title));
    inside += element("p", s.question);
    std::vector<Html> facts{protocol_link(report, path, s.protocol, code(s.protocol)),
                            plain(s.source)};
    if (page.walk && page.walk->replays) {
      facts.push_back(link(relative(path, walk_path(s.id)), "walk") +
                      plain(fmt::format(": {} to {}{}", report::counted(page.walk->steps, "step"),
                                        page.walk->violated, page.walk->live ? ", for ever" : "")));
    } else {
      facts.push_back(plain(kind_of(page)));
    }
    inside += element("p", {{"class", "soft"}}, report::joined(facts, " · "));
    cards += element("article", {{"id", s.id}}, inside) + Html{"\n"};
  }
  body += element("div", {{"class", "cards"}}, cards);
  return {path, framed(report, {path,
                                fmt::format("{} scenarios", report.scenarios.size()),
                                body,
                                {"lockstep list scenarios"}})};
}

}  // namespace lockstep::book
