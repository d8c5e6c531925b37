# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# In fish itself: what the key completes is what there is.
command -v fish >/dev/null || { echo "SKIPPED: no fish"; exit 0; }
mkdir bin home
ln -s "$LOCKSTEP_PROGRAM" bin/lockstep
export PATH=$PWD/bin:$PATH HOME=$PWD/home LOCKSTEP_ROOT=$LOCKSTEP_SOURCE
touch some.itf.json
lockstep completion fish >script
is() {
  local got
  got=$(fish -c "source script; complete -C '$1'" | cut -f 1 | paste -sd ' ')
  [[ $got == "$2" ]] || { printf '%s\n  wanted: %s\n  got:    %s\n' "$1" "$2" "$got"; exit 1; }
}
is 'lockstep ver' verify
is 'lockstep verify --pro' '--protocol --protocols'
is 'lockstep verify --protocol vma_c' vma_count
is 'lockstep check vma_count --size 1x1,' 1x1,sections=3
is 'lockstep order vma_refcnt --model l' lkmm
is 'lockstep replay some' some.itf.json
fish -c "source script; complete -C 'lockstep ver'" | grep -q 'every check of the manifest'
