# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Every source is as .clang-format has it. The version is named: each has rules of its own.
readonly tool=clang-format-14
command -v $tool >/dev/null || { echo "SKIPPED: no $tool (apt-get install $tool)"; exit; }

sources() {
  find "$LOCKSTEP_SOURCE"/{conformance,reference,docs} -name build -prune -o \
    -name '*.[ch]pp' -print0
}
(($(sources | tr -cd '\0' | wc -c) > 400)) || { echo "the sources are not where they were"; exit 1; }

# The check itself can fail.
cp -- "$LOCKSTEP_SOURCE/.clang-format" .
printf 'int  f( );\n' >torn.cpp
! $tool --dry-run --Werror torn.cpp 2>/dev/null || { echo "a torn line is not noticed"; exit 1; }

sources | xargs -0 -P 2 -n 64 $tool --dry-run --Werror ||
  { echo "not formatted; the way out: $tool -i FILE"; exit 1; }
