# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of the prover, by the machinery of those of the encoder: its quick tests have to notice
# them.
# shellcheck disable=SC2034
programs=(unbounded)
tests=('[quick]')
part=unbounded
one_in=48
built=${LOCKSTEP_PROGRAM%/*}/conformance
libraries=("$built"/CMakeFiles/lockstep_protocols_objects.dir/protocols/*.o
  "$built"/liblockstep_{claims,unbounded,explore,tla,orders,report,traces,tlc,machines,model}.a
  -lCatch2WithMain -lboost_context -lfmt -lz3 -lcadical -lpthread)
source "$LOCKSTEP_SOURCE/conformance/tests/encoder_mutants/mutants.bash"
