# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of sets, of folding and of the evaluator.
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
mutant "a range without its end" $in 'make_arithmetic(Form::less_equal, e, set.elements[1], place)' \
  'make_arithmetic(Form::less, e, set.elements[1], place)'
mutant "a range goes on for one" $in 'i <= to->number; ++i' 'i < to->number; ++i'
mutant "a filter lets all through" $in \
  'return is_false(in) ? in : make_and({in, filtered(e, set)}, place);' 'return in;'
mutant "a filter is not of its set" $in \
  'return is_false(in) ? in : make_and({in, filtered(e, set)}, place);' 'return filtered(e, set);'
mutant "what is taken away is there" $in 'return make_and({in, make_not(taken, place)}, place);' \
  'return in;'
mutant "\\A is guarded as \\E" $in 'return all ? make_implies(counts, body(e), place)' \
  'return all ? make_and({counts, body(e)}, place)'
mutant "\\E is guarded as \\A" $in ': make_and({counts, body(e)}, place);' \
  ': make_implies(counts, body(e), place);'
mutant "\\A of elements is one of them" $in \
  'return all ? make_and(out, place) : make_or(out, place);' 'return make_or(out, place);'
mutant "\\A of a union is of one part" $in \
  'return all ? make_and({a, b}, place) : make_or({a, b}, place);' 'return make_or({a, b}, place);'
mutant "the values of a function are not looked at" $in \
  'return member(applied, set.sets[1], place);' 'return make_boolean(true, place);'
mutant "a function may be anything, also where it is denied" $in 'if (!asserted_) refuse' \
  'if (false) refuse'
mutant "the number of all" $in 'conditions.push_back(filtered(e, *base));' ''
mutant "the number of a union is that of a part" $in \
  'refuse(node.place, "Cardinality is understood only of parts of one constant set");' ''

in=fold.cpp
mutant "a disjunction is decided by FALSE" $in 'if ((arg->number != 0) != neutral) return arg;' \
  'if (arg->number == 0) return arg;'
mutant "nested conjunctions lose all but one" $in 'kept.insert(kept.end(), arg->args.begin(), arg->args.end());' \
  'kept.push_back(arg->args.front());'
mutant "p => FALSE is p" $in 'if (is_false(b)) return make_not(a, place);' \
  'if (is_false(b)) return a;'
mutant "TRUE => p is TRUE" $in 'if (is_false(a) || is_true(b)) return' \
  'if (is_false(a) || is_true(a) || is_true(b)) return'
mutant "all strings are equal" $in 'a->number == b->number && a->name == b->name' \
  'a->number == b->number'
mutant "all numbers are equal" $in 'a->number == b->number && a->name == b->name' \
  'a->name == b->name'
mutant "a string may be a number" $in 'if (!names) refuse' 'if (false) refuse'
mutant "% is that of C" $in '(x % y + y) % y' 'x % y'
mutant "numbers have no end" $in 'if (value > 2147483647 || value < -2147483648LL)' 'if (false)'
mutant "\\A of nothing true is FALSE for certain" $in \
  'if (form == Form::exists && is_false(body)) return body;' 'if (is_false(body)) return body;'

in=text.cpp
mutant "no parentheses" $in ': "(" + w.text + ")";' ': w.text;'
mutant "no prime" $in '(e->primed ? "'"'"'" : "")' '""'
mutant "a - (b - c) is a - b - c" $in 'inside(b, binding),' 'inside(b, binding, true),'

in=compile.cpp
mutant "the variables of a refused expression stay" $in 'bound_.clear();' ''
mutant "the inner variable is the outer one" $in 'code.frame = bound_.size();' 'code.frame = 0;'
mutant "truth values are numbers" $in 'code.strict = a != b' 'code.strict = false && a != b'

in=evaluate.cpp
mutant "the state after is the state before" $in 'code.primed ? after : state' 'state'
mutant "outside of its domain a function is its first cell" $in \
  "if (next < 0) stop(code, \"'\" + code.source->name" \
  "if (next < 0) return from[0]; if (false) stop(code, \"'\" + code.source->name"
mutant "a name is a number" $in 'if (is_symbol(atom)) stop' 'if (false) stop'
mutant "names are numbers: Int" $in 'args[0].kind == Kind::number && !is_symbol(atom)' \
  'args[0].kind == Kind::number'
mutant "=> is <=>" $in 'return !holds(args[0]) || holds(args[1]) ? 1 : 0;' \
  'return holds(args[0]) == holds(args[1]) ? 1 : 0;'
mutant "< is <=" $in 'return number(args[0]) < number(args[1])' \
  'return number(args[0]) <= number(args[1])'
mutant "a number counts all" $in 'if (here) ++number;' '++number;'
mutant "% is that of C" $in '(a % b + b) % b' 'a % b'
score
