# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Sourced by the tests of the launcher: a tree in which the launcher stands, but whose program is
# a few lines that say how they were called. Its path has blanks in it.
tree="$PWD/a small tree"
unset LOCKSTEP_BUILD_DIR LOCKSTEP_ROOT LOCKSTEP_LAUNCHER TLA2TOOLS_JAR
export LOCKSTEP_NO_INSTALL=1

make_small_tree() {
  mkdir -p "$tree/conformance/cli"
  cp "$LOCKSTEP_SOURCE/lockstep" "$LOCKSTEP_SOURCE/CMakePresets.json" "$tree"
  cat >"$tree/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(lockstep VERSION 9.8.7 LANGUAGES CXX)
enable_testing()
file(GLOB sources CONFIGURE_DEPENDS conformance/cli/*.cpp)
add_executable(lockstep ${sources})
set_target_properties(lockstep PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
add_test(NAME small COMMAND lockstep list)
END
  cat >"$tree/conformance/cli/main.cpp" <<'END'
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>
int main(int count, char** words) {
  for (int i = 1; i < count; ++i) std::printf("[%s]", words[i]);
  const char* jar = std::getenv("TLA2TOOLS_JAR");
  std::printf(" jar %s\n", jar ? jar : "none");
  std::fflush(stdout);
  if (count > 1 && std::strcmp(words[1], "sleep") == 0) sleep(60);
  return count > 2 ? std::atoi(words[2]) : 0;
}
/*
const Command list{"list", "what there is",
const Command check{"check", "-",
const Command explore{"explore", "-",
const Command first{"first", "-",
const Command second{"second", "-",
const Command sleep{"sleep", "-",
const Command link{"link", "-",
const Command x{"x", "-",
*/
END
}

is() {  # is WHAT WANTED GOT
  [[ $2 == "$3" ]] || { printf '%s\n  wanted: %s\n  got:    %s\n' "$@"; exit 1; }
}
