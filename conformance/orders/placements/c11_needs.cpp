// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <set>

#include "orders/encode/vacuous.hpp"
#include "orders/placements/needs.hpp"

namespace lockstep::orders {

namespace {

/// The orders of C11 one step below: `full` is seq_cst.
std::vector<Order> below(const Event& e) {
  const bool fence = e.act == Act::fence;
  switch (e.order) {
    case Order::full:
      if (fence || e.in_rmw) return {Order::acq_rel};
      return {e.act == Act::read ? Order::acquire : Order::release};
    case Order::acq_rel: return {Order::acquire, Order::release};
    case Order::acquire:
    case Order::release: return {fence ? Order::none : Order::once};
    default: return {};
  }
}

/// One site, weakened as far as it goes.
class Descent {
 public:
  Descent(const Program& program, const MemoryModel& model, const Limits& limits, std::string site)
      : program_{program}, model_{model}, limits_{limits}, site_{std::move(site)} {}

  SiteNeed run() {
    need_.site = site_;
    need_.fence = is_fence(program_, site_);
    const Event& e = first(program_);
    need_.declared = orders(e.order);
    descend(program_);
    if (need_.questions.empty() && need_.reason.empty()) {
      const Outcome comes = comes_to(program_, site_, limits_);
      if (comes == Outcome::never) need_.reason = no_question_comes;
      if (comes == Outcome::unknown) need_.reason = not_known_to_come;
    }
    if (!need_.reason.empty()) need_.weakest.clear();
    return std::move(need_);
  }

 private:
  const Event& first(const Program& program) const {
    for (const Event& e : program.events) {
      if (e.thread != initial_thread && e.site == site_) return e;
    }
    return program.events.front();
  }
  std::vector<SiteOrder> orders(Order order) const {
    if (order == Order::once || order == Order::none) return {};
    return {{site_, order}};
  }

  void descend(const Program& holds) {
    bool least = true;
    for (const Order less : below(first(holds))) {
      Program weaker = holds;
      for (Event& e : weaker.events) {
        if (e.thread != initial_thread && e.site == site_) e.order = less;
      }
      const Decision d = decide(weaker, model_, limits_);
      ++need_.calls;
      if (d.outcome == Outcome::unknown) need_.reason = d.reason;
      if (d.outcome == Outcome::reachable) need_.questions = {program_.name};
      if (d.outcome != Outcome::never) continue;
      least = false;
      descend(weaker);
    }
    const auto order = orders(first(holds).order);
    const bool known = std::ranges::find(need_.weakest, order) != need_.weakest.end();
    if (least && !known) need_.weakest.push_back(order);
  }

  const Program& program_;
  const MemoryModel& model_;
  const Limits& limits_;
  std::string site_;
  SiteNeed need_;
};

}  // namespace

std::vector<SiteNeed> c11_needs(const Program& program, const MemoryModel& model,
                                const MinimalOptions& options) {
  std::vector<SiteNeed> out;
  std::set<std::string> seen;
  for (const Event& e : program.events) {
    if (e.thread == initial_thread || !e.has(Mark::c11) || below(e).empty()) continue;
    if (!seen.insert(e.site).second) continue;
    if (options.on_call) options.on_call(out.size());
    out.push_back(Descent{program, model, options.limits, e.site}.run());
  }
  return out;
}

}  // namespace lockstep::orders
