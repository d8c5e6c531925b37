# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT

# lockstep_embed(part namespace variable NAME|NAME_WE pattern...): text files that are part of the
# program, as `variable`: name, text, name, text, ..., null. The names are with the ending, or
# without.
function(lockstep_embed part namespace variable name_as)
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE patterns)
  file(GLOB files CONFIGURE_DEPENDS ${patterns})
  set(embedded "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(name ${file} ${name_as})
    file(READ ${file} text)
    string(APPEND embedded "  \"${name}\", R\"embedded(${text})embedded\",\n")
  endforeach()
  file(CONFIGURE OUTPUT ${variable}.cpp CONTENT [[
namespace @namespace@ {
extern const char* const @variable@[];
const char* const @variable@[] = {
@embedded@  nullptr};
}
]] @ONLY)
  target_sources(lockstep_${part} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${variable}.cpp)
endfunction()
