// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/flatten.hpp"

#include <array>
#include <catch2/catch.hpp>

#include "model/verdict.hpp"

using namespace lockstep;
using namespace lockstep::tlc;

namespace {

Layout small_layout() {
  Layout layout;
  layout.add({"count", {}, Sort::integer, {}});
  layout.add({"pc", {"r1"}, Sort::string, {}});
  layout.add({"pc", {"r2"}, Sort::string, {}});
  layout.add({"tree", {"m1", "s1"}, Sort::name, {}});
  layout.add({"tree", {"m1", "s2"}, Sort::name, {}});
  layout.add({"flag", {"1"}, Sort::boolean, {}});
  layout.add({"flag", {"2"}, Sort::boolean, {}});
  return layout;
}

const std::string state_text =
    "/\\ pc = (r1 :> \"idle\" @@ r2 :> \"in\")\n/\\ count = -1\n"
    "/\\ tree = (m1 :> [s1 |-> v1, s2 |-> Null])\n/\\ flag = <<TRUE, FALSE>>\n";

/// Reads states with one reader, so that the second and later ones use the pattern.
struct Reader {
  Layout layout = small_layout();
  Flattener flattener{layout};

  State operator()(const std::string& text) {
    State out(layout.size());
    flattener.flatten(text, {.file = "state"}, out.data());
    return out;
  }
  std::string texts(const State& state) {
    std::string out;
    for (const Atom atom : state) out += layout.symbols.text(atom) + " ";
    return out;
  }
  std::string complaint(const std::string& text) {
    try {
      return texts((*this)(text));
    } catch (const InputError& error) {
      return error.what();
    }
  }
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  REQUIRE(text.find(from) != std::string::npos);
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a state becomes flat in the order of the layout") {
  Reader reader;
  CHECK(reader.texts(reader(state_text)) == "-1 idle in v1 Null 1 0 ");
  CHECK(reader.flattener.scanned() == 1);
}

TEST_CASE("states of the same shape match the pattern of the first") {
  Reader reader;
  reader(state_text);
  CHECK(reader(state_text) == reader(state_text));
  CHECK(reader.texts(reader(replaced(state_text, "count = -1", "count = 1234567"))) ==
        "1234567 idle in v1 Null 1 0 ");
  CHECK(reader.texts(reader(replaced(state_text, "\"idle\"", "\"\""))) == "-1  in v1 Null 1 0 ");
  // TLC breaks long lines.
  CHECK(reader.texts(reader(replaced(state_text, "@@ r2", "@@\n  r2"))) ==
        "-1 idle in v1 Null 1 0 ");
  CHECK(reader.flattener.scanned() == 1);
}

TEST_CASE("states of another order or with escapes are scanned anew") {
  Reader reader;
  reader(state_text);
  const std::string swapped = "/\\ count = 7\n" + replaced(state_text, "/\\ count = -1\n", "");
  CHECK(reader.texts(reader(swapped)) == "7 idle in v1 Null 1 0 ");
  CHECK(reader.flattener.scanned() == 2);
  CHECK(reader.texts(reader(replaced(swapped, "idle", "a\\\"b"))) == "7 a\"b in v1 Null 1 0 ");
  CHECK(reader.flattener.scanned() == 3);
}

TEST_CASE("Null fits a slot of any sort: a local that is dead") {
  Reader reader;
  CHECK(reader(replaced(state_text, "count = -1", "count = Null"))[0] == null_atom);
  CHECK(reader(replaced(state_text, "<<TRUE,", "<<Null,"))[5] == null_atom);
  CHECK(reader.flattener.scanned() == 1);
}

TEST_CASE("a wrong sort, a missing or an extra variable is named, by pattern and by scan") {
  const std::vector<std::array<std::string, 3>> wrong = {
      {"count = -1", "count = TRUE", "count is TRUE; expected an integer"},
      {"count = -1", "count = v1", "count is the name v1; expected an integer"},
      {"count = -1", "count = <<1>>", "count[1], which the protocol does not have"},
      {"\"idle\"", "idle", "pc[r1] is the name idle; expected a string"},
      {"\"idle\"", "3", "pc[r1] is an integer; expected a string"},
      {"s1 |-> v1", "s1 |-> \"v1\"", "tree[m1][s1] is the string \"v1\"; expected a model"},
      {"s1 |-> v1", "s1 |-> 1", "tree[m1][s1] is an integer; expected a model value"},
      {"<<TRUE", "<<1", "flag[1] is an integer; expected TRUE or FALSE"},
      {", FALSE", "", "the state has no flag[2]"},
      {", FALSE", ", FALSE, TRUE", "flag[3], which the protocol does not have"},
      {"/\\ count = -1\n", "", "the state has no count"},
      {"/\\ count", "/\\ more = 1 /\\ count", "more, which the protocol does not have"},
      {"/\\ count = -1", "/\\ count = -1 /\\ count = 1", "count stands twice"},
      {"/\\ count", "count", "'c'; expected '/\\'"},
      {"-1", "{1}", "a structure that a state of scalars cannot hold"},
      {"r2 :>", "r 2 :>", "expected ':>'"},
  };
  for (const auto& [from, to, expected] : wrong) {
    const std::string text = replaced(state_text, from, to);
    INFO(text);
    Reader fresh;
    CHECK_THAT(fresh.complaint(text), Catch::Contains(expected));
    Reader used;
    used(state_text);
    CHECK_THAT(used.complaint(text), Catch::Contains(expected));
  }
}

TEST_CASE("a state cut short anywhere is refused, by pattern and by scan") {
  const std::size_t last = state_text.find(">>") + 2;
  Reader used;
  used(state_text);
  for (std::size_t size = 0; size < last; ++size) {
    const std::string text = state_text.substr(0, size);
    INFO(text);
    CHECK_THROWS_AS(Reader{}(text), InputError);
    CHECK_THROWS_AS(used(text), InputError);
  }
}
