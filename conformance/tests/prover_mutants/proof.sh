# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of what is asked of the relation: goals, counted sets, the initial state, verdicts.
source "$LOCKSTEP_SOURCE/conformance/tests/prover_mutants/prover.bash"

in=engine.cpp
mutant "the number of members stays" $in \
  'return ghost(set, arguments) - one_if(engine.before_) + one_if(step.after);' \
  'return ghost(set, arguments);'
mutant "who leaves is counted still" $in '- one_if(engine.before_) + one_if' '+ one_if'
mutant "who enters is not counted" $in \
  '- one_if(engine.before_) + one_if(step.after);' '- one_if(engine.before_);'
mutant "a number of members may be negative" $in \
  'out.push_back(arguments.empty() ? n >= 0 : signature_.for_all(bound, n >= 0));' ''
mutant "members are not counted before" $in \
  'bound, z3::implies(translator_.is_member(set, arguments, task, before_), n >= 1)));' \
  'bound, n >= 0));'
mutant "other members are not counted after" $in \
  'if (z3::eq(constant.get_sort(), set->members)) member(constant);' ''
mutant "whom nobody counts is there" $in \
  'if (!z3::eq(e.decl(), set.count)) continue;' 'continue;'
mutant "of what is counted there is none" $in 'out.push_back(e == 0 ||' 'out.push_back(e != 0 ||'
mutant "the goal is not denied" $in 'given.denial.push_back(!translated(says));' \
  'given.denial.push_back(translated(says));'
mutant "goals are forgotten" $in \
  'given.denial.push_back(!translated(says)); out.push_back(std::move(given));' \
  'given.denial.push_back(!translated(says));'
mutant "parts that a step touches are left out" $in \
  'return std::ranges::none_of(goal.asks, changed);' \
  'return !std::ranges::all_of(goal.asks, changed);'
implied "no part is left out" $in \
  'std::erase_if(out, [&](const Goal& goal) { return std::ranges::none_of(goal.asks, changed); });' \
  '(void)changed;' "a part of which nothing changed is among what is known; it is for speed"
mutant "no obligation" $in 'out.emplace_back(o.what, std::move(goal));' ''
mutant "the step is not assumed" $in \
  'for (const z3::expr& c : steps_[way].conditions) solver.add(c);' '(void)way; (void)solver;'
mutant "what follows is asked of the state after" $in \
  'split(property.says, {before_, nullptr, ghost}, {}, empty(), out);' \
  '(void)property;'
mutant "of an action both states are one" $in '{before_, &steps_[way].after, ghost}' \
  '{before_, &before_, ghost}'
mutant "a conjunct is asked of the state before" $in '{step.after, nullptr, count}' \
  '{before_, nullptr, count}'
mutant "at the start nobody is a member" $in \
  'return member.check() == z3::unsat ? z3::ite(objects, context_.int_val(0), any) : any;' \
  'return context_.int_val(0);'
mutant "assumptions are of states too" $in 'if (!of_a_state) return nullptr;' 'return nullptr;'

in=translate.cpp
mutant "Null is quantified over, everywhere" $in 'guards.push_back(sig_.is_object(x));' ''
mutant "there is what there is not" $in \
  ': sig_.exists(bound, all && says);' ': sig_.exists(bound, z3::implies(all, says));'
mutant "Null is in every set" $in \
  'return sig_.is_object(value(e.args[0], states, scope, &sort).term);' \
  'return yes;'
mutant "Null is an Int" $in 'return number.null ? !*number.null : yes;' 'return yes;'
mutant "primes are not seen" $in \
  'return (e->primed ? *states.after : states.now).read(f, at);' \
  'return states.now.read(f, at);'
mutant "sets may ask about cells" $in 'if (!f || !sig_.functions()[*f].role) {' 'if (!f) {'
mutant "sets may depend on Null" $in \
  'if (argument.null)
      refuse(*of, "a set that is counted may not depend on a number that can be Null");' ''
mutant "Null is a member" $in 'return sig_.is_object(task) && truth' 'return truth'
mutant "strings are numbers" $in 'if (is_text(e, scope)) refuse(*e, "a string is no number");' ''
mutant "implication is conjunction" $in 'return z3::implies(at(0), at(1));' 'return at(0) && at(1);'
mutant "< is <=" $in 'return number(0) < number(1);' 'return number(0) <= number(1);'

in=initial.cpp
mutant "everything starts in use" $in 'signature.code("none")' 'signature.code("used")'
mutant "a local starts as 0" $in 'return {c.int_val(null ? 0 : atom), c.bool_val(null)};' \
  'return {c.int_val(0), c.bool_val(false)};'

in=terms.cpp
mutant "< of the automaton is <=" $in \
  'case Op::lt: return integer(term->args[0]) < integer(term->args[1]);' \
  'case Op::lt: return integer(term->args[0]) <= integer(term->args[1]);'
mutant "an object's name is Null" $in \
  'if (sig_.is_nothing(name)) return {sig_.nothing_of(wanted, name), {}};' \
  'if (is_symbol(term->value)) return {sig_.null_of(wanted), {}};'

in=signature.cpp
mutant "a task may stand where another role's do" $in 'value >= least && value <= most;' \
  'value >= least || value <= most;'
mutant "what names no object but Null is one" $in \
  'for (std::size_t i = 1; i < all.size(); ++i) is = is && value != all[i].second;' ''

in=ways.cpp
mutant "one way is enough" $in 'if (seen.insert(out_[i].to).second) pending.push_back(out_[i].to);' \
  'seen.insert(out_[i].to);'

in=induction.cpp
mutant "unknown is proved" $in 'if (result == z3::unsat) return true;' \
  'if (result != z3::sat) return true;'
mutant "at once, what is unknown is shown" $in \
  'const bool shown = check(known, options_.patience_milliseconds, names_) == z3::unsat;' \
  'const bool shown = check(known, options_.patience_milliseconds, names_) != z3::unknown;'
mutant "what contradicts itself is proved" $in '      be_possible(false, "the assumptions");
' ''
mutant "the initial state is not asked about" $in \
  'show_all(start, {Query::What::initially, 0, &c}, "Init", c.name);' '(void)c;'
mutant "what was not asked of every step follows" $in 'i < held.size() && !over(); ++i) {
      if (held' 'i < held.size(); ++i) {
      if (held'

in=allows.cpp
mutant "what is not known to be excluded is allowed" $in \
  'const bool found = check(known, options.small_milliseconds) == z3::sat;' \
  'const bool found = check(known, options.small_milliseconds) != z3::unsat;'
mutant "what the solver takes for a state is allowed" $in \
  'if (!rooms.any.counts()) return {yes, ""};' 'return {yes, ""};'
mutant "what is not known is excluded" $in \
  'case z3::unknown: return {unknown, why};
    case z3::sat: break;' 'default: return {no, ""};'
in=atomic.cpp
mutant "who steps comes between his own accesses" $in 'one_role ? step.task != other.task' \
  'false ? step.task != other.task'
mutant "what is changed is not met" $in 'if (other.after.changed(touch.function)) {' 'if (false) {'
mutant "who reads does not meet a write" $in 'if (touch.kind != Kind::write || ' 'if (true || '
mutant "of a write only who changes it is asked" $in '(touch.kind == Kind::write &&' '(false &&'
mutant "another cell of the field is the same" $in 'same = same && theirs.at[i] == at[i];' ''
mutant "a task that has peeked may be anywhere" $in \
  'out.conditions.push_back(engine.before().read(pc, {step.task}).term == sig.code(to));' ''
mutant "what a task has peeked at is forgotten" $in \
  'return engine.before().read(i, {step.task}).term;' 'break;'
mutant "where the solver gives up others come between" $in 'found.unknown = sure < 2;' ''
in=engine.cpp
mutant "another task is the same" $in 'naming(signature_, "another ");' 'naming(signature_, "step ");'
mutant "there are more members than there are" $in 'ghost(set, arguments) == number;' \
  'ghost(set, arguments) >= number;'
mutant "what a state counts is not counted" $in \
  'translator_.truth(named.says, {before_, nullptr, ghost}, {});
    } catch' '} catch'
in=signature.cpp
mutant "one object counts as two" $in 'once = once && few[i] != few[before];' ''
in=translate.cpp
mutant "a set that is refused is another" $in 'if (!by_text_.contains(key)) {' \
  'if (by_text_.try_emplace(key, counted_.size()).second) {'

in=shown.cpp
mutant "every name is the same" $in 'names_.emplace(text, ' 'names_.emplace(std::string{}, '
mutant "what a term is made of is no part of it" $in \
  'for (unsigned i = 0; i < term.num_args(); ++i) add(term.arg(i));' ''
mutant "for all is there is" $in 'key = {term.is_forall() ? for_all : exists};' 'key = {exists};'
mutant "one variable is as good as another" $in 'key = {bound, Z3_get_index_value(c, term), ' \
  'key = {bound, 0, '
mutant "what is not understood is known" $in 'if (!key.empty() && key.front() == 0) return 0;' ''
mutant "a part that is not understood is no matter" $in 'understood && key.back() != 0' 'understood'
mutant "what is known need not be understood" $in \
  'const bool understood = from.empty() || from.front() != 0;' 'const bool understood = true;'
mutant "what is asked need not be understood" $in \
  'if (!understood || query.step == 0 || query.denied == 0) return;' 'if (!understood) return;'
mutant "what was shown from more is shown" $in 'std::ranges::includes(known, from)' \
  'std::ranges::includes(from, known)'
mutant "whatever it was shown from, it is shown" $in 'return std::ranges::includes(known, from);' \
  'return known.size() + from.size() > 0;'
implied "the sorts of what is bound are no matter" $in \
  '      key.push_back(name(z3::sort(c, Z3_get_quantifier_bound_sort(c, term, i))));
' '' "what is bound says its sort where it is used"

in=induction.cpp
mutant "nothing needs to be known" $in 'return shown_ == nullptr ? Shown::Texts{} : ' \
  'return true ? Shown::Texts{} : '
mutant "the invariant is no part of what is needed" $in \
  'for (const z3::expr& name : names) out.push_back(texts_of_names_.at(name.to_string()));' ''
mutant "every conjunct has the same text" $in \
  '= reading_->text(invariant.terms[i]);' '= reading_->text(names_[0]);'
mutant "what is asked anew does not know the invariant" $in \
  'out.set(first_named_ + i, term);' '(void)term;'
mutant "the step is no part of a query" $in 'query_.step = reading_->text(conditions);' \
  '(void)conditions; query_.step = 1;'
mutant "what is denied is no part of a query" $in 'query_.denied = reading_->text(denied);
    const' 'query_.denied = 1;
    const'
mutant "what is refuted was shown" $in 'if (result == z3::unsat) have_shown(denial, std::move(from));' \
  'have_shown(denial, std::move(from));'
mutant "what was not shown at once was shown" $in 'if (shown) have_shown(denial, needed(known));' \
  'have_shown(denial, known_);'
score
