// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/initial.hpp"

#include "machines/protocol_error.hpp"

namespace lockstep::unbounded {

namespace {

Value of_atom(const Signature& signature, const Function& f, Atom atom) {
  z3::context& c = signature.context();
  const bool null = atom == null_atom;
  switch (f.sort) {
    case Sort::boolean: return {c.bool_val(atom != 0), {}};
    case Sort::integer:
      if (f.null) return {c.int_val(null ? 0 : atom), c.bool_val(null)};
      if (is_symbol(atom)) break;
      return {c.int_val(atom), {}};
    case Sort::name:
      if (!null) break;
      return {signature.null_of(f.value.range()), {}};
    case Sort::string: break;
  }
  throw ProtocolError(f.variable + " starts as what is not one of any number");
}

}  // namespace

Structure initial(const Signature& signature, const std::vector<Automaton>& automata) {
  Structure out(signature);
  const World& world = signature.world();
  for (std::size_t i = 0; i < signature.size(); ++i) {
    const Function& f = signature.functions()[i];
    Value start{signature.context().int_val(0), {}};
    if (f.variable == "pc") {
      const Automaton& automaton = automata[*f.role];
      start.term =
          signature.context().int_val(signature.code(automaton.nodes[automaton.start].name));
    } else if (f.variable == "slab") {
      start.term = signature.context().int_val(signature.code("none"));
    } else if (f.variable == "rcu" || f.variable == "grace") {
      start.term = signature.context().bool_val(false);
    } else if (f.role) {
      start = of_atom(signature, f, world.local(*f.role, f.variable).dead);
    } else if (f.page) {
      start = of_atom(signature, f, null_atom);
    } else {
      for (const auto& field : world.spec().fields) {
        if (field.name == f.variable) start = of_atom(signature, f, field.initial);
      }
    }
    out.change(i, [start](const Structure::Arguments&, const Value&) { return start; });
  }
  return out;
}

}  // namespace lockstep::unbounded
