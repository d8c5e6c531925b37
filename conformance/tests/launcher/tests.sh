# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# `lockstep test` builds everything and ends with ctest's summary; a failure is status 1.
source "$LOCKSTEP_SOURCE/conformance/tests/launcher/small_tree.bash"
unset CTEST_PARALLEL_LEVEL
make_small_tree
"$tree/lockstep" test >out 2>err || { cat out err; exit 1; }
grep -q '100% tests passed, 0 tests failed out of 1' out
echo 'add_test(NAME wrong COMMAND lockstep list 1)' >>"$tree/CMakeLists.txt"
status=0; "$tree/lockstep" test -R wrong >out 2>err || status=$?
is status 1 "$status"
grep -q '0% tests passed, 1 tests failed out of 1' out
