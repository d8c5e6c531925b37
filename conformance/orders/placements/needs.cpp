// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/placements/needs.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <stdexcept>

#include "orders/encode/vacuous.hpp"
#include "orders/placements/fixed.hpp"
#include "orders/placements/lattice_judge.hpp"
#include "orders/placements/needed_dependencies.hpp"

namespace lockstep::orders {

namespace {

using Orders = std::vector<SiteOrder>;

/// The tasks that have a site, by name.
std::set<std::string> tasks_of(const Program& program, const std::string& site) {
  std::set<std::string> out;
  for (const Event& e : program.events) {
    if (e.thread != initial_thread && e.site == site) out.insert(program.threads[e.thread]);
  }
  return out;
}

/// What an order does for the accesses of its task: keeps those before it before, those after it
/// after.
struct Ways {
  bool before = false, after = false;
};

Ways ways_of(const std::vector<Orders>& weakest) {
  Ways out;
  for (const Orders& orders : weakest) {
    for (const SiteOrder& o : orders) {
      const bool both = o.order == Order::full || o.order == Order::mb || o.order == Order::acq_rel;
      out.before = out.before || both || o.order == Order::release || o.order == Order::wmb;
      out.after = out.after || both || o.order == Order::acquire || o.order == Order::rmb;
    }
  }
  return out;
}

bool meet(const Ways& a, const Ways& b) {
  return (a.before && b.after) || (a.after && b.before);
}

class Needs {
 public:
  Needs(const std::vector<AskedQuestion>& questions, const MemoryModel& model,
        const MinimalOptions& options)
      : questions_{questions}, model_{model}, options_{options} {
    for (const AskedQuestion& q : questions) {
      judges_.push_back(
          std::make_unique<LatticeJudge>(q.opened.program, model, q.opened.lattice, options_));
      sites_.add(q.opened.lattice);
    }
  }

  std::vector<SiteNeed> all() {
    std::vector<SiteNeed> out;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < sites_.size(); ++i) {
      if (seen.insert(sites_[i].site).second) out.push_back(need(sites_[i].site));
    }
    for (SiteNeed& n : out) {
      n.partners = partners(n, out);
      std::set<std::string> all;
      for (const auto& [question, those] : n.partners) all.insert(those.begin(), those.end());
      n.pairs_with.assign(all.begin(), all.end());
    }
    return out;
  }

 private:
  bool has(std::size_t question, const std::string& site) const {
    return !tasks_of(questions_[question].opened.program, site).empty();
  }

  /// The declared placement of a question, but for one site.
  Placement declared_but(std::size_t q, const OrderLattice& site, const Placement& orders) const {
    const Opened& o = questions_[q].opened;
    Placement out = o.declared;
    for (std::size_t i = 0; i < site.size(); ++i) {
      if (const int at = o.lattice.find(site[i]); at >= 0) out[at] = orders[i];
    }
    return out;
  }

  PlacementAnswer ask(const OrderLattice& site, const Placement& orders,
                      std::vector<std::string>* broken = nullptr) {
    PlacementAnswer out{Outcome::never, orders, {}};
    for (std::size_t q = 0; q < questions_.size(); ++q) {
      if (!has(q, site[0].site)) continue;
      PlacementAnswer one = (*judges_[q])(declared_but(q, site, orders));
      ++calls_;
      if (one.outcome == Outcome::never) continue;
      if (one.outcome == Outcome::reachable && broken != nullptr) {
        broken->push_back(questions_[q].name);
        continue;
      }
      out.outcome = one.outcome;
      out.reason = std::move(one.reason);
      if (one.outcome == Outcome::reachable) return out;
    }
    return out;
  }

  SiteNeed need(const std::string& name) {
    calls_ = 0;
    SiteNeed out;
    out.site = name;
    OrderLattice site;
    for (std::size_t q = 0; q < questions_.size(); ++q) {
      describe(questions_[q], name, site, out);
      if (has(q, name) && !questions_[q].assumed.empty()) out.assuming.insert(questions_[q].name);
    }
    Marco found;
    if (ask(site, declared_of(out.declared, site)).outcome != Outcome::reachable) {
      found = marco(site, [&](const Placement& p) { return ask(site, p); });
      out.reason = found.complete ? "" : found.reason;
    } else {
      out.reason = "a question is reachable with the declared orders";
    }
    std::set<std::string> broken;
    for (const Placement& p : found.minimal) {
      out.weakest.push_back(site.written(p));
      for (const int step : site.highest(p)) {
        Placement less = p;
        less[step] = false;
        std::vector<std::string> by;
        ask(site, less, &by);
        broken.insert(by.begin(), by.end());
      }
    }
    std::ranges::sort(out.weakest);
    out.questions.assign(broken.begin(), broken.end());
    if (broken.empty() && out.reason.empty()) out.reason = not_met(name);
    out.calls = calls_;
    return out;
  }

  static Placement declared_of(const Orders& orders, const OrderLattice& site) {
    Placement p = site.weakest();
    for (const SiteOrder& o : orders) p[site.find(o)] = true;
    return site.closed(p);
  }

  /// What a question says of a site: the orders it may have, and has.
  static void describe(const AskedQuestion& q, const std::string& name, OrderLattice& site,
                       SiteNeed& out) {
    OrderLattice one;
    const Opened& o = q.opened;
    Orders declared;
    for (const SiteOrder& d : o.lattice.written(o.declared)) {
      if (d.site == name) declared.push_back(d);
    }
    one.add(o.lattice, name);
    if (one.size() == 0) return;
    site.add(one);
    out.fence = is_fence(o.program, name);
    out.declared = declared;
  }

  /// Why nothing can be said of a site that breaks nothing; empty where a question comes to it.
  std::string not_met(const std::string& site) const {
    bool unknown = false;
    for (const AskedQuestion& q : questions_) {
      const Outcome comes = comes_to(q.opened.program, site, options_.limits);
      if (comes == Outcome::reachable) return "";
      unknown = unknown || comes == Outcome::unknown;
    }
    return unknown ? not_known_to_come : no_question_comes;
  }

  /// By question that needs this one, the sites of other tasks that it needs. Two releases of one
  /// question are halves of two pairs, unless it has nothing else: two tasks that only write.
  std::map<std::string, std::set<std::string>> partners(const SiteNeed& n,
                                                        const std::vector<SiteNeed>& all) const {
    std::map<std::string, std::set<std::string>> out;
    const Ways ways = ways_of(n.weakest);
    for (const AskedQuestion& q : questions_) {
      if (std::ranges::find(n.questions, q.name) == n.questions.end()) continue;
      const std::set<std::string> own = tasks_of(q.opened.program, n.site);
      std::set<std::string> needed;
      Opened without = q.opened;
      std::set<std::string> met = assumed(q, own, ways, without);
      for (const SiteNeed& other : all) {
        if (std::ranges::find(other.questions, q.name) == other.questions.end()) continue;
        for (const std::string& task : tasks_elsewhere(q, other.site, own)) {
          needed.insert(task + "." + other.site);
          if (meet(ways, ways_of(other.weakest))) met.insert(task + "." + other.site);
        }
      }
      if (met.empty()) {
        for (const auto& read : needed_dependencies(without, own, model_, options_.limits)) {
          met.insert(read + " (dependency)");
        }
      }
      out[q.name] = met.empty() ? needed : met;
    }
    return out;
  }

  static std::set<std::string> tasks_elsewhere(const AskedQuestion& q, const std::string& site,
                                               const std::set<std::string>& own) {
    std::set<std::string> out = tasks_of(q.opened.program, site);
    if (own.size() == 1) out.erase(*own.begin());
    return out;
  }

  /// What a question assumes of other tasks, meets this order, and is needed. What is not,
  /// `without` loses: a dependency may do as well.
  std::set<std::string> assumed(const AskedQuestion& q, const std::set<std::string>& own,
                                const Ways& ways, Opened& without) const {
    std::set<std::string> out;
    for (const auto& [site, order] : q.assumed) {
      const auto tasks = tasks_elsewhere(q, site, own);
      if (tasks.empty() || !meet(ways, ways_of({{{site, order}}}))) continue;
      Opened less = without;
      for (Event& e : less.program.events) {
        if (e.site == site) e.order = e.act == Act::fence ? Order::none : Order::once;
      }
      const Program program = with_orders(less.program, less.lattice, less.declared);
      const Outcome outcome = decide(program, model_, options_.limits).outcome;
      if (outcome == Outcome::never) without = std::move(less);
      if (outcome != Outcome::reachable) continue;
      for (const std::string& task : tasks) out.insert(task + "." + site + " (assumed)");
    }
    return out;
  }

  const std::vector<AskedQuestion>& questions_;
  const MemoryModel& model_;
  const MinimalOptions options_;
  std::vector<std::unique_ptr<LatticeJudge>> judges_;
  OrderLattice sites_;
  std::size_t calls_ = 0;
};

}  // namespace

std::vector<SiteNeed> site_needs(const std::vector<AskedQuestion>& questions,
                                 const MemoryModel& model, const MinimalOptions& options) {
  return Needs{questions, model, options}.all();
}

Order single_order(const std::vector<SiteOrder>& orders, bool fence) {
  for (const SiteOrder& o : orders) {
    if (o.order == Order::full) return o.order;
  }
  if (orders.empty()) return fence ? Order::none : Order::once;
  if (orders.size() == 1) return orders.front().order;
  return fence ? Order::mb : Order::acq_rel;
}

std::string order_text(const std::vector<SiteOrder>& orders, bool fence) {
  std::string out;
  for (const SiteOrder& o : orders) {
    out += (out.empty() ? "" : "+") + std::string{name_of(o.order)};
  }
  return out.empty() ? std::string{name_of(single_order(orders, fence))} : out;
}

}  // namespace lockstep::orders
