// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "program.hpp"

namespace lockstep::testing {

/// A copy of the toy's description, to be spoiled, and the program that knows the toy alone.
class ToyRoot {
 public:
  ToyRoot() {
    const std::filesystem::path from = std::filesystem::path(LOCKSTEP_SOURCE_DIR) / "conformance/tests/toys";
    for (const char* folder : {"spec", "traces"}) {
      std::filesystem::copy(from / folder, scratch_ / folder,
                            std::filesystem::copy_options::recursive);
    }
  }

  /// "spec/door/Door.tla"
  std::string file(const std::string& name) const { return scratch_ / name; }
  std::string text(const std::string& name) const { return text_of(file(name)); }
  void write(const std::string& name, const std::string& text) const { write_text(file(name), text); }
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

  /// Without Java, unless `settings` say otherwise.
  Outcome run(const Words& arguments, const Words& settings = no_java) const {
    Words words{"env", "LOCKSTEP_ROOT=" + (scratch_ / "")};
    words.insert(words.end(), settings.begin(), settings.end());
    words.emplace_back(LOCKSTEP_TOYS);
    words.insert(words.end(), arguments.begin(), arguments.end());
    return testing::run(words);
  }
  Outcome verify(Words more = {}, const Words& settings = no_java) const {
    more.insert(more.begin(), "verify");
    return run(more, settings);
  }

  static inline const Words no_java{"JAVA_HOME=", "PATH=/nowhere"};

 private:
  Scratch scratch_;
};

}  // namespace lockstep::testing
