# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# The tutorial's commands print what it says: its page is run in a copy of its folder.
source "$LOCKSTEP_SOURCE/conformance/tests/console.bash"
cp -r -- "$LOCKSTEP_SOURCE/docs/tutorial" copy
rm -rf copy/*/build
cd copy
mkdir ../bin
ln -s "$LOCKSTEP_PROGRAM" ../bin/lockstep
export PATH=$PWD/../bin:$PATH
run_page README.md
((commands >= 8)) || { echo "the page has $commands commands"; exit 1; }
