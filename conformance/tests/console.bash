# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Sourced by tests of pages: run_page FILE runs every block ```console of a page here, without Java,
# and compares what is printed. A line `...` stands for any number of lines, a time for any time. A
# command goes on behind a line that ends with a backslash. `commands` counts them.
export LOCKSTEP_ROOT=$LOCKSTEP_SOURCE JAVA_HOME='' TLA2TOOLS_JAR='' COLUMNS=100
unset LOCKSTEP_PROTOCOLS LOCKSTEP_LAUNCHER

timeless() { sed -E 's/ +[0-9.N]+ (s|min)\b/ N s/g'; }

# fits WANTED GOT: line by line; `...` matches up to the next line that is wanted.
fits() {
  awk -v wanted="$1" 'BEGIN { while ((getline line < wanted) > 0) want[++n] = line; at = 1 }
    { if (want[at] == $0) { ++at; next }
      if (want[at] == "...") { if (at < n && want[at + 1] == $0) at += 2; next }
      print "line " NR ": " $0 "\n  wanted: " want[at]; bad = 1; exit }
    END { if (bad) exit 1
      if (want[at] == "...") ++at
      if (at <= n) { print "not printed: " want[at]; exit 1 } }' "$2"
}

commands=0
ask() {  # PAGE: runs what `command` has, if anything
  [[ -n $command ]] || return 0
  ((++commands))
  (eval "$command") >got 2>errors || true
  timeless <got >got.timeless
  timeless <wanted >wanted.timeless
  fits wanted.timeless got.timeless && return
  printf '%s:%s: %s\n' "${1##*/}" "$at" "$command"
  cat got errors
  exit 1
}

run_page() {
  local inside= command= more= line_number=0 at=0 line
  while IFS= read -r line; do
    ((++line_number))
    [[ -z $more ]] || { command+=$line more=; continue_command; continue; }
    case $inside$line in
      '```console') inside=1 command= ;;
      '1```') ask "$1"; inside= ;;
      '1$ '*) ask "$1"; command=${line#\$ } at=$line_number; : >wanted; continue_command ;;
      1*) printf '%s\n' "$line" >>wanted ;;
    esac
  done <"$1"
}

continue_command() {
  [[ $command == *'\' ]] || return 0
  command=${command%\\} more=1
}
