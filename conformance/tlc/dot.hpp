// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string_view>

#include "model/graph.hpp"
#include "tlc/step_table.hpp"

namespace lockstep::tlc {

/// Reads the state graph that TLC wrote with `-dump dot,actionlabels`.
///
/// Node i is the i-th state that the file names; `labels` are the steps of the table, so an edge's
/// label is an instance's index there. Duplicate edges (TLC writes one for each binding) are
/// dropped, edges of a node sorted. A file that is cut short, an edge to a state that the file
/// does not print (TLC stopped early, or a CONSTRAINT), an instance that the table does not have:
/// each is an InputError.
LabelledGraph read_dot(const std::filesystem::path& path, Layout& layout, const StepTable& table);

/// The same from memory; `file` is what messages call it.
LabelledGraph read_dot_text(std::string_view text, std::string_view file, Layout& layout,
                            const StepTable& table);

}  // namespace lockstep::tlc
