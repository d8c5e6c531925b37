# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT

# lockstep_tests(folder [USES target...]): the folder's *_test.cpp files as one Catch2 program
# test_<folder>, each test case a ctest of its own, labelled with the folder and with those of its
# tags that ctest cares for (see discover.cmake); other .cpp files help them. Does nothing the
# second time.
function(lockstep_tests folder)
  cmake_parse_arguments(TESTS "" "" "USES" ${ARGN})
  file(GLOB tests CONFIGURE_DEPENDS ${folder}/*_test.cpp)
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  if(NOT tests OR TARGET test_${folder} OR folder IN_LIST LOCKSTEP_LEFT_OUT)
    return()
  endif()
  set(part lockstep_${folder})
  if(folder STREQUAL cli)
    set(part lockstep_cli_frame)
  endif()
  if(NOT folder STREQUAL protocols AND TARGET ${part})
    set(seen ${part})
  else()
    set(seen lockstep_protocols lockstep_cli_frame lockstep_tlc lockstep_traces
      lockstep_machines lockstep_orders lockstep_explore lockstep_report lockstep_claims)
  endif()
  add_executable(test_${folder} ${sources})
  target_link_libraries(test_${folder} PRIVATE ${seen} ${TESTS_USES} lockstep_warnings
    lockstep_test_warnings Catch2::Catch2WithMain fmt::fmt)  # fmt: the precompiled headers have it
  target_precompile_headers(test_${folder} REUSE_FROM lockstep_test_headers)
  target_include_directories(test_${folder} PRIVATE ${PROJECT_SOURCE_DIR}/conformance)
  target_compile_definitions(test_${folder} PRIVATE
    LOCKSTEP_SOURCE_DIR="${PROJECT_SOURCE_DIR}" LOCKSTEP_PROGRAM="$<TARGET_FILE:lockstep>"
    LOCKSTEP_VERSION="${PROJECT_VERSION}")
  set(list ${CMAKE_CURRENT_BINARY_DIR}/test_${folder}.ctest.cmake)
  add_custom_command(TARGET test_${folder} POST_BUILD VERBATIM BYPRODUCTS ${list}
    COMMAND ${CMAKE_COMMAND} -D program=$<TARGET_FILE:test_${folder}> -D folder=${folder}
            -D list=${list} -P ${CMAKE_CURRENT_SOURCE_DIR}/discover.cmake)
  # The list exists only after the build; without it the folder fails instead of being forgotten.
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/test_${folder}.include.cmake
    "if(EXISTS \"${list}\")\n  include(\"${list}\")\nelse()\n"
    "  add_test(\"${folder}: not built\" \"test_${folder}\")\nendif()\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES
    ${CMAKE_CURRENT_BINARY_DIR}/test_${folder}.include.cmake)
endfunction()

# lockstep_scripts(folder [label...]): each *.sh of the folder as one ctest. A script finds the
# tree in LOCKSTEP_SOURCE, the program in LOCKSTEP_PROGRAM, its own empty directory as its first
# argument.
function(lockstep_scripts folder)
  set(labels ${folder} ${ARGN})
  file(GLOB scripts CONFIGURE_DEPENDS ${folder}/*.sh)
  foreach(script IN LISTS scripts)
    get_filename_component(name ${script} NAME_WE)
    add_test(NAME "${folder}: ${name}" COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/scratch.bash
      ${script} ${CMAKE_CURRENT_BINARY_DIR}/${folder}-${name})
    set_tests_properties("${folder}: ${name}" PROPERTIES LABELS "${labels}" TIMEOUT 600
      SKIP_REGULAR_EXPRESSION "(^|\n)SKIPPED: "
      ENVIRONMENT "LOCKSTEP_SOURCE=${PROJECT_SOURCE_DIR};LOCKSTEP_PROGRAM=$<TARGET_FILE:lockstep>")
    # What takes longest comes first, or the last minute is one processor's alone.
    if("slow" IN_LIST labels)
      set_tests_properties("${folder}: ${name}" PROPERTIES COST 1000)
    endif()
  endforeach()
endfunction()
