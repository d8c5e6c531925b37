# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT

# The memory models are text files, and part of the program: orders/models/NAME.model.
file(GLOB models CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/orders/models/*.model)
set(embedded "")
foreach(model IN LISTS models)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${model})
  get_filename_component(name ${model} NAME_WE)
  file(READ ${model} text)
  string(APPEND embedded "  \"${name}\", R\"model(${text})model\",\n")
endforeach()
file(CONFIGURE OUTPUT embedded_models.cpp CONTENT [[
namespace lockstep::orders {
extern const char* const embedded_models[];
const char* const embedded_models[] = {
@embedded@  nullptr};
}
]] @ONLY)
target_sources(lockstep_orders PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded_models.cpp)
