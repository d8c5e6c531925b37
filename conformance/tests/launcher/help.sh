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

# Nor does a shell that asks what may stand there.
is candidates "" "$("$tree/lockstep" completion candidates -- list '')"
[[ ! -e $tree/build ]]

# So do the help of the suite, and a command that there is not.
"$tree/lockstep" test --help >help
grep -q '^Usage: ./lockstep test ' help
status=0; "$tree/lockstep" lits >out 2>err || status=$?
is status 2 "$status"
grep -q "no command 'lits'; see .*lockstep --help" err
[[ ! -s out && ! -e $tree/build ]]

# The program that the launcher calls has `test` and the variables in its help too.
LOCKSTEP_LAUNCHER=./lockstep "$LOCKSTEP_PROGRAM" --help >built
grep -q '^  test ' built
for variable in LOCKSTEP_NO_INSTALL TLA2TOOLS_JAR LOCKSTEP_BUILD_DIR; do
  grep -q "^  $variable=" built
done

# A folder that cannot be written is said in one line, with the status of the user's mistakes.
mkdir locked
: >locked/launcher.lock
chmod 0500 locked; chmod 0400 locked/launcher.lock
if [[ ! -w locked/launcher.lock ]]; then  # not so for root
  status=0; LOCKSTEP_BUILD_DIR=$PWD/locked "$tree/lockstep" list >out 2>err || status=$?
  is status 2 "$status"
  is lines 1 "$(wc -l <err)"
fi
rm -rf locked
mkdir -p locked/launcher.lock  # nobody can write this one
status=0; LOCKSTEP_BUILD_DIR=$PWD/locked "$tree/lockstep" list >out 2>err || status=$?
is status 2 "$status"
is lines 1 "$(wc -l <err)"
grep -q 'locked: cannot be written; LOCKSTEP_BUILD_DIR=DIR' err

# What it reads from the sources is what the program's own help lists.
"$LOCKSTEP_PROGRAM" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\{1,\}\) .*/\1/p' | sort >program
root=$LOCKSTEP_SOURCE
source <(sed -n '/^commands() {/,/^}/p' "$root/lockstep")
commands | cut -f 1 | sort >launcher
diff program launcher
