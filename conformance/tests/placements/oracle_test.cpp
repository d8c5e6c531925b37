// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "orders/litmus/litmus.hpp"
#include "orders/placements/fixed.hpp"
#include "tests/placements/sites.hpp"
#include "tests/process.hpp"
#include "tests/skip.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

std::string oracle() {
  const char* shared = std::getenv("LOCKSTEP_SHARED");
  return (shared != nullptr ? std::string{shared} : LOCKSTEP_SOURCE_DIR "/../shared") + "/oracle/";
}

/// `== maple lkmm`, then how many sites, combinations and placements, then the placements.
struct Listed {
  std::string counts;
  std::vector<std::string> placements;
};
std::map<std::string, Listed> listed(const std::string& file) {
  std::map<std::string, Listed> out;
  std::ifstream in{file};
  std::string test;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("== "))
      test = line.substr(3);
    else if (line.starts_with("  sites "))
      out[test].counts = line;
    else if (line.starts_with("    "))
      out[test].placements.push_back(line.substr(4));
  }
  for (auto& [name, one] : out) std::ranges::sort(one.placements);
  return out;
}

const std::vector<std::string> with_sites{"maple",   "vmalloc", "seqlock1", "seqlock2", "vma1",
                                          "vma1f",   "vma2",    "vma2f",    "refcnt1",  "refcnt2",
                                          "refcnt3", "mcs2",    "mcs3"};

}  // namespace

TEST_CASE("oracle: the minimal placements of the fragments with sites, line by line") {
  const std::string file = oracle() + "placements.txt";
  if (!std::filesystem::exists(file)) return lockstep::testing::skip("no " + file);
  const auto known = listed(file);
  std::size_t compared = 0;
  for (const std::string& name : with_sites) {
    const std::string path = oracle() + "fragments/" + name + ".litmus";
    const Program program = litmus::read(lockstep::testing::text_of(path), path).program;
    for (const std::string model_name : {"lkmm", "armv8"}) {
      INFO(name << " under " << model_name);
      const MemoryModel model = builtin_model(model_name);
      const MinimalOrders found = minimal_orders(program, model);
      CHECK(found.complete);
      CHECK(found.mended);
      CHECK_FALSE(found.placements.empty());
      CHECK(found.calls <= 200);
      const Recheck again = recheck(found, {program}, model);
      CHECK(again.wrong == std::vector<std::string>{});
      const auto expected = known.find(name + " " + model_name);
      if (expected == known.end()) continue;
      ++compared;
      std::ostringstream counts;
      counts << "  sites " << found.lattice.sites() << ", combinations "
             << static_cast<long>(found.lattice.combinations()) << ", minimal placements "
             << found.placements.size() << ":";
      CHECK(counts.str() == expected->second.counts);
      CHECK(texts(found) == expected->second.placements);
    }
  }
  CHECK(compared == known.size());
}
