// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "model/atom.hpp"

namespace lockstep {

/// A term over atoms, immutable and shared. Comparison and logic give 0 or 1.
/// Sorts are not tracked: a name is just an atom that equals only itself.
enum class Op : std::uint8_t {
  constant,  ///< `value`
  variable,  ///< `name`: a named local, a choice, or the value read at a site; `value` is a version
             ///< or event number
  add,
  sub,
  eq,
  ne,
  lt,
  le,
  band,
  bor,
  bxor,
  mul,
  logical_and,
  logical_or,
  logical_not,
  ite
};

struct TermNode;
using Term = std::shared_ptr<const TermNode>;

struct TermNode {
  Op op;
  Atom value = 0;
  std::string name;
  std::vector<Term> args;
};

namespace term {
Term constant(Atom value);
Term variable(std::string name, Atom version = 0);
Term make(Op op, std::vector<Term> args);  ///< folds constants
Term add(Term a, Term b);
Term sub(Term a, Term b);
Term eq(Term a, Term b);
Term ne(Term a, Term b);
Term lt(Term a, Term b);
Term le(Term a, Term b);
Term both(Term a, Term b);
Term either(Term a, Term b);
Term negate(Term a);
Term ite(Term c, Term a, Term b);

bool equal(const Term& a, const Term& b);  ///< the same text
bool is_constant(const Term& t, Atom value);
/// `(rseq = vm_lock_seq)`: infix, names as in the specification.
std::string text(const Term& t, const Symbols& symbols);
/// `ite` of what a variable holds where two branches meet. Its value depends on the branch taken,
/// but no read of the condition flows into it: that is what compilers and memory models make of it.
Term join(Term condition, Term then, Term otherwise);
/// Replaces variables: `f` gives a term for a variable node, or null to keep it.
Term substitute(const Term& t, const std::function<Term(const TermNode&)>& f);
/// The comparisons that a term consists of, each text once, in their order. Of `a # b` it is `a =
/// b`.
std::vector<Term> comparisons(const Term& t);
/// Puts `by` in the place of one of its comparisons, wherever it stands.
Term replace(const Term& t, const Term& comparison, const Term& by);
/// The value under an assignment of the variables.
Atom evaluate(const Term& t, const std::function<Atom(const TermNode&)>& value_of);
}  // namespace term

}  // namespace lockstep
