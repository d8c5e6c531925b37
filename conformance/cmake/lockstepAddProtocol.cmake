# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT

# lockstep_add_protocol(name): the .cpp files of folder `name`, which register the protocol of that
# name, as a module that `lockstep --protocols` loads. It is linked with nothing: what it calls is
# in the program.
function(lockstep_add_protocol name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  if(NOT sources)
    message(FATAL_ERROR "lockstep_add_protocol(${name}): no .cpp file in "
      "${CMAKE_CURRENT_SOURCE_DIR}/${name}")
  endif()
  add_library(lockstep_${name} MODULE ${sources})
  set_target_properties(lockstep_${name} PROPERTIES PREFIX "" OUTPUT_NAME ${name} SUFFIX .so
    LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
  target_link_libraries(lockstep_${name} PRIVATE lockstep::protocol)
  target_compile_options(lockstep_${name} PRIVATE -Wall -Wextra)
  if(NOT CMAKE_BUILD_TYPE)
    target_compile_options(lockstep_${name} PRIVATE -Os -g1)
  endif()
endfunction()
