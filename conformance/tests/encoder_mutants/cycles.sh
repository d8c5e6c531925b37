# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of the law that there is no cycle, and of what is evaluated by recursion.
source "$LOCKSTEP_SOURCE/conformance/tests/encoder_mutants/mutants.bash"
in=encode/acyclic.cpp
mutant "an event before itself is no cycle" $in \
  'if (e.to == from)
          clauses.add({-e.lit});
        else if' 'if (e.to != from)
        if'
mutant "two opposite edges are no cycle" $in 'clauses.add({-first, -second});' ';'
mutant "a detour is no edge" $in 'clauses.add({-first, -second, lit});' ';'
mutant "a detour replaces the edge that is there" $in 'if (old != 0) clauses.add({-old, lit});' ''
mutant "a detour needs its first step only" $in \
  'if (lit != 0 && (clauses.implies(first, lit) || clauses.implies(second, lit))) return;' \
  'if (lit != 0) return;'
mutant "the wrong step stands for a detour" $in \
  'lit = clauses.implies(first, second) ? first : second;' \
  'lit = clauses.implies(first, second) ? second : first;'
mutant "no components" $in 'component[e.to] == number' 'false'
mutant "loops are allowed" $in 'if (clauses.dry()) return {e.from};
    clauses.add({-e.lit});' 'if (clauses.dry()) return {e.from};'
mutant "pairs are allowed" $in 'if (clauses.dry()) return {e.from, e.to};
    clauses.add({-e.lit});' 'if (clauses.dry()) return {e.from, e.to};'

in=encode/evaluate.cpp
mutant "a recursive relation is not forced" $in \
  'for (const Edge& e : *body) clauses_.add({-e.lit, now->at(e.from, e.to)});' ''
mutant "nothing overwrites what a read has read" $in \
  'algebra.sequence(algebra.inverse(base_.relations.at("rf")), base_.relations.at("co"))' \
  'Relation{}'
mutant "what is subtracted is forced from below only" $in \
  'owned(algebra.subtract(*out, *relation(e->args[i], other(wanted))))' \
  'owned(algebra.subtract(*out, *relation(e->args[i], wanted)))'
mutant "subtraction from what may be" $in \
  'i < e->args.size() && !may_ && !out->empty(); ++i' 'i < e->args.size() && !out->empty(); ++i'
mutant "subtraction from a set that may be" $in \
  'i < e->args.size() && !may_; ++i' 'i < e->args.size(); ++i'
score
