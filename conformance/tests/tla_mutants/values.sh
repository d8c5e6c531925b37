# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of folding, of what is written, and of the evaluator.
source "$LOCKSTEP_SOURCE/conformance/tests/tla_mutants/tla.bash"

in=fold.cpp
mutant "a disjunction is decided by FALSE" $in 'if ((arg->number != 0) != neutral) return arg;' \
  'if (arg->number == 0) return arg;'
mutant "nested conjunctions lose all but one" $in \
  'kept.insert(kept.end(), arg->args.begin(), arg->args.end());' \
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
