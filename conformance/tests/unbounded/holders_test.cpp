// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "holders.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "page.hpp"

// The table of PROOF.md that says who may hold the count, and when. What nobody may do is shown
// from the invariant, for any number; what somebody may do has been seen in a model.
namespace lockstep::testing {

namespace {

/// The page's words, and what they claim.
const std::map<std::string, std::vector<Claim>>& vocabulary() {
  static const std::map<std::string, std::vector<Claim>> words{
      {"anybody", {}},
      {"who came before", {nobody_new}},
      {"who will not use it", {no_use}},
      {"who came before, and will not use it", {nobody_new, no_use}},
      {"nobody", {nobody, nobody_new, no_use}},
  };
  return words;
}

std::string text(const Whereabouts& w) {
  return (w.second ? "in the tree, " : "in no tree, ") + (w.first.empty() ? "nobody's" : w.first);
}

/// Where a table is not what is known.
std::vector<std::string> complaints(const PageTable& table,
                                    const std::map<Whereabouts, Known>& known) {
  std::vector<std::string> out;
  std::map<Whereabouts, std::string> told;
  const std::size_t tree = table.column("v is"), at = table.column("at the hand of its writer at"),
                    who = table.column("who may hold its count");
  for (const auto& row : table.rows) {
    std::vector<std::string> places = codes_in(row[at]);
    if (row[at].starts_with("nobody's")) places.emplace_back();
    if (row[tree] != "in the tree" && row[tree] != "in no tree")
      out.push_back("where is " + row[tree]);
    for (const std::string& place : places) {
      const Whereabouts w{place, row[tree] == "in the tree"};
      if (!told.emplace(w, row[who]).second) out.push_back(text(w) + ": twice");
      if (!known.contains(w)) out.push_back(text(w) + ": no model comes there");
    }
  }
  for (const auto& [w, facts] : known) {
    const auto found = told.find(w);
    if (found == told.end()) {
      out.push_back(text(w) + ": not told");
      continue;
    }
    const auto words = vocabulary().find(found->second);
    if (words == vocabulary().end()) {
      out.push_back(text(w) + ": who is '" + found->second + "'");
      continue;
    }
    for (std::size_t c = 0; c < claims; ++c) {
      const bool claimed = std::ranges::count(words->second, static_cast<Claim>(c)) > 0;
      if (claimed && !facts.shown[c]) out.push_back(text(w) + ": claimed, and not shown");
      if (!claimed && !facts.violated[c]) out.push_back(text(w) + ": not claimed, and never seen");
    }
  }
  return out;
}

/// The table with one lie in it: other words in a row, a place left out, a place in another row.
std::vector<PageTable> lies_of_holders(const PageTable& table) {
  std::vector<PageTable> out;
  const std::size_t at = table.column("at the hand of its writer at"),
                    who = table.column("who may hold its count");
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    for (const auto& [words, claimed] : vocabulary()) {
      if (words == row[who]) continue;
      out.push_back(table);
      out.back().rows[i][who] = words;
    }
    for (const std::string& place : codes_in(row[at])) {
      out.push_back(table);
      std::string& cell = out.back().rows[i][at];
      cell.erase(cell.find(code(place)), code(place).size());
      const PageTable without = out.back();
      for (std::size_t other = 0; other < table.rows.size(); ++other) {
        if (table.rows[other][who] == row[who]) continue;
        out.push_back(without);
        out.back().rows[other][at] += ", " + code(place);
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("PROOF.md says who may hold the count, and when") {
  const PageTable table = PageTable::below(proof_page(), "Who may hold the count, and when");
  const auto known = known_of_holders({"1x2x2", "2x1x1"});
  CHECK(known.size() > 30);
  for (const auto& [w, facts] : known) {
    CAPTURE(w);
    for (std::size_t c = 0; c < claims; ++c) CHECK_FALSE((facts.shown[c] && facts.violated[c]));
  }
  CHECK(complaints(table, known) == std::vector<std::string>{});
  const auto lies = lies_of_holders(table);
  CHECK(lies.size() > 100);
  for (const PageTable& lie : lies) CHECK(complaints(lie, known) != std::vector<std::string>{});
}

}  // namespace lockstep::testing
