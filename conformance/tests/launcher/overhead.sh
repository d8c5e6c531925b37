# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# What the launcher adds when nothing changed. A figure, not a test: it depends on the machine.
build=$(dirname "$(dirname "$LOCKSTEP_PROGRAM")")
if [[ $(basename "$(dirname "$LOCKSTEP_PROGRAM")") != release || ! -e $build/launcher.lock ]]; then
  echo "SKIPPED: this build was not made by the launcher"
  exit 0
fi
export LOCKSTEP_BUILD_DIR=$build
time_of() {
  local start=${EPOCHREALTIME/./}
  for _ in {1..5}; do "$@" --version >/dev/null; done
  echo $(((${EPOCHREALTIME/./} - start) / 5))
}
"$LOCKSTEP_SOURCE/lockstep" --version
with=$(time_of "$LOCKSTEP_SOURCE/lockstep")
without=$(time_of "$LOCKSTEP_PROGRAM")
echo "the launcher adds $(((with - without) / 1000)) ms"
