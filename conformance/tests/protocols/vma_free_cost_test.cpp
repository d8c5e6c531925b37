// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <map>

#include "machines/protocol.hpp"

// What it costs to free the VMAs of an mm, in steps of the reference: the table of
// spec/vma_free/README.md (S18, S19). One process maps as many as there are, and unmaps them all or
// exits; then the callbacks are made. Nobody reads.
using namespace lockstep;

namespace {

enum class By { munmap, exit };

/// The steps that one state has, and the snapshots after them.
class Ways final : public System::Visitor {
 public:
  struct Way {
    std::string site, task;
    std::vector<std::byte> after;
  };
  explicit Ways(System& system) : system_(system) {}
  std::vector<Way> of(const std::vector<std::byte>& snapshot) {
    ways_.clear();
    system_.expand(snapshot.data(), *this);
    return std::move(ways_);
  }

 private:
  void step(const Step& step) override {
    const Symbols& symbols = system_.world().layout().symbols;
    Way& way = ways_.emplace_back();
    way = {std::string{symbols.name(step.site)}, std::string{symbols.name(step.task)}, {}};
    if (way.task.starts_with('r')) return;
    way.after.resize(system_.snapshot_bytes());
    system_.save(way.after.data());
  }
  void fault(const Step& step, const std::string& what) override {
    FAIL(step.text(system_.world().layout().symbols) << ": " << what);
  }

  System& system_;
  std::vector<Way> ways_;
};

/// How often each site was come to, and how many VMAs are neither mapped nor free at the end.
struct Cost {
  std::map<std::string, int> sites;
  int linger = 0;

  int callbacks() { return sites["Callback_Next"]; }
  int queue_locks() { return sites["Queue_Lock"]; }
  int list_locks() { return sites["List_Lock"] + sites["Drain_Lock"]; }
  int graces() { return sites["Sync_End"]; }
};

/// `drains`: where a list may be drained now or not, it is.
Cost cost(const std::string& variant, By by, int vmas, bool drains = true) {
  const auto n = static_cast<std::uint32_t>(vmas);
  const Size size{{1, n, n, 1}, {{"limit", 32}}};
  const auto model = Protocol::find("vma_free").model(size, variant);
  const auto system = model->stepped();
  Cost out;
  std::vector<std::byte> present(system->snapshot_bytes());
  system->initial(present.data());
  Ways ways{*system};
  int mapped = 0;
  const auto wanted = [&](const Ways::Way& way) {
    if (way.site == "Map_Alloc") return mapped < vmas;
    if (way.site == "Unmap_Find") return mapped == vmas && by == By::munmap;
    if (way.site == "Exit_Put") return mapped == vmas && by == By::exit;
    return !way.task.starts_with('r');
  };
  // The callbacks after the process: each list of ways has its tasks in order.
  for (;;) {
    std::vector<Ways::Way> all = ways.of(present);
    std::erase_if(all, [&](const Ways::Way& way) { return !wanted(way); });
    const auto process = std::ranges::find(all, "m1", &Ways::Way::task);
    auto way = process != all.end() ? process : all.begin();
    if (way == all.end()) break;
    if (way->site == "List_Unlock" && !drains && way + 1 != all.end()) ++way;
    if (way->site == "Map_Alloc") ++mapped;
    ++out.sites[way->site];
    present = std::move(way->after);
  }
  const auto* state = reinterpret_cast<const Atom*>(present.data());
  const World& world = system->world();
  const World::Cells& lock = world.field("vm_lock");
  for (std::size_t v = 0; v < lock.objects; ++v) out.linger += world.is_there(state, lock, v);
  return out;
}

struct Row {
  std::string variant;
  By by;
  int callbacks, queue_locks, list_locks, graces;
};

}  // namespace

TEST_CASE("what 33 VMAs cost to free, by scheme (S18)") {
  for (const Row& row : {
           Row{"holds", By::munmap, 33, 33, 0, 0},           // F0
           Row{"exit_rcu", By::exit, 33, 33, 0, 0},          // F0, the flood
           Row{"batches", By::munmap, 1, 1, 34, 0},          // F1
           Row{"batches", By::exit, 1, 1, 34, 0},            // F1
           Row{"once_a_second", By::munmap, 33, 33, 66, 0},  // F2, one VMA a second
           Row{"one_per_range", By::munmap, 1, 1, 0, 0},     // F3
           Row{"one_per_range", By::exit, 1, 1, 0, 0},       // F3
           Row{"holds", By::exit, 0, 0, 0, 0},               // F4
           Row{"sync", By::munmap, 0, 0, 0, 33},             // F5
           Row{"drains_in_free", By::munmap, 33, 33, 0, 0},  // F6
       }) {
    INFO(row.variant << (row.by == By::exit ? " at exit" : " at munmap"));
    Cost is = cost(row.variant, row.by, 33);
    CHECK(is.callbacks() == row.callbacks);
    CHECK(is.queue_locks() == row.queue_locks);
    CHECK(is.list_locks() == row.list_locks);
    CHECK(is.graces() == row.graces);
    CHECK(is.linger == 0);
  }
}

TEST_CASE("how many VMAs linger when nothing more is freed (S19)") {
  CHECK(cost("batches", By::munmap, 32).linger == 32);
  CHECK(cost("batches", By::munmap, 34).linger == 1);
  CHECK(cost("batches", By::exit, 32).linger == 0);
  CHECK(cost("once_a_second", By::munmap, 34, false).linger == 34);
  CHECK(cost("once_a_second", By::exit, 34, false).linger == 0);
  CHECK(cost("one_per_range", By::munmap, 34).linger == 0);
}
