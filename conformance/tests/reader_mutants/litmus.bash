# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of the reader of litmus tests, by the machinery of those of the encoder.
# shellcheck disable=SC2034
programs=(litmus)
tests=('[litmus]')
source "$LOCKSTEP_SOURCE/conformance/tests/encoder_mutants/mutants.bash"
