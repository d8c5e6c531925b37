# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT

function(lockstep_light target is)
  if(is AND CMAKE_BUILD_TYPE STREQUAL Release)
    target_compile_options(${target} PRIVATE -O1)
  endif()
endfunction()

# lockstep_part(folder [LIGHT] [USES target...] [HIDES target...]): library lockstep_<folder> of the
# folder's .cpp files and of those in its subfolders. USES is seen through the headers, HIDES only
# by the sources. LIGHT is a part that asks the engines and waits: it is compiled in three quarters
# of the time, and not as fast. A folder that has headers alone, or nothing yet, is an interface
# library.
function(lockstep_part folder)
  cmake_parse_arguments(PART "LIGHT" "" "USES;HIDES" ${ARGN})
  string(REPLACE "/" "_" name lockstep_${folder})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  if(sources)
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC lockstep_reference ${PART_USES}
      PRIVATE lockstep_warnings ${PART_HIDES})
    lockstep_light(${name} ${PART_LIGHT})
    lockstep_precompile(${name})
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE lockstep_reference ${PART_USES})
  endif()
endfunction()

# lockstep_objects(folder [LIGHT] [USES target...] [READS header...]): the same of the folder's own
# .cpp files, every one of which ends in the program, whether something refers to it or not. READS
# is what they all read beside the standard headers (precompiled.cmake).
function(lockstep_objects folder)
  cmake_parse_arguments(PART "LIGHT" "" "USES;READS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  add_library(lockstep_${folder} INTERFACE)
  target_link_libraries(lockstep_${folder} INTERFACE lockstep_reference ${PART_USES})
  if(sources)
    add_library(lockstep_${folder}_objects OBJECT ${sources})
    target_include_directories(lockstep_${folder}_objects PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(lockstep_${folder}_objects PUBLIC lockstep_reference ${PART_USES}
      PRIVATE lockstep_warnings)
    lockstep_light(lockstep_${folder}_objects ${PART_LIGHT})
    lockstep_precompile(lockstep_${folder}_objects ${PART_READS})
    target_sources(lockstep_${folder} INTERFACE $<TARGET_OBJECTS:lockstep_${folder}_objects>)
  endif()
endfunction()
