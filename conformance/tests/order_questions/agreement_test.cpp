// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/order_questions/subject.hpp"
#include "tests/skip.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

constexpr auto never = orders::Outcome::never, sometimes = orders::Outcome::reachable;

/// A litmus test that asks what a question asks, and what herd7 says of it.
struct Agreement {
  const char* fragment;
  const char* question;
  Overrides orders;
  orders::Outcome lkmm;
};

/// Not here: L02, the load-buffering side of an unlock without release. It needs a reader that
/// writes what the writer reads before the unlock; ours write nothing but the count.
/// L05 asks whether the writer reads after the drain what a reader wrote; our readers only read, so
/// C1 asks for the writer's plain store after it.
const std::vector<Agreement>& agreements() {
  const Order once = Order::once;
  static const std::vector<Agreement> all{
      {"d1-refcnt-pub-rel-acq", "publication_at_attach", {}, never},
      {"d2-refcnt-pub-once-acq", "publication_at_attach", {{"Attach_SetRefcnt", once}}, sometimes},
      {"d3-refcnt-pub-rel-rlx", "publication_at_attach", {{"StartRead_IncRef", once}}, sometimes},
      {"d4-refcnt-pub-once-rlx",
       "publication_at_attach",
       {{"Attach_SetRefcnt", once}, {"StartRead_IncRef", once}},
       sometimes},
      {"d5-refcnt-reuse-ok", "reuse", {}, never},
      {"d6-refcnt-reuse-rlxdec", "reuse", {{"Put_Dec", once}}, sometimes},
      {"d7-refcnt-reuse-rlxinc", "reuse", {{"StartRead_IncRef", once}}, sometimes},
      {"d8-refcnt-reuse-onceset", "reuse", {{"Attach_SetRefcnt", once}}, sometimes},
      {"d9-refcnt-reuse-nordec", "reuse", {{"Detach_Dec", once}}, never},
      {"L03-enter-acquire", "mark_is_seen", {}, never},
      {"L03-enter-relaxed", "mark_is_seen", {{"StartRead_IncRef", once}}, sometimes},
      {"L04-attach-acquire", "publication_at_attach", {}, never},
      {"L04-attach-relaxed", "publication_at_attach", {{"StartRead_IncRef", once}}, sometimes},
      {"L04-attach-plainset", "publication_at_attach", {{"Attach_SetRefcnt", once}}, sometimes},
      {"L05-writer-drain-asis", "C1", {}, sometimes},
      {"L05-writer-drain-acq", "C1", {{"StartWrite_CheckCount", Order::acquire}}, never},
      {"L05-writer-drain-store", "C1", {{"Modify_Begin", once}}, never},
      {"L06-rcuwait-mb", "lost_wakeup", {}, never},
      {"L06-rcuwait-rmb", "lost_wakeup", {{"Put_WakeMb", Order::rmb}}, sometimes},
  };
  return all;
}

/// The verdicts that the oracle's table gives, by fragment: {sc, lkmm}.
std::map<std::string, std::pair<std::string, std::string>> oracle(const std::string& file) {
  std::map<std::string, std::pair<std::string, std::string>> out;
  std::ifstream in{file};
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields{line};
    std::string name, sc, tso, armv8, lkmm;
    if (!(fields >> name >> sc >> tso >> armv8 >> lkmm)) continue;
    out[name.substr(0, name.rfind(".litmus"))] = {sc, lkmm};
  }
  return out;
}

const QuestionSubject& lock() {
  static const QuestionSubject subject{Manifest::read(LOCKSTEP_SOURCE_DIR), "vma_refcnt"};
  return subject;
}

}  // namespace

TEST_CASE("vma_refcnt: the questions agree with the litmus tests that ask the same") {
  const QuestionSubject& subject = lock();
  for (const Agreement& a : agreements()) {
    INFO(a.fragment);
    CHECK(subject.ask(a.question, "sc", a.orders).outcome == never);
    CHECK(subject.ask(a.question, "lkmm", a.orders).outcome == a.lkmm);
  }
}

TEST_CASE("vma_refcnt: the verdicts above are the oracle's") {
  const char* shared = std::getenv("LOCKSTEP_SHARED");
  const std::string folder = shared != nullptr ? shared : LOCKSTEP_SOURCE_DIR "/../shared";
  const std::string file = folder + "/oracle/fragments.tsv";
  if (!std::filesystem::exists(file)) return testing::skip("no " + file);
  const auto table = oracle(file);
  int compared = 0;
  for (const Agreement& a : agreements()) {
    const auto found = table.find(a.fragment);
    if (found == table.end()) continue;  // of the fragments L.. it knows none
    INFO(a.fragment);
    CHECK(found->second.first == "Never");
    CHECK(found->second.second == (a.lkmm == never ? "Never" : "Sometimes"));
    ++compared;
  }
  CHECK(compared == 9);
}

TEST_CASE("vma_refcnt: C4 is mended by one store") {
  for (const Order order : {Order::once, Order::release}) {
    CHECK(lock().ask("C4", "lkmm", {{"MmapUnlock_SeqEnd", order}}).outcome == never);
  }
}
