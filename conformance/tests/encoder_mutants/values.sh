# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of values and of the clauses that define a literal.
source "$LOCKSTEP_SOURCE/conformance/tests/encoder_mutants/mutants.bash"
in=encode/clauses.cpp

mutant "a conjunction is not forced" $in 'add({-a, -b, lit});' ''
mutant "a conjunction without its left side" $in 'add({-lit, a});' ''
mutant "a conjunction without its right side" $in 'add({-lit, b});' ''
mutant "a disjunction is not forced" $in 'for (const Lit lit : lits) add({-lit, result});' ''
mutant "a disjunction holds without reason" $in 'lits.push_back(-result);
    add(lits);' ''
mutant "equal bits: 1 with 0" $in 'add({-known, -low, high});' ''
mutant "equal bits: 0 with 1" $in 'add({-known, low, -high});' ''
mutant "different bits: 0 with 0" $in 'add({known, low, high});' ''
mutant "different bits: 1 with 1" $in 'add({known, -low, -high});' ''
mutant "equality of opposite literals is not turned" $in 'return flipped ? -known : known;' \
  'return known;'
mutant "a choice is not 1 where it should" $in 'add({-c, -a, out});' ''
mutant "a choice is not 0 where it should" $in 'add({-c, a, -out});' ''
mutant "the other choice is not 1 where it should" $in 'add({c, -b, out});' ''
mutant "the other choice is not 0 where it should" $in 'add({c, b, -out});' ''
mutant "everything is implied by its parts' parts" $in \
  'implies(found->second.first, y) || implies(found->second.second, y)' 'true'

in=encode/values.cpp
mutant "a sum without carry" $in 'carry = clauses_.choose(differ, carry, a[i]);' ''
mutant "a difference is a sum" $in 'for (Lit& bit : b) bit = -bit;' ''
mutant "a difference is one too small" $in 'return sum(a, b, lit_true);' \
  'return sum(a, b, lit_false);'
mutant "a product has one bit" $in 'shift < width_; ++shift' 'shift < 1; ++shift'
mutant "bitwise and is or" $in \
  'case Op::band: return by_bit([this](Lit a, Lit b) { return clauses_.both(a, b, true); });' \
  'case Op::band: return by_bit([this](Lit a, Lit b) { return -clauses_.both(-a, -b, true); });'
mutant "bitwise or is and" $in 'return -clauses_.both(-a, -b, true); });' \
  'return clauses_.both(a, b, true); });'
mutant "exclusive or is equality" $in \
  'case Op::bxor: return by_bit([this](Lit a, Lit b) { return -clauses_.same(a, b); });' \
  'case Op::bxor: return by_bit([this](Lit a, Lit b) { return clauses_.same(a, b); });'
mutant "the other branch of a term" $in 'clauses_.choose(c, a[i], b[i])' \
  'clauses_.choose(c, b[i], a[i])'
mutant "a sign like any bit" $in 'sign ? a[i] : b[i]' 'b[i]'
mutant "two numbers agree in one bit" $in 'return clauses_.all(parts);' 'return parts.front();'
mutant "numbers are equated from below" $in 'clauses_.add({-when, a[i], -b[i]});' ''
mutant "numbers are equated from above" $in 'clauses_.add({-when, -a[i], b[i]});' ''
mutant "or is and" $in '-clauses_.both(-condition(arg(0)), -condition(arg(1)), true)' \
  'clauses_.both(condition(arg(0)), condition(arg(1)), true)'
mutant "not is nothing" $in 'lit = -condition(arg(0));' 'lit = condition(arg(0));'
mutant "different is equal" $in 'lit = -equal(Bits{number(arg(0))}, number(arg(1)));' \
  'lit = equal(Bits{number(arg(0))}, number(arg(1)));'
mutant "less is greater" $in 'lit = less(arg(0), arg(1));' 'lit = less(arg(1), arg(0));'
mutant "at most is less" $in 'lit = -less(arg(1), arg(0));' 'lit = less(arg(0), arg(1));'
mutant "a number holds by its lowest bit" $in 'clauses_.any(Bits{number(t)}, true)' \
  'number(t).front()'
mutant "too few bits" $in 'while (highest > half()' 'while (highest > 2 * half()'
mutant "names are numbers" $in 'first_name_ = std::int64_t{domains->highest} + 1;' \
  'first_name_ = 0;'

in=encode/domains.cpp
mutant "values flow one step" $in 'for (long round = 0; round <= reads + 1; ++round) {' \
  'for (long round = 0; round <= 0; ++round) {'
mutant "what a question names is not looked at" $in 'look(program_.forbidden);' ''
score
