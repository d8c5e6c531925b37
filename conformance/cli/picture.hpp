// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace lockstep::cli {

/// Where a witness is drawn to; empty = not asked for.
struct PictureFiles {
  std::string dot, svg, png;
  bool wanted() const { return !dot.empty() || !svg.empty() || !png.empty(); }
};

/// Writes the graph itself, and what Graphviz makes of it. Throws InputError, where there is no
/// Graphviz too, and says what to install; Interrupted when Ctrl-C comes while it draws.
void draw(const std::string& graph, const PictureFiles& files);

/// A graph as SVG, for a page; "" where there is no Graphviz.
std::string svg(const std::string& graph);

}  // namespace lockstep::cli
