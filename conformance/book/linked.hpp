// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "book/book.hpp"
#include "report/markdown.hpp"

namespace lockstep::book {

/// Where the page of a file of the tree is, from another page: `spec/vma_lock/README.md#steps`; ""
/// of a file that has no page.
std::string linked(const Report& report, const std::string& from, const std::string& file);

/// How a text of spec/`folder` becomes part of a page.
report::MarkdownOptions told_in_page(const Report& report, const std::string& from,
                                     const std::string& folder, report::Anchors& anchors);

}  // namespace lockstep::book
