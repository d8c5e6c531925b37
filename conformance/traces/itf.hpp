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

/// A file in that format: first one asks of what it is, then reads it with that model's layout.
/// Whatever is not a complete behaviour of states of the layout is an InputError with its place.
class ItfFile {
 public:
  explicit ItfFile(const std::filesystem::path& path);
  ItfFile(std::string text, std::string name);

  const TraceSubject& subject() const { return subject_; }
  /// Names are interned in the symbols of the layout.
  Trace trace(Layout& layout) const;

 private:
  void read_header();

  std::string name_;
  std::string text_;
  JsonTree root_;
  TraceSubject subject_;
};

}  // namespace lockstep
