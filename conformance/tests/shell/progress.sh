# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Long work shows a bar on a terminal, with the part that is done and the time left; elsewhere lines.
command -v script >/dev/null || { echo "SKIPPED: no script"; exit 0; }
command -v stty >/dev/null || { echo "SKIPPED: no stty"; exit 0; }
export LOCKSTEP_ROOT=$LOCKSTEP_SOURCE JAVA_HOME= TERM=xterm
unset COLUMNS
on_terminal() {
  script -qec "stty cols $1; '$LOCKSTEP_PROGRAM' $2" /dev/null </dev/null >terminal 2>&1
  tr '\r' '\n' <terminal | sed -n 's/^\x1b\[K\[/[/p' >bars
}
on_terminal 90 'verify --quick --protocol vma_lookup --jobs 1 --time-limit 12' || (($? == 3))
grep -Eq '^\[#*-*\] [0-9]+% [0-9]+/[0-9]+ checks  [0-9]+ s, about [0-9]+ (s|min) left' bars || {
  cat terminal; echo "no bar with the time left"; exit 1; }
if grep -q '^.\{90\}' bars; then echo "a bar fills the line"; exit 1; fi
# What is done never becomes less.
sed -n 's/^\[#*-*\] \([0-9]*\)% .*/\1/p' bars >parts
sort -nc parts
"$LOCKSTEP_PROGRAM" verify --quick --protocol vma_lock >out 2>err || (($? == 3))
grep -q '^\[1/[0-9]*\] ' err
if grep -q $'[\033\r]' out err; then echo "a bar or a colour where no terminal is"; exit 1; fi
