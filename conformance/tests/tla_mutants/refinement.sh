# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of what takes a refinement apart, and of what asks it of steps.
source "$LOCKSTEP_SOURCE/conformance/tests/tla_mutants/tla.bash"

in=refinement.cpp
mutant "the start is any" $in 'out.start = truth(named("Init"), scope);' \
  'out.start = make_boolean(true, spec.place);'
mutant "no step may leave it as it is" $in 'out.stays = staying(named("vars"), scope, spec.place);' \
  'out.stays = make_boolean(false, spec.place);'
mutant "every step leaves it as it is" $in 'out.stays = staying(named("vars"), scope, spec.place);' \
  'out.stays = make_boolean(true, spec.place);'
mutant "what WITH says is not looked at" $in 'if (names.contains(name)) continue;' ''
mutant "every Spec is plain" $in 'if (!spec.plain_spec) {' 'if (false) {'
mutant "what stands for nothing may" $in 'if (find(module_, name).module == nullptr) {' 'if (false) {'

in=expand_function.cpp
mutant "a prime of what stands for a variable is lost" $in 'e->primed = primed_;' ''
mutant "UNCHANGED looks at the first alone" $in \
  'for (const NodePtr& arg : of.args) same.push_back(staying(*arg, scope, place));' \
  'same.push_back(staying(*of.args.front(), scope, place));'
score
