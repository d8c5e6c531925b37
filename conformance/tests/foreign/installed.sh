# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# An installed program, called in another directory, makes a protocol of the user's, builds it and
# judges it; what is wrong in it is told with its place.
cmake --install "$(dirname -- "$LOCKSTEP_PROGRAM")" --prefix "$PWD/prefix" >log || { cat log; exit 1; }
unset LOCKSTEP_ROOT LOCKSTEP_PROTOCOLS LOCKSTEP_LAUNCHER
mkdir "else where"
cd "else where"
lockstep=$PWD/../prefix/bin/lockstep

says() {  # says STATUS TEXT COMMAND...: the status, and the text somewhere in what it prints
  local want=$1 text=$2 status=0
  shift 2
  "$@" >out 2>&1 || status=$?
  [[ $status == "$want" ]] && grep -qF -- "$text" out && return
  printf 'status %s, wanted %s with "%s": %s\n' "$status" "$want" "$text" "$*"
  cat out
  exit 1
}
change() {  # change FILE FROM TO
  cp -- "$1" kept
  sed -i "s|$2|$3|" "$1"
  ! cmp -s -- "$1" kept || { echo "$1 has no $2"; exit 1; }
}

# The skeleton is small, and passes as it stands. Its content is what a line says beside brackets
# alone, rulers, comments and includes.
says 0 'lockstep verify --protocols locks' "$lockstep" new ticket_lock --into locks
content=$(find locks -type f ! -name '*.cfg' ! -name '*.itf.json' ! -name verdicts.json \
  ! -name 'MC*.tla' -exec cat {} + |
  grep -vc '^ *$\|^[-=]\+\( MODULE.*\)\?$\|^ *[])}]\+;\?$\|^ *//\|^\\\*\|^#\(include\|pragma\)')
((content <= 60)) || { echo "the skeleton has $content lines of content"; exit 1; }
! grep -rqi 'mylock' locks || { echo "the skeleton's own name is left"; exit 1; }
if command -v java >/dev/null && [[ -n ${TLA2TOOLS_JAR:-} ]]; then
  says 0 'ticket_lock  ' "$lockstep" verify --protocols locks --json all.json
  grep -q '^PASS, ' out || { cat out; exit 1; }
else
  says 3 'UNKNOWN' "$lockstep" verify --protocols locks --json all.json
fi
# Its own checks alone, and the broken variant is caught by each judge.
! grep -q '"protocol": "vma_' all.json || { echo "verify asks about the tree too"; exit 1; }
grep -q '"got": "violates AloneOK"' all.json || { cat all.json; exit 1; }
export JAVA_HOME='' TLA2TOOLS_JAR=''

# Every command knows it, by the variable too, and nothing is built again.
export LOCKSTEP_PROTOCOLS=locks
says 0 'ticket_lock' "$lockstep" list protocols
says 0 'violates AloneOK' "$lockstep" explore ticket_lock --variant no_look
says 0 'transitions compared' "$lockstep" compare ticket_lock
says 0 'handover' "$lockstep" order ticket_lock
says 0 'PASS' "$lockstep" replay locks/ticket_lock/traces/cover.itf.json
! grep -q 'building' out || { cat out; exit 1; }
says 2 "expected one of: holds, no_look" "$lockstep" explore ticket_lock --variant none

# A copy is built from its own code, though the build of the other one came with it.
cp -r locks copied
change copied/ticket_lock/ticket_lock.hpp 'was != 0' 'was != 1'
says 1 'then Trylock(' "$lockstep" compare ticket_lock --protocols copied

# A second one stands beside it. Nothing is overwritten.
says 2 'is there already, and nothing is overwritten' "$lockstep" new ticket_lock --into locks
says 0 "lockstep verify --protocols 'my locks'" "$lockstep" new b --into 'my locks'
says 0 'lockstep verify' "$lockstep" new b --into locks
says 0 'lockstep: building ' "$lockstep" explore b

# With facts of a kernel beside it, what stands beside its sites is asked for.
cp -- "$LOCKSTEP_SOURCE/spec/kernel.json" locks/b
says 1 'b.hpp:18:29: Trylock has no function of the kernel' "$lockstep" verify
rm locks/b/kernel.json

# What is wrong.
change locks/b/protocol.json '"sizes"' '"size"'
says 2 "locks/b/protocol.json:2:10: 'size' is not known here; expected one of: title, spec, sizes" \
  "$lockstep" explore ticket_lock
mv kept locks/b/protocol.json
change locks/b/b.cpp '{"b"' '{"bb"'
says 2 "locks/b: its code registers 'bb'; expected 'b' alone" "$lockstep" list protocols
mv kept locks/b/b.cpp
change locks/b/b.hpp 'was != 0' 'is != 0'
says 2 "locks: cannot be built, as said above; the command: " "$lockstep" list protocols
grep -q "b.hpp:[0-9]*:.*error: " out || { cat out; exit 1; }
mv kept locks/b/b.hpp
change locks/CMakeLists.txt 'lockstep_add_protocol(b)' ''
says 2 "locks/CMakeLists.txt: builds nothing for folder b; expected lockstep_add_protocol(b)" \
  "$lockstep" list protocols
unset LOCKSTEP_PROTOCOLS

# The tree's own, from here.
says 0 vma_refcnt "$lockstep" list variants vma_refcnt
