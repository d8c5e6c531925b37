// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "report/anchors.hpp"
#include "report/html.hpp"

namespace lockstep::report {

struct MarkdownOptions {
  /// Where a link leads in the pages that are made; "" is nowhere: its text stays, and `title` says
  /// what it named.
  std::function<std::string(const std::string& to)> link;
  unsigned deeper = 0;         ///< a heading of level 1 becomes one of so many more
  Anchors* anchors = nullptr;  ///< of the page's headings, where a page has several texts
};

/// Markdown as GitHub reads it, with tables. Its own HTML, comments too, is left out, and no image
/// is taken: nothing of the text ends up in the page but as text.
Html markdown(std::string_view text, const MarkdownOptions& options);

}  // namespace lockstep::report
