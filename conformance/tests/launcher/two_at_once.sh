# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Two launchers wait for each other while they build, and not while the programs run.
source "$LOCKSTEP_SOURCE/conformance/tests/launcher/small_tree.bash"
make_small_tree
"$tree/lockstep" first >first.out 2>first.err &
one=$!
"$tree/lockstep" second >second.out 2>second.err &
two=$!
wait "$one"; wait "$two"
is first "[first] jar none" "$(cat first.out)"
is second "[second] jar none" "$(cat second.out)"
is "one of them waited" 1 "$(cat first.err second.err | grep -c 'waiting for another launcher')"

"$tree/lockstep" sleep >sleep.out &
sleeper=$!
for _ in {1..100}; do [[ -s sleep.out ]] && break; sleep 0.1; done
is "beside a running program" "[list] jar none" "$(timeout 20 "$tree/lockstep" list)"
kill "$sleeper"
status=0; wait "$sleeper" || status=$?
is "the signal reached the program itself" 143 "$status"
