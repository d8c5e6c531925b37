// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "traces/json_tree.hpp"
#include "traces/trace.hpp"

namespace lockstep {

/// A trace in Apalache's Informal Trace Format, one state a line and everything in a fixed order,
/// so that a diff of two files is a diff of two behaviours.
std::string itf_text(const Trace& trace, const Layout& layout);
void write_itf(const std::filesystem::path& path, const Trace& trace, const Layout& layout);

/// The names that a step may have. Empty = any.
struct StepNames {
  std::vector<std::string> sites, tasks;
};

/// A file in that format: first one asks of what it is, then reads it with that model's layout.
/// Whatever is not a complete behaviour of states of the layout is an InputError with its place.
/// Variables that model-based testing adds are left out, and a step that is not named is said to be
/// unnamed.
class ItfFile {
 public:
  /// `protocols`: those that there are; empty = any is taken.
  explicit ItfFile(const std::filesystem::path& path, std::vector<std::string> protocols = {});
  ItfFile(std::string text, std::string name, std::vector<std::string> protocols = {});

  const TraceSubject& subject() const { return subject_; }
  /// Names are interned in the symbols of the layout.
  Trace trace(Layout& layout, const StepNames& known = {}) const;

  /// Throws an InputError at what says of what the trace is.
  [[noreturn]] void fail_at_subject(const std::string& what) const;
  /// Throws an InputError at a state.
  [[noreturn]] void fail_at_state(std::size_t state, const std::string& what) const;

 private:
  void read_header();
  [[noreturn]] void fail_as_foreign(const JsonTree& at, const std::string& what) const;

  std::string name_;
  std::string text_;
  std::vector<std::string> protocols_;
  JsonTree root_;
  TraceSubject subject_;
};

}  // namespace lockstep
