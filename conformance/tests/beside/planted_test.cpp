// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "claims/beside/check.hpp"
#include "claims/beside/pairs.hpp"
#include "claims/beside/races.hpp"
#include "tests/process.hpp"
#include "tests/toys/described.hpp"
#include "tests/with_code.hpp"

// What stands beside the sites of this tree is right; what is planted in a text of the toy is
// found.
namespace lockstep::beside {
namespace {

namespace fs = std::filesystem;

const std::string reference = "reference/door.hpp", shared = "reference/barrier.hpp",
                  tasks = "conformance/protocols/annotated.cpp",
                  variant = "conformance/protocols/annotated_peeks.cpp", facts = "spec/kernel.json";

/// The toy's text, as if Linux had such a door: its sites, each with what stands beside it.
const std::map<std::string, std::string> texts{{reference, R"(
// kernel: enter_door, atomic_inc
void enter(M& m) {
  m.fetch_add("Enter"_site, users, 1, Order::once);
  barrier(m, "Enter_"_site);
}
void look_at_door(M& m) {
  // pairs with Open
  m.load("Look"_site, open, Order::acquire);  // kernel: smp_load_acquire
}
// kernel: use_door, data_read (here plain: nobody writes while it is read)
void use(M& m) { m.load("Use"_site, data, Order::plain); }
void leave(M& m) {
  // pairs with Drain
  // kernel: leave_door, refcount_down
  m.fetch_sub("Leave"_site, users, 1, Order::release);
}
)"},
                                               {shared, R"(
void barrier(M& m, auto first) {
  // pairs with Mb
  // kernel: pass_door, smp_mb
  m.fence(first + "Mb"_site, Order::mb);
}
)"},
                                               {tasks, R"(
#include "door.hpp"
#include "barrier.hpp"
void owner(M& m) {
  // kernel: close_door, WRITE_ONCE
  m.store("Close"_site, open, 0, Order::once);
  barrier(m, "Close_"_site);
  // pairs with Leave
  // kernel: none, nobody waits so in Linux
  m.wait("Drain"_site, users, 0);
  // kernel: use_door, WRITE_ONCE
  m.store("Write"_site, data, 1, Order::once);
  // pairs with Look
  // kernel: open_door, smp_store_release
  m.store("Open"_site, open, 1, Order::release);
}
)"},
                                               {variant, R"(
#include "door.hpp"
void enter(M& m) {
  // kernel: peek_door, READ_ONCE
  m.load("Peek"_site, open, Order::once);
  m.fetch_add("Enter"_site, users, 1, Order::once);
}
)"},
                                               {facts, R"({
  "version": "0.1",
  "functions": {
    "door.c": ["close_door", "enter_door", "look_at_door", "leave_door", "open_door", "pass_door"],
    "use.c": ["peek_door", "use_door"]
  },
  "primitives": {
    "data_read": "atomic_read",
    "refcount_down": "atomic_fetch_sub_release"
  }
}
)"}};

/// The toy with a variant that has a site of its own: it glances at the door before it enters.
template <class M>
struct Peeks : door::Holds<M> {
  void enter(const auto& at) {
    this->m.load("Peek"_site, at, door::open, Order::once);
    door::Holds<M>::enter(at);
  }
};
Registration registration() {
  Registration out = door::protocol().registration();
  out.sizes.protocol = "annotated";
  out.forms = [] {
    return std::vector<Form>{form<door::Holds, door::Reader, door::Owner>("holds"),
                             form<Peeks, door::Reader, door::Owner>("peeks")};
  };
  return out;
}

/// What the toy's description says of it, with texts at that root.
Manifest described(const fs::path& root) {
  static const RegisteredProtocol registered(registration());
  static const Manifest toys = testing::toy_manifest();
  Manifest out = toys;
  out.protocols.front().name = registered.name();
  out.root = root;
  return out;
}

/// A root with the texts, to be spoiled.
class Copy {
 public:
  Copy() {
    for (const auto& [file, text] : texts) write(file, text);
  }
  fs::path root() const { return scratch_ / "root"; }
  Manifest manifest() const { return described(root()); }
  Sites sites() const { return {manifest(), "annotated"}; }

  Copy& change(const std::string& file, const std::string& from, const std::string& to) {
    std::string text = testing::text_of((root() / file).string());
    const std::size_t at = text.find(from);
    CAPTURE(file, from);
    REQUIRE(at != std::string::npos);
    write(file, text.replace(at, from.size(), to));
    return *this;
  }

 private:
  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((root() / file).parent_path());
    std::ofstream(root() / file, std::ios::binary) << text;
  }

  testing::Scratch scratch_;
};

/// `FILE:LINE:`, found by the line's own text in the changed copy.
void refused(const Copy& copy, const std::string& file, const std::string& line,
             const std::string& why) {
  std::istringstream text(testing::text_of((copy.root() / file).string()));
  std::size_t number = 0;
  for (std::string here; std::getline(text, here);) {
    ++number;
    if (here.find(line) != std::string::npos) break;
  }
  CAPTURE(file, line, why);
  CHECK_THROWS_WITH(copy.sites(), Catch::Contains(file + ":" + std::to_string(number) + ":") &&
                                      Catch::Contains(why));
}
/// The same of a copy with one change.
void refused(const std::string& file, const std::string& from, const std::string& to,
             const std::string& line, const std::string& why) {
  Copy copy;
  refused(copy.change(file, from, to), file, line, why);
}

const Manifest& manifest() {
  static const Manifest read = Manifest::read(LOCKSTEP_SOURCE_DIR);
  return read;
}

}  // namespace

TEST_CASE("beside: every site of every protocol has a function of the kernel, or a reason") {
  REQUIRE_FALSE(testing::with_code(manifest()).empty());
  for (const ManifestProtocol& p : testing::with_code(manifest())) {
    const Sites sites(manifest(), p.name);
    CHECK(sites.found());
    CHECK_FALSE(sites.all().empty());
    for (const Site& site : sites.all()) CHECK_FALSE((site.kernel.empty() && site.why.empty()));
    const OrderSubject subject = OrderSubject::of(manifest(), p.name);
    hold_pairs(sites, partners_of(subject));
    hold_races(sites, races_of(subject));
  }
}

TEST_CASE("beside: of what is only specified nothing is checked") {
  std::size_t specified = 0;
  for (const ManifestProtocol& p : manifest().protocols) {
    const Sites sites(manifest(), p.name);
    std::vector<Check> checks;
    add_beside(checks, std::make_shared<const Manifest>(manifest()), p);
    CHECK(checks.size() == (sites.has_code() ? 3 : 0));
    if (sites.has_code()) continue;
    CHECK(sites.all().empty());
    ++specified;
  }
  CHECK(specified > 0);
}

TEST_CASE("beside: a site is where its end is spelled, in the protocol's own files") {
  const Copy copy;
  const Sites sites = copy.sites();
  const auto file_of = [&](const std::string& site) {
    return fs::path(sites.find(site)->literal->place.file).filename().string();
  };
  CHECK(file_of("Enter") == "door.hpp");  // spelled whole in a variant too
  CHECK(file_of("Enter_Mb") == "barrier.hpp");
  CHECK(file_of("Close_Mb") == "barrier.hpp");
  CHECK(file_of("Drain") == "annotated.cpp");
  CHECK(file_of("Peek") == "annotated_peeks.cpp");
  CHECK(sites.find("Peek")->variant == "peeks");
  CHECK(sites.named("Mb").size() == 2);
  // By its comment, by the comment above its function, by the name of its function; or why not.
  CHECK(sites.find("Write")->kernel == "use_door");
  CHECK(sites.find("Enter")->kernel == "enter_door");
  CHECK(sites.find("Look")->kernel == "look_at_door");
  CHECK(sites.find("Drain")->why == "nobody waits so in Linux");
}

TEST_CASE("beside: a kernel function or primitive that is not known is named, and the nearest") {
  const std::string said = "// kernel: leave_door, refcount_down";
  refused(reference, said, "// kernel: laeve_door, refcount_down", "laeve_door",
          "'laeve_door' is no function and no primitive of Linux 0.1 that spec/kernel.json knows; "
          "did you mean 'leave_door'?");
  refused(reference, said, "// kernel: leave_door, refcount_dwon", "refcount_dwon",
          "did you mean 'refcount_down'?");
  refused(variant, "// kernel: peek_door", "// kernel: peek_dor", "peek_dor,",
          "did you mean 'peek_door'?");
  refused(reference, said, "// kernel: refcount_down, leave_door", "refcount_down, leave_door",
          "'leave_door' is one name too many");
}

TEST_CASE("beside: an order that is not the kernel's is said, and said truly") {
  refused(reference, "smp_load_acquire", "READ_ONCE", "kernel: READ_ONCE",
          "Look is acquire here, READ_ONCE is once; expected the same, or that it is said: (here "
          "acquire: WHY)");
  refused(tasks, "// kernel: close_door, WRITE_ONCE", "// kernel: close_door",
          "// kernel: close_door",
          "Close is once here, the kernel's access is plain; expected the same");
}

TEST_CASE("beside: a site without a kernel function is an error, and so is one without a reason") {
  Copy none;
  none.change(tasks, "  // kernel: close_door, WRITE_ONCE\n", "");
  const std::string& close = "\"Close\"_site";
  refused(none, tasks, close,
          "Close has no function of the kernel: no comment has one, and Linux has none called "
          "'owner'");
  // All of them at once, or the author of a new protocol would come back as often.
  none.change(tasks, "  // kernel: use_door, WRITE_ONCE\n", "")
      .change(tasks, "  // kernel: open_door, smp_store_release\n", "");
  refused(none, tasks, close, "(also for Write, Open)");
  refused(tasks, "none, nobody waits so in Linux", "none", "// kernel: none",
          "no function of the kernel, and not why");
}

TEST_CASE("beside: what differs must still differ, and as it says") {
  const std::string said = "data_read (here plain:";
  refused(reference, said, "data_read (here once:", "(here once:", "Use is plain here, not once");
  refused(reference, ", data_read (here", " (here", "use_door (here",
          "is plain too: nothing differs any more");
  refused(reference, said, "smp_mb (here plain:", "smp_mb", "smp_mb is no load, as Use is");
}

TEST_CASE("beside: a comment that nobody would read is an error") {
  refused(variant, "m.fetch_add(\"Enter\"_site",
          "// kernel: enter_door\n  m.fetch_add(\"Enter\"_site", "// kernel: enter_door",
          "reference/door.hpp:");
  refused(reference, "barrier(m, \"Enter_\"_site);",
          "barrier(m, \"Enter_\"_site);  // kernel: enter_door", ";  // kernel: enter_door",
          "'Enter_' is no site");
  refused(variant, "  m.load(\"Peek\"_site", "  // pairs with Close\n  m.load(\"Peek\"_site",
          "// pairs with", "Peek is a site of variants only");
}

TEST_CASE("beside: kernel.json is read strictly") {
  refused(facts, "\"peek_door\", \"use_door\"", "\"use_door\", \"use_door\"",
          "\"use_door\", \"use_door\"", "stands twice");
  refused(facts, "\"atomic_read\"", "\"atomic_reed\"", "atomic_reed",
          "is no primitive of the kernel's memory model");
}

TEST_CASE("beside: a pair that is wrong, superfluous, misspelt or missing is an error") {
  const Copy as_it_is;
  const Partners partners = partners_of(OrderSubject::of(as_it_is.manifest(), "annotated"));
  CHECK_NOTHROW(hold_pairs(as_it_is.sites(), partners));
  const auto wrong = [&](const std::string& file, const std::string& from, const std::string& to,
                         const std::string& why) {
    Copy copy;
    copy.change(file, from, to);
    CAPTURE(from, to, why);
    CHECK_THROWS_WITH(hold_pairs(copy.sites(), partners),
                      Catch::Contains(file + ":") && Catch::Contains(why));
  };
  const std::string look = "// pairs with Open";
  wrong(reference, look, look + ", Close",
        "Look does not pair with Close: no question needs both; `order` has Open");
  wrong(reference, look, look + ", Opne",
        "'Opne' is no site, and the end of none; did you mean 'Open'?");
  wrong(reference, look, "// and nothing",
        "Look pairs with Open, and nothing says so; expected // pairs with Open");
  wrong(tasks, "pairs with Leave", "pairs with Look", "Drain does not pair with Look");
  // What the judge does not need has no partner.
  wrong(tasks, "  // kernel: close_door", "  // pairs with Look\n  // kernel: close_door",
        "Close does not pair with Look: no question needs both, nor any partner");
  // The end of several sites, in a file of several protocols.
  wrong(shared, "// pairs with Mb", "// pairs with Leave", "Mb does not pair with Leave");
  wrong(shared, "// pairs with Mb", "// pairs with Enter_Mb",
        "Mb pairs with Close_Mb, and nothing says so");
}

TEST_CASE("beside: a race that is wrong, misspelt or missing is an error") {
  const std::string look = "// pairs with Open", said = look + "\n  // races with Open";
  const std::set<orders::Race> none, one{{"Look", "Open"}};
  const auto with = [&](const std::string& text, const std::set<orders::Race>& races) {
    Copy copy;
    copy.change(reference, look, text);
    hold_races(copy.sites(), races);
  };
  const auto wrong = [&](const std::string& text, const std::set<orders::Race>& races,
                         const std::string& why) {
    CAPTURE(text, why);
    CHECK_THROWS_WITH(with(text, races), Catch::Contains(reference + ":") && Catch::Contains(why));
  };
  CHECK_NOTHROW(with(look, none));
  CHECK_NOTHROW(with(said, one));
  wrong(look, one, "Look races with Open under lkmm, and nothing says so");
  wrong(said, none, "Look does not race with Open in any question");
  wrong(said + ", Close", one, "Look does not race with Close in any question");
  wrong(said + ", Opne", one, "'Opne' is no site, and the end of none; did you mean 'Open'?");
  // Stated beside the other of the two it is stated too.
  Copy copy;
  copy.change(tasks, "// pairs with Look", "// pairs with Look\n  // races with Look");
  CHECK_NOTHROW(hold_races(copy.sites(), one));
}

TEST_CASE("beside: a race of a question is found when a marked access is made plain") {
  const OrderSubject subject = OrderSubject::of(Copy().manifest(), "annotated");
  CHECK(races_of(subject).empty());
  std::size_t found = 0;
  for (const orders::Question& question : subject.questions) {
    found += orders::races_of(question, subject.automata, orders::builtin_model("lkmm"),
                              subject.symbols, {{"Look", Order::plain}})
                 .found.size();
  }
  CHECK(found > 0);
}

TEST_CASE("beside: the checks of a protocol end with what they found, or UNKNOWN without texts") {
  Copy copy;
  copy.change(shared, "// pairs with Mb", "// pairs with Leave");
  const auto of = [&](const fs::path& root) {
    std::vector<Check> checks;
    const auto read = std::make_shared<const Manifest>(described(root));
    add_beside(checks, read, read->protocol("annotated"));
    REQUIRE(checks.size() == 3);
    return std::tuple{perform(checks[0], {}), perform(checks[1], {}), perform(checks[2], {})};
  };
  const auto [kernel, pairs, races] = of(copy.root());
  CHECK(kernel.verdict == Verdict::pass);
  CHECK(pairs.verdict == Verdict::fail);
  CHECK_THAT(pairs.outcome.got, Catch::Contains("barrier.hpp:"));
  CHECK(races.verdict == Verdict::pass);
  fs::remove_all(copy.root() / "conformance");
  const auto [no_kernel, no_pairs, no_races] = of(copy.root());
  CHECK(no_kernel.verdict == Verdict::unknown);
  CHECK(no_pairs.verdict == Verdict::unknown);
  CHECK(no_races.verdict == Verdict::unknown);
}

}  // namespace lockstep::beside
