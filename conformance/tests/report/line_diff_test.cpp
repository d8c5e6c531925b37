// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "report/line_diff.hpp"

namespace lockstep::report {

TEST_CASE("a diff of lines: what went and what came, where") {
  CHECK(line_diff("", "").empty());
  CHECK(line_diff("a\nb\n", "a\nb\n").empty());
  CHECK(line_diff("a\nb\nc\n", "a\nx\nc\n") == "line 2:\n  a\n- b\n+ x\n");
  CHECK(line_diff("", "a\n") == "line 1:\n+ a\n");
  CHECK(line_diff("a\nb\n", "b\n") == "line 1:\n- a\n");
  CHECK(line_diff("a\nb\nc\nd\n", "b\nc\ne\nd\n") == "line 1:\n- a\nline 3:\n  c\n+ e\n");
}

TEST_CASE("a diff of lines: one that stands elsewhere too is no less changed") {
  CHECK(line_diff("p\n1\nq\n1\n", "p\n1\nq\n2\n") == "line 4:\n  q\n- 1\n+ 2\n");
  CHECK(line_diff("p\n1\nq\nr\n2\n", "p\n2\nq\nr\n1\n") ==
        "line 2:\n  p\n- 1\n+ 2\nline 5:\n  r\n- 2\n+ 1\n");
  CHECK(line_diff("a\na\n", "a\n") == "line 2:\n  a\n- a\n");
}

TEST_CASE("a diff of lines: whether another line comes after is no change") {
  CHECK(line_diff("{\n1\n}\n", "{\n1,\n2\n}\n") == "line 3:\n  1\n+ 2\n");
}

}  // namespace lockstep::report
