# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT

# The standard headers that most sources read: half of the time of a small source. A source
# includes what it uses all the same, so that it compiles alone; the preset dev shows it. Only what
# many read stands here: each header costs every source a little, by the functions that it
# instantiates.
set(LOCKSTEP_PRECOMPILED <algorithm> <array> <charconv> <chrono> <cstdint> <cstring> <filesystem>
  <fstream> <functional> <map> <memory> <mutex> <optional> <set> <span> <sstream> <stdexcept>
  <string> <string_view> <tuple> <unordered_map> <utility> <vector> <fmt/format.h>)

# lockstep_precompile(target [header...]): the target's sources find them read already, and those
# headers too. Targets that ask for the same, with the same options, share what the first of them
# has compiled.
function(lockstep_precompile target)
  get_target_property(options ${target} COMPILE_OPTIONS)
  string(MAKE_C_IDENTIFIER "lockstep_precompiled_by ${options} ${ARGN}" key)
  get_property(owner GLOBAL PROPERTY ${key})
  if(owner)
    target_precompile_headers(${target} REUSE_FROM ${owner})
  else()
    target_precompile_headers(${target} PRIVATE ${LOCKSTEP_PRECOMPILED} ${ARGN})
    set_property(GLOBAL PROPERTY ${key} ${target})
  endif()
endfunction()
