// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "program.hpp"

namespace lockstep::testing {

/// The toy's description, to be read only.
inline const std::string toys = LOCKSTEP_SOURCE_DIR "/conformance/tests/toys";
/// Its trace of `no_look`: four steps, into a violation of AloneOK.
inline const std::string golden = toys + "/traces/door/T01_no_look.itf.json";

/// Runs the program that knows the toy alone.
inline Outcome toy(const Words& arguments, const Words& settings = {},
                   double interrupt_after = -1) {
  return run_on(toys, LOCKSTEP_TOYS, arguments, settings, interrupt_after);
}

/// A copy of the toy's description, to be spoiled, and the program that knows the toy alone.
class ToyRoot {
 public:
  ToyRoot() {
    for (const char* folder : {"spec", "traces"}) {
      std::filesystem::copy(std::filesystem::path{toys} / folder, scratch_ / folder,
                            std::filesystem::copy_options::recursive);
    }
  }

  /// "spec/door/Door.tla"
  std::string file(const std::string& name) const { return scratch_ / name; }
  std::string text(const std::string& name) const { return text_of(file(name)); }
  void write(const std::string& name, const std::string& text) const {
    write_text(file(name), text);
  }
  void remove(const std::string& name) const { std::filesystem::remove_all(file(name)); }
  /// Every occurrence; there has to be one.
  void change(const std::string& name, const std::string& from, const std::string& to) const {
    std::string all = text(name);
    std::size_t at = all.find(from);
    INFO(name << " has no '" << from << "'");
    REQUIRE(at != std::string::npos);
    for (; at != std::string::npos; at = all.find(from, at + to.size())) {
      all.replace(at, from.size(), to);
    }
    write(name, all);
  }

  /// Without Java, and on lines as long as they are, unless `settings` say otherwise.
  Outcome run(const Words& arguments, const Words& settings = no_java) const {
    return run_on(scratch_ / "", LOCKSTEP_TOYS, arguments, settings, -1);
  }
  Outcome verify(Words more = {}, const Words& settings = no_java) const {
    more.insert(more.begin(), "verify");
    return run(more, settings);
  }

  static inline const Words no_java{"JAVA_HOME=", "PATH=/nowhere", "COLUMNS=4000"};

 private:
  Scratch scratch_;
};

}  // namespace lockstep::testing
