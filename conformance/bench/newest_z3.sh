#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# The proofs by the newest Z3 that pip has, beside those by the Z3 that the build found: is the answer
# the same, and how long does each take? Needs pip and a build; makes build/newest_z3. Arguments go to
# `prove`, else `vma_refcnt`.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
readonly place=$PWD/build/newest_z3
export LOCKSTEP_ROOT=$PWD
[[ -x build/release/lockstep ]] || { echo "build/release/lockstep is missing: run ./lockstep list models" >&2; exit 2; }
mkdir -p "$place"
python3 -m pip download --quiet --no-deps --dest "$place" z3-solver
wheel=$(find "$place" -name 'z3_solver-*.whl' | sort -V | tail -1)
python3 -m zipfile -e "$wheel" "$place"
cmake -S . -B "$place/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DZ3_LIBRARY="$place/z3/lib/libz3.so" \
  -DCMAKE_CXX_FLAGS="-isystem $place/z3/include" -DCMAKE_BUILD_RPATH="$place/z3/lib" >"$place/configure.log"
cmake --build "$place/build" --target lockstep >"$place/build.log"
[[ $# -gt 0 ]] || set -- vma_refcnt
for program in build/release/lockstep "$place/build/lockstep"; do
  time "$program" prove "$@"
done
