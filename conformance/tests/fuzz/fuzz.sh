#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
#
# Feeds the litmus reader with what libFuzzer thinks of, under the address and undefined-behaviour
# sanitizers. Needs clang (Debian: clang-14 and libclang-rt-14-dev):
#   conformance/tests/fuzz/fuzz.sh [SECONDS]      600 by default; what fails is kept in build/fuzz
set -euo pipefail
seconds=${1:-600}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(cd -- "$here/../../.." && pwd)
build=$root/build/fuzz
clang=$(command -v clang++ || command -v clang++-14) ||
  { echo "clang++ is not there: apt-get install clang-14 libclang-rt-14-dev" >&2; exit 2; }
cmake -S "$root" -B "$build" -G Ninja -D CMAKE_CXX_COMPILER="$clang" -D LOCKSTEP_FUZZER=ON >/dev/null
cmake --build "$build" --target fuzz_litmus
mkdir -p "$build/found"
cd "$build"
exec conformance/tests/fuzz_litmus -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
  -max_len=4096 -dict="$here/litmus_dictionary" found "$here/litmus_corpus"
