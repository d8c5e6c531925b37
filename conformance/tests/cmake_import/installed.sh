# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# find_package(lockstep) after an install needs none of the tools' dependencies.
options=(-G Ninja -DCMAKE_BUILD_TYPE=Release)
cmake -S "$LOCKSTEP_SOURCE" -B tree "${options[@]}" -DLOCKSTEP_TOOLS=OFF >log
cmake --install tree --component reference --prefix "$PWD/prefix" >>log
cmake -S "$LOCKSTEP_SOURCE/conformance/tests/cmake_import" -B user "${options[@]}" \
  -DCMAKE_PREFIX_PATH="$PWD/prefix" >>log
cmake --build user >>log || { cat log; exit 1; }
user/user
