# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Packages that are missing and may not be installed: one line that names them, status 2.
source "$LOCKSTEP_SOURCE/conformance/tests/launcher/small_tree.bash"
make_small_tree
mkdir bin
for tool in bash cat flock ls mkdir readlink rm sed tail; do
  ln -s "$(command -v "$tool")" "bin/$tool"
done
status=0; PATH=$PWD/bin "$tree/lockstep" list >out 2>err || status=$?
is status 2 "$status"
is "lines" 1 "$(wc -l <err)"
grep -q 'apt-get install cmake ninja-build g++$' err || { cat err; exit 1; }
[[ ! -s out ]]
