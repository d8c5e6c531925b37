// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "book/book.hpp"
#include "report/html.hpp"

/// What the pages of a report have in common.
namespace lockstep::book {

using report::code;
using report::element;
using report::Html;
using report::HtmlTable;
using report::link;
using report::plain;

/// From a page to another, both by their paths in the report.
std::string relative(const std::string& from, const std::string& to);

/// Where a page stands among the others: links, as the element <nav>; then `nearer` ones.
Html around(const std::string& path,
            const std::vector<std::pair<std::string, std::string>>& nearer = {});

struct Frame {
  std::string path, title;
  Html body;
  std::vector<std::string> commands;  ///< what prints what stands in it, besides the report's own
  std::vector<std::pair<std::string, std::string>> nearer = {};  ///< links: where, words
};
std::string framed(const Report& report, const Frame& frame);

/// A link to a protocol's page, or to a place in it; `inside` alone where it has none here.
Html protocol_link(const Report& report, const std::string& from, const std::string& protocol,
                   const Html& inside, const std::string& anchor = "");

/// `<b class="good">PASS</b>`, with what it is of behind it.
Html verdict_html(Verdict verdict, const std::string& of = "");
/// What a protocol's checks came to, as they were handed over.
Html standing_html(const Verdicts& verdicts, const std::string& protocol);
/// Of the checks that `wanted` takes: the verdict, and how many there are; UNKNOWN of none.
template <class Wanted>
Html judged_html(const Verdicts& verdicts, const Wanted& wanted) {
  std::size_t asked = 0, passed = 0;
  bool failed = false;
  for (const Verdicts::Judged& check : verdicts.all()) {
    if (!wanted(check)) continue;
    ++asked;
    passed += check.verdict == Verdict::pass ? 1U : 0U;
    failed = failed || check.verdict == Verdict::fail;
  }
  if (asked == 0) return verdict_html(Verdict::unknown, "not asked");
  const Verdict verdict = failed            ? Verdict::fail
                          : passed == asked ? Verdict::pass
                                            : Verdict::unknown;
  return verdict_html(verdict, std::to_string(passed) + " of " + std::to_string(asked) + " judges");
}

/// A picture as it stands in a page: it takes the page's colours, and scrolls by itself.
Html figure(const Picture& picture);
Html section(const std::string& id, const std::string& title, const Html& body);
Html paragraph(const std::string& text);

}  // namespace lockstep::book
