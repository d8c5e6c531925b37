// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "variant_checks.hpp"

using lockstep::check_breaks;

// ---- Duplication

TEST_CASE("S39: copying the count makes it negative") {
  check_breaks("dup_copies_refcnt", "RefcntOK", 43);
}
TEST_CASE("S39: an attached VMA ends with the count of another") {
  check_breaks("dup_copies_refcnt", "CountOK", 16);
}
TEST_CASE("S40: copying the count of an unmarked VMA, even the check of the sequence passes") {
  check_breaks("dup_copies_refcnt_unmarked", "UseOK", 40);
}
TEST_CASE("S41: a copy by hand forgets a field") {
  check_breaks("dup_forgets_field", "CopyOK", 13);
}

// ---- The lookup

TEST_CASE("without an RCU section the page goes under the lookup") {
  check_breaks("lookup_without_rcu", "PageOK", 17);
}
TEST_CASE("a lookup that keeps its RCU section takes the VMA out of it") {
  check_breaks("lookup_keeps_rcu", "RcuOK", 18);
}
TEST_CASE("incrementing from zero, a reader raises the count of a free VMA") {
  check_breaks("increment_from_zero", "FreeOK", 20);
}
TEST_CASE("without a limit readers reach the flag of the writer") {
  check_breaks("no_reader_limit", "LimitOK", 22, "2x1x1,limit=2");
}
TEST_CASE("without the check of the mm a fault uses a VMA of another process") {
  check_breaks("no_mm_check", "UseOK", 32, "1x2x1x2");
}
TEST_CASE("without the second look at the sequence a reader is inside with the writer") {
  check_breaks("no_recheck", "ExclOK", 27);
}
TEST_CASE("without the check of the range a fault uses a VMA of another address") {
  check_breaks("no_range_check", "UseOK", 32);
}

// ---- Waiting and waking

TEST_CASE("a last reader that wakes nobody leaves the writer asleep") {
  check_breaks("put_never_wakes", "NoLostWake", 29);
}
TEST_CASE("a last reader that looks for the tree's count leaves a detaching writer asleep") {
  check_breaks("put_wakes_only_attached", "NoLostWake", 34);
}
TEST_CASE("reading the mm after the count is given back, a reader touches freed memory") {
  check_breaks("put_loads_mm_late", "PageOK", 35);
}
TEST_CASE("a writer that does not wait is inside with a reader") {
  check_breaks("write_does_not_wait", "ExclOK", 22);
}
TEST_CASE("D14: a detach that does not wait frees a VMA whose count is not zero") {
  check_breaks("detach_does_not_wait", "FreeOK", 28);
}
TEST_CASE("looking before the state is set loses the wake-up between the two") {
  check_breaks("state_set_after_check", "NoLostWake", 30);
}
TEST_CASE("a wait that does not take its announcement back leaves a sleeper behind") {
  check_breaks("finish_keeps_waiter", "WaitOK", 18);
}

// ---- The writer

TEST_CASE("a flag that stays is counted for ever") {
  check_breaks("flag_stays", "CountOK", 20);
}
TEST_CASE("a VMA that is attached without a mark enters the tree unlocked") {
  check_breaks("attach_unmarked", "AttachMarkedOK", 4);
}
TEST_CASE("a VMA that is changed without a mark is changed under its readers") {
  check_breaks("modify_unmarked", "ExclOK", 21);
}
TEST_CASE("a VMA that is unmapped without a mark leaves the tree unlocked") {
  check_breaks("unmap_unmarked", "LeaveMarkedOK", 13);
}
TEST_CASE("a mark set before the wait changes the sequence under readers") {
  check_breaks("mark_before_drain", "SeqOK", 14);
}
TEST_CASE("a VMA that is freed attached has a count while it is free") {
  check_breaks("free_without_detach", "FreeOK", 12);
}
TEST_CASE("an unlock without the increment leaves the marks") {
  check_breaks("unlock_keeps_marks", "MarksOK", 10);
}
TEST_CASE("a downgrade without the increment leaves the marks") {
  check_breaks("downgrade_keeps_marks", "MarksOK", 14);
}

// ---- The mm

TEST_CASE("D16: nothing keeps the mm whose writer a reader of another mm wakes") {
  check_breaks("no_mm_grab", "MmOK", 46, "1x1x1x2");
}
TEST_CASE("D16: an mm that is grabbed after the put may have been freed") {
  check_breaks("mm_grab_after_put", "MmOK", 40, "1x1x1x2");
}
TEST_CASE("D16: looking at the mm last, a put wakes the writer of another mm") {
  check_breaks("mm_check_last", "MmOK", 45, "1x1x1x2");
}
TEST_CASE("a fault that does not keep its mm walks the tree of a freed one") {
  check_breaks("fault_without_pin", "MmOK", 4, "1x1x1");
}
TEST_CASE("a fault that does not keep its mm is not counted") {
  check_breaks("fault_without_pin", "MmCountOK", 1, "1x1x1");
}
TEST_CASE("an mm that exits with VMAs mapped leaves them behind") {
  check_breaks("exit_keeps_vmas", "MmOK", 11, "1x1x1");
}
