// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/program/program.hpp"
#include "tests/skip.hpp"

// Third-party tests with herd7's verdicts, where they lie beside the project.
namespace lockstep::testing {

namespace {

const std::string oracle = LOCKSTEP_SOURCE_DIR "/../shared/oracle";

Words fields(const std::string& line) {
  Words out;
  std::istringstream in{line};
  for (std::string field; std::getline(in, field, '\t');) out.push_back(field);
  return out;
}

/// What a table says of some models; what it leaves open is `-`.
struct Table {
  Words tests;
  int verdicts = 0, races = 0;
};

Table read_table(const std::string& path, const Words& models) {
  const auto has = [&](const std::string& name) { return std::ranges::count(models, name) > 0; };
  std::ifstream in{path};
  std::string line;
  std::getline(in, line);
  const Words titles = fields(line);
  Table out;
  while (std::getline(in, line)) {
    const Words values = fields(line);
    REQUIRE(values.size() <= titles.size());
    out.tests.push_back(values.at(0));
    for (std::size_t i = 1; i < values.size(); ++i) {
      if (has(titles[i]) && !values[i].empty() && values[i] != "-") ++out.verdicts;
      if (titles[i].ends_with("_race") && has(titles[i].substr(0, titles[i].size() - 5))) {
        out.races += values[i] == "1";
      }
    }
  }
  return out;
}

/// Every test of the table is asked, and nothing else; races too, where it has a column of them.
void agrees(const std::string& folder, const std::string& table, const Words& models) {
  if (!std::filesystem::exists(oracle)) return skip("no ../shared/oracle");
  const Table known = read_table(oracle + "/" + table, models);
  REQUIRE(known.verdicts > 0);
  Words words{"litmus"};
  for (const std::string& test : known.tests) words.push_back(oracle + "/" + folder + "/" + test);
  words.insert(words.end(), {"--check", oracle + "/" + table, "--jobs", "2"});
  for (const std::string& model : models) words.insert(words.end(), {"--model", model});
  const Outcome o = lockstep(words);
  INFO(o.out << o.err);
  CHECK(o.status == 0);
  CHECK_THAT(o.out, Catch::Contains(std::to_string(known.verdicts) +
                                    " verdicts compared, 0 differ; 0 tests are not in the table, "
                                    "0 tests of the table were not asked"));
  if (known.races > 0) {
    CHECK_THAT(o.out, Catch::Contains(std::to_string(known.races) + " with a data race"));
  }
}

}  // namespace

TEST_CASE("lkmm agrees with herd7 on the corpus, verdicts and races", "[slow]") {
  agrees("corpus", "expected.tsv", {"lkmm"});
}

TEST_CASE("sc, tso and armv8 agree with herd7 on the corpus", "[slow]") {
  agrees("corpus", "expected.tsv", {"sc", "tso", "armv8"});
}

TEST_CASE("All models agree with the fragments", "[slow]") {
  agrees("fragments", "fragments.tsv", {"sc", "tso", "armv8", "lkmm"});
}

TEST_CASE("lkmm agrees on locks and rings that are hard for herd7", "[slow]") {
  agrees("hard", "hard.tsv", {"lkmm"});
}

}  // namespace lockstep::testing
