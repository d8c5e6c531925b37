#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
#
# What the explorer and the comparison promise, beside TLC in the same run on the same machine:
#   conformance/bench/ratios.sh [PROTOCOL [SIZE]]
set -euo pipefail
protocol=${1:-vma_refcnt} size=${2:-2x2x2}
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

measure() { "$root/lockstep" "$1" "$protocol" --size "$size" --quiet --json "$folder/$1" "${@:2}" >/dev/null; }
of() { sed -n "s/^  \"$2\": \([0-9.]*\),*$/\1/p" "$folder/$1"; }

measure check --safety --workers 1
measure explore
measure compare --judge tlc
awk -v size="$size" -v tlc="$(of check tlc_states_per_second)" \
  -v states="$(of explore states)" -v seconds="$(of explore seconds)" \
  -v peak="$(of explore peak_bytes)" -v transitions="$(of compare transitions)" \
  -v made="$(of compare tlc_seconds)" -v read="$(of compare read_seconds)" \
  -v compared="$(of compare compare_seconds)" 'BEGIN {
    explorer = states / seconds
    printf "%s, one core\n", size
    printf "TLC, safety            %10d distinct states/s\n", tlc
    printf "explore                %10d distinct states/s, %.1f times TLC, peak %d MB\n", explorer, explorer / tlc, peak / 1e6
    printf "compare                %10d transitions/s, the reference stepped\n", transitions / compared
    printf "reading and comparing  %10.1f s, TLC made the graph in %.1f s: %.0f times\n", read + compared, made, made / (read + compared)
  }'
