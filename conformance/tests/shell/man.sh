# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# The manual page is formatted without a warning, and has each command and each option of the help.
command -v groff >/dev/null || { echo "SKIPPED: no groff"; exit 0; }
unset LOCKSTEP_LAUNCHER
"$LOCKSTEP_PROGRAM" man >lockstep.1
groff -man -ww -Tascii -rLL=100n lockstep.1 2>warnings | sed 's/.\x08//g; s/\x1b\[[0-9;]*m//g' >page
[[ ! -s warnings ]] || { cat warnings; exit 1; }
"$LOCKSTEP_PROGRAM" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\{1,\}\) .*/\1/p' >commands
(($(wc -l <commands) > 10))
while read -r command; do
  grep -q "^ *lockstep $command" page || { echo "no command $command"; exit 1; }
  "$LOCKSTEP_PROGRAM" "$command" --help | sed -n 's/^  \(-[-a-z,]*\).*/\1/p' | tr , '\n' >options
  while read -r option; do
    grep -qe "$option" page || { echo "no option $option of $command"; exit 1; }
  done <options
done <commands
for section in NAME SYNOPSIS COMMANDS ENVIRONMENT 'EXIT STATUS'; do grep -q "^$section" page; done
