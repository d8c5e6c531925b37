# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT

# Pages to read are part of the program: report/page/, each file by its name.
file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/report/page/*.html
  ${CMAKE_CURRENT_SOURCE_DIR}/report/page/*.css ${CMAKE_CURRENT_SOURCE_DIR}/report/page/*.js)
set(embedded "")
foreach(page IN LISTS pages)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${page})
  get_filename_component(name ${page} NAME)
  file(READ ${page} text)
  string(APPEND embedded "  \"${name}\", R\"page(${text})page\",\n")
endforeach()
file(CONFIGURE OUTPUT embedded_pages.cpp CONTENT [[
namespace lockstep::report {
extern const char* const embedded_pages[];
const char* const embedded_pages[] = {
@embedded@  nullptr};
}
]] @ONLY)
target_sources(lockstep_report PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded_pages.cpp)
