// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "whereabouts.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "page.hpp"

// The table of PROOF.md that says what may be of an object, by where it is. What may not be is
// shown from the invariant, for any number; what may be has been seen in a model.
namespace lockstep::testing {

namespace {

const WhereaboutsTable& described() {
  return WhereaboutsTable::of_proved();
}
std::string text(const Whereabouts& w) {
  return (w.second ? described().inside : described().outside) + ", " +
         (w.first.empty() ? "nobody's" : w.first);
}

/// Where a table is not what is known.
std::vector<std::string> complaints(const PageTable& table,
                                    const std::map<Whereabouts, Known>& known) {
  std::vector<std::string> out;
  std::map<Whereabouts, std::string> told;
  const WhereaboutsTable& about = described();
  const std::size_t side = table.column(about.side), at = table.column(about.place),
                    who = table.column(about.words);
  for (const auto& row : table.rows) {
    std::vector<std::string> places = codes_in(row[at]);
    if (row[at].starts_with("nobody's")) places.emplace_back();
    if (row[side] != about.inside && row[side] != about.outside) {
      out.push_back("where is " + row[side]);
    }
    for (const std::string& place : places) {
      const Whereabouts w{place, row[side] == about.inside};
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
    const auto words = about.vocabulary.find(found->second);
    if (words == about.vocabulary.end()) {
      out.push_back(text(w) + ": who is '" + found->second + "'");
      continue;
    }
    for (std::size_t c = 0; c < about.claims.size(); ++c) {
      const bool claimed = words->second.contains(c);
      if (claimed && !facts.shown.contains(c)) out.push_back(text(w) + ": claimed, and not shown");
      if (!claimed && !facts.violated.contains(c)) {
        out.push_back(text(w) + ": not claimed, and never seen");
      }
    }
  }
  return out;
}

/// The table with one lie in it: other words in a row, a place left out, a place in another row.
std::vector<PageTable> lies_of(const PageTable& table) {
  std::vector<PageTable> out;
  const std::size_t at = table.column(described().place), who = table.column(described().words);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    for (const auto& [words, claimed] : described().vocabulary) {
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

TEST_CASE("PROOF.md says what may be of an object, by where it is") {
  const PageTable table = PageTable::below(proof_page(), described().heading);
  const auto known = known_of(described());
  CHECK(known.size() > 30);
  for (const auto& [w, facts] : known) {
    CAPTURE(w);
    for (const std::size_t claim : facts.shown) CHECK_FALSE(facts.violated.contains(claim));
  }
  CHECK(complaints(table, known) == std::vector<std::string>{});
  const auto lies = lies_of(table);
  CHECK(lies.size() > 100);
  for (const PageTable& lie : lies) CHECK(complaints(lie, known) != std::vector<std::string>{});
}

}  // namespace lockstep::testing
