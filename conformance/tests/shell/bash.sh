# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# In bash itself: what the key completes is what there is.
mkdir bin "with blanks"
touch "with blanks/a b.litmus"
ln -s "$LOCKSTEP_PROGRAM" bin/lockstep
export PATH=$PWD/bin:$PATH LOCKSTEP_ROOT=$LOCKSTEP_SOURCE
lockstep completion bash >script
cat >ask <<'END'
source ./script
compopt() { :; }  # only inside of readline
COMP_LINE=$1 COMP_POINT=${#1}
_lockstep
printf '%s\n' "${COMPREPLY[@]}"
END
is() { local got; got=$(bash ask "$1" | paste -sd ' '); [[ $got == "$2" ]] || {
  printf '%s\n  wanted: %s\n  got:    %s\n' "$1" "$2" "$got"; exit 1; }; }
is 'lockstep ver' verify
is 'lockstep verify --pro' '--protocol --protocols'
is 'lockstep verify --protocol vma_c' vma_count
is 'lockstep verify --protocol=vma_c' vma_count
is 'lockstep check vma_count --size 1x1,' 1x1,sections=3
is 'lockstep check vma_count --size=1x1,sections=' 3
is 'lockstep list auto' automaton
is 'lockstep list automaton vma_c' vma_count
is 'lockstep replay with' 'with blanks'
is 'lockstep new x --into wi' 'with blanks'
is 'lockstep replay nothing' ''
is 'lockstep nothing ' ''
# bash knows where the word stands even in the middle of a line, and a call by a path.
is './bin/lockstep order vma_refcnt --model l' lkmm
# It is quick, or nobody uses it.
start=${EPOCHREALTIME/./}
for _ in {1..5}; do lockstep completion candidates -- check vma_count --variant '' >out; done
echo "a key takes $(((${EPOCHREALTIME/./} - start) / 5000)) ms"
