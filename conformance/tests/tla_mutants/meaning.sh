# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of what puts definitions in their places, and of what folds.
source "$LOCKSTEP_SOURCE/conformance/tests/tla_mutants/tla.bash"

in=expand.cpp
mutant "a prime is ignored" $in 'e->primed = true;' ''
mutant "a prime on anything" $in 'if (!plain || !find(*scope.module, of.text).variable) {' \
  'if (false) {'
mutant "\\notin is \\in" $in 'return make_not(in, node.place);' 'return in;'
mutant "# is =" $in 'return make_not(make_equal(a, b, node.place), node.place);' \
  'return make_equal(a, b, node.place);'
mutant "> is <" $in 'make_arithmetic(Form::less, b, a' 'make_arithmetic(Form::less, a, b'
mutant ">= is >" $in 'make_arithmetic(Form::less_equal, b, a' 'make_arithmetic(Form::less, b, a'
mutant "- is +" $in 'of(Form::subtract)' 'of(Form::add)'
mutant "a list of \\/ is one of /\\" $in 'node.text == "/\\", scope)' 'true, scope)'
mutant "\\A is \\E" $in 'node.text == "\\A", here' 'false, here'
mutant "\\E is \\A" $in 'node.text == "\\A", here' 'true, here'
mutant "the last arm of CASE comes first" $in \
  'for (auto arm = open.rbegin(); arm != open.rend(); ++arm) {' \
  'for (auto arm = open.begin(); arm != open.end(); ++arm) {'
mutant "IF is turned" $in 'if (is_true(condition)) return value(*node.args[1], scope);' \
  'if (is_true(condition)) return value(*node.args[2], scope);'
mutant "an arm of CASE that cannot be is there" $in 'if (is_false(condition)) continue;' ''
mutant "OTHER is left out" $in 'if (!last) refuse(node.place, "a CASE without OTHER' \
  'if (!last && open.empty()) refuse(node.place, "a CASE without OTHER'
mutant "sets see the names beside them" $in 'set(*here.set, scope)' 'set(*here.set, inner)'
mutant "anything is asserted" $in '  const bool outer = asserted_;
  asserted_ = false;
  Expr out' '  const bool outer = asserted_;
  Expr out'
mutant "nothing comes of standard modules" $in 'if (!standard(scope, "Naturals")) {' 'if (false) {'
mutant "a key is dropped" $in 'e->args.push_back(term(*node.args[1], scope));' ''

in=names.cpp
mutant "names are captured" $in '!used_.insert(name).second' 'false'
mutant "a variable is named as a definition" $in 'find(module_, name).module != nullptr ||' ''
mutant "one name for what is bound" $in 'name + "#" + std::to_string(next_++)' 'name + "#"'
mutant "arguments are seen from the definition" $in 'Operator given{nullptr, &arg, &scope};' \
  'Operator given{nullptr, &arg, op.scope};'
mutant "a name may be bound twice" $in \
  'if (local(name, scope) != nullptr || find(*scope.module, name).module != nullptr) {' \
  'if (false) {'
mutant "the number of arguments does not matter" $in \
  'if (node.args.size() != parameters.size()) {' 'if (node.args.size() < parameters.size()) {'
mutant "what stays open is what the module says" $in \
  'if (known.definition == nullptr || constants_.parameters.contains(node.text)) return {};' \
  'if (known.definition == nullptr) return {};'
mutant "a constant that stays open has its value" $in \
  'if (constants_.parameters.contains(name)) return' 'if (false) return'

in=module_text.cpp
mutant "LOCAL names are seen by others" $in \
  'if (known.definition == nullptr || !known.definition->local) return known;' 'return known;'
mutant "a name may be defined twice" $in 'if (!seen.insert(definition.name).second) {' \
  'if (seen.insert(definition.name), false) {'
score
