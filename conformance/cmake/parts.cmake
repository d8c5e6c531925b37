# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT

# How a part is compiled in the preset release, if not with -O2. LIGHT: it asks the engines and
# waits; -O1 takes three quarters of the time. SMALL: tasks, of which a state holds the stack; with
# -Os fewer bytes of it are left over from what is done, so that there are fewer stacks to keep.
function(lockstep_optimize target)
  cmake_parse_arguments(AS "LIGHT;SMALL" "" "" ${ARGN})
  if(NOT CMAKE_BUILD_TYPE STREQUAL Release)
    return()
  endif()
  if(AS_LIGHT)
    target_compile_options(${target} PRIVATE -O1)
  elseif(AS_SMALL)
    target_compile_options(${target} PRIVATE -Os)
  endif()
endfunction()

# lockstep_part(folder [LIGHT | SMALL] [USES target...] [HIDES target...]): library
# lockstep_<folder> of the folder's .cpp files and of those in its subfolders. USES is seen through
# the headers, HIDES only by the sources. A folder that has headers alone, or nothing yet, is an
# interface library.
function(lockstep_part folder)
  cmake_parse_arguments(PART "" "" "USES;HIDES" ${ARGN})
  string(REPLACE "/" "_" name lockstep_${folder})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  if(sources)
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC lockstep_reference ${PART_USES}
      PRIVATE lockstep_warnings ${PART_HIDES})
    lockstep_optimize(${name} ${PART_UNPARSED_ARGUMENTS})
    lockstep_precompile(${name})
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE lockstep_reference ${PART_USES})
  endif()
endfunction()

# lockstep_objects(folder [LIGHT | SMALL] [USES target...]): the same of the folder's own .cpp
# files, every one of which ends in the program, whether something refers to it or not.
function(lockstep_objects folder)
  cmake_parse_arguments(PART "" "" "USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  add_library(lockstep_${folder} INTERFACE)
  target_link_libraries(lockstep_${folder} INTERFACE lockstep_reference ${PART_USES})
  if(sources)
    add_library(lockstep_${folder}_objects OBJECT ${sources})
    target_include_directories(lockstep_${folder}_objects PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(lockstep_${folder}_objects PUBLIC lockstep_reference ${PART_USES}
      PRIVATE lockstep_warnings)
    lockstep_optimize(lockstep_${folder}_objects ${PART_UNPARSED_ARGUMENTS})
    lockstep_precompile(lockstep_${folder}_objects)
    target_sources(lockstep_${folder} INTERFACE $<TARGET_OBJECTS:lockstep_${folder}_objects>)
  endif()
endfunction()
