#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
#
# What a pause in a reader's CAS loop costs, and locks in one cache line, as ratios of one run:
#   conformance/bench/locks.sh
# Needs Google Benchmark (Debian: libbenchmark-dev) and jq.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
"$root/lockstep" --version >/dev/null  # installs and configures
cmake --preset release -S "$root" >/dev/null
cmake --build "$root/build/release" --target bench_locks >/dev/null || {
  echo "no bench_locks; install: apt-get install libbenchmark-dev" >&2
  exit 2
}
"$root/build/release/conformance/bench_locks" --benchmark_repetitions=9 \
  --benchmark_enable_random_interleaving=true --benchmark_min_time=0.1 \
  --benchmark_format=json 2>/dev/null |
  jq -r --arg cores "$(nproc)" '
    [.benchmarks[] | select(.aggregate_name == "median") |
      {key: (.run_name | sub("/real_time"; "")), value: .items_per_second}] | from_entries as $rate |
    "medians of 9, on \($cores) cores: locks taken and put in a second, and the ratio",
    (("1", "2", "4", "8") as $n |
      "\($n) readers: at once \($rate["retry/at_once/threads:" + $n] / 1e6 * 10 | round / 10) M" +
      ", with a pause \($rate["retry/pause/threads:" + $n] / $rate["retry/at_once/threads:" + $n]
        * 100 | round / 100) of it" +
      "; a line each \($rate["locks/a_line_each/threads:" + $n] / 1e6 * 10 | round / 10) M" +
      ", in one line \($rate["locks/one_line/threads:" + $n]
        / $rate["locks/a_line_each/threads:" + $n] * 100 | round / 100) of it")'
