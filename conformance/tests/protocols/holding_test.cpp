// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "machines/protocol.hpp"
#include "variant_checks.hpp"

using namespace lockstep;

TEST_CASE("today's form holds, in the states that TLC counts") {
  check_holds("holds", 23'146);
  check_holds("holds", 10'469, "2x1x1,limit=2");
  check_holds("holds", 629'125, "1x2x1x2");
}
TEST_CASE("C1: two copies around the count hold") {
  check_holds("dup_two_copies", 23'706);
}
TEST_CASE("C6: a helper that copies all but the count holds") {
  check_holds("dup_copy_struct_except", 23'706);
}
TEST_CASE("C4: setting the count first holds") {
  check_holds("dup_refcnt_first", 23'730);
}
TEST_CASE("C5: setting the count between the copies holds") {
  check_holds("dup_split_around_refcnt", 23'586);
}
TEST_CASE("S40: with an unmarked source, but without the count, a copy holds") {
  check_holds("dup_source_unmarked", 25'098);
}
TEST_CASE("the order of the mails, the tree and then the count, holds") {
  check_holds("store_then_attach", 23'026);
}
TEST_CASE("the order of a merge, out of the tree and then detached, holds") {
  check_holds("clear_then_detach", 23'158);
}
TEST_CASE("a writer that counts itself holds, with as many states") {
  check_holds("writer_counts_itself", 23'146);
}
TEST_CASE("looking at the mm last holds as long as there is but one") {
  check_holds("mm_check_last", 22'466);
}
TEST_CASE("the early look at the sequence is for speed only") {
  check_holds("no_early_check", 17'882);
}
TEST_CASE("what breaks liveness alone, the explorer does not see") {
  check_holds("retries_write_locked", 23'458);
}

TEST_CASE("holds is the first variant, and each name stands once") {
  const auto variants = Protocol::find("vma_refcnt").variants();
  CHECK(variants.front() == "holds");
  CHECK(std::set(variants.begin(), variants.end()).size() == variants.size());
  CHECK(variants.size() == 41);
}

TEST_CASE("random walks of every variant stay inside its automaton") {
  for (const std::string& variant : Protocol::find("vma_refcnt").variants()) {
    check_shaken(variant, "2x2x2");
    check_shaken(variant, "2x2x1x2");
  }
}

TEST_CASE("a model says its constants and bounds") {
  const Protocol& protocol = Protocol::find("vma_refcnt");
  const auto model = protocol.model(Size::parse("1x2x1x2,limit=2"), "no_mm_check");
  CHECK(model->bounds() ==
        "1 reader, 2 VMAs, 1 slot, 2 mms, 2 write sections each, reader limit 2");
  using Constants = std::vector<std::pair<std::string, std::string>>;
  CHECK(model->constants() == Constants{{"Readers", "{r1}"},
                                        {"Vmas", "{v1, v2}"},
                                        {"Slots", "{s1}"},
                                        {"Mms", "{m1, m2}"},
                                        {"Null", "Null"},
                                        {"Again", "Again"},
                                        {"Limit", "2"},
                                        {"MaxSections", "2"},
                                        {"Variant", "\"no_mm_check\""}});
  CHECK(protocol.model(Size::parse("2x2x2"), "holds")->bounds() == "2 readers, 2 VMAs, 2 slots");
}
