// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/has_tlc.hpp"
#include "tests/program/program.hpp"

// The toy as its author sees it: all claims, by all judges.
namespace lockstep::testing {
namespace {

Outcome board(const Words& arguments, const Words& settings = {}) {
  return run_on(LOCKSTEP_SOURCE_DIR "/conformance/tests/rcu", LOCKSTEP_RCU, arguments, settings,
                -1);
}

}  // namespace

TEST_CASE("a protocol that waits for readers is verified whole", "[rcu][tlc]") {
  if (!has_tlc_or_skips()) return;
  const Outcome outcome = board({"verify"});
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out, Catch::Contains("\nPASS, "));
}

TEST_CASE("without the grace period what is wiped is read, under each model", "[rcu]") {
  for (const char* model : {"sc", "tso", "armv8", "lkmm", "rc11"}) {
    CAPTURE(model);
    const auto asked = [&](const Words& more) {
      Words words{"order", "board", "--question", "wait", "--model", model};
      words.insert(words.end(), more.begin(), more.end());
      return board(words);
    };
    CHECK(asked({}).status == 0);
    // A full barrier waits for nobody.
    for (const char* weaker : {"Unpin_Sync=mb", "Unpin_Sync=none"}) {
      const Outcome outcome = asked({"--weaken", weaker});
      CHECK(outcome.status == 1);
      CHECK_THAT(outcome.out, Catch::Contains("never     reachable"));
    }
  }
  check_refused(board({"order", "board", "--weaken", "Unpin_Sync=release"}), 2,
                "a site of kind sync cannot have this order; expected none, mb, grace");
}

TEST_CASE("as a litmus test it is the kernel's call", "[rcu]") {
  const Scratch scratch;
  const Words wait{"order", "board", "--question", "wait", "--emit-litmus", scratch / "out"};
  CHECK(board(wait).status == 0);
  const std::string text = text_of(scratch / "out/board-wait.litmus");
  CHECK_THAT(text, Catch::Contains("synchronize_rcu();") && Catch::Contains("rcu_read_lock();"));
  CHECK(board({"litmus", scratch / "out/board-wait.litmus", "--model", "lkmm"}).status == 0);
}

TEST_CASE("what frees is known to the claim kernel by when it frees", "[rcu]") {
  const Scratch scratch;
  namespace fs = std::filesystem;
  for (const char* folder : {"spec", "traces", "reference", "conformance"}) {
    fs::copy(fs::path{LOCKSTEP_SOURCE_DIR "/conformance/tests/rcu"} / folder, scratch / folder,
             fs::copy_options::recursive);
  }
  const std::string file = scratch / "reference/board.hpp", text = text_of(file);
  const auto said = [&](const std::string& from, const std::string& to) {
    std::string other = text;
    REQUIRE(other.find(from) != std::string::npos);
    write_text(file, other.replace(other.find(from), from.size(), to));
    const Outcome outcome = run_on(scratch / "", LOCKSTEP_RCU, {"list", "sites"}, {}, -1);
    return outcome.status == 0 ? "understood" : outcome.err;
  };
  CHECK(said("kernel: drop, kfree_rcu", "kernel: drop, call_rcu") == "understood");
  CHECK_THAT(said("kernel: drop, kfree_rcu", "kernel: drop, kfree"),
             Catch::Contains("kfree is no call_rcu, as Drop_Free is"));
  CHECK_THAT(said("kernel: unpin, kfree", "kernel: unpin, kfree_rcu"),
             Catch::Contains("kfree_rcu is no free, as Unpin_Free is"));
  CHECK_THAT(said("kernel: unpin, synchronize_rcu", "kernel: unpin, smp_mb"),
             Catch::Contains("smp_mb is no sync, as Unpin_Sync is"));
  CHECK_THAT(said("kernel: pin, kmalloc", "kernel: pin, kfree"),
             Catch::Contains("kfree is no alloc, as Pin_Alloc is"));
}

}  // namespace lockstep::testing
