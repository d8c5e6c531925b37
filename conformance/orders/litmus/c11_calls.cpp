// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "orders/litmus/thread_reader.hpp"

namespace lockstep::orders::litmus {

namespace {

using Does = Primitive::Does;

struct C11Order {
  std::string_view name;
  Order order;
  bool acquires, releases;
};
constexpr C11Order c11_orders[] = {{"memory_order_relaxed", Order::once, false, false},
                                   {"memory_order_acquire", Order::acquire, true, false},
                                   {"memory_order_release", Order::release, false, true},
                                   {"memory_order_acq_rel", Order::acq_rel, true, true},
                                   {"memory_order_seq_cst", Order::full, false, false}};

}  // namespace

/// The order that an argument names; a load may not release, nor may a store acquire.
Order ThreadReader::order(const Primitive& p, const ExprPtr& e, bool if_failed) const {
  if (e->kind == Expr::Kind::name && e->text == "memory_order_consume") {
    context_.source.unsupported(e->place, "memory_order_consume");
  }
  const auto found = std::ranges::find(c11_orders, e->text, &C11Order::name);
  if (e->kind != Expr::Kind::name || found == std::end(c11_orders)) {
    context_.source.wrong(e->place,
                          "no order; expected memory_order_relaxed, _acquire, "
                          "_release, _acq_rel or _seq_cst");
  }
  const bool reads = p.does == Does::load || if_failed;
  if ((reads && found->releases) || (p.does == Does::store && found->acquires)) {
    context_.source.wrong(
        e->place, e->text + (reads ? " for what only reads; expected memory_order_relaxed, "
                                     "_acquire or _seq_cst"
                                   : " for what only writes; expected memory_order_relaxed, "
                                     "_release or _seq_cst"));
  }
  if (p.does == Does::fence && found->order == Order::once) return Order::none;
  return found->order;
}

/// The expected value is read, and replaced by what was found where that differs.
Term ThreadReader::compare_exchange(const Primitive& p, Arguments args, const std::string& site,
                                    Place place) {
  const bool in_memory = args.changed.empty();
  if (args.orders.empty()) args.orders = {p.order, p.order};
  const Term expected =
      in_memory ? builder_.read(site_at(place), args.expected, Order::plain) : args.values[1];
  Term may = term::constant(1);
  if (p.weak) {
    const Term choice =
        term::variable("luck of " + site + " of P" + std::to_string(thread_.number));
    context_.program().choices.push_back(choice);
    may = term::ne(choice, term::constant(0));
  }
  const Term old = builder_.rmw(site, args.cell, args.orders[0], args.values[2],
                                term::both(term::eq(term::variable("@"), expected), may));
  context_.program().events[builder_.last().partner].order_if_failed = args.orders[1];
  const Term success = context_.bounded(term::both(term::eq(old, expected), may), place);
  if (in_memory) {
    builder_.enter(term::negate(success));
    builder_.write(site_at(place), args.expected, old, Order::plain);
    builder_.leave();
  } else {
    registers_[args.changed] = context_.bounded(term::join(success, expected, old), place);
  }
  context_.check_events(place);
  return success;
}

}  // namespace lockstep::orders::litmus
