// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "book/book.hpp"
#include "report/html.hpp"

namespace lockstep::book {

/// A page by its path in the report.
struct Page {
  std::string path, html;
};

/// All pages that are made of a report's types. Those of behaviours and of questions are made where
/// what they show is judged.
std::vector<Page> pages(const Report& report);

Page index_page(const Report& report);
Page protocol_page(const Report& report, const ProtocolPage& protocol);
/// A README of a folder of spec/ that is no protocol, and what a protocol's PROOF.md says.
Page told_page(const Report& report, const std::string& folder, const std::string& markdown);
Page proof_page(const Report& report, const ProtocolPage& protocol);
Page gallery_page(const Report& report);
Page scenario_page(const Report& report, const ScenarioPage& scenario);
Page barriers_page(const Report& report);
Page proofs_page(const Report& report);

}  // namespace lockstep::book
