#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
#
# How fast litmus tests are judged: tests a second over a folder of them, and hard ones beside known
# figures, with and without what the encoding does for speed:
#   conformance/bench/orders.sh FOLDER      with corpus/*.litmus, hard/*.litmus and hard.tsv in it
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
[ $# -eq 1 ] || { sed -n '5,7s/^# *//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
"$root/lockstep" --version >/dev/null  # installs and configures
cmake --build "$root/build/release" --target bench_orders >/dev/null
exec "$root/build/release/conformance/bench_orders" "$1"
