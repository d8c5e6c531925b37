// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "tlc/driver.hpp"

namespace lockstep::testing {

/// Sets an environment variable for a scope; null unsets it.
class Environment {
 public:
  Environment(std::string name, const char* value);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  std::string name_;
  bool had_;
  std::string old_;
};

/// A directory for one test, with a specification in it: a lock that counts its holders' steps.
/// At the end of the test nothing may be left in `scratch()`.
class TinySpec {
 public:
  TinySpec();
  ~TinySpec();
  TinySpec(const TinySpec&) = delete;
  TinySpec& operator=(const TinySpec&) = delete;

  std::filesystem::path root;
  std::filesystem::path scratch() const { return root / "scratch of runs"; }
  bool scratch_is_empty() const;
  /// Writes a shell script that stands in for Java and returns its path.
  std::filesystem::path fake_java(const std::string& body) const;

  tlc::ModelRun run() const;
  tlc::Options options() const;
  static Layout layout();
};

/// Is there a Java and a TLC to run? Says that the test is skipped if not.
bool has_tlc();

/// How many processes run in the directory `root` or below: TLCs of ours.
int processes_in(const std::filesystem::path& root);

}  // namespace lockstep::testing
