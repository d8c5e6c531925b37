# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of what surrounds the threads: the initial state, the condition, filters, quantifiers.
source "$LOCKSTEP_SOURCE/conformance/tests/reader_mutants/litmus.bash"

in=litmus/conditions.cpp
mutant "!= is =" $in 'c.positive ? term::eq(left, right) : term::ne(left, right)' \
  'term::eq(left, right)'
mutant "true is false" $in 'term::constant(c.positive ? 1 : 0)' 'term::constant(0)'
mutant "no negation" $in 'return term::negate(term(c.args[0]));' 'return term(c.args[0]);'
mutant "/\\ is \\/" $in 'const bool both = c.kind == Condition::Kind::both;' \
  'const bool both = false;'
mutant "the last value of the first element" $in 'term::constant(static_cast<Atom>(*o.index))' \
  'term::constant(0)'
mutant "one last value for all" $in 'if (known.value->name == name) return known.value;' \
  'return known.value;'
mutant "a mistyped register is not told" $in 'context_.note_unassigned(o.thread, o.name);' ''
mutant "a variable of memory is a register" $in 'if (context_.variables.contains(o.name)) {' \
  'if (false) {'
mutant "the register of another thread" $in 'registers_[o.thread];' 'registers_[0];'
mutant "no register of its own on the right" $in 'observed(*c.right_register)' 'observed(c.left)'

in=litmus/read.cpp
mutant "the filter is ignored" $in 'if (syntax.filter) {' 'if (false) {'
mutant "the filter is the condition" $in 'translate(syntax.proposition, beginning.registers' \
  'translate(syntax.filter.value_or(syntax.proposition), beginning.registers'
mutant "no initial values" $in \
  'known == values_[name].end() ? term::constant(0) : known->second' 'term::constant(0)'
mutant "no initial addresses" $in 'return context_.address(v->address);' \
  'return term::constant(0);'
mutant "no initial registers" $in 'if (!registers[i.thread].emplace(i.name, v).second) {' \
  'if (false) {'
mutant "two initial values" $in 'if (!values_[name].emplace(index, given).second) {' \
  'values_[name].insert_or_assign(index, given); if (false) {'
mutant "one element for all" $in 'first + static_cast<int>(n), &i.values[n]' \
  'first, &i.values[n]'
mutant "a variable that only the condition names is nowhere" $in 'touch(syntax.proposition);' ''
mutant "no quantifier" $in 'test.quantifier = syntax.quantifier;' ''
mutant "no result" $in 'test.result = syntax.result;' ''
mutant "ranges are not checked" $in \
  'check_ranges(test.program, context.computed, context.beyond, source);' ''
mutant "memory has no end" $in 'test.program.closed = true;' ''
mutant "no test is of C11" $in 'return c11 ? Dialect::c11' 'return false ? Dialect::c11'

in=litmus/parser.cpp
mutant "a test without a condition asks what exists" $in \
  'syntax.quantifier = Quantifier::forall;  //' 'syntax.quantifier = Quantifier::exists;  //'
mutant "forall is exists" $in 'return Quantifier::forall;' 'return Quantifier::exists;'
mutant "~exists is exists" $in 'return Quantifier::not_exists;' 'return Quantifier::exists;'
mutant "threads in the order of the file" $in \
  'std::ranges::stable_sort(syntax.threads, {}, &Thread::number);' ''
mutant "anything after the condition" $in \
  'if (cursor.peek().type != Token::Type::end) cursor.wrong(cursor.peek(), "the end");' ''

in=litmus/parse_condition.cpp
mutant "<> is =" $in 'c.positive = false;' ''
mutant "=> is both" $in 'c.kind = Condition::Kind::either;' 'c.kind = Condition::Kind::both;'
mutant "=> without its negation" $in 'c.args.push_back(std::move(denied));' \
  'c.args.push_back(denied.args[0]);'
mutant "=> is looser than /\\" $in 'Condition::Kind::both, implication)' \
  'Condition::Kind::both, disjunction)'
mutant "\\/ is tighter than /\\" $in 'Condition::Kind::either, conjunction)' \
  'Condition::Kind::either, implication)'

in=litmus/parse_expression.cpp
mutant "- to the right" $in 'left = make(Kind::binary, t, {left, binary(level + 1)});' \
  'left = make(Kind::binary, t, {left, binary(level)});'
mutant "casts are multiplied" $in 'while (cursor_.accept("*")) {
      }' ''

in=litmus/parse_thread.cpp
mutant "else belongs to nobody" $in 'if (cursor_.accept("else")) statement(s.otherwise);' \
  'if (cursor_.accept("else")) statement(out);'
mutant "do tests first" $in 's.kind = Statement::Kind::loop_after;' \
  's.kind = Statement::Kind::loop;'
mutant "a declaration gives nothing" $in \
  'if (cursor_.accept("=")) d.condition = parse_assignment(cursor_, names_);' \
  'if (cursor_.accept("=")) parse_assignment(cursor_, names_);'

in=litmus/lexer.cpp
mutant "no octal numbers" $in 'base = 8;' 'base = 10;'
mutant "a remark may open the initial state" $in 'if (skip_comment(true)) continue;' ''
mutant "global code is a thread" $in 'skip_global_code();
    }' 'break;
    }'

in=litmus/context.cpp
mutant "events without end" $in 'test.program.events.size() > limits::events' 'false'
mutant "numbers without end" $in 'value <= limits::number && value >= -limits::number' 'true'

in=encode/fault.cpp
mutant "a thread goes on after a fault" $in \
  'stopped.events[e.id].guard = term::both(or_true(e.guard), on);' ''
mutant "what was not read is assumed all the same" $in \
  'assumption = term::either(assumption, unread);' ''
mutant "nothing is assumed where there is a fault" $in \
  'assumption = term::either(assumption, unread);' 'assumption = term::constant(1);'
mutant "large numbers have the bits of small ones" encode/values.cpp \
  'width_{large ? std::size_t{36} : 16}' 'width_{large ? std::size_t{16} : 16}'
mutant "writes go anywhere" encode/communication.cpp '(program_.closed && e.act == Act::write' \
  '(false && e.act == Act::write'
score
