# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of sets.
source "$LOCKSTEP_SOURCE/conformance/tests/tla_mutants/tla.bash"

in=sets.cpp
mutant "\\cup is \\cap" $in 'if (node.text == "\\cup") {
    out.kind = Set::Kind::unite;' 'if (node.text == "\\cup") {
    out.kind = Set::Kind::intersect;'
mutant "\\cap is \\cup" $in '"\\cap") {
    out.kind = Set::Kind::intersect;' '"\\cap") {
    out.kind = Set::Kind::unite;'
mutant "\\ is \\cap" $in '"\\") {
    out.kind = Set::Kind::minus;' '"\\") {
    out.kind = Set::Kind::intersect;'
mutant "Nat is Int" $in 'out.kind = Set::Kind::naturals;' 'out.kind = Set::Kind::integers;'
mutant "0 is no Nat" $in 'make_arithmetic(Form::less_equal, make_integer(0, place), e, place)' \
  'make_arithmetic(Form::less, make_integer(0, place), e, place)'
mutant "a range without its end" $in \
  'make_arithmetic(Form::less_equal, e, set.elements[1], place)' \
  'make_arithmetic(Form::less, e, set.elements[1], place)'
mutant "a filter lets all through" $in \
  'return is_false(in) ? in : make_and({in, filtered(e, set)}, place);' 'return in;'
mutant "a filter is not of its set" $in \
  'return is_false(in) ? in : make_and({in, filtered(e, set)}, place);' 'return filtered(e, set);'
mutant "what is taken away is there" $in 'return make_and({in, make_not(taken, place)}, place);' \
  'return in;'
mutant "the values of a function are not looked at" $in \
  'return member(applied, set.sets[1], place);' 'return make_boolean(true, place);'
mutant "a function may be anything, also where it is denied" $in 'if (!asserted_) refuse' \
  'if (false) refuse'

in=quantify.cpp
mutant "a range ends too early" $in 'i <= to->number; ++i' 'i < to->number; ++i'
mutant "\\A is guarded as \\E" $in 'return all ? make_implies(counts, body(e), place)' \
  'return all ? make_and({counts, body(e)}, place)'
mutant "\\E is guarded as \\A" $in ': make_and({counts, body(e)}, place);' \
  ': make_implies(counts, body(e), place);'
mutant "\\A of elements is one of them" $in \
  'return all ? make_and(out, place) : make_or(out, place);' 'return make_or(out, place);'
mutant "\\A of a union is of one part" $in \
  'return all ? make_and({a, b}, place) : make_or({a, b}, place);' 'return make_or({a, b}, place);'
mutant "the number of all" $in 'conditions.push_back(filtered(e, *base));' ''
mutant "the number of a union is that of a part" $in \
  'refuse(node.place, "Cardinality is understood only of parts of one constant set");' ''
score
