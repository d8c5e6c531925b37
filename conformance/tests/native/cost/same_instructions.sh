# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# The template costs nothing: its fast paths and those of by_hand.cpp are the same instructions.
#
# Five functions must be equal to the last register. start_read and lookup are too long for that:
# the compiler meets the same operations in another order, and chooses other registers and another
# order of blocks; the walk that finds nothing has its own call of rcu_read_unlock(), a site of its
# own, which the compiler merges with another where the sites have no names. So there the number of
# instructions is compared; that of locked ones must be equal.
[[ $(uname -m) == x86_64 ]] || { echo "SKIPPED: compares x86-64 instructions"; exit; }
command -v g++ objdump >/dev/null || { echo "SKIPPED: no g++, no objdump"; exit; }
from=$LOCKSTEP_SOURCE/conformance/tests/native/cost
for file in template by_hand; do
  g++ -std=c++20 -O2 -I"$LOCKSTEP_SOURCE/reference" -c "$from/$file.cpp" -o $file.o
done

instructions() {  # of function $2 in file $1.o; where things lie does not matter
  objdump -d --no-show-raw-insn --no-addresses --disassemble="$2" "$1.o" |
    sed -n 's/^\t//p' | sed '/^nop/d; /^xchg *%ax,%ax/d; s/ *#.*//' >"$1.$2"
  [[ -s $1.$2 ]] || { echo "$2 is not in $1.o"; exit 1; }
}
count() { wc -l <"$1"; }
expensive() { grep -c -E '^(lock|xchg|mfence|call)' "$1" || true; }

for function in early_check get_count recheck end_read unlock_all start_read lookup; do
  instructions template $function
  instructions by_hand $function
  echo "$function: $(count template.$function), by hand $(count by_hand.$function)"
  case $function in
    start_read | lookup)
      (($(count template.$function) <= $(count by_hand.$function) + 4)) &&
        (($(grep -c ^lock template.$function) == $(grep -c ^lock by_hand.$function))) &&
        (($(expensive template.$function) <= $(expensive by_hand.$function) + 1)) ||
        { diff -y template.$function by_hand.$function || true; exit 1; } ;;
    *) diff template.$function by_hand.$function ;;
  esac
done
