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

# measure NAME COMMAND [OPTION...]
measure() { "$root/lockstep" "$2" "$protocol" --size "$size" --quiet --json "$folder/$1" "${@:3}" >/dev/null; }
of() { sed -n "s/^  \"$2\": \([0-9.]*\),*$/\1/p" "$folder/$1"; }

measure check check --safety --workers 1
measure explore explore --jobs 1
measure explore2 explore --jobs 2
measure engine compare --jobs 1
measure engine2 compare --jobs 2
measure compare compare --judge tlc
awk -v size="$size" -v tlc="$(of check tlc_states_per_second)" \
  -v states="$(of explore states)" -v seconds="$(of explore seconds)" \
  -v peak="$(of explore peak_bytes)" -v transitions="$(of compare transitions)" \
  -v made="$(of compare tlc_seconds)" -v read="$(of compare read_seconds)" \
  -v compared="$(of compare compare_seconds)" -v two="$(of explore2 seconds)" \
  -v engine="$(of engine compare_seconds)" -v engine2="$(of engine2 compare_seconds)" \
  -v spec="$(of engine spec_seconds)" 'BEGIN {
    explorer = states / seconds
    printf "%s, one core where nothing else is said\n", size
    printf "TLC, safety            %10d distinct states/s\n", tlc
    printf "explore                %10d distinct states/s, %.1f times TLC, peak %d MB\n", explorer, explorer / tlc, peak / 1e6
    printf "explore, two cores     %10d distinct states/s, %.2f times one\n", states / two, seconds / two
    printf "compare                %10d states/s in %.1f s, the specification alone %d\n", states / engine, engine, states / spec
    printf "compare, two cores     %10d states/s in %.1f s, %.2f times one\n", states / engine2, engine2, engine / engine2
    printf "compare, TLC as judge  %10d transitions/s, the reference stepped\n", transitions / compared
    printf "reading and comparing  %10.1f s, TLC made the graph in %.1f s: %.0f times\n", read + compared, made, made / (read + compared)
  }'
