// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "book/frame.hpp"

#include <fmt/format.h>

#include "report/page.hpp"
#include "report/text.hpp"

namespace lockstep::book {

std::string relative(const std::string& from, const std::string& to) {
  const std::size_t own = from.find('/');
  if (own == std::string::npos) return to;
  if (to.starts_with(from.substr(0, own + 1))) return to.substr(own + 1);
  return "../" + to;
}

Html around(const std::string& path,
            const std::vector<std::pair<std::string, std::string>>& nearer) {
  const std::vector<std::pair<std::string, std::string>> all{{index_path, "Report"},
                                                             {gallery_path, "Scenarios"},
                                                             {barriers_path, "Memory orders"},
                                                             {proofs_path, "Proofs"}};
  Html out;
  const auto add = [&](const std::string& to, const std::string& words) {
    out += element("a", {{"href", relative(path, to)}, {"aria-current", to == path ? "page" : ""}},
                   plain(words)) +
           Html{"\n"};
  };
  for (const auto& [to, words] : all) add(to, words);
  for (const auto& [to, words] : nearer) add(to, words);
  return element("nav", {{"class", "around"}, {"aria-label", "Report"}}, out) + Html{"\n"};
}

std::string framed(const Report& report, const Frame& frame) {
  Html commands;
  for (const std::string& command : frame.commands) {
    commands += Html{commands.empty() ? "" : "<br>"} + code(command);
  }
  Html foot = commands.empty()
                  ? Html{}
                  : element("p", plain("What stands here is printed, or judged again, by: ") +
                                     Html{"<br>"} + commands);
  foot += element(
      "p", plain("Made by ") + code(report.command) + plain(", Lockstep " + report.version + "."));
  return report::page("book.html", {{"title", report::html_escaped(frame.title)},
                                    {"version", report::html_escaped(report.version)},
                                    {"around", around(frame.path, frame.nearer).text},
                                    {"body", frame.body.text},
                                    {"foot", foot.text}});
}

Html protocol_link(const Report& report, const std::string& from, const std::string& protocol,
                   const Html& inside, const std::string& anchor) {
  if (!report.has(protocol)) return inside;
  return link(relative(from, protocol_path(protocol)) + anchor, inside);
}

Html verdict_html(Verdict verdict, const std::string& of) {
  const char* kind = verdict == Verdict::pass   ? "good"
                     : verdict == Verdict::fail ? "bad"
                                                : "unknown";
  const Html name = element("b", {{"class", kind}}, plain(name_of(verdict)));
  return of.empty() ? name : name + plain(" " + of);
}

Html standing_html(const Verdicts& verdicts, const std::string& protocol) {
  const Verdicts::Standing& standing = verdicts.of(protocol);
  if (!verdicts.given() || (standing.asked == 0 && !standing.stale)) {
    return verdict_html(Verdict::unknown, "not asked");
  }
  if (standing.stale) return verdict_html(Verdict::unknown, "asked of other texts than these");
  std::string of = fmt::format("{} of {} as expected", standing.passed, standing.all);
  if (standing.asked < standing.all) of += fmt::format(", {} asked", standing.asked);
  return verdict_html(standing.verdict(), of);
}

Html figure(const Picture& picture) {
  const Html words = element("figcaption", plain(picture.words));
  if (picture.svg.empty()) return element("figure", words);
  const Html drawn = element("div",
                             {{"class", "scroll"},
                              {"tabindex", "0"},
                              {"role", "img"},
                              {"aria-label", picture.title + ": " + picture.words}},
                             Html{picture.svg});
  return element("figure", {{"class", "graph"}}, words + drawn);
}

Html section(const std::string& id, const std::string& title, const Html& body) {
  return element("section", {{"aria-labelledby", id}},
                 element("h2", {{"id", id}}, plain(title)) + Html{"\n"} + body) +
         Html{"\n"};
}

Html paragraph(const std::string& text) {
  return element("p", text) + Html{"\n"};
}

}  // namespace lockstep::book
