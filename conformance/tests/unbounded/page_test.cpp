// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "page.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "claims/proof_batch.hpp"
#include "subject.hpp"
#include "tests/process.hpp"
#include "tests/sample.hpp"

// The tables of PROOF.md say what `prove` computes; and every lie in them would be found.
namespace lockstep::testing {

namespace {

using unbounded::Failure;
using unbounded::Proof;
using Lines = std::vector<std::string>;

const Manifest& manifest() {
  static const Manifest out = Manifest::read(LOCKSTEP_SOURCE_DIR);
  return out;
}
const ManifestProtocol& protocol() {
  return manifest().protocol(proved().name);
}

std::vector<std::string> names_of_conjuncts() {
  return proof_module(protocol()).conjuncts(protocol().proof->invariant);
}

std::vector<Proof> proofs_of(const std::vector<ProofTask>& tasks) {
  const auto proofs = prove_all(manifest(), proved().name, tasks, 1, {}, [](auto, const auto&) {});
  REQUIRE(proofs.size() == tasks.size());
  return proofs;
}

/// The table says what was computed, and no lie in it would pass.
void is_told(const PageTable& table, const std::string& title, const Computed& computed) {
  CHECK(differences(table, title, computed) == Lines{});
  for (const auto& [lie, told] : lies(table, title)) {
    CAPTURE(lie);
    CHECK(differences(told, title, computed) != Lines{});
  }
}

const PageTable& conjuncts() {
  static const PageTable table =
      PageTable::below(proof_page(), "The conjuncts, and what breaks without each");
  return table;
}

/// What fails first without a conjunct; what the solver gave up before that is told too, because
/// then it is not known to be the first.
std::string first_of(const Proof& proof, const std::string& without) {
  std::string unknown;
  for (const Failure& f : proof.failures) {
    if (f.unknown) {
      unknown += "unknown: " + text(f) + ", ";
    } else if (f.edge.empty() && f.conjunct == without) {
      return unknown + "itself, a property";
    } else {
      return unknown + code(text(f));
    }
  }
  return unknown + "nothing";
}

std::string joined(const Lines& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + code(name);
  return out;
}

/// The rows of the conjuncts from one on up to another, which is not among them.
void first_failures_are_told(std::size_t from, std::size_t to) {
  const Lines names = names_of_conjuncts();
  PageTable part = conjuncts();
  const auto at = [](auto& all, std::size_t n) {
    return all.begin() + static_cast<std::ptrdiff_t>(std::min(n, all.size()));
  };
  part.rows = {at(part.rows, from), at(part.rows, to)};
  std::vector<ProofTask> tasks;
  for (std::size_t i = from; i < std::min(to, names.size()); ++i) {
    tasks.push_back({"holds", {}, names[i], {}, true});
  }
  const auto proofs = proofs_of(tasks);
  Computed computed;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const std::string& without = *tasks[i].without;
    computed.emplace_back(code(without), first_of(proofs[i], without));
  }
  is_told(part, "fails first without it", computed);
}

/// Every so many of the variants, from one on: of the others the table is not asked.
void breaking_variants_are_told(std::size_t from, std::size_t step) {
  std::vector<ProofTask> tasks;
  Lines others;
  for (std::size_t i = 0; i < protocol().variants.size(); ++i) {
    const std::string& name = protocol().variants[i].name;
    if (i % step == from) {
      tasks.push_back({name, {}, {}, {}, false});
    } else {
      others.push_back(name);
    }
  }
  PageTable part = conjuncts();
  for (auto& row : part.rows) {
    std::string& cell = row[part.column("variants")];
    Lines all = codes_in(cell);
    CHECK(cell == joined(all));
    std::erase_if(all, [&](const std::string& n) { return std::ranges::count(others, n) > 0; });
    cell = joined(all);
  }
  const auto proofs = proofs_of(tasks);
  Computed computed;
  for (const std::string& c : names_of_conjuncts()) {
    Lines variants;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      const auto breaks = [&](const Failure& f) { return !f.edge.empty() && f.conjunct == c; };
      if (std::ranges::any_of(proofs[i].failures, breaks)) variants.push_back(tasks[i].variant);
    }
    computed.emplace_back(code(c), joined(variants));
  }
  is_told(part, "variants", computed);

  // Those that hold are proved, and one more, which the page names.
  const std::string more = "So is `", end = "`, which breaks liveness alone.";
  const std::size_t to = proof_page().find(end), at = proof_page().rfind(more, to) + more.size();
  REQUIRE(to != std::string::npos);
  const std::string named = proof_page().substr(at, to - at);
  CHECK_FALSE(protocol().variant(named).holds);
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const std::string& name = tasks[i].variant;
    CAPTURE(name);
    const bool proved = proofs[i].verdict == Proof::Verdict::proved;
    CHECK(proved == (protocol().variant(name).holds || name == named));
    for (const Failure& f : proofs[i].failures) CHECK_FALSE(f.unknown);
  }
}

}  // namespace

TEST_CASE("PROOF.md has a row for every conjunct, in the order of the module", "[quick]") {
  REQUIRE(conjuncts().titles == Lines{"conjunct", "says", "fails first without it", "variants"});
  Computed names;
  for (const std::string& c : names_of_conjuncts()) names.emplace_back(code(c), code(c));
  is_told(conjuncts(), "conjunct", names);
  for (const auto& row : conjuncts().rows) {
    CAPTURE(row.front());
    CHECK_FALSE(row[1].empty());
  }
}

// In parts, which ctest can run side by side.
TEST_CASE("PROOF.md says what fails first without each conjunct: the first nine", "[thorough]") {
  first_failures_are_told(0, 9);
}
TEST_CASE("PROOF.md says what fails first without each conjunct: up to the 18th", "[thorough]") {
  first_failures_are_told(9, 18);
}
TEST_CASE("PROOF.md says what fails first without each conjunct: from the 19th on", "[thorough]") {
  first_failures_are_told(18, conjuncts().rows.size() + 1);
}

TEST_CASE("PROOF.md says what fails first without a conjunct, and what a few variants break") {
  const auto part =
      sample(std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 1).front();
  first_failures_are_told(2 * part, 2 * part + 2);
  breaking_variants_are_told(part, 12);
}

TEST_CASE("PROOF.md says which variants break each conjunct: one of four", "[thorough]") {
  breaking_variants_are_told(0, 4);
}
TEST_CASE("PROOF.md says which variants break each conjunct: two of four", "[thorough]") {
  breaking_variants_are_told(1, 4);
}
TEST_CASE("PROOF.md says which variants break each conjunct: three of four", "[thorough]") {
  breaking_variants_are_told(2, 4);
}
TEST_CASE("PROOF.md says which variants break each conjunct: four of four", "[thorough]") {
  breaking_variants_are_told(3, 4);
}

TEST_CASE("PROOF.md says which limits are safe, and which cannot overflow an int", "[thorough]") {
  const ManifestProof& proof = *protocol().proof;
  REQUIRE(proof.limit_properties.size() == 1);
  const std::string& overflow = proof.limit_properties.front().name;
  const PageTable table = PageTable::below(proof_page(), "The reader limit");
  REQUIRE(table.titles == Lines{"limit", "safe", overflow});
  std::vector<ProofTask> tasks;
  for (const std::string& limit : proof.limits) {
    tasks.push_back({"holds", limit, {}, proof.limit_properties, false});
  }
  const auto proofs = proofs_of(tasks);
  Computed safe, cannot_overflow;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const std::string stated = "1 <= Limit /\\ Limit = Flag";
    REQUIRE(proof.limits[i].starts_with(stated));
    std::string label = "flag" + proof.limits[i].substr(stated.size());
    if (label == "flag - 1") label += " (Linux)";
    Lines unsafe;
    bool overflows = false;
    for (const Failure& f : proofs[i].failures) {
      REQUIRE_FALSE(f.unknown);
      const bool own = f.edge.empty() && f.conjunct == overflow;
      overflows = overflows || own;
      if (!own) unsafe.push_back(text(f));
    }
    safe.emplace_back(label, unsafe.empty() ? "yes" : "not shown: " + joined(unsafe));
    cannot_overflow.emplace_back(label, unsafe.empty() && !overflows ? "yes" : "not shown");
  }
  is_told(table, "safe", safe);
  is_told(table, overflow, cannot_overflow);
  // What TLC checks is Linux's.
  std::string modules;
  for (const auto& file : std::filesystem::directory_iterator(protocol().directories.front())) {
    if (file.path().extension() == ".tla") modules += text_of(file.path().string());
  }
  CHECK_THAT(modules, Catch::Contains("\nFlag == Limit + 1 "));
}

}  // namespace lockstep::testing
