# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
#
# Mutants of the encoder, made in its source, so that the product carries nothing for them: a file
# of conformance/orders (or of another part) with one text changed is compiled, and linked before
# the library with the objects of the suite's own test programs. A mutant is killed when one of
# their tests fails.
#
#   mutant NAME FILE TEXT CHANGED            must be killed
#   implied NAME FILE TEXT CHANGED REASON    must not be: another rule says it too
#   score                                    prints killed / made, fails where one is not as said
#
# TEXT occurs once in FILE, which is looked up for every mutant. Made is one of `one_in`, chosen by
# LOCKSTEP_SAMPLE_SEED; all in a thorough run (LOCKSTEP_THOROUGH); or those whose names the pattern
# LOCKSTEP_MUTANTS has.
readonly sources=$LOCKSTEP_SOURCE/conformance
readonly tree=${LOCKSTEP_PROGRAM%/*}
# Who sources this may name other programs and tests, those of the reader of litmus tests, and
# another part with what its programs are linked with.
[[ -v programs ]] || programs=(orders order_fuzz rc11)
[[ -v part ]] || part=orders
[[ -v libraries ]] || libraries=("$tree"/conformance/liblockstep_{orders,report,model}.a
  -lCatch2WithMain -lfmt -lz3 -lcadical)
[[ -v tests ]] || tests=('~[slow]~[alone]~[models]')
[[ -v one_in ]] || one_in=24
readonly compiler=${CXX:-c++}
tests+=(--abort)
readonly programs tests part libraries one_in
made=0 killed=0 wrong=0 reasoned=0 all=0 scored=
# A script that does not end with `score` would pass whatever is not noticed.
trap '(($? == 0)) && [[ -z $scored ]] && { echo "ends without score"; exit 1; }' EXIT

# What fails without a mutant notices none. Scripts of the same tests share what they have seen of a
# program, until it is built again.
passes_as_it_is() {  # program
  local program=$tree/conformance/tests/test_$1 sum
  sum=$(cksum <<<"${tests[*]}")
  local seen=$program.passed.${sum%% *}
  exec 8>"$seen.lock"
  flock 8
  [[ $seen -nt $program ]] || { "$program" "${tests[@]}" >/dev/null && touch "$seen"; }
  local status=$?
  exec 8>&-
  return "$status"
}

for program in "${programs[@]}"; do
  compgen -G "$tree/conformance/tests/CMakeFiles/test_$program.dir/$program/*.o" >/dev/null ||
    { echo "SKIPPED: test_$program is not built"; scored=none; exit; }
  passes_as_it_is "$program" || { echo "test_$program fails without a mutant"; exit 1; }
done

is_wanted() {  # name
  # shellcheck disable=SC2053
  [[ -z ${LOCKSTEP_MUTANTS:-} ]] || { [[ $1 == $LOCKSTEP_MUTANTS ]]; return; }
  [[ -z ${LOCKSTEP_THOROUGH:-} ]] || return 0
  local sum
  sum=$(cksum <<<"${LOCKSTEP_SAMPLE_SEED:-1} $1")
  ((${sum%% *} % one_in == 0))
}

# Writes FILE with TEXT changed to mutated.cpp.
write_mutant() {
  local text
  text=$(<"$sources/$part/$1")
  local rest=${text#*"$2"}
  [[ $rest != "$text" ]] || { echo "$1 does not say: $2"; exit 1; }
  [[ ${rest#*"$2"} == "$rest" ]] || { echo "$1 says more than once: $2"; exit 1; }
  printf '%s\n' "${text%%"$2"*}$3$rest" >mutated.cpp
}

# Compiles it to mutated.o. A mutant that is no C++ is no mutant.
make_mutant() {
  $compiler -std=c++20 -O1 -w -I"$sources" -I"$LOCKSTEP_SOURCE/reference" \
    -I"$tree/conformance" -c mutated.cpp -o mutated.o
}

# Which program's tests fail with the mutant: its name on the standard output, or nothing.
noticed_by() {
  local program
  for program in "${programs[@]}"; do
    $compiler mutated.o "$tree/conformance/tests/CMakeFiles/test_$program.dir/"*/*.o \
      "${libraries[@]}" -o mutated ||
      { echo "the mutant does not link with test_$program" >&2; exit 1; }
    # A mutant that makes a test endless, or crash, is noticed too.
    if ! timeout 300 ./mutated "${tests[@]}" >mutated.out 2>&1; then
      echo "$program"
      return
    fi
  done
}

one_mutant() {  # expected to be killed: yes or no; then as above
  all=$((all + 1))
  write_mutant "$3" "$4" "$5"
  is_wanted "$2" || return 0
  make_mutant
  local by
  by=$(noticed_by) || exit
  made=$((made + 1))
  if [[ -n $by ]]; then
    killed=$((killed + 1))
    echo "killed by test_$by: $2"
    [[ $1 == yes ]] || { wrong=$((wrong + 1)); echo "  yet it is said to be implied"; }
  else
    echo "not noticed: $2${6:+ (implied: $6)}"
    [[ $1 == no ]] && reasoned=$((reasoned + 1)) || wrong=$((wrong + 1))
  fi
}
mutant() { one_mutant yes "$@"; }
implied() { one_mutant no "$@"; }

score() {
  scored=yes
  echo "killed/made: $killed/$made, implied $reasoned; $made of $all were made"
  ((wrong == 0))
}
