# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# The tutorial's commands print what it says: every block ```console of its page is run in a copy of
# its folder, without Java. A line `...` stands for any number of lines, and a time for any time.
export LOCKSTEP_ROOT=$LOCKSTEP_SOURCE JAVA_HOME='' TLA2TOOLS_JAR='' COLUMNS=100
unset LOCKSTEP_PROTOCOLS LOCKSTEP_LAUNCHER
cp -r -- "$LOCKSTEP_SOURCE/docs/tutorial" copy
rm -rf copy/*/build
cd copy
mkdir ../bin
ln -s "$LOCKSTEP_PROGRAM" ../bin/lockstep
export PATH=$PWD/../bin:$PATH

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
ask() {
  [[ -n $command ]] || return 0
  ((++commands))
  (eval "$command") >got 2>errors || true
  timeless <got >got.timeless
  timeless <wanted >wanted.timeless
  fits wanted.timeless got.timeless && return
  printf 'README.md:%s: %s\n' "$at" "$command"
  cat got errors
  exit 1
}

inside= command= line_number=0 at=0
while IFS= read -r line; do
  ((++line_number))
  case $inside$line in
    '```console') inside=1 command= ;;
    '1```') ask; inside= ;;
    '1$ '*) ask; command=${line#\$ } at=$line_number; : >wanted ;;
    1*) printf '%s\n' "$line" >>wanted ;;
  esac
done <README.md
((commands >= 8)) || { echo "the page has $commands commands"; exit 1; }
