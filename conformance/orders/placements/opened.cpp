// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/placements/opened.hpp"

#include <algorithm>
#include <optional>

namespace lockstep::orders {

namespace {

std::optional<Kind> kind_of(const Event& e) {
  if (e.marks != 0 && e.marks != static_cast<std::uint16_t>(Mark::noreturn)) return std::nullopt;
  switch (e.act) {
    case Act::read: return e.in_rmw ? Kind::rmw : Kind::load;
    case Act::write: return e.in_rmw ? Kind::rmw : Kind::store;
    case Act::fence: return e.order == Order::acquire ? Kind::ctrl_acquire : Kind::fence;
    default: return std::nullopt;
  }
}

bool wanted(const Event& e, Opening which) {
  if (e.act == Act::fence) return e.order != Order::none;
  if (e.order == Order::plain) return false;
  return which == Opening::also_relaxed || e.order != Order::once;
}

/// The orders of an atom's kind that a declared order stands for.
std::set<Order> parts(Order order) {
  if (order == Order::acq_rel) return {Order::acquire, Order::release};
  return {order};
}

}  // namespace

Placement with_order(const OrderLattice& lattice, Placement placement, const std::string& site,
                     Order order) {
  for (std::size_t i = 0; i < lattice.size(); ++i) {
    if (lattice[i].site == site) placement[i] = parts(order).contains(lattice[i].order);
  }
  return lattice.closed(std::move(placement));
}

Opened opened(const Program& program, Opening which, const std::set<std::string>& fixed) {
  Opened out{program, {}, {}};
  std::set<std::string> sites, barriers;
  for (const Event& e : program.events) {
    if (e.thread == initial_thread || !kind_of(e) || fixed.contains(e.site)) continue;
    if (wanted(e, which)) sites.insert(e.site);
  }
  // A store with a fence of its own name is opened as a whole.
  const auto has = [&](const std::string& site, Kind kind) {
    return std::ranges::any_of(
        program.events, [&](const Event& e) { return e.site == site && kind_of(e) == kind; });
  };
  for (const std::string& site : sites) {
    if (has(site, Kind::store) && has(site, Kind::fence)) barriers.insert(site);
  }
  std::map<std::string, Order> declared;
  for (Event& e : out.program.events) {
    if (e.thread == initial_thread || !sites.contains(e.site)) continue;
    const std::optional<Kind> kind = kind_of(e);
    const bool barrier = barriers.contains(e.site);
    // What a store reads first, to compute what it writes, is no access of that name.
    const bool first_read = has(e.site, Kind::store) && e.act == Act::read;
    if (!kind || first_read || e.order == Order::plain) continue;
    Order order = e.order;
    if (barrier && e.act == Act::fence && order == Order::mb) order = Order::full;
    Order& known = declared.try_emplace(e.site, order).first->second;
    if (order != Order::once && order != Order::none) known = order;
    auto& open = out.program.open;
    const auto site = std::ranges::find_if(
        open, [&](const Program::Open& o) { return o.site == e.site && o.kind == *kind; });
    e.open = static_cast<int>(site - open.begin());
    if (site == open.end()) open.push_back({e.site, *kind});
    e.order = e.act == Act::fence ? Order::none : Order::once;
  }
  out.lattice = lattice_of(out.program);
  out.declared = out.lattice.weakest();
  for (const auto& [site, order] : declared) {
    out.declared = with_order(out.lattice, std::move(out.declared), site, order);
  }
  return out;
}

Opened open_question(const Question& question, const Automata& automata, const Symbols& symbols,
                     Opening which, const Overrides& overrides) {
  std::set<std::string> fixed;
  for (const auto& [site, order] : overrides) fixed.insert(site);
  for (const auto& [site, order] : question.orders) fixed.insert(site);
  return opened(make_program(question, automata, symbols, overrides), which, fixed);
}

}  // namespace lockstep::orders
