# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# What formulas of behaviours say.
set -euo pipefail
part=tla
source "$LOCKSTEP_SOURCE/conformance/tests/liveness_mutants/liveness.bash"

in=temporal.cpp
mutant "SF is read as WF" $in 'FairAction fair{one.text == "SF", ' 'FairAction fair{false, '
mutant "WF is read as SF" $in 'FairAction fair{one.text == "SF", ' 'FairAction fair{true, '
mutant "a conjunction is its first part" $in \
  'for (const NodePtr& arg : node.args) conjuncts(*arg, scope, found);' \
  'conjuncts(*node.args[0], scope, found);'
mutant "\\A is of the first" $in 'for_each(node, scope, bound, name + 1, with, found);
      bound_.resize(outer);' 'for_each(node, scope, bound, name + 1, with, found);
      bound_.resize(outer); break;'
mutant "a premise is forgotten" $in 'premise(*one.args[0], in, more);' \
  '{ LiveClause none; premise(*one.args[0], in, none); }'
mutant "[]<> is read as <>[] in a premise" $in '(again ? out.again : out.always).push_back' \
  '(again ? out.always : out.always).push_back'
mutant "<>[] is read as []<> in a premise" $in '(again ? out.again : out.always).push_back' \
  '(again ? out.again : out.again).push_back'
mutant "[A]_v is read as <<A>>_v" $in \
  'is(node, "[A]") ? make_not(holds, node.place) : holds' 'holds'
mutant "P ~> Q is read as Q ~> P" $in 'leads_to(*node.args[0], *node.args[1], scope, out);' \
  'leads_to(*node.args[1], *node.args[0], scope, out);'
mutant "[]<>P is read as <>[]P" $in 'out.always.push_back(not_state(what, scope));' \
  'out.again.push_back(not_state(what, scope));'
mutant "<>[]P is read as []<>P" $in 'out.again.push_back(not_state(what, scope));' \
  'out.always.push_back(not_state(what, scope));'
mutant "<>P is read as [](<>P)" $in 'out.stays = not_state(of, scope);
      }' 'out.always.push_back(not_state(of, scope));
      }'
mutant "[]P is read as P" $in 'out.from = not_state(of, scope);' \
  'out.stays = not_state(of, scope);'
score
