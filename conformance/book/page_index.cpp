// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "book/frame.hpp"
#include "book/pages.hpp"
#include "claims/asked.hpp"
#include "report/text.hpp"

namespace lockstep::book {
namespace {

Html about_verdicts(const Report& report) {
  const std::string recorded =
      "What stands as recorded is in spec/P/verdicts.json: a verify --update wrote it, and "
      "somebody read it as a diff. It is what a judge must find again, and no verdict of today.";
  if (!report.verdicts.given()) {
    return paragraph(
               "No verdict of verify was handed over to this report, so no protocol has one here. " +
               recorded) +
           element("p", plain("To have them: ") + code("lockstep verify --json verify.json") +
                            plain(", then ") +
                            code("lockstep report --verdicts verify.json -o DIR") + plain("."));
  }
  return paragraph("PASS, FAIL and UNKNOWN are those of " + report.verdicts.file() +
                   ", which verify --json wrote of the same texts. A protocol passes if every "
                   "check that there is was asked, and came out as expected. " +
                   recorded);
}

std::string reach(const ManifestProtocol& p) {
  if (p.proof) return "any number of readers (proof)";
  return p.not_proved.empty() ? "bounded" : "bounded: no proof";
}

Html protocols_table(const Report& report) {
  HtmlTable table("The protocols",
                  {"protocol", "what it is", "verdict", "safe for", "largest size recorded",
                   "broken variants", "questions about orders"});
  for (const ProtocolPage& page : report.protocols) {
    const ManifestProtocol& p = *page.stated;
    const ManifestSize* largest = nullptr;
    for (const ManifestSize& size : p.sizes) {
      if (size.states && (largest == nullptr || *size.states > *largest->states)) largest = &size;
    }
    const auto broken = std::ranges::count(p.variants, false, &ManifestVariant::holds);
    table.row({link(protocol_path(p.name), code(p.name)), plain(p.title),
               standing_html(report.verdicts, p.name), plain(reach(p)),
               largest == nullptr ? plain("none yet")
                                  : plain(bounds_of(p.name, Size::parse(largest->size)) + ": " +
                                          report::grouped(*largest->states) + " states"),
               plain(std::to_string(broken)), plain(std::to_string(page.questions.size()))});
  }
  return table.html();
}

/// What was judged while the report was made.
Html ran(const Report& report) {
  std::size_t walks = 0, replayed = 0, asked = 0, as_expected = 0;
  Html other;
  for (const ScenarioPage& scenario : report.scenarios) {
    if (!scenario.walk) continue;
    ++walks;
    replayed += scenario.walk->replays ? 1U : 0U;
    if (!scenario.walk->replays) {
      other += element("li", verdict_html(Verdict::fail) + plain(" ") +
                                 link(scenario_path(scenario.stated->id), scenario.stated->id) +
                                 plain(" " + scenario.walk->refused));
    }
  }
  for (const ProtocolPage& protocol : report.protocols) {
    for (const QuestionPage& question : protocol.questions) {
      for (const UnderModel& under : question.models) {
        ++asked;
        const Verdict verdict = under.verdict();
        as_expected += verdict == Verdict::pass ? 1U : 0U;
        if (verdict == Verdict::pass) continue;
        other += element("li", verdict_html(verdict) + plain(" ") +
                                   link(question_path(question.protocol, question.name),
                                        question.protocol + "/" + question.name) +
                                   plain(" under " + under.model +
                                         (under.unknown.empty() ? "" : ": " + under.unknown)));
      }
    }
  }
  Html out = element(
      "ul", element("li", fmt::format("{} of {} behaviours of broken variants were replayed on the "
                                      "reference, and end in what they are said to violate.",
                                      replayed, walks)) +
                element("li", fmt::format("{} of {} questions about memory orders, each under each "
                                          "model, came out as stated: reachable or not.",
                                          as_expected, asked)));
  if (!other.empty()) out += paragraph("Not so:") + element("ul", other);
  return out;
}

Html tools(const Report& report) {
  HtmlTable table("Versions", {"tool", "version"});
  for (const Tool& tool : report.tools) {
    table.row({plain(tool.name), plain(tool.version.empty() ? "not there" : tool.version)});
  }
  return table.html();
}

}  // namespace

Page index_page(const Report& report) {
  const auto told = std::ranges::count_if(report.scenarios,
                                          [](const ScenarioPage& s) { return s.walk.has_value(); });
  Html body = paragraph(
      "Are the locks of Linux memory maps safe against a racing reader? This report has what "
      "Lockstep knows: each protocol in three descriptions, what breaks it, what its memory orders "
      "have to be, and what is proved.");
  body += element(
      "ul", element("li", link(gallery_path, fmt::format("{} scenarios", report.scenarios.size())) +
                              plain(fmt::format(
                                  " that mails asked about; of {} one can walk through what "
                                  "breaks, and leave the trace at any step",
                                  told))) +
                element("li", link(barriers_path, "memory orders") +
                                  plain(": a page for each question, in which orders can be "
                                        "changed")) +
                element("li", link(proofs_path, "proofs") +
                                  plain(": for any number of readers, or why there is none")));
  body += section("at-protocols", "Protocols", protocols_table(report) + about_verdicts(report));
  if (!report.told.empty()) {
    std::vector<Html> links;
    for (const auto& [folder, text] : report.told) {
      links.push_back(link(protocol_path(folder), code(folder)));
    }
    body += element("p", plain("Besides: ") + report::joined(links, ", ") + plain("."));
  }
  body += section("at-run", "What was run while this was made", ran(report));
  body += section("at-versions", "Versions", tools(report));
  return {index_path, framed(report, {index_path,
                                      "Lockstep: the whole",
                                      body,
                                      {"lockstep verify", "lockstep list protocols"}})};
}

std::vector<Page> pages(const Report& report) {
  std::vector<Page> out{index_page(report), gallery_page(report), barriers_page(report),
                        proofs_page(report)};
  for (const ScenarioPage& scenario : report.scenarios) {
    out.push_back(scenario_page(report, scenario));
  }
  for (const ProtocolPage& protocol : report.protocols) {
    out.push_back(protocol_page(report, protocol));
    if (!protocol.proof.empty()) out.push_back(proof_page(report, protocol));
  }
  for (const auto& [folder, text] : report.told) out.push_back(told_page(report, folder, text));
  return out;
}

}  // namespace lockstep::book
