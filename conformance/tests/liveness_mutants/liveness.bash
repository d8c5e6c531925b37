# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of the judge of liveness, by the machinery of those of the encoder. Its toys and its
# random graphs have to notice them, without Java. Who sources this may name another part.
# shellcheck disable=SC2034
programs=(liveness)
tests=('~[tlc]')
[[ -v part ]] || part=liveness
built=${LOCKSTEP_PROGRAM%/*}/conformance
libraries=("$built"/liblockstep_{liveness,explore,tla,tlc,traces,machines,model}.a
  -lCatch2WithMain -lboost_context -lfmt -lpthread)
source "$LOCKSTEP_SOURCE/conformance/tests/encoder_mutants/mutants.bash"
