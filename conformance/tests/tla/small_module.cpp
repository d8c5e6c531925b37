// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/tla/small_module.hpp"

#include <fstream>

#include "model/verdict.hpp"
#include "tlc/scratch.hpp"

namespace lockstep::testing {
namespace {

std::string without_file(std::string_view what) {
  const std::size_t end = what.find(".tla:");
  return std::string{end == std::string_view::npos ? what : what.substr(end + 5)};
}

}  // namespace

std::string small_text(std::string_view units) {
  return "---- MODULE Small ----\nEXTENDS Integers, FiniteSets\n"
         "CONSTANTS S, T, Null, Variant\nVARIABLES a, b, c, d, f, g\n" +
         std::string{units} + "\n====\n";
}

tla::Module module_of(std::string_view name, std::string_view text) {
  const tlc::ScratchDirectory scratch{std::filesystem::temp_directory_path() / "lockstep-test-tla"};
  std::ofstream{scratch.path() / (std::string{name} + ".tla"), std::ios::binary} << text;
  return tla::Module::read(name, {scratch.path()});
}

tla::Module small_module(std::string_view units) {
  return module_of("Small", small_text(units));
}

tla::Constants small_constants() {
  tla::Constants out;
  out.sets = {"S", "T"};
  out.model_values = {"Null"};
  out.strings["Variant"] = "holds";
  return out;
}

std::string meaning_of(std::string_view units, std::string_view definition) {
  try {
    return tla::text(small_module(units).expand(definition, small_constants()));
  } catch (const InputError& error) {
    return without_file(error.what());
  }
}

std::string meaning(std::string_view body, std::string_view units_before) {
  return meaning_of(std::string{units_before} + "Here == " + std::string{body}, "Here");
}

}  // namespace lockstep::testing
