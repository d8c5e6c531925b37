# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of the reader of specifications, by the machinery of those of the encoder. The tests of
# single rules have to notice them: not that in millions of states something differs.
# shellcheck disable=SC2034
programs=(tla)
tests=('[tla]~[states]~[tlc]')
part=tla
built=${LOCKSTEP_PROGRAM%/*}/conformance
libraries=("$built"/CMakeFiles/lockstep_protocols_objects.dir/protocols/*.o
  "$built"/liblockstep_{explore,tla,traces,tlc,machines,model}.a
  -lCatch2WithMain -lboost_context -lfmt -lpthread)
source "$LOCKSTEP_SOURCE/conformance/tests/encoder_mutants/mutants.bash"
