// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <filesystem>

#include "tests/program/program.hpp"
#include "tests/skip.hpp"

// Third-party tests with herd7's verdicts, where they lie beside the project.
namespace lockstep::testing {

namespace {

const std::string oracle = LOCKSTEP_SOURCE_DIR "/../shared/oracle";

void agrees(const std::string& folder, const std::string& table, const Words& models,
            const std::string& compared) {
  if (!std::filesystem::exists(oracle)) return skip("no ../shared/oracle");
  Words words{"litmus", oracle + "/" + folder, "--check", oracle + "/" + table, "--jobs", "2"};
  for (const std::string& model : models) words.insert(words.end(), {"--model", model});
  const Outcome o = lockstep(words);
  INFO(o.out << o.err);
  CHECK(o.status != 1);
  CHECK_THAT(o.out, Catch::Contains(compared + " verdicts compared, 0 differ"));
}

}  // namespace

TEST_CASE("sc, tso and armv8 agree with herd7 on the corpus", "[slow]") {
  agrees("corpus", "expected.tsv", {"sc", "tso", "armv8"}, "985");
}

TEST_CASE("sc, tso and armv8 agree with the fragments", "[slow]") {
  agrees("fragments", "fragments.tsv", {"sc", "tso", "armv8"}, "123");
}

}  // namespace lockstep::testing
