# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Runs test script $1 in a new empty directory $2, which goes away when the script succeeds.
set -euo pipefail
rm -rf -- "$2"
mkdir -p -- "$2"
cd -- "$2"
bash -euo pipefail "$1" "$2"
cd /
rm -rf -- "$2"
