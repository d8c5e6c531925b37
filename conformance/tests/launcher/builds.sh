# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Builds, hands arguments and status through, notices new files, stands a path with blanks.
source "$LOCKSTEP_SOURCE/conformance/tests/launcher/small_tree.bash"
make_small_tree
is arguments "[list][a b][] jar none" "$("$tree/lockstep" list 'a b' '')"
status=0; "$tree/lockstep" list 3 >/dev/null || status=$?
is status 3 "$status"
is "only build/ was made" "CMakeLists.txt CMakePresets.json build conformance lockstep" \
  "$(cd "$tree" && echo *)"

mkdir elsewhere
is "another directory" "[x] jar none" "$(cd elsewhere && '../a small tree/lockstep' x)"
ln -s "$tree/lockstep" link
is "a link" "[x] jar none" "$(./link x)"
is "another build directory" "[x] jar none" "$(LOCKSTEP_BUILD_DIR=other "$tree/lockstep" x)"
[[ -x other/release/lockstep ]]

# A new file is compiled without being asked for; a broken one is reported with status 4.
echo '#error "this is new"' >"$tree/conformance/cli/new.cpp"
status=0; "$tree/lockstep" list >out 2>err || status=$?
is "status of a broken build" 4 "$status"
grep -q 'this is new' err
[[ ! -s out ]]
rm "$tree/conformance/cli/new.cpp"
is "after that" "[list] jar none" "$("$tree/lockstep" list)"

# The tree may move.
mv "$tree" "moved tree"
is "a moved tree" "[list] jar none" "$('moved tree/lockstep' list)"
