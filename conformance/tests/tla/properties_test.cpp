// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/tla/vma_refcnt.hpp"

using namespace lockstep;
using namespace lockstep::testing;

TEST_CASE("every property of vma_refcnt is understood, in every variant", "[tla]") {
  const tla::Module& module = vma_refcnt_properties();
  std::vector<std::string> properties = invariants();
  REQUIRE(properties.size() >= 15);
  properties.insert(properties.end(), {"SeqStep", "CopyStep"});
  for (const std::string& variant : Protocol::find("vma_refcnt").variants()) {
    for (const auto& open : {std::set<std::string>{}, std::set<std::string>{"Limit", "Flag"}}) {
      tla::Constants constants = constants_of(variant, open);
      if (open.empty()) constants.integers["Limit"] = 3;
      for (const std::string& name : properties) {
        INFO(variant << " " << name);
        const tla::Expr e = module.expand(name, constants);
        const std::string text = tla::text(e);
        CHECK(tla::text(module.expand_text(text, "its own text", constants)) == text);
        // Which variant it is decides: nothing of that is left.
        CHECK(text.find(variant) == std::string::npos);
      }
    }
  }
}

TEST_CASE("what a variant changes is changed in its properties", "[tla]") {
  const tla::Module& module = vma_refcnt_properties();
  const auto count_ok = [&](const std::string& variant) {
    return tla::text(module.expand("CountOK", constants_of(variant, {"Limit", "Flag"})));
  };
  CHECK(count_ok("writer_counts_itself").find("Flag + 1 ELSE 0") != std::string::npos);
  CHECK(count_ok("holds").find("Flag ELSE 0") != std::string::npos);
  CHECK(count_ok("holds").find("Store_Tree") != std::string::npos);
  CHECK(count_ok("store_then_attach").find("Store_Tree") == std::string::npos);
}
