# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# What is no folder of protocols, and what is no name of one: one line that says why, status 2.
export LOCKSTEP_ROOT=$LOCKSTEP_SOURCE
unset LOCKSTEP_PROTOCOLS

refused() {  # refused TEXT ARGUMENTS...
  local want=$1 status=0
  shift
  "$LOCKSTEP_PROGRAM" "$@" >out 2>err || status=$?
  [[ $status == 2 && ! -s out && $(wc -l <err) == 1 ]] && grep -qF -- "$want" err && return
  printf 'status %s, wanted 2 with "%s": %s\n' "$status" "$want" "$*"
  cat out err
  exit 1
}

no_name="is no name of a protocol; expected small letters, digits and _, as in ticket_lock"
for name in My-Lock Mylock my-lock 2nd _x x_ a/b ../x 'a b' ''; do
  refused "NAME: '$name' $no_name" new "$name" --into locks
done
refused "NAME: 'vma_refcnt' is a protocol of Lockstep's own; expected another name" \
  new vma_refcnt --into locks
refused "NAME: 'finite_sets' is taken: there is a module FiniteSets already" new finite_sets --into locks
refused "NAME: 'rcu' is taken: there is a module Rcu already" new rcu --into locks
refused "NAME: 'build' is taken: protocols are built in a folder of that name" new build --into locks
refused "--into" new ticket_lock
[[ ! -e locks ]]

mkdir -p made/ticket_lock own
refused "made/ticket_lock: is there already, and nothing is overwritten" new ticket_lock --into made
echo 'project(mine)' >own/CMakeLists.txt
refused "own/CMakeLists.txt: has no find_package(lockstep); expected that line, or another --into" \
  new ticket_lock --into own
[[ $(cat own/CMakeLists.txt) == 'project(mine)' && ! -e own/ticket_lock ]]

refused "nowhere: no such directory; expected a folder of your own protocols" \
  list protocols --protocols nowhere
refused "made: no protocol here; expected a folder with a protocol.json" \
  verify --protocols made
echo '{}' >made/ticket_lock/protocol.json
refused "made/CMakeLists.txt: no such file; expected \`find_package(lockstep REQUIRED)\`" \
  explore ticket_lock --protocols made
LOCKSTEP_PROTOCOLS=:made refused "made/CMakeLists.txt: no such file" list sites
mkdir -p taken/seq_mark
echo '{}' >taken/seq_mark/protocol.json
refused "taken/seq_mark: there is a protocol of this name already; expected another name" \
  list protocols --protocols taken
