# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of the relation: what a step needs, what it does, what it leaves alone.
source "$LOCKSTEP_SOURCE/conformance/tests/prover_mutants/prover.bash"

in=step.cpp
mutant "a step from any place" $in \
  'require(pc().term == sig_.context().int_val(sig_.code(from)));' ''
mutant "a step to the place it is at" $in \
  'const int to = sig_.code(automaton_.nodes[way_.to].name);' 'const int to = sig_.code(from);'
mutant "a task that is no object" $in \
  'require(sig_.is_object(step_.task) && sig_.is_there(step_.task));' ''
mutant "guards are not needed" $in \
  'if (node.guard != nullptr) require(truth_of(node.guard));' ''
mutant "conditions of edges are not needed" $in \
  'if (edge.condition != nullptr) require(truth_of(edge.condition));' ''
mutant "a choice of nothing" $in \
  'require(sig_.is_object(chosen) && sig_.is_there(chosen));' ''
mutant "an access writes always" $in 'value_for(target, node.new_value), node.writes_if);' \
  'value_for(target, node.new_value), nullptr);'
mutant "locals are not updated" $in 'step_.after.write(function, {step_.task}, value);' ''
mutant "a group writes nothing" $in \
  'for (const auto& [target, value] : writes) write(target, value);' ''
mutant "an increment is one access" $in \
  'if (reads_its_cell(node.new_value)) touch(Touch::Kind::read, target);' ''
mutant "what is peeked at before a site is so behind it" $in \
  'step_.at_site == 0 ? Touch::Kind::peek' 'false ? Touch::Kind::peek'
mutant "what is read besides is not" $in 'touch(Touch::Kind::read, target);
      terms_' 'terms_'
mutant "a plain write is none" $in 'write(target, value_for(target, node.new_value));' ''
mutant "use after free is allowed" $in \
  'if (f.page) oblige(cell.field + ": use after free", !slab_is(object.term, "none"));' ''
mutant "wild references are allowed" $in \
  'oblige(cell.field + ": a wild reference", sig_.is_object(object.term));
    if (f.page)' 'if (f.page)'
mutant "reads of nothing are allowed" $in '             !*value.null);' \
  '             sig_.context().bool_val(true));'
mutant "double frees are allowed" $in \
  'oblige(node.cell.kind + ": double free", slab_is(object, "used"));' ''
mutant "what is in use is handed out" $in \
  'require(at_once ? !slab_is(object, "used") : slab_is(object, "none"));' ''
mutant "a section is not entered" $in 'case Kind::rcu_lock: set_rcu(true); return;' \
  'case Kind::rcu_lock: return;'
mutant "a section is not left" $in '    set_rcu(false);' ''
mutant "who leaves is still waited for" $in \
  'return choose(at[1] == task, {task.ctx().bool_val(false), {}}, before);' 'return before;'
mutant "pages in use may go" $in \
  'require(sig_.for_all(pages, z3::implies(goes(v), slab_is(v, "free"))));' ''
mutant "pages that are waited for may go" $in \
  'require(sig_.for_all(bound, z3::implies(goes(v) && sig_.is_object(q), !waits)));' ''
mutant "pages never go at the end of a section" $in \
  'release(objects, [goes](const z3::expr& object) { return goes(object); });' ''
mutant "what is in a page stays when it goes" $in \
  'return choose(goes(at.front()), nothing(sig, f, before), before);' 'return before;'
mutant "a page goes although a section is open" $in \
  'require(
          sig_.for_all(bound, z3::implies(sig_.is_object(q) && now.read(rcu, {q}).term, waits)));' ''
mutant "nobody is waited for" $in \
  'return choose(at[0] == waiting, now.read(rcu, {at[1]}), before);' 'return before;'
mutant "a task waits for nobody" $in \
  'for (const std::size_t g : graces(step_.task.get_sort())) note_sections(g, step_.task);' ''
mutant "a task does not wait" $in \
  'require(sig_.for_all(bound, z3::implies(sig_.is_object(q), !waits)));' ''
mutant "a task waits for ever" $in 'if (roles[r].sync) end_waits(sig_.role(r));' ''
mutant "a task may wait for itself" $in 'if (own) {' 'if (false) {'
mutant "what is left to call_rcu goes at once" $in \
  'if (node.kind == Kind::free && lifetime_of(node.cell)' 'if (lifetime_of(node.cell)'
mutant "the link of the slab overwrites nothing" $in \
  'step_.after.write(lost, {object}, nothing(sig_, sig_.functions()[lost], before));' ''
mutant "who was waited for is waited for in the next life" $in \
  'return choose(at[0] == object, {object.ctx().bool_val(false), {}}, before);' 'return before;'
mutant "any choice is of objects" $in 'if (sort && other && z3::eq(*sort, *other)) continue;' \
  'continue;'
mutant "Null is calculated with" $in \
  'oblige("a calculation with what nobody has written", is_number);' '(void)is_number;'

in=structure.cpp
mutant "a write is of every place" $in 'return choose(same.simplify(), value, before);' \
  'return value;'
mutant "of an element the first key alone counts" $in \
  'for (std::size_t i = 1; i < at.size(); ++i) same = same && here[i] == at[i];' ''
mutant "Null equals any number" $in \
  'return (x && y) || (!x && !y && a.term == b.term);' 'return x || y || a.term == b.term;'
mutant "a choice forgets Null" $in \
  'if (then.null || otherwise.null) out.null = z3::ite(condition, is_null(then), is_null(otherwise));' ''
score
