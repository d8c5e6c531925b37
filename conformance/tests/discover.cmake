# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT

cmake_minimum_required(VERSION 3.25)

# Writes `list`, ctest's list of the test cases of Catch2 program `program`. Catch2's own
# discovery does not hand the tags on, and "no Java" has to be told apart from "slow".
#   [java]  needs Java and TLC
#   [slow]  more than ten seconds
#   [alone] measures time: nothing else runs beside it
#   [thorough] runs under `./lockstep test --thorough`, or where it is named

function(names_of spec result)
  execute_process(COMMAND ${program} --list-test-names-only ${spec}
    OUTPUT_VARIABLE text ERROR_VARIABLE text RESULT_VARIABLE status)
  # The status is the number of tests that were listed; a signal is a text.
  if(NOT status MATCHES "^[0-9]+$")
    message(FATAL_ERROR "${program} cannot list its tests: ${status}\n${text}")
  endif()
  string(REPLACE ";" "\\;" text "${text}")
  string(REGEX REPLACE "[ \t]*\n" ";" text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

set(tags java slow alone thorough)
names_of("*" all)
foreach(tag IN LISTS tags)
  names_of("[${tag}]" ${tag})
endforeach()

set(script "")
foreach(name IN LISTS all)
  string(STRIP "${name}" name)
  if(name STREQUAL "")
    continue()
  endif()
  string(REGEX REPLACE "([][,\\\\])" "\\\\\\1" pattern "${name}")
  set(labels ${folder})
  set(more "TIMEOUT 120")
  foreach(tag IN LISTS tags)
    if(name IN_LIST ${tag})
      list(APPEND labels ${tag})
    endif()
  endforeach()
  if("slow" IN_LIST labels OR "java" IN_LIST labels OR "thorough" IN_LIST labels)
    set(more "TIMEOUT 1200")
  endif()
  if("alone" IN_LIST labels)
    string(APPEND more " RUN_SERIAL ON")
  endif()
  string(APPEND script
    "add_test([==[${folder}: ${name}]==] [==[${program}]==] [==[${pattern}]==])\n"
    "set_tests_properties([==[${folder}: ${name}]==] PROPERTIES LABELS \"${labels}\" ${more}\n"
    "  SKIP_REGULAR_EXPRESSION \"(^|\\n)SKIPPED: \")\n")
endforeach()
file(WRITE ${list} "${script}")
