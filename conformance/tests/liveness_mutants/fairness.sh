# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# What is fair, what is a violation, and what may be repeated.
set -euo pipefail
source "$LOCKSTEP_SOURCE/conformance/tests/liveness_mutants/liveness.bash"

in=lasso.cpp
mutant "strong fairness is taken for weak" $in \
  '(f.strong ? duty.if_state : duty.not_state) = f.enabled;' 'duty.not_state = f.enabled;'
mutant "weak fairness is taken for strong" $in \
  '(f.strong ? duty.if_state : duty.not_state) = f.enabled;' 'duty.if_state = f.enabled;'
mutant "the fairness of the first action is forgotten" $in 'for (const Fair& f : fair) {' \
  'for (const Fair& f : fair) { if (&f == &fair.front()) continue;'
mutant "the fairness of the last action is forgotten" $in 'for (const Fair& f : fair) {' \
  'for (const Fair& f : fair) { if (&f == &fair.back()) continue;'
mutant "nothing may stay where it is" $in 'if (judge(one)) {' \
  'if (one.size() == 1) { one.clear(); } else if (judge(one)) {'
mutant "what stays is fair" $in 'const bool stays = fulfils({node}, {});' \
  'const bool stays = true;'
mutant "a component with strong fairness undone is given up" $in \
  'if (!duty.if_state) nodes.clear();' 'nodes.clear();'
mutant "states do not have to be done" $in \
  '(duty.state && graph_.states(node, *duty.state))' 'false'
mutant "steps do not have to be done again" $in 'for (const std::size_t q : clause.again_steps) {' \
  'for (const std::size_t q : std::vector<std::size_t>{}) {'
mutant "a duty counts as done by a step into the component" $in \
  'done = within(e, node) && does(duty, e);' 'done = does(duty, e);'
mutant "what is always so is not asked" $in 'return may_stay(node) && std::ranges::all_of(' \
  'return may_stay(node) || std::ranges::all_of('
mutant "what a violation stays in is not asked" $in \
  'return !clause_.stays || graph_.states(node, *clause_.stays);' \
  'return !clause_.stays || graph_.states(node, *clause_.stays) || true;'
mutant "a violation begins anywhere" $in \
  'return may_stay(node) && (!clause_.from || graph_.states(node, *clause_.from));' \
  'return may_stay(node);'
mutant "the stem stays in it too" $in 'if (place % 2 == 1) {
          if (may_stay(to))' 'if (place % 2 == 1 || true) {
          if (may_stay(to))'
mutant "steps that must not be may be repeated" $in \
  '[&](std::size_t q) { return graph_.steps(edge, q); });' \
  '[&](std::size_t q) { return q > 1000 && graph_.steps(edge, q); });'
mutant "a loop is closed too soon" $in \
  'return is_asked(duty, nodes) && !is_done(duty, nodes, closed);' 'return false;'

in=components.cpp
mutant "what comes back is not told" $in 'low_[before] = std::min(low_[before], low_[node]);' ''
mutant "what is open is not seen" $in 'low_[node] = std::min(low_[node], index_[to]);' ''
mutant "parts run together" $in 'parts[to] != part || ' ''

in=asked.cpp
mutant "an action is taken by any step" $in \
  '[&](const State& s) { return std::ranges::equal(s, after); });' \
  '[&](const State&) { return true; });'
mutant "an action that changes nothing is enabled" $in \
  'if (differ(action.changes, state_, after_)) action' 'action'
mutant "nothing is ever enabled" $in '= !action.leads_to.empty();' '= false;'
mutant "a step that changes nothing is one" $in 'return differ(step.changes, state_, after) &&' \
  'return'
mutant "the first premise on states alone counts" $in \
  'for (const tla::Expr& e : clause.always) out.always.push_back(state(e));' ''
mutant "a subscript is everything" $in \
  'if (std::ranges::find(variables, slots[i].variable) != variables.end()) out' 'out'

in=graph.cpp
mutant "steps are not looked at" $in \
  'if (asked_.of_step(i, system_.state())) graph_.steps' 'if (false) graph_.steps'

in=view_premise.cpp
mutant "views that differ are let be" $in 'view.shows != shows' 'false'
mutant "where a step leads is not looked at" $in \
  'row_.push_back(static_cast<std::int64_t>(half))' 'row_.push_back(half == 1)'
mutant "only the first states are followed" $in 'if (view.followed < follow_) {' \
  'if (view.followed < 1) {'
mutant "conditions are not compared" $in '{0, i, asked_.of_state(i)}' '{0, i, 0}'
mutant "invariants are not compared" $in 'properties_->all_at(state_.data())' \
  'std::vector<std::string>{}'
mutant "properties of steps are not compared" $in \
  'properties_->all_by(state_.data(), after.data())' 'std::vector<std::string>{}'
score
