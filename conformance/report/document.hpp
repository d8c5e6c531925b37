// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace lockstep::report {

/// Documents keep the order in which their members are written, so that a difference of two
/// files is a difference of content.
using Json = nlohmann::ordered_json;

/// Throws InputError when `file` could not be written later: long work should not end so.
void expect_writable(const std::string& file);

/// Writes `text` to `file` as traces/atomic_file.hpp says: the old text or the new one, never a
/// half. "-" is standard output.
void write_file(const std::string& file, std::string_view text);

/// The same with a document, indented by two, ending in a line feed.
void write_document(const std::string& file, const Json& document);

}  // namespace lockstep::report
