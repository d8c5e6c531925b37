// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include "book/frame.hpp"
#include "book/pages.hpp"
#include "report/text.hpp"

namespace lockstep::book {
namespace {

Html under(const UnderModel& under) {
  if (!under.reachable) return verdict_html(Verdict::unknown, under.unknown);
  std::string words = *under.reachable ? "reachable" : "never";
  if (!*under.reachable && under.minimal > 0) {
    words += ", " + report::counted(under.minimal, "way");
  }
  const Verdict verdict = under.verdict();
  if (verdict == Verdict::pass) return plain(words);
  return verdict_html(verdict, words + (under.expected ? ", not as stated" : ", nothing stated"));
}

std::vector<std::string> models_of(const ProtocolPage& page) {
  std::vector<std::string> out;
  for (const UnderModel& under : page.questions.front().models) out.push_back(under.model);
  return out;
}

Html questions(const ProtocolPage& page) {
  std::vector<std::string> titles{"question", "may it end with"};
  for (const std::string& model : models_of(page)) titles.push_back(model);
  HtmlTable table(page.stated->name + ": questions", titles);
  for (const QuestionPage& q : page.questions) {
    std::vector<Html> cells{
        link(relative(barriers_path, question_path(q.protocol, q.name)), code(q.name)),
        code(q.forbidden)};
    for (const UnderModel& each : q.models) cells.push_back(under(each));
    table.row(cells);
  }
  return table.html();
}

/// Each declared order, weakened by one notch: what each model loses.
Html needed(const ProtocolPage& page) {
  std::set<std::string> sites;
  std::vector<std::string> titles{"weakened to"};
  for (const auto& [model, verdicts] : page.stated->orders_needed) {
    titles.push_back(model);
    for (const auto& [site, verdict] : verdicts) sites.insert(site);
  }
  if (sites.empty()) return {};
  HtmlTable table(page.stated->name + ": needed orders", titles);
  for (const std::string& site : sites) {
    std::vector<Html> cells{code(site)};
    for (const auto& [model, verdicts] : page.stated->orders_needed) {
      const auto found = verdicts.find(site);
      const std::string words = found == verdicts.end() ? "" : found->second;
      cells.push_back(
          element("span", {{"class", words.starts_with("breaks") ? "" : "soft"}}, plain(words)));
    }
    table.row(cells);
  }
  return element("details",
                 element("summary", "Which of its orders are needed, as recorded") + table.html());
}

}  // namespace

Page barriers_page(const Report& report) {
  Html body = paragraph(
      "A question is an end that must not be, asked of an execution graph under five memory "
      "models. What the table says was judged while this report was made, with the orders that "
      "the reference declares: never, with the number of minimal ways to place the orders, or "
      "reachable. The page of a question changes the orders.");
  for (const ProtocolPage& page : report.protocols) {
    if (page.questions.empty()) continue;
    const std::string& name = page.stated->name;
    body += section(
        name, name,
        element("p", link(relative(barriers_path, protocol_path(name)), page.stated->title)) +
            questions(page) + needed(page));
  }
  return {barriers_path, framed(report, {barriers_path,
                                         "Memory orders",
                                         body,
                                         {"lockstep order P", "lockstep order P --minimal",
                                          "lockstep order P --question Q --format html"}})};
}

Page proofs_page(const Report& report) {
  HtmlTable table("Proofs", {"protocol", "invariant", "numbers that stay open", "verdict",
                             "bounded model that shows every view"});
  HtmlTable none("No proof", {"protocol", "why there is no proof"});
  Html variants;
  for (const ProtocolPage& page : report.protocols) {
    const ManifestProtocol& p = *page.stated;
    const Html name = link(protocol_path(p.name), code(p.name));
    if (!p.proof) {
      none.row({name, plain(p.not_proved.empty() ? "it was not attempted" : p.not_proved)});
      continue;
    }
    std::string open = report::join(p.proof->parameters, ", ");
    if (!p.proof->assumption.empty()) open += "; " + p.proof->assumption;
    table.row({page.proof.empty() ? name : name + plain(": ") + link(proof_path(p.name), "told"),
               code(p.proof->module + "!" + p.proof->invariant), plain(open),
               judged_html(report.verdicts,
                           [&](const Verdicts::Judged& check) {
                             return check.protocol == p.name && check.claim == "inductive" &&
                                    check.variant == "holds";
                           }),
               plain(p.proof->views ? p.proof->views->cutoff : "not asked")});
    HtmlTable fails(p.name + ": where the proof fails", {"variant", "where the proof fails"});
    for (const ManifestVariant& v : p.variants) {
      const auto expected = v.expected.find("inductive");
      if (v.holds || expected == v.expected.end()) continue;
      fails.row({link(protocol_path(p.name) + "#variant-" + v.name, code(v.name)),
                 plain(expected->second.verdict)});
    }
    if (fails.empty()) continue;
    variants += element("h3", link(protocol_path(p.name), code(p.name))) + fails.html();
  }
  Html body = paragraph(
      "An invariant that every step keeps, however many readers there are, is read from the "
      "specification; the steps are those of the reference; Z3 is asked. Verdicts are those that "
      "were handed over.");
  body += section("at-proofs", "Proofs", table.html());
  if (!none.empty()) body += section("at-none", "No proof", none.html());
  if (!variants.empty()) {
    body += section(
        "at-variants", "Of broken variants",
        paragraph("What a broken variant breaks, and at which step, as recorded.") + variants);
  }
  return {proofs_path, framed(report, {proofs_path,
                                       "For any number of readers",
                                       body,
                                       {"lockstep prove P", "lockstep prove P --variants"}})};
}

}  // namespace lockstep::book
