// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "pinned.hpp"

#include <algorithm>

namespace lockstep::testing {

using unbounded::Function;
using unbounded::Structure;
using unbounded::Value;

Pinned::Pinned(const unbounded::Signature& signature, const World& world)
    : sig_(signature),
      world_(world),
      closure_(signature.context()),
      distinct_(signature.context()) {
  const WorldSpec& spec = world.spec();
  std::map<std::string, z3::sort> sorts;
  const auto add = [&](const std::string& name, const z3::sort& sort) {
    const Atom atom = world.layout().symbols.find(name);
    if (objects_.contains(atom)) return;
    const z3::expr object = sig_.context().constant(("the " + name).c_str(), sort);
    objects_.emplace(atom, object);
    const std::string key = sort.name().str();
    sorts.emplace(key, sort);
    const auto known = all_.try_emplace(key, z3::expr_vector(sig_.context())).first;
    if (known->second.empty()) {
      for (const auto& [value, nothing] : sig_.nothings(sort)) known->second.push_back(nothing);
    }
    known->second.push_back(object);
  };
  for (const auto& kind : spec.kinds) {
    for (const auto& name : kind.objects) add(name, sig_.kind(kind.name));
  }
  for (std::size_t r = 0; r < spec.roles.size(); ++r) {
    for (const auto& name : spec.roles[r].tasks) add(name, sig_.role(r));
  }
  for (const auto& [key, values] : all_) {
    closure_.push_back(z3::distinct(values));
    distinct_.push_back(z3::distinct(values));
    const z3::expr x = sig_.fresh(sorts.at(key), "any");
    z3::expr_vector bound(sig_.context()), one(sig_.context());
    bound.push_back(x);
    for (const z3::expr& value : values) one.push_back(x == value);
    closure_.push_back(z3::forall(bound, z3::mk_or(one)));
  }
  const auto& slots = world.layout().slots();
  for (std::size_t i = 0; i < slots.size(); ++i) {
    Cell cell{i, 0, {}};
    for (const std::string& key : slots[i].keys) {
      cell.at.push_back(object(world.layout().symbols.find(key)));
    }
    cell.function = sig_.get(slots[i].variable, cell.at.front().get_sort());
    cells_.push_back(std::move(cell));
  }
}

std::vector<z3::expr> Pinned::objects_of(const z3::sort& sort) const {
  std::vector<z3::expr> out;
  for (const auto& [name, object] : objects_) {
    if (z3::eq(object.get_sort(), sort)) out.push_back(object);
  }
  return out;
}

z3::expr Pinned::ground(const z3::expr& e) const {
  if (e.is_quantifier()) {
    const Z3_context c = sig_.context();
    std::vector<const z3::expr_vector*> domains;
    const unsigned n = Z3_get_quantifier_num_bound(c, e);
    for (unsigned i = 0; i < n; ++i) {
      const z3::sort sort(sig_.context(), Z3_get_quantifier_bound_sort(c, e, i));
      domains.push_back(&all_.at(sort.name().str()));
    }
    z3::expr_vector instances(sig_.context());
    std::vector<unsigned> digits(n);
    for (bool more = true; more;) {
      // The variables are numbered from the innermost one on.
      z3::expr_vector with(sig_.context());
      for (unsigned i = n; i-- > 0;) with.push_back((*domains[i])[digits[i]]);
      z3::expr body = e.body();
      instances.push_back(ground(body.substitute(with)));
      more = false;
      for (unsigned i = n; i-- > 0 && !more;) {
        more = ++digits[i] < domains[i]->size();
        if (!more) digits[i] = 0;
      }
    }
    return e.is_forall() ? z3::mk_and(instances) : z3::mk_or(instances);
  }
  if (!e.is_app() || e.num_args() == 0) return e;
  z3::expr_vector args(sig_.context());
  bool same = true;
  for (unsigned i = 0; i < e.num_args(); ++i) {
    args.push_back(ground(e.arg(i)));
    same = same && z3::eq(args.back(), e.arg(i));
  }
  return same ? e : e.decl()(args);
}

Value Pinned::value(const Cell& cell, Atom atom) const {
  const Function& f = sig_.functions()[cell.function];
  z3::context& c = sig_.context();
  switch (f.sort) {
    case Sort::boolean: return {c.bool_val(atom != 0), {}};
    case Sort::string: return {c.int_val(sig_.code(world_.layout().symbols.name(atom))), {}};
    case Sort::name:
      if (const std::string& name = world_.layout().symbols.name(atom); sig_.is_nothing(name)) {
        return {sig_.nothing_of(f.value.range(), name), {}};
      }
      return {object(atom), {}};
    case Sort::integer: break;
  }
  if (!f.null) return {c.int_val(atom), {}};
  const bool null = atom == null_atom;
  return {c.int_val(null ? 0 : atom), c.bool_val(null)};
}

z3::expr Pinned::has(const Structure& structure, const Cell& cell, Atom atom) const {
  return unbounded::equal(structure.read(cell.function, cell.at), value(cell, atom));
}

z3::expr Pinned::is(const Structure& structure, const Atom* state) const {
  z3::expr_vector all(sig_.context());
  for (const Cell& cell : cells_) all.push_back(has(structure, cell, state[cell.slot]));
  return z3::mk_and(all);
}

Structure Pinned::structure(const Atom* state) const {
  Structure out(sig_);
  for (const Cell& cell : cells_) out.write(cell.function, cell.at, value(cell, state[cell.slot]));
  return out;
}

std::vector<Atom> Pinned::others(const Cell& cell, Atom atom,
                                 const std::vector<std::vector<Atom>>& stops) const {
  const Function& f = sig_.functions()[cell.function];
  const Symbols& symbols = world_.layout().symbols;
  std::vector<Atom> out;
  switch (f.sort) {
    case Sort::boolean: out = {0, 1}; break;
    case Sort::string:
      if (f.variable == "pc") {
        out = stops.at(*f.role);
      } else {
        for (const char* text : {"none", "free", "used"}) out.push_back(symbols.find(text));
      }
      break;
    case Sort::name:
      for (const auto& [value, nothing] : sig_.nothings(f.value.range())) {
        out.push_back(symbols.find(value));
      }
      for (const auto& [name, object] : objects_) {
        if (z3::eq(object.get_sort(), f.value.range())) out.push_back(name);
      }
      break;
    case Sort::integer:
      if (f.null) out.push_back(null_atom);
      if (is_symbol(atom)) {
        out.insert(out.end(), {-1, 0, 1, 2});
      } else {
        out.insert(out.end(), {atom - 1, atom + 1, atom + 3});
      }
      break;
  }
  std::erase(out, atom);
  return out;
}

}  // namespace lockstep::testing
