# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of what carries out a thread: statements, expressions, calls.
source "$LOCKSTEP_SOURCE/conformance/tests/reader_mutants/litmus.bash"

in=litmus/statements.cpp
mutant "no else branch" $in \
  'if (otherwise) side(term::negate(condition), otherwise);' ''
mutant "else where the condition holds too" $in 'side(term::negate(condition), otherwise)' \
  'side(condition, otherwise)'
mutant "else begins with what then left" $in 'registers_ = before;' ''
mutant "a condition reaches beyond its body" $in 'builder_.leave();' ''
mutant "a body does not depend on its condition" $in 'builder_.enter(when);' \
  'builder_.enter(term::constant(1));'
mutant "what two branches leave depends on the condition" $in \
  'term::join(condition, value, known(registers_, name))' \
  'term::ite(condition, value, known(registers_, name))'
mutant "what two branches leave is that of then" $in \
  'term::join(condition, value, known(registers_, name))' 'value'
mutant "what else assigns alone is lost" $in \
  'for (const auto& [name, value] : registers_) taken.emplace(name, term::constant(0));' ''
mutant "a loop goes round once more" $in 'iteration >= limits::iterations' \
  'iteration > limits::iterations'
mutant "a loop goes round once less" $in 'iteration >= limits::iterations' \
  'iteration + 1 >= limits::iterations'
mutant "a loop that is cut off ends" $in 'builder_.assume(term::negate(again));' ''
mutant "a loop is cut off in silence" $in 'context_.test.cut_loops = true;' ''
mutant "a body that comes first counts for nothing" $in 'statements(s.body);
      loop(s, 1);' 'loop(s, 1);'
mutant "a loop does not step" $in 'if (s.step != nullptr) effect(s.step);' ''
mutant "an RCU section ends in a branch that is not taken" $in \
  'builder_.join_rcu(condition, std::move(taken_rcu));' '(void)taken_rcu;'
mutant "what is declared and never assigned is unknown" $in \
  'for (const std::string& name : locals_) registers_.emplace(name, term::constant(0));' ''
mutant "what is assigned in a branch is no variable" $in 'find_locals(s.otherwise, out);' ''

in=litmus/expressions.cpp
mutant "a plain read is READ_ONCE()" $in 'o.cell, Order::plain);
  context_.check_events(place);
  return v;' 'o.cell, Order::once);
  context_.check_events(place);
  return v;'
mutant "a plain write is WRITE_ONCE()" $in 'o.cell, v, Order::plain)' 'o.cell, v, Order::once)'
mutant "?: flows from its condition" $in 'term::join(c, then, otherwise)' \
  'term::ite(c, then, otherwise)'
mutant "both sides of ?: happen" $in \
  'branch(
      c, e.place, [&] { then = value(e.args[1]); }, [&] { otherwise = value(e.args[2]); });' \
  'then = value(e.args[1]); otherwise = value(e.args[2]);'
mutant "what follows && always happens" $in 'if (has_effects(e.args[1])) {' 'if (false) {'
mutant "what follows || happens as after &&" $in 'conjunction ? a : term::negate(a)' 'a'
mutant "&& is ||" $in 'const bool conjunction = e.text == "&&";' 'const bool conjunction = false;'
mutant "x++ is ++x" $in 'return gives_old ? before : after;' 'return after;'
mutant "an element is the first" $in 'return context_.cell(base->text, i);' \
  'return context_.cell(base->text, term::constant(0));'
mutant "no bounds of an array" $in 'i->value < 0 || i->value >= size' 'false'
mutant "~ is -" $in 'e.text == "~" ? -1 : 0' '0'
mutant "! is the value" $in 'if (e.text == "!") return term::eq(v, term::constant(0));' \
  'if (e.text == "!") return v;'
mutant "NULL is 1" $in 'if (e.text == "NULL" || e.text == "false") return term::constant(0);' \
  'if (e.text == "NULL" || e.text == "false") return term::constant(1);'
mutant "an unknown name is a variable of its own" $in 'if (context_.variables.contains(e.text)) {' \
  'if (false) {'
mutant "what nothing assigns is not told" $in \
  'context_.note_unassigned(thread_.number, name);' ''

in=litmus/compute.cpp
mutant "an address does not depend on what is added" $in \
  'term::ite(term::eq(by, term::constant(0)), pointer, nowhere)' 'pointer'
mutant "an address that moves leads to the same place" $in 'pointer, nowhere)' 'pointer, pointer)'
mutant "> is <" $in 'compute("<", b, a, place, context)' 'compute("<", a, b, place, context)'
mutant ">= is >" $in 'compute("<=", b, a, place, context)' 'compute("<", b, a, place, context)'
mutant "a shift is by one less" $in 'term::constant(Atom{1} << *right)' \
  'term::constant(Atom{1} << *right >> 1)'
mutant "arithmetic on addresses" $in 'if (!compares && (is_address(a) || is_address(b))) {' \
  'if (false) {'
mutant "values that grow are not watched" $in \
  'if (!compares && result->op != Op::constant) context.computed.push_back({result, place});' ''

in=litmus/calls.cpp
mutant "nobody waits for a lock" $in \
  'if (p->granted != nullptr) builder_.assume(resolve(p->granted));' ''
mutant "events have no marks" $in 'context_.program().events[i].marks |= p->marks;' ''
mutant "the read of an operation has no marks" $in 'std::size_t i = first;' \
  'std::size_t i = context_.program().events.size() - 1;'
mutant "no event is open" $in 'context_.program().events[i].open = open;' ''
mutant "smp_store_mb() is a store" $in 'builder_.store_mb(site, args.cell, written)' \
  'builder_.write(site, args.cell, written, Order::once)'
mutant "an operation never fails" $in 'with_arguments(p.writes_if, args, place));
      note' 'nullptr);
      note'
mutant "try_cmpxchg() does not tell what it found" $in \
  'term::join(success, args.values[1], old)' 'args.values[1]'
mutant "assume() assumes nothing" $in \
  'case Does::assume: builder_.assume(args.values[0]); break;' 'case Does::assume: break;'
mutant "rcu_read_unlock() does nothing" $in 'builder_.rcu_unlock(site)' '(void)site'
mutant "synchronize_rcu() does nothing" $in 'builder_.grace(site)' '(void)site'
mutant "what an operation computes is not watched" $in \
  'note_computed(builder_.last().value, place);' ''
mutant "any number of arguments" $in 'e.args.size() != p.arguments.size()' \
  'e.args.size() < p.arguments.size()'
score
