// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "orders/encode/observe.hpp"
#include "orders/litmus/litmus.hpp"
#include "orders/placements/fixed.hpp"
#include "orders/placements/opened.hpp"
#include "orders/witness/columns.hpp"
#include "tests/skip.hpp"

// Each sentence of a witness is read again, and held against the program and the execution.
namespace lockstep::orders {

namespace {

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Counts {
  int sentences = 0, fences = 0, orders = 0, dependencies = 0;
};

/// Is a sentence true of an execution? It breaks the orders of `judge`, under `model`.
class Truth {
 public:
  Truth(const Program& judge, const Execution& x, std::string model)
      : judge_{judge}, x_{x}, model_{std::move(model)} {}

  bool holds(const std::string& sentence, Counts& counts) const {
    ++counts.sentences;
    std::smatch m;
    const auto is = [&](const char* pattern) {
      return std::regex_match(sentence, m, std::regex{pattern});
    };
    if (is(R"(the fence (\S+) \((.*)\) orders (\S+) before (\S+))")) {
      ++counts.fences;
      return some(m[3], m[4], [&](const Event& a, const Event& b) {
        return std::ranges::any_of(named_in(a.thread, m[1]), [&](const Event* f) {
          return precedes(judge_, a.id, f->id) && precedes(judge_, f->id, b.id) &&
                 fence_orders(*f, a, b);
        });
      });
    }
    if (is(R"(the grace period (\S+) orders (\S+) before (\S+))")) {
      return some(m[2], m[3], [&](const Event& a, const Event& b) {
        return std::ranges::any_of(named_in(a.thread, m[1]), [&](const Event* g) {
          return (g->act == Act::grace || g->act == Act::srcu_grace) &&
                 precedes(judge_, a.id, g->id) && precedes(judge_, g->id, b.id);
        });
      });
    }
    if (is(R"((\S+) \((.*)\) between them orders (\S+) before (\S+))")) {
      ++counts.orders;
      return some(m[3], m[4], [&](const Event& a, const Event& b) {
        return std::ranges::any_of(named_in(a.thread, m[1]), [&](const Event* e) {
          return precedes(judge_, a.id, e->id) && precedes(judge_, e->id, b.id) &&
                 (e->order == Order::full || e->marks != 0);
        });
      });
    }
    if (is(R"((\S+) \((.*)\) keeps (\S+) behind it)")) {
      ++counts.orders;
      return some(m[1], m[3], [&](const Event& a, const Event& b) {
        return precedes(judge_, a.id, b.id) &&
               (among(a.order, {Order::acquire, Order::acq_rel, Order::full}) || a.marks != 0);
      });
    }
    if (is(R"((\S+) \((.*)\) keeps (\S+) before it)")) {
      ++counts.orders;
      return some(m[3], m[1], [&](const Event& a, const Event& b) {
        return precedes(judge_, a.id, b.id) &&
               (among(b.order, {Order::release, Order::acq_rel, Order::full}) || b.marks != 0);
      });
    }
    if (is(R"(the address of (\S+) depends on (\S+) \(addr\))")) {
      return depends(m[2], m[1], &Event::address, counts);
    }
    if (is(R"(what (\S+) writes depends on (\S+) \(data\))")) {
      return depends(m[2], m[1], &Event::data, counts);
    }
    if (is(R"(whether (\S+) happens depends on (\S+) \(ctrl\))")) {
      return depends(m[2], m[1], &Event::control, counts);
    }
    if (is(R"((\S+) comes before (\S+) in the program \(po\))")) {
      return some(m[1], m[2],
                  [&](const Event& a, const Event& b) { return precedes(judge_, a.id, b.id); });
    }
    if (is(R"((\S+) reads what (\S+) wrote \(rf\): .* = (\S+))")) {
      return some(m[2], m[1], [&](const Event& w, const Event& r) {
        const auto from = x_.reads_from.find(r.id);
        return from != x_.reads_from.end() && from->second == w.id;
      });
    }
    if (is(R"(what (\S+) wrote, .*, (\S+) overwrites later \(co\))")) {
      return some(m[1], m[2], [&](const Event& a, const Event& b) {
        return std::ranges::find(x_.order, std::pair{a.id, b.id}) != x_.order.end();
      });
    }
    if (is(R"((\S+) reads .*, which (\S+) overwrites later \(fr\))")) {
      return some(m[1], m[2], [&](const Event& r, const Event& w) {
        const auto from = x_.reads_from.find(r.id);
        return from != x_.reads_from.end() &&
               std::ranges::find(x_.order, std::pair{from->second, w.id}) != x_.order.end();
      });
    }
    return is(R"(\S+ comes before \S+)");
  }

 private:
  static bool among(Order order, std::initializer_list<Order> list) {
    return std::ranges::find(list, order) != list.end();
  }
  std::vector<const Event*> named(const std::string& name) const {
    std::vector<const Event*> out;
    for (const Event& e : judge_.events) {
      const std::string own =
          e.thread == initial_thread ? "init" : judge_.threads[e.thread] + "." + e.site;
      if (own == name && x_.happened[e.id]) out.push_back(&e);
    }
    return out;
  }
  std::vector<const Event*> named_in(int thread, const std::string& site) const {
    return named(judge_.threads[thread] + "." + site);
  }
  bool some(const std::string& a, const std::string& b, const auto& f) const {
    for (const Event* first : named(a)) {
      for (const Event* second : named(b)) {
        if (f(*first, *second)) return true;
      }
    }
    return false;
  }
  bool depends(const std::string& a, const std::string& b, std::vector<Dependency> Event::*list,
               Counts& counts) const {
    ++counts.dependencies;
    return some(a, b, [&](const Event& first, const Event& second) {
      return std::ranges::any_of(second.*list,
                                 [&](const Dependency& d) { return d.read == first.id; });
    });
  }

  /// As the kernel and C11 say of each fence, and never of one that the model makes nothing of.
  bool fence_orders(const Event& f, const Event& a, const Event& b) const {
    const bool reads = a.act == Act::read, writes = b.act == Act::write;
    if (model_ == "sc") return false;
    if (model_ == "tso" && (a.act != Act::write || b.act != Act::read)) return false;
    if ((f.marks & ~static_cast<std::uint16_t>(Mark::c11)) != 0) return true;
    switch (f.order) {
      case Order::mb:
      case Order::full: return true;
      // On ARM it is DMB ISHLD, which keeps writes behind reads too.
      case Order::rmb: return reads && (b.act == Act::read || model_ == "armv8");
      case Order::wmb: return a.act == Act::write && writes;
      case Order::acquire: return reads;
      case Order::release: return writes || model_ == "armv8";
      case Order::acq_rel: return reads || writes;
      default: return false;
    }
  }

  const Program& judge_;
  const Execution& x_;
  std::string model_;
};

class Reader {
 public:
  Counts counts;

  /// Of an execution of `program` that `judge` does not have under `model`.
  void check(const Program& program, const Execution& x, const Program& judge,
             const MemoryModel& model, const Symbols& symbols) {
    const Breach against = breach(judge, x, model);
    if (against.axiom.empty()) return;
    const Columns shown = columns(program, x, against, symbols, &judge);
    const Truth truth{judge, x, model.name};
    for (const std::string& sentence : shown.words) {
      if (truth.holds(sentence, counts)) continue;
      FAIL_CHECK(program.name << " under " << model.name << ": " << sentence << "\n"
                              << orders::text(shown));
    }
  }

  /// What the test's own model shows, under each stronger one; and what it shows without one of the
  /// declared orders, under the declared ones.
  void check(const std::string& text, const std::string& name) {
    const litmus::Test test = litmus::read(text, name);
    const bool c11 = test.dialect == litmus::Dialect::c11;
    const MemoryModel& own = model(c11 ? "rc11" : "lkmm");
    for (const auto* from : {&own, &model("armv8")}) {
      const Observation o = observe(test.program, *from, quick(), false);
      for (const auto& x : {o.shows, o.lacks}) {
        if (!x) continue;
        for (const char* against : {"sc", "tso", "armv8", "lkmm"}) {
          check(test.program, *x, test.program, model(against), test.symbols);
        }
      }
    }
    if (c11) return;
    const Opened all = opened(test.program, Opening::declared);
    const Program declared = with_orders(all.program, all.lattice, all.declared);
    for (const int step : all.lattice.highest(all.declared)) {
      Placement less = all.declared;
      less[step] = false;
      const Program weak = with_orders(all.program, all.lattice, less);
      if (weak.events.size() != declared.events.size()) continue;
      const Decision d = decide(weak, own, quick());
      if (d.witness) check(weak, *d.witness, declared, own, test.symbols);
    }
  }

 private:
  static const MemoryModel& model(const std::string& name) {
    static std::map<std::string, MemoryModel> known;
    const auto found = known.find(name);
    if (found != known.end()) return found->second;
    return known.emplace(name, builtin_model(name)).first->second;
  }
};

std::string passing(const std::string& first, const std::string& second) {
  return "C t\n{}\nP0(int *x, int *y) {\n" + first + "\n}\nP1(int *x, int *y) {\nint a; int b;\n" +
         second + "\n}\nexists (1:a=1 /\\ 1:b=0)\n";
}

}  // namespace

TEST_CASE("A fence that does not order two accesses is not said to", "[orders]") {
  // A read, smp_wmb(), a write: on the way of a cycle that the fence has no part in.
  const std::string text =
      "C LB\n{}\nP0(int *x, int *y) {\nint r = READ_ONCE(*x);\nsmp_wmb();\nWRITE_ONCE(*y, 1);\n}\n"
      "P1(int *x, int *y) {\nint r = READ_ONCE(*y);\nsmp_wmb();\nWRITE_ONCE(*x, 1);\n}\n"
      "exists (0:r=1 /\\ 1:r=1)\n";
  const litmus::Test test = litmus::read(text, "t.litmus");
  const Observation o = observe(test.program, builtin_model("lkmm"));
  REQUIRE(o.shows);
  const Columns shown =
      columns(test.program, *o.shows, breach(test.program, *o.shows, builtin_model("sc")), {});
  CHECK(shown.words == std::vector<std::string>{"P0.L4 comes before P0.L6 in the program (po)",
                                                "P1.L9 reads what P0.L6 wrote (rf): ? = 1",
                                                "P1.L9 comes before P1.L11 in the program (po)",
                                                "P0.L4 reads what P1.L11 wrote (rf): ? = 1"});
}

TEST_CASE("Each sentence of a witness is true", "[orders]") {
  Reader reader;
  for (const std::string first :
       {"WRITE_ONCE(*x, 1);\nsmp_wmb();\nWRITE_ONCE(*y, 1);",
        "WRITE_ONCE(*x, 1);\nsmp_store_release(y, 1);",
        "WRITE_ONCE(*x, 1);\nsmp_mb();\nWRITE_ONCE(*y, 1);",
        "WRITE_ONCE(*x, 1);\nint r = xchg(y, 1);",
        "WRITE_ONCE(*x, 1);\nsmp_rmb();\nWRITE_ONCE(*y, 1);",
        "WRITE_ONCE(*x, 1);\nint r = xchg_relaxed(y, 2);\nsmp_wmb();\nWRITE_ONCE(*y, 1);"}) {
    for (const std::string second : {"a = READ_ONCE(*y);\nsmp_rmb();\nb = READ_ONCE(*x);",
                                     "a = smp_load_acquire(y);\nb = READ_ONCE(*x);",
                                     "a = READ_ONCE(*y);\nsmp_wmb();\nb = READ_ONCE(*x);",
                                     "a = READ_ONCE(*y);\nsmp_mb();\nb = xchg_relaxed(x, 2);",
                                     "a = READ_ONCE(*y);\nif (a) b = xchg(x, 0);",
                                     "a = xchg_acquire(y, 3);\nsmp_wmb();\nb = READ_ONCE(*x);"}) {
      reader.check(passing(first, second), "t.litmus");
    }
  }
  CHECK(reader.counts.sentences > 200);
  CHECK(reader.counts.fences > 20);
  CHECK(reader.counts.orders > 20);
}

TEST_CASE("Each sentence of each witness of the corpus is true", "[orders][slow]") {
  const std::filesystem::path corpus = LOCKSTEP_SOURCE_DIR "/../shared/oracle/corpus";
  if (!std::filesystem::exists(corpus)) return testing::skip("no ../shared/oracle");
  Reader reader;
  int tests = 0;
  for (const auto& entry : std::filesystem::directory_iterator{corpus}) {
    if (entry.path().extension() != ".litmus") continue;
    reader.check(read_file(entry.path()), entry.path().string());
    ++tests;
  }
  const Counts& c = reader.counts;
  WARN(tests << " tests, " << c.sentences << " sentences: " << c.fences << " of fences, "
             << c.orders << " of other orders, " << c.dependencies << " of dependencies");
  CHECK(c.fences > 500);
  CHECK(c.orders > 500);
  CHECK(c.dependencies > 50);
}

}  // namespace lockstep::orders
