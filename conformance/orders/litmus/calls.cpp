// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/thread_reader.hpp"

namespace lockstep::orders::litmus {

namespace {

using Does = Primitive::Does;

Kind kind_of(Does does) {
  switch (does) {
    case Does::load: return Kind::load;
    case Does::store: return Kind::store;
    case Does::rmw: return Kind::rmw;
    default: return Kind::fence;
  }
}

}  // namespace

/// `L12`, as in the listing of a debugger; `L12.2` for the second event made there.
std::string ThreadReader::site_at(Place place) {
  const int n = ++sites_[place.line];
  return "L" + std::to_string(place.line) + (n == 1 ? "" : "." + std::to_string(n));
}

/// The variable of the thread in `&r0`; empty where it is none.
std::string ThreadReader::given_by_address(const ExprPtr& e) const {
  const bool address = e->kind == Expr::Kind::unary && e->text == "&" &&
                       e->args[0]->kind == Expr::Kind::name && is_local(e->args[0]->text);
  return address ? e->args[0]->text : "";
}

ThreadReader::Arguments ThreadReader::arguments(const Primitive& p, const Expr& e) {
  if (e.args.size() != p.arguments.size()) {
    context_.source.wrong(e.place, p.name + "() with " + std::to_string(e.args.size()) +
                                       " arguments; expected " +
                                       std::to_string(p.arguments.size()));
  }
  check_sequence(e, p.arguments, context_.source);
  Arguments out;
  for (std::size_t i = 0; i < e.args.size(); ++i) {
    const ExprPtr& arg = e.args[i];
    Term v;
    switch (p.arguments[i]) {
      case 'L': {
        const Object o = object(arg);
        if (o.local) {
          context_.source.unsupported(arg->place, p.name + "() of a variable of the thread");
        }
        out.cell = o.cell;
        break;
      }
      case 'P': out.cell = cell_at(arg); break;
      case 'R':
        out.changed = given_by_address(arg);
        if (out.changed.empty()) {
          context_.source.unsupported(
              arg->place, p.name + "() with anything but the address of a variable of the thread");
        }
        v = name(*arg->args[0]);
        break;
      case 'E':
        out.changed = given_by_address(arg);
        if (out.changed.empty()) {
          out.expected = cell_at(arg);
        } else {
          v = name(*arg->args[0]);
        }
        break;
      case 'O': out.orders.push_back(order(p, arg, !out.orders.empty())); break;
      case 'N':
        if (arg->kind != Expr::Kind::name) {
          context_.source.wrong(arg->place, "no name; expected that of a site");
        }
        out.site = arg->text;
        break;
      default: v = value(arg);
    }
    out.values.push_back(std::move(v));
  }
  return out;
}

Term ThreadReader::call(const Expr& e) {
  const Dialect dialect = context_.test.dialect;
  const Primitive* p = find_primitive(e.text, dialect);
  if (p == nullptr) context_.source.unsupported(e.place, "the function '" + e.text + "'");
  if (p->dialect.value_or(dialect) != dialect) {
    context_.source.unsupported(e.place, "the kernel's function '" + e.text + "' in a C11 test");
  }
  const Arguments args = arguments(*p, e);
  const std::string site = args.site.empty() ? site_at(e.place) : args.site;
  if (p->does == Does::compare_exchange) return compare_exchange(*p, args, site, e.place);
  const std::size_t first = context_.program().events.size();
  const Term old = perform(*p, args, site, e.place);
  context_.check_events(e.place);
  const int open = p->open ? context_.open(site, kind_of(p->does), e.place) : -1;
  for (std::size_t i = first; i < context_.program().events.size(); ++i) {
    context_.program().events[i].marks |= p->marks;
    context_.program().events[i].open = open;
  }
  const auto resolve = [&](const Term& t) {
    return with_arguments(
        term::substitute(
            t, [&](const TermNode& v) { return v.value == 0 && v.name == "@" ? old : Term{}; }),
        args, e.place);
  };
  if (p->granted != nullptr) builder_.assume(resolve(p->granted));
  if (!args.changed.empty()) {
    const Term success = resolve(p->gives);
    registers_[args.changed] = context_.bounded(term::join(success, args.values[1], old), e.place);
    return success;
  }
  return p->gives == nullptr ? nullptr : resolve(p->gives);
}

Term ThreadReader::with_arguments(const Term& t, const Arguments& args, Place place) {
  if (t == nullptr) return t;
  return context_.bounded(term::substitute(t,
                                           [&](const TermNode& v) {
                                             if (v.value != 0 || v.name == "@") return Term{};
                                             return args.values[std::stoul(v.name) - 1];
                                           }),
                          place);
}

void ThreadReader::note_computed(const Term& t, Place place) {
  if (t->op == Op::constant || t->op == Op::variable) return;
  context_.computed.push_back({t, place});
  for (const Term& arg : t->args) {
    if (!arg->args.empty()) context_.computed.push_back({arg, place});
  }
}

Term ThreadReader::perform(const Primitive& p, const Arguments& args, const std::string& site,
                           Place place) {
  const Term written = with_arguments(p.value, args, place);
  const Order declared = args.orders.empty() ? p.order : args.orders.front();
  switch (p.does) {
    case Does::load: return builder_.read(site, args.cell, declared);
    case Does::store: builder_.write(site, args.cell, written, declared); break;
    case Does::store_mb: builder_.store_mb(site, args.cell, written); break;
    case Does::rmw: {
      const Term old = builder_.rmw(site, args.cell, declared, written,
                                    with_arguments(p.writes_if, args, place));
      note_computed(builder_.last().value, place);
      return old;
    }
    case Does::fence: builder_.fence(site, declared); break;
    case Does::rcu_lock: builder_.rcu_lock(site); break;
    case Does::rcu_unlock: builder_.rcu_unlock(site); break;
    case Does::grace: builder_.grace(site); break;
    case Does::srcu_lock: return builder_.srcu_lock(site, args.cell);
    case Does::srcu_unlock: builder_.srcu_unlock(site, args.cell, written); break;
    case Does::srcu_grace: builder_.srcu_grace(site, args.cell); break;
    case Does::assume: builder_.assume(args.values[0]); break;
    case Does::compare_exchange: break;  // by a function of its own
  }
  return nullptr;
}

}  // namespace lockstep::orders::litmus
