# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# What README.md and docs/answers.md show is what the program prints.
source "$LOCKSTEP_SOURCE/conformance/tests/console.bash"
ln -s "$LOCKSTEP_PROGRAM" lockstep
run_page "$LOCKSTEP_SOURCE/README.md"
((commands == 1)) || { echo "README.md has $commands commands"; exit 1; }
run_page "$LOCKSTEP_SOURCE/docs/answers.md"
((commands == 3)) || { echo "docs/answers.md has $((commands - 1)) commands"; exit 1; }
