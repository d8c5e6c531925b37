// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/program/allowed.hpp"

namespace lockstep::orders {

std::vector<Order> allowed_orders(Kind kind) {
  using enum Order;
  switch (kind) {
    case Kind::load:
    case Kind::wait: return {plain, once, acquire};
    case Kind::store: return {plain, once, release, full};  // full: smp_store_mb()
    case Kind::group: return {plain, once, release};
    case Kind::unlock: return {once, release};
    case Kind::rmw:
    case Kind::lock: return {once, acquire, release, acq_rel, full};
    case Kind::fence: return {none, rmb, wmb, mb};
    case Kind::ctrl_acquire: return {none, acquire};
    case Kind::sync: return {none, mb, grace};
    default: return {};
  }
}

std::vector<Order> allowed_orders(const Event& e) {
  using enum Order;
  const bool c11 = (e.marks & static_cast<std::uint16_t>(Mark::c11)) != 0;
  if (e.act == Act::fence) {
    if (c11) return {none, acquire, release, acq_rel, full};
    return allowed_orders(e.order == acquire ? Kind::ctrl_acquire : Kind::fence);
  }
  if (e.in_rmw) return allowed_orders(Kind::rmw);
  if (e.act == Act::read) {
    if (c11) return {plain, once, acquire, full};
    return allowed_orders(Kind::load);
  }
  if (e.act != Act::write) return {};
  if (c11) return {plain, once, release, full};
  return {plain, once, release};
}

std::string names_of(const std::vector<Order>& orders) {
  std::string out;
  for (const Order o : orders) {
    out += (out.empty() ? "" : ", ") + std::string{lockstep::name_of(o)};
  }
  return out;
}

}  // namespace lockstep::orders
