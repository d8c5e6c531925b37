// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <filesystem>
#include <future>

#include "toy_root.hpp"

// Where the answers are written to: a device, a pipe and a link stay what they are.
namespace lockstep::testing {

namespace {

namespace fs = std::filesystem;

/// A test whose condition is seen: each of its pictures has something to draw.
constexpr std::string_view buffering =
    "C SB\n{}\nP0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); r0 = READ_ONCE(*y); }\n"
    "P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); r0 = READ_ONCE(*x); }\n"
    "exists (0:r0=0 /\\ 1:r0=0)\n";

/// A Graphviz that draws its own arguments: which files it is given is all that matters here.
constexpr std::string_view graphviz = "#!/bin/sh\ncat >/dev/null\necho \"drawn $1\"\n";

struct Tools {
  Scratch scratch;
  Tools() {
    write_text(scratch / "sb.litmus", buffering);
    fs::create_directory(scratch / "bin");
    write_text(scratch / "bin/dot", graphviz);
    chmod((scratch / "bin/dot").c_str(), 0755);
  }
  /// The commands that write a file, with that file as the last word.
  std::vector<Words> writers() const {
    const std::string test = scratch / "sb.litmus";
    return {{"litmus", test, "--model", "lkmm", "--dot"},
            {"litmus", test, "--model", "lkmm", "--svg"},
            {"litmus", test, "--model", "lkmm", "--png"},
            {"order", "door", "--question", "enter_or_close", "--model", "lkmm", "--weaken",
             "Enter_Mb=rmb", "--svg"},
            {"litmus", test, "--model", "lkmm", "--json"},
            {"list", "protocols", "--json"},
            {"replay", golden, "--json"}};
  }
  /// Weakened, the protocol's question is a FAIL, and drawn.
  static int status_of(const Words& words) { return words.front() == "order" ? 1 : 0; }
  Outcome run(Words words, const std::string& to) const {
    words.push_back(to);
    return toy(words, {"PATH=" + (scratch / "bin") + ":/usr/bin:/bin"});
  }
};

ino_t number_of(const std::string& file) {
  struct stat status {};
  return lstat(file.c_str(), &status) == 0 ? status.st_ino : 0;
}

}  // namespace

TEST_CASE("a file that is written through a link: the link stays, its target has the text") {
  const Tools tools;
  const std::string link = tools.scratch / "link", real = tools.scratch / "real";
  for (const Words& words : tools.writers()) {
    CAPTURE(words);
    fs::remove(real);
    fs::remove(link);
    fs::create_symlink("real", link);  // relative to the link, not to where we stand
    CHECK(tools.run(words, link).status == Tools::status_of(words));
    CHECK(fs::is_symlink(link));
    CHECK_FALSE(text_of(real).empty());  // a target that was not there is made
    write_text(real, "old");
    chmod(real.c_str(), 0640);
    CHECK(tools.run(words, link).status == Tools::status_of(words));
    CHECK(fs::is_symlink(link));
    CHECK(text_of(real) != "old");
    CHECK((fs::status(real).permissions() & fs::perms::all) == fs::perms{0640});
  }
  fs::remove(link);
  fs::create_symlink("link", link);
  for (const Words& words : tools.writers()) {
    CAPTURE(words);
    const Outcome circle = tools.run(words, link);
    CHECK(circle.status == 2);
    CHECK_THAT(circle.err, Catch::Contains("link: cannot be written: "));
    CHECK(fs::is_symlink(link));
  }
}

TEST_CASE("a pipe is written to, and is a pipe afterwards") {
  const Tools tools;
  const std::string pipe = tools.scratch / "pipe";
  for (const Words& words : tools.writers()) {
    CAPTURE(words);
    fs::remove(pipe);
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    auto read = std::async(std::launch::async, [&pipe] {
      return run({"timeout", "20", "cat", pipe}).out;
    });
    const Outcome outcome = tools.run(words, pipe);
    CHECK(outcome.status == Tools::status_of(words));
    CHECK_FALSE(read.get().empty());
    CHECK(fs::is_fifo(pipe));
  }
  // Nobody reads: Ctrl-C ends the wait.
  const Outcome alone = toy({"list", "protocols", "--json", pipe}, {}, 1.0);
  CHECK(alone.status == 130);
  CHECK(alone.seconds < 4);
  CHECK(fs::is_fifo(pipe));
}

TEST_CASE("a device is written to, never replaced; what it refuses is said") {
  const Tools tools;
  const std::string full = tools.scratch / "full";
  // A node of our own where we may make one, else a link: the machine's own is left alone.
  const bool made = mknod(full.c_str(), S_IFCHR | 0666, makedev(1, 7)) == 0 &&
                    !fs::is_symlink(full) && access(full.c_str(), W_OK) == 0;
  if (!made) {
    fs::remove(full);
    fs::create_symlink("/dev/full", full);
  }
  for (const Words& words : tools.writers()) {
    CAPTURE(words);
    const ino_t before = number_of(full);
    const Outcome outcome = tools.run(words, full);
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.err, Catch::Contains("full cannot be written: No space left on device"));
    CHECK(number_of(full) == before);
    CHECK(fs::is_character_file(full));
  }
}

TEST_CASE("/dev/stdout is standard output, a file too") {
  const Tools tools;
  const Outcome outcome =
      tools.run({"litmus", tools.scratch / "sb.litmus", "--model", "lkmm", "--svg"}, "/dev/stdout");
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out, Catch::Contains("drawn -Tsvg") && Catch::Contains("Sometimes"));
  const Outcome document = tools.run({"list", "protocols", "--json"}, "/dev/stdout");
  CHECK(document.status == 0);
  CHECK_THAT(document.out, Catch::Contains("\"door\""));
}

TEST_CASE("a picture leaves nothing beside it, drawn or not") {
  const Tools tools;
  fs::create_directory(tools.scratch / "out");
  const Words draw{"litmus", tools.scratch / "sb.litmus", "--model", "lkmm", "--svg"};
  CHECK(tools.run(draw, tools.scratch / "out/a.svg").status == 0);
  write_text(tools.scratch / "bin/dot", "#!/bin/sh\necho 'no fonts' >&2; exit 1\n");
  const Outcome failed = tools.run(draw, tools.scratch / "out/b.svg");
  CHECK(failed.status == 2);
  CHECK_THAT(failed.err, Catch::Contains("no fonts"));
  write_text(tools.scratch / "bin/dot", "#!/bin/sh\nsleep 30\n");
  Words slow = draw;
  slow.push_back(tools.scratch / "out/c.svg");
  const Outcome stopped = toy(slow, {"PATH=" + (tools.scratch / "bin") + ":/usr/bin:/bin"}, 1.5);
  CHECK(stopped.status == 130);
  CHECK(stopped.seconds < 1.5 + 3);
  CHECK(std::distance(fs::directory_iterator{tools.scratch / "out"}, {}) == 1);
}

}  // namespace lockstep::testing
