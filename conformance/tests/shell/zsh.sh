# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# In zsh itself, in a terminal that it makes: what the key completes is what there is.
command -v zsh >/dev/null || { echo "SKIPPED: no zsh"; exit 0; }
mkdir bin functions
ln -s "$LOCKSTEP_PROGRAM" bin/lockstep
export PATH=$PWD/bin:$PATH LOCKSTEP_ROOT=$LOCKSTEP_SOURCE
lockstep completion zsh >functions/_lockstep
cat >ask.zsh <<'END'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1= ; fpath=($PWD/functions \$fpath); autoload -Uz compinit; compinit -u -D"
zpty -w shell "bindkey '^I' complete-word; bindkey '^X' accept-line; echo REA''DY"
zpty -r -m shell line '*READY*'
zpty -n -w shell "$1"$'\t'
sleep 1
zpty -n -w shell " #DO''NE"$'\n'
sleep 0.5
while zpty -r -t shell line; do print -r -- "$line"; done
zpty -d shell
END
is() {
  zsh -f ask.zsh "$1" | tr -d '\r' | sed 's/\x1b[^a-zA-Z]*[a-zA-Z]//g' >got
  grep -qFe "$2" got || { printf '%s: no %s\n' "$1" "$2"; cat got; exit 1; }
}
is 'lockstep veri' 'lockstep verify'
is 'lockstep verify --protocol vma_c' 'vma_count'
is 'lockstep check vma_count --size 1x1,' '1x1,sections=3'
is 'lockstep order vma_refcnt --model l' 'lkmm'
is 'lockstep verify --verb' '--verbose'
