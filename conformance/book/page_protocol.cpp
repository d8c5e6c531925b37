// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "book/frame.hpp"
#include "book/linked.hpp"
#include "book/pages.hpp"
#include "claims/asked.hpp"
#include "report/text.hpp"

namespace lockstep::book {
namespace {

class Writer {
 public:
  Writer(const Report& report, const ProtocolPage& page)
      : report_(report), page_(page), p_(*page.stated), path_(protocol_path(p_.name)) {}

  std::string html() {
    Html body = standing() + contents() + readme();
    for (const auto& [name, title] : tables_) {
      if (!used_.contains(name)) body += section("at-" + name, title, table(name));
    }
    body += section("at-sites", "Each step in its three descriptions", sites());
    if (!page_.lives.empty()) {
      body += section("at-lives", "The life of its numbers", pictures(page_.lives));
    }
    if (!page_.automata.empty()) {
      body += section("at-automata", "The steps of each role", pictures(page_.automata));
    }
    if (!page_.questions.empty()) body += section("at-orders", "Memory orders", questions());
    body += section("at-proof", "For any number", proof());
    return framed(report_,
                  {path_,
                   p_.name + ": " + p_.title,
                   body,
                   {"lockstep verify --protocol " + p_.name, "lockstep list sites",
                    "lockstep list properties " + p_.name, "lockstep list variants " + p_.name,
                    "lockstep list automaton " + p_.name}});
  }

 private:
  Html standing() const {
    HtmlTable table("Sizes", {"size", "bounds", "claims", "states", "transitions"});
    for (const ManifestSize& size : p_.sizes) {
      table.row({code(size.size), plain(bounds_of(p_.name, Size::parse(size.size))),
                 plain(report::join(size.claims, ", ")), number(size.states),
                 number(size.transitions)});
    }
    const Html verdict =
        element("p", plain("Verdict: ") + standing_html(report_.verdicts, p_.name) +
                         plain(". States and transitions are recorded."));
    return section("at-verdict", "Verdict and bounds", verdict + table.html());
  }
  static Html number(const std::optional<std::uint64_t>& value) {
    return plain(value ? report::grouped(*value) : "not recorded");
  }

  Html contents() const {
    std::vector<Html> links{link("#at-sites", "steps")};
    if (!page_.lives.empty()) links.push_back(link("#at-lives", "numbers"));
    if (!page_.automata.empty()) links.push_back(link("#at-automata", "automaton"));
    if (!page_.questions.empty()) links.push_back(link("#at-orders", "memory orders"));
    links.push_back(link("#at-proof", "proof"));
    return element("p", plain("Further down: ") + report::joined(links, ", ") + plain("."));
  }

  /// The text, with our tables in the place of those that stand in it.
  Html readme() {
    const std::string open = "<!-- verify --update: ", close = "<!-- end -->";
    report::Anchors anchors;
    const auto options = told_in_page(report_, path_, p_.name, anchors);
    Html out;
    std::size_t at = 0;
    const std::string& text = page_.readme;
    for (;;) {
      const std::size_t begin = text.find(open, at);
      out += report::markdown(std::string_view{text}.substr(at, begin - at), options);
      if (begin == std::string::npos) return out;
      const std::size_t name_at = begin + open.size();
      const std::string name = text.substr(name_at, text.find(' ', name_at) - name_at);
      const std::size_t end = std::min(text.find(close, begin), text.size());
      const bool ours =
          std::ranges::any_of(tables_, [&](const auto& t) { return t.first == name; });
      out += ours ? table(name)
                  : report::markdown(std::string_view{text}.substr(begin, end - begin), options);
      if (ours) used_.insert(name);
      at = std::min(end + close.size(), text.size());
    }
  }

  Html table(const std::string& name) const {
    return name == "properties" ? properties() : variants(name == "holding");
  }

  Html properties() const {
    HtmlTable table("Properties", {"property", "kind", "in words", "ids", "broken by"});
    for (const auto* stated : {&p_.properties, &p_.possible, &p_.refuted}) {
      for (const ManifestProperty& property : *stated) {
        std::vector<Html> by;
        for (const ManifestVariant& v : p_.variants) {
          if (!v.holds && v.breaks == property.name)
            by.push_back(link("#variant-" + v.name, v.name));
        }
        table.row(
            {code(property.name), plain(stated == &p_.refuted ? "false, and known" : property.kind),
             plain(property.words), plain(report::join(property.ids, ", ")),
             report::joined(by, ", ")},
            "property-" + property.name);
      }
    }
    return table.html();
  }

  static std::string steps_of(const ManifestVariant& v) {
    std::vector<std::string> out;
    for (const auto& [judge, expected] : v.expected) {
      if (expected.steps) out.push_back(judge + " " + std::to_string(*expected.steps));
    }
    return report::join(out, ", ");
  }

  Html variants(bool holding) const {
    std::vector<std::string> titles{"variant", "what is different", "scenario"};
    if (!holding) titles.insert(titles.end(), {"violates", "steps, as recorded"});
    titles.insert(titles.end(), {"size", "verdict"});
    HtmlTable table(holding ? "Variants that hold" : "Variants that break", titles);
    for (const ManifestVariant& v : p_.variants) {
      if (v.holds != holding) continue;
      std::vector<Html> cells{code(v.name), plain(v.why), scenario(v)};
      if (!holding) {
        cells.push_back(link("#property-" + v.breaks, code(v.breaks)));
        cells.push_back(plain(steps_of(v)));
      }
      cells.push_back(plain(v.size));
      cells.push_back(judged_html(report_.verdicts, [&](const Verdicts::Judged& check) {
        return check.protocol == p_.name && check.variant == v.name;
      }));
      table.row(cells, "variant-" + v.name);
    }
    return table.empty() ? Html{} : table.html();
  }

  Html scenario(const ManifestVariant& v) const {
    if (!v.scenario) return {};
    const bool known = std::ranges::any_of(
        report_.scenarios, [&](const ScenarioPage& s) { return s.stated->id == *v.scenario; });
    return known ? link(relative(path_, scenario_path(*v.scenario)), *v.scenario)
                 : plain(*v.scenario);
  }

  Html sites() const {
    HtmlTable table("Steps", {"site", "role", "access", "kernel function", "its primitive",
                              "specification", "reference"});
    for (const beside::SiteRow& s : page_.sites) {
      std::string access = s.kind;
      if (!s.cell.empty()) access += " " + s.cell;
      if (s.order != "plain") access += ", " + s.order;
      table.row({code(s.name), plain(s.role), plain(access),
                 s.kernel.empty() ? Html{} : code(s.kernel + "()"),
                 s.primitive.empty() ? Html{} : code(s.primitive), plain(s.specification),
                 plain(s.reference)});
    }
    return table.empty() ? paragraph("No code: the specification stands alone.") : table.html();
  }

  static Html pictures(const std::vector<Picture>& all) {
    Html out;
    for (const Picture& picture : all) out += element("h3", picture.title) + figure(picture);
    return out;
  }

  Html questions() const {
    Html out;
    for (const QuestionPage& q : page_.questions) {
      out += element("li", link(relative(path_, question_path(q.protocol, q.name)), code(q.name)) +
                               plain(": " + q.words)) +
             Html{"\n"};
    }
    return element("p", link(relative(path_, barriers_path) + "#" + p_.name, "The table")) +
           element("ul", out);
  }

  Html proof() const {
    if (!p_.proof) {
      return paragraph(p_.not_proved.empty() ? "There is no proof: it is judged at the sizes above."
                                             : "There is no proof: " + p_.not_proved + ".");
    }
    Html out = element(
        "p", plain("The invariant ") + code(p_.proof->module + "!" + p_.proof->invariant) +
                 plain(" is shown to be inductive by ") + code("lockstep prove " + p_.name) +
                 plain(": ") +
                 judged_html(report_.verdicts,
                             [&](const Verdicts::Judged& check) {
                               return check.protocol == p_.name && check.claim == "inductive" &&
                                      check.variant == "holds";
                             }) +
                 plain("."));
    if (!page_.proof.empty()) {
      out += element("p", link(relative(path_, proof_path(p_.name)), "The proof, told"));
    }
    return out + element("p", link(relative(path_, proofs_path), "All proofs"));
  }

  const Report& report_;
  const ProtocolPage& page_;
  const ManifestProtocol& p_;
  const std::string path_;
  const std::vector<std::pair<std::string, std::string>> tables_{{"properties", "Properties"},
                                                                 {"broken", "Variants that break"},
                                                                 {"holding", "Variants that hold"}};
  std::set<std::string> used_;  ///< tables that have their place in the text
};

}  // namespace

Page protocol_page(const Report& report, const ProtocolPage& protocol) {
  return {protocol_path(protocol.stated->name), Writer(report, protocol).html()};
}

Page told_page(const Report& report, const std::string& folder, const std::string& markdown) {
  const std::string path = protocol_path(folder);
  report::Anchors anchors;
  const Html body = report::markdown(markdown, told_in_page(report, path, folder, anchors));
  return {path, framed(report, {path, folder, body, {}})};
}

Page proof_page(const Report& report, const ProtocolPage& protocol) {
  const std::string& name = protocol.stated->name;
  const std::string path = proof_path(name);
  report::Anchors anchors;
  const Html body = report::markdown(protocol.proof, told_in_page(report, path, name, anchors));
  return {path, framed(report, {path,
                                name + ": the proof",
                                body,
                                {"lockstep prove " + name},
                                {{protocol_path(name), name}}})};
}

}  // namespace lockstep::book
