# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of the lexer and the parser.
source "$LOCKSTEP_SOURCE/conformance/tests/tla_mutants/tla.bash"

in=lexer.cpp
mutant "/= is =" $in '{"/=", "#"}' '{"/=", "="}'
mutant ">= is <=" $in '{"\\geq", ">="}' '{"\\geq", "<="}'
mutant "comments do not nest" $in '++depth;
        at_ += 2;' 'depth = 1;
        at_ += 2;'
mutant "a tab is a column" $in "text_[at_] == ' ' || text_[at_] == '\\r'" \
  "text_[at_] == ' ' || text_[at_] == '\\t'"
mutant "++ is +" $in '"++",' ''
mutant "columns are those of the line before" $in 'start_of_line_ = at_;' ''
mutant "what is after the module is read" $in 'at_ < text_.size() && !module_ended()' \
  'at_ < text_.size()'

in=precedence.cpp
mutant "/\\ binds tighter than \\/" $in '{"/\\", {3, 3, true}}' '{"/\\", {4, 4, true}}'
mutant "<=> binds tighter than =" $in '{"<=>", {2, 2}}' '{"<=>", {6, 6}}'
mutant "=> and <=> are alike" $in '{"<=>", {2, 2}}' '{"<=>", {1, 1, true}}'
mutant "=> associates" $in '{"=>", {1, 1}}' '{"=>", {1, 1, true}}'
mutant "~ binds tighter than =" $in '{"~", {4, 4}}' '{"~", {6, 6}}'
mutant "~ binds weaker than /\\" $in '{"~", {4, 4}}' '{"~", {2, 2}}'
mutant "= associates" $in '{"=", {5, 5}}' '{"=", {5, 5, true}}'
mutant "\\ associates" $in '{"\\", {8, 8}}' '{"\\", {8, 8, true}}'
mutant "- binds as *" $in '{"-", {11, 11, true}}' '{"-", {13, 13, true}}'
mutant "% binds as *" $in '{"%", {10, 11}}' '{"%", {13, 13, true}}'
mutant ".. binds tighter than +" $in '{"..", {9, 9}}' '{"..", {12, 12}}'

in=parser.cpp
mutant "an item goes on below its bullet" $in 'raw().column > column_' 'raw().column >= column_'
mutant "columns do not matter" $in 'raw().column > column_ ?' 'true ?'
mutant "the column of the outer list is forgotten" $in '    column_ = outer;
  }
  const' '  }
  const'
mutant "a list has one item" $in \
  'while (raw().is(bullet.text) && raw().column == bullet.column) {' \
  'for (int once = 0; once == 0; once = 1) {'
mutant "a bullet may stand anywhere" $in \
  'while (raw().is(bullet.text) && raw().column == bullet.column) {' \
  'while (raw().is(bullet.text)) {'
mutant "any bullet goes on" $in 'if (other && raw().column == bullet.column) {' 'if (false) {'
mutant "operators of one precedence associate" $in \
  'last.left && last.token.text == next.text && binding.left' 'last.left && binding.left'
mutant "operators associate to the right" $in 'if (tighter(binding, last.binding)) return;' \
  'if (tighter(binding, last.binding) || last.token.text == next.text) return;'
mutant "operands are turned" $in '{std::move(last.left), operand}' \
  '{operand, std::move(last.left)}'
mutant "what does not bind is not told" $in 'if (!again && !tighter(last.binding, binding)) {' \
  'if (false) {'
mutant "a prefix operator after anything" $in '!tighter(*binding, pending.back().binding)) {' \
  'false) {'

in=parse_primary.cpp
mutant "THEN and ELSE are turned" $in \
  '{std::move(condition), std::move(then), expression()}' \
  '{std::move(condition), expression(), std::move(then)}'
in=parse_function.cpp
mutant "the last of the bound names only" $in \
  'bound.names.push_back(expect_name("a variable").text);
    while' 'expect_name("a variable");
    while'
in=parse_primary.cpp
mutant "an instance's name is a name" $in 'if (peek().is("!"))' 'if (false)'

in=units.cpp
mutant "an operator may be defined" $in \
  'if (tokens_[i].column == 1 && tokens_[i].type == Token::Type::name) {' 'if (false) {'
mutant "a unit ends anywhere" $in 'if (!begins_unit(parser_.position())) {
        parser_.unexpected' 'if (false) {
        parser_.unexpected'
mutant "a definition that is not understood ends the reading" $in 'error = reason;
      parser_.go_to(start);
      skip_unit();
      return nullptr;' 'throw;'
mutant "LOCAL is nothing" $in 'out.local = true;' ''
score
