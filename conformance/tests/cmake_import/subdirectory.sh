# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# add_subdirectory(lockstep) gives the reference and builds nothing else.
cmake -S "$LOCKSTEP_SOURCE/conformance/tests/cmake_import" -B user -G Ninja \
  -DCMAKE_BUILD_TYPE=Release -DLOCKSTEP_TREE="$LOCKSTEP_SOURCE" >log
cmake --build user >>log || { cat log; exit 1; }
user/user
[[ $(find user -name '*.o' | wc -l) == 1 ]]
