// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>

#include "explore/atomic.hpp"
#include "machines/extraction.hpp"
#include "machines/stepped_system.hpp"
#include "machines/symbolic.hpp"
#include "subject.hpp"
#include "tests/toys/described.hpp"
#include "tla/model_constants.hpp"
#include "tla/module.hpp"
#include "unbounded/prove.hpp"

// What others can come between, of any number of tasks: as the explorer says of a few. The owner
// of a door does something in one step; readers, steps that may come between.
namespace lockstep::testing {

namespace {

using door::Door;

using Steps = std::vector<std::string>;

struct Found {
  Steps explored, proved;
  Steps open;  ///< that the solver gives up at
};

/// `behind Load: open users`, without the objects; in order, each once.
template <class All>
Steps brief(const All& all) {
  Steps out;
  for (const auto& one : all) {
    out.push_back((one.late ? "behind " : "") + one.site + ":");
    for (const std::string& cell : one.cells) out.back() += " " + cell.substr(0, cell.find('['));
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

/// What both judges find of the same code, the proof of an invariant with these conjuncts.
template <class Owner, class Reader>
Found judged(Owner owner, Reader reader, const Steps& conjuncts = {},
             const unbounded::Options& options = {}) {
  static const auto model = door::protocol().model(Size::parse("2"), "holds");
  static const tla::Module module = tla::Module::read("DoorInductive", {toys / "spec/door"});
  const auto reads = [&](auto& m) {
    for (;;) {
      m.point("Reader_Idle"_point);
      auto box = m.named("at"_local, m.template choose<Door>());
      m.fetch_add("Enter"_site, box, door::users, 1, Order::once);
      reader(m, box);
      m.fetch_sub("Leave"_site, box, door::users, 1, Order::once);
      box.forget();
    }
  };
  const auto owns = [&](auto& m) {
    const auto box = m.template own<Door>();
    for (;;) {
      m.point("Owner_Idle"_point);
      owner(m, box);
    }
  };
  SteppedSystem system(model->world(), {reads, reads, owns});
  Found out;
  out.explored = brief(check_atomic(system).found);

  unbounded::Question question;
  question.world = &model->world();
  question.automata = {Extraction(model->world(), 0, Parameters::open).run(reads),
                       Extraction(model->world(), 1, Parameters::open).run(owns)};
  question.sets = {{"Readers", "r1"}, {"Doors", "d1"}};
  const tla::Constants constants = tla::ModelConstants::of(model->constants()).constants;
  for (const std::string& name : conjuncts) {
    question.conjuncts.push_back({name, module.expand_text(name, name, constants)});
  }
  std::vector<unbounded::NotOne> known, open;
  for (const unbounded::NotOne& one : unbounded::Prover(question).atomic(options).found) {
    CHECK(one.others.count("") == 0);
    (one.unknown ? open : known).push_back(one);
  }
  out.proved = brief(known);
  out.open = brief(open);
  return out;
}

/// They have to say the same.
template <class Owner, class Reader>
Steps found(Owner owner, Reader reader) {
  const Found out = judged(owner, reader);
  CHECK(out.explored == out.proved);
  CHECK(out.open.empty());
  return out.proved;
}

constexpr auto nothing = [](auto&, const auto&) {};
constexpr auto opens = [](auto& m, const auto& box) {
  m.store("Close"_site, box, door::open, 0, Order::once);
  m.store("Open"_site, box, door::open, 1, Order::once);
};
constexpr auto writes = [](auto& m, const auto& box) {
  m.store("Write"_site, box, door::data, 1, Order::once);
  m.store("Clear"_site, box, door::data, 0, Order::once);
};
constexpr auto opens_and_writes = [](auto& m, const auto& box) {
  opens(m, box);
  writes(m, box);
};
constexpr auto looks = [](auto& m, const auto& box) {
  m.load("See"_site, box, door::open, Order::once);
};
constexpr auto looks_at_both = [](auto& m, const auto& box) {
  looks(m, box);
  m.load("Use"_site, box, door::data, Order::plain);
};

}  // namespace

TEST_CASE("of any number of tasks, one access is one step", "[quick]") {
  const auto one = [](auto& m, const auto& box) {
    m.load("Load"_site, box, door::open, Order::once);
    m.fetch_add("Add"_site, box, door::data, 1, Order::once);
    m.store("Reset"_site, box, door::data, 0, Order::once);
  };
  CHECK(found(one, opens_and_writes).empty());
}

TEST_CASE("of any number, what a site reads besides may be others' if its own access is not",
          "[quick]") {
  const auto also_open = [](auto& m, const auto& box) {
    m.load("Load"_site, box, door::data, Order::once, also(box, door::open));
  };
  CHECK(found(also_open, nothing).empty());
  CHECK(found(also_open, looks_at_both).empty());
  CHECK(found(also_open, opens).empty());
  CHECK(found(also_open, writes).empty());
  CHECK(found(also_open, opens_and_writes) == Steps{"Load: open data"});
}

TEST_CASE("of any number, a group has one cell at most that others meet, as readers too",
          "[quick]") {
  const auto group = [](auto& m, const auto& box) {
    m.group("Both"_site, write(box, door::open, 0), write(box, door::data, 0));
  };
  CHECK(found(group, nothing).empty());
  CHECK(found(group, looks).empty());
  CHECK(found(group, looks_at_both) == Steps{"Both: open data"});
  // Others of the same role meet it too.
  CHECK(found(looks, group) == Steps{"Both: open data"});
  // Who writes what is there already changes nothing, but he touches it.
  const auto same = [](auto& m, const auto& box) {
    m.store("Again"_site, box, door::data, 0, Order::once);
    looks(m, box);
  };
  CHECK(found(group, same) == Steps{"Both: open data"});
}

TEST_CASE("of any number, an increment that is no read-modify-write is two accesses", "[quick]") {
  const auto increments = [](auto& m, const auto& box) {
    m.increment("Inc"_site, box, door::open, Order::plain);
    m.store("Reset"_site, box, door::open, 0, Order::once);
  };
  CHECK(found(increments, nothing).empty());
  CHECK(found(increments, looks).empty());
  CHECK(found(increments, writes).empty());
  CHECK(found(increments, opens) == Steps{"Inc: open open"});
}

TEST_CASE("of any number, what is peeked at nobody may change", "[quick]") {
  const auto behind = [](auto& m, const auto& box) {
    m.load("Load"_site, box, door::data, Order::once);
    if (m.peek(box, door::open) == 0) m.load("Closed"_site, box, door::data, Order::once);
    m.load("End"_site, box, door::data, Order::once);
  };
  CHECK(found(behind, looks_at_both).empty());
  CHECK(found(behind, writes).empty());
  CHECK(found(behind, opens) == Steps{"behind Closed: open", "behind End: open"});
  const auto before = [](auto& m, const auto& box) {
    m.assume(m.peek(box, door::open) == 0);
    m.load("Load"_site, box, door::data, Order::once);
  };
  CHECK(found(before, looks_at_both).empty());
  CHECK(found(before, writes).empty());
  CHECK(found(before, opens) == Steps{"Load: open"});
}

TEST_CASE("of any number, it is asked of states of the invariant", "[quick]") {
  const auto reader = [](auto& m, const auto& box) {
    if (m.load("Look"_site, box, door::open, Order::acquire) == 1)
      m.load("Use"_site, box, door::data, Order::plain);
  };
  const auto owner = [](auto& m, const auto& box) {
    m.load("Look"_site, box, door::open, Order::acquire);
    m.store("Close"_site, box, door::open, 0, Order::once);
    m.wait("Drain"_site, box, door::users, 0);
    m.group("Write"_site, write(box, door::data, 1), write(box, door::open, 0));
    m.store("Open"_site, box, door::open, 1, Order::release);
  };
  const Found alone = judged(owner, reader, {"Home", "Count", "Closed", "Alone"});
  CHECK(alone.explored.empty());
  CHECK(alone.proved.empty());
  CHECK(judged(owner, reader, {"Home", "Count", "Closed"}).proved == Steps{"Write: data open"});
}

TEST_CASE("of any number, what is peeked at behind a site is known by the local that holds it",
          "[quick]") {
  const auto reader = [](auto& m, const auto& box) {
    if (m.load("Look"_site, box, door::open, Order::acquire) == 1) {
      m.assume(m.peek(box, door::data) == 0);
      m.load("Use"_site, box, door::users, Order::once);
    }
  };
  const auto owner = [](auto& m, const auto& box) {
    m.load("Look"_site, box, door::open, Order::acquire);
    m.store("Close"_site, box, door::open, 0, Order::once);
    m.wait("Drain"_site, box, door::users, 0);
    m.store("Write"_site, box, door::data, 1, Order::once);
    m.store("Open"_site, box, door::open, 1, Order::release);
  };
  const Found alone = judged(owner, reader, {"Home", "Count", "Closed", "Alone"});
  CHECK(alone.explored.empty());
  CHECK(alone.proved.empty());
  CHECK(judged(owner, reader, {"Home", "Count", "Closed"}).proved == Steps{"behind Use: data"});
}

TEST_CASE("of any number, where the solver gives up nothing is known", "[quick]") {
  const auto group = [](auto& m, const auto& box) {
    m.group("Both"_site, write(box, door::open, 0), write(box, door::data, 0));
  };
  // No number is, but the solver does not come to say so.
  const std::string hard =
      "\\A d \\in Doors : users[d] > 0 /\\ users[d] * users[d] * users[d] = 2 * (open[d] * open[d] * "
      "open[d])";
  unbounded::Options options;
  options.patience_milliseconds = options.small_milliseconds = options.query_milliseconds = 50;
  const Found out = judged(group, looks_at_both, {hard}, options);
  CHECK(out.proved.empty());
  CHECK(out.open == Steps{"Both: open data"});
}

TEST_CASE("of any number, the steps of the tree are one, but for those that are known") {
  for (const ManifestProtocol& protocol : manifest().protocols) {
    if (!protocol.proof) continue;
    const ProofSubject subject = ProofSubject::of(manifest(), protocol.name, "holds");
    std::set<std::string> found, known;
    for (const unbounded::NotOne& one : unbounded::Prover(subject.question).atomic({}).found) {
      CAPTURE(text(one));
      CHECK_FALSE((one.unknown || one.late));
      found.insert(one.site);
    }
    for (const ManifestNotAtomic& one : protocol.not_atomic) known.insert(one.site);
    CHECK(found == known);
  }
}

}  // namespace lockstep::testing
