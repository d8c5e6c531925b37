# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Before anything is built, help and version cost nothing and make nothing.
source "$LOCKSTEP_SOURCE/conformance/tests/launcher/small_tree.bash"
make_small_tree
"$tree/lockstep" --help >help
grep -q '^  list *what there is$' help
grep -q '^  test ' help
is version "lockstep 9.8.7" "$("$tree/lockstep" --version)"
[[ ! -e $tree/build ]]

# What it reads from the sources is what the program's own help lists.
"$LOCKSTEP_PROGRAM" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\{1,\}\) .*/\1/p' | sort >program
sed -n 's/^const Command [a-z_]*{"\([a-z]*\)", "\(.*\)",$/\1/p' \
  "$LOCKSTEP_SOURCE"/conformance/cli/*.cpp | sort >launcher
diff program launcher
