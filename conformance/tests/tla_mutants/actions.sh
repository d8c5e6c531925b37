# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of what takes actions apart, and of what runs them.
source "$LOCKSTEP_SOURCE/conformance/tests/tla_mutants/tla.bash"

in=expand_function.cpp
mutant "EXCEPT on the wrong key" $in 'make_equal(key, out->keys[i], update.place)' \
  'make_equal(key, out->keys[out->keys.size() - 1 - i], update.place)'
mutant "the last update alone" $in 'out = updated(out, *node.args[i], 0, scope);' \
  'out = updated(any(*node.args[0], scope), *node.args[i], 0, scope);'
mutant "@ is nothing" $in 'inner.names.insert_or_assign("@", old.scalar);' \
  'inner.names.insert_or_assign("@", make_integer(0, update.place));'
mutant "a function has one value" $in 'if (same(f.keys[i], key)) return f.values[i];' \
  'if (same(f.keys[i], key)) return f.values[0];'
mutant "outside of its domain a function is its first value" $in \
  'Value out{make_undefined("a function is applied outside of its domain", place), nullptr};' \
  'Value out = f.values.front();'
mutant "CASE out of order" $in 'for (auto arm = open.rbegin(); arm != open.rend(); ++arm) {' \
  'for (auto arm = open.begin(); arm != open.end(); ++arm) {'
mutant "CHOOSE takes the last" $in 'return a->number < b->number;' 'return a->number > b->number;'
mutant "CHOOSE of nothing is something" $in \
  'Value out{make_undefined("CHOOSE of a set of which none does", node.place), nullptr};' \
  'Value out{from.front(), nullptr};'
mutant "of several CHOOSE takes any" $in 'if (!numbers && candidates.size() > 1) {' 'if (false) {'
mutant "[x \\in S |-> e] has one value" $in 'bind(inner, bound.names[0], key, node.place);' \
  'bind(inner, bound.names[0], out->keys.front(), node.place);'
mutant "Len is one short" $in 'static_cast<std::int64_t>(of.function->keys.size())' \
  'static_cast<std::int64_t>(of.function->keys.size()) - 1'
mutant "a filter lets all through" $in \
  'element.counts = make_and({element.counts, condition(element.value)}, place);' ''
mutant "Cardinality counts all" $in 'make_choice(element.counts, {one' \
  'make_choice(make_boolean(true, place), {one'
mutant "a prime is ignored" $in 'return known->second;
}

void Expander::variables' 'return variable(of.text, node.place);
}

void Expander::variables'

in=expand_action.cpp
mutant "\\/ stops too early" $in 'act(*arg, scope, at.next.emplace_back(), assigned, rest);' \
  'act(*arg, scope, at.next.emplace_back(), assigned, rest); break;'
mutant "IF is turned" $in 'then(at.next[0]);
  otherwise(at.next[1]);' 'then(at.next[1]);
  otherwise(at.next[0]);'
mutant "UNCHANGED forgets the last" $in 'if (i == names.size()) return rest(here, now);' \
  'if (i + 1 >= names.size()) return rest(here, now);'
mutant "a second value does not matter" $in \
  'if (guard(equal(known->second, value, place), at)) rest(at, assigned);' 'rest(at, assigned);'
mutant "what has no value keeps it" $in 'if (value == assigned.end()) {' \
  'if (value == assigned.end() && !initial_) continue;
    if (value == assigned.end()) {'
mutant "\\E takes the first" $in \
  'exists(node, scope, bound, name + 1, with, next, assigned, rest);' \
  'exists(node, scope, bound, name + 1, with, next, assigned, rest); break;'
mutant "\\A asks of the first" $in \
  '[&](ActionTree& after, const Assigned& then) { from(i + 1, after, then); });' '
                  [&](ActionTree& after, const Assigned& then) { rest(after, then); });'
mutant "guards are forgotten" $in 'at.guards.push_back(e);' ''
mutant "\\E of what is not in the set" $in 'if (!guard(element.counts, next)) continue;' ''

in=function.cpp
mutant "IF of values is turned" $in 'make_if(condition, a.scalar, b.scalar, place)' \
  'make_if(condition, b.scalar, a.scalar, place)'
mutant "functions are equal where one cell is" $in 'return make_and(cells, place);' \
  'return make_or(cells, place);'

in=where.cpp
mutant "a task stands where the first of \\/ says" $in '          widen(out, here);' ''
mutant "a \\/ of which one says nothing says something" $in \
  'std::erase_if(out, [&](const auto& entry) { return !other.contains(entry.first); });
  for (auto& [cell, values] : out) values' \
  'for (auto& [cell, values] : out) if (other.contains(cell)) values'

in=compiled_action.cpp
mutant "a step reads what it has written" $in 'value_of(evaluate, e, before.data())' \
  'value_of(evaluate, e, after.data())'
mutant "what is chosen is the first" $in 'way.next[value(way.condition) != 0 ? 0 : 1]' \
  'way.next[0]'

in=assigned_sort.cpp
mutant "a cell holds anything" $in 'if (sort == slot.sort || null) return;' 'return;'
score
