// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/order_questions/subject.hpp"
#include "tests/skip.hpp"

// The questions of a protocol and the litmus tests that ask the same, by the table
// fragments/PROTOCOL.tsv.
using namespace lockstep;
using namespace lockstep::orders;

namespace {

namespace fs = std::filesystem;

constexpr auto never = orders::Outcome::never, sometimes = orders::Outcome::reachable;

/// A litmus test that asks what a question asks, and what herd7 says of it.
struct Agreement {
  std::string fragment, question;
  Overrides orders;
  orders::Outcome lkmm;
};

/// The words of each line that is no comment.
std::vector<std::vector<std::string>> rows_of(const fs::path& file) {
  std::vector<std::vector<std::string>> out;
  std::ifstream in{file};
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream words{line};
    auto& row = out.emplace_back();
    for (std::string word; words >> word;) row.push_back(word);
  }
  return out;
}

std::vector<Agreement> agreements_of(const fs::path& file) {
  std::vector<Agreement> out;
  for (const auto& row : rows_of(file)) {
    REQUIRE(row.size() == 4);
    Agreement a{row[0], row[1], {}, row[3] == "never" ? never : sometimes};
    REQUIRE((row[3] == "never" || row[3] == "sometimes"));
    std::istringstream orders{row[2] == "-" ? "" : row[2]};
    for (std::string one; std::getline(orders, one, ',');) {
      a.orders.insert(parse_override(one));
    }
    out.push_back(std::move(a));
  }
  return out;
}

/// Each protocol that has a table.
std::map<std::string, std::vector<Agreement>> agreements() {
  std::map<std::string, std::vector<Agreement>> out;
  for (const auto& entry :
       fs::directory_iterator(LOCKSTEP_SOURCE_DIR "/conformance/tests/order_questions/fragments")) {
    out[entry.path().stem().string()] = agreements_of(entry.path());
  }
  return out;
}

}  // namespace

TEST_CASE("the questions agree with the litmus tests that ask the same") {
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  REQUIRE_FALSE(agreements().empty());
  for (const auto& [protocol, all] : agreements()) {
    const QuestionSubject subject{manifest, protocol};
    CHECK(all.size() > 1);
    for (const Agreement& a : all) {
      CAPTURE(protocol, a.fragment, a.question);
      CHECK(subject.ask(a.question, "sc", a.orders).outcome == never);
      CHECK(subject.ask(a.question, "lkmm", a.orders).outcome == a.lkmm);
    }
  }
}

TEST_CASE("the verdicts of these tables are the oracle's") {
  const char* shared = std::getenv("LOCKSTEP_SHARED");
  const std::string folder = shared != nullptr ? shared : LOCKSTEP_SOURCE_DIR "/../shared";
  const std::string file = folder + "/oracle/fragments.tsv";
  if (!fs::exists(file)) return testing::skip("no " + file);
  std::map<std::string, std::pair<std::string, std::string>> oracle;  // {sc, lkmm}
  for (const auto& row : rows_of(file)) {
    if (row.size() >= 5) oracle[row[0].substr(0, row[0].rfind(".litmus"))] = {row[1], row[4]};
  }
  for (const auto& [protocol, all] : agreements()) {
    std::size_t compared = 0;
    for (const Agreement& a : all) {
      CAPTURE(protocol, a.fragment);
      const auto found = oracle.find(a.fragment);
      if (found == oracle.end()) {  // of the fragments L.. it knows none
        CHECK((a.fragment == "-" || a.fragment.starts_with("L")));
        continue;
      }
      CHECK(found->second.first == "Never");
      CHECK(found->second.second == (a.lkmm == never ? "Never" : "Sometimes"));
      ++compared;
    }
    CHECK(compared > 0);
  }
}
