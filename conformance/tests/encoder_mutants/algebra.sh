# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of the algebra of relations.
source "$LOCKSTEP_SOURCE/conformance/tests/encoder_mutants/mutants.bash"
in=encode/relation.cpp

mutant "a union is its first part" $in \
  'lits.size() == 1 ? lits.front() : clauses_.any(lits, exact_)' 'lits.front()'
mutant "an intersection is its left side" $in \
  'const Lit both = clauses_.both(e.lit, at->lit, exact_);' 'const Lit both = e.lit;'
mutant "an intersection is its right side" $in \
  'const Lit both = clauses_.both(e.lit, at->lit, exact_);' 'const Lit both = at->lit;'
mutant "nothing is subtracted" $in \
  'const Lit kept = clauses_.both(e.lit, -b.at(e.from, e.to), exact_);' 'const Lit kept = e.lit;'
mutant "a sequence forgets ways" $in \
  'for (const auto& [x, y] : pairs) clauses_.add({-x, -y, lit});' \
  'clauses_.add({-pairs[0].first, -pairs[0].second, lit});'
mutant "a sequence needs only its first step" $in \
  'lits.push_back(clauses_.both(x, y, exact_));' 'lits.push_back(x);'
mutant "a sequence needs only its last step" $in \
  'lits.push_back(clauses_.both(x, y, exact_));' 'lits.push_back(y);'
mutant "what is implied stands for both" $in 'if (clauses_.implies(x, y))
          lits.push_back(x);' 'if (clauses_.implies(x, y))
          lits.push_back(y);'
mutant "what is implied on the right stands for both" $in 'else if (clauses_.implies(y, x))
          lits.push_back(y);' 'else if (clauses_.implies(y, x))
          lits.push_back(x);'
mutant "backwards is forwards" $in 'out.push_back({e.to, e.from, e.lit});' \
  'out.push_back({e.from, e.to, e.lit});'
mutant "or nothing is not there" $in \
  'for (int e = 0; e < events; ++e) out.push_back({e, e, lit_true});' ''
mutant "or nothing is all there is" $in 'if (e.from != e.to) out.push_back(e);' ''
mutant "a closure without its base" $in \
  'if (direct != lit_false) clauses_.add({-direct, reached[to]});' ''
mutant "a closure without its steps" $in \
  'clauses_.add({-reached[middle], -e.lit, reached[e.to]});' ';'
mutant "an identity on every event" $in \
  'if (set.at(e) != lit_false) out.push_back({e, e, set.at(e)});' 'out.push_back({e, e, lit_true});'
mutant "a set picks every first event" $in \
  'const Lit lit = clauses_.both(set.at(e.from), e.lit, exact_);' 'const Lit lit = e.lit;'
mutant "a set picks every last event" $in \
  'const Lit lit = clauses_.both(e.lit, set.at(e.to), exact_);' 'const Lit lit = e.lit;'
mutant "a product with every last event" $in \
  'const Lit lit = clauses_.both(a.at(x), b.at(y), exact_);' 'const Lit lit = a.at(x);'
mutant "a union of sets without its first part" $in \
  'for (const EventSet& s : parts) lits.push_back(s.at(e));' \
  'for (const EventSet& s : parts.subspan(1)) lits.push_back(s.at(e));'
mutant "an intersection of sets is its left side" $in \
  'out.set(e, clauses_.both(a.at(e), b.at(e), exact_));' 'out.set(e, a.at(e));'
mutant "nothing is subtracted from a set" $in \
  'out.set(e, clauses_.both(a.at(e), -b.at(e), exact_));' 'out.set(e, a.at(e));'
implied "a step and its opposite in sequence" $in \
  'if (first.lit == -second.lit) continue;' '' "the clause that it makes is true"
score
