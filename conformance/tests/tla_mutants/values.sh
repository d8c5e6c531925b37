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
mutant "truth values are numbers" $in 'code.strict = a != b' 'code.strict = false && a != b'

in=lower.cpp
mutant "the state after is the state before" $in \
  '.primed = code.primed,
                 .atom = static_cast<Atom>(index),' \
  '.primed = false,
                 .atom = static_cast<Atom>(index),'
mutant "names are numbers: Int" $in \
  'return constant(is_symbol(nodes_[args[0]].atom) ? 0 : 1, Kind::boolean);
      }
      return make({.op = Op::is_number, .args = std::move(args)});' \
  '}
      return constant(1, Kind::boolean);'
mutant "=> is /\\" $in 'return junction(Op::disjunction, {negation(args[0]), args[1]});' \
  'return junction(Op::conjunction, {args[0], args[1]});'
mutant "< is <=" $in 'case Form::less: return Op::less;' 'case Form::less: return Op::less_equal;'
mutant "\\A is \\E" $in 'return junction(Op::conjunction, args);
  if' 'return junction(Op::disjunction, args);
  if'

in=run.cpp
mutant "outside of its domain a function is its first cell" $in \
  "if (slot < 0) {" 'if (slot < 0) { registers[at->imm] = state[0]; break;'
mutant "a name is a number" $in 'if (is_symbol(a)) no_number(*at, 0);' ''
mutant "a number counts nothing" $in 'case Op::increment: ++registers[at->imm]; break;' \
  'case Op::increment: break;'
mutant "% is that of C" $in '(a % b + b) % b' 'a % b'
score
