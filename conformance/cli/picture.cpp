// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/picture.hpp"

#include "cli/common.hpp"
#include "model/verdict.hpp"
#include "report/document.hpp"
#include "tlc/process.hpp"
#include "tlc/scratch.hpp"

namespace lockstep::cli {

namespace {

/// What Graphviz makes of a graph; `file` is what it is for, and is named when it fails.
std::string drawn(const std::string& graph, const std::string& file, const std::string& format) {
  const auto dot = tlc::find_program("dot");
  if (!dot) {
    throw InputError(file, 0, 0,
                     "there is no Graphviz to draw it; install the package 'graphviz', "
                     "or take --dot FILE");
  }
  const tlc::ScratchDirectory scratch{scratch_root()};
  report::write_file(scratch.path() / "graph.dot", graph);
  tlc::Process process{{dot->string(), "-T" + format, "graph.dot"}, scratch.path()};
  std::string picture, errors;
  const tlc::ExitStatus ended =
      process.wait([&picture](std::string_view text) { picture += text; },
                   [&errors](std::string_view text) { errors += text; }, std::nullopt);
  if (ended.signal != 0 || ended.code != 0 || picture.empty()) {
    throw InputError(file, 0, 0,
                     "Graphviz (dot) did not draw it: " + errors.substr(0, errors.find('\n')));
  }
  return picture;
}

void picture(const std::string& graph, const std::string& file, const std::string& format) {
  if (!file.empty()) report::write_file(file, drawn(graph, file, format));
}

}  // namespace

std::string svg(const std::string& graph) {
  return tlc::find_program("dot") ? drawn(graph, "the page", "svg") : "";
}

void draw(const std::string& graph, const PictureFiles& files) {
  if (!files.dot.empty()) report::write_file(files.dot, graph);
  picture(graph, files.svg, "svg");
  picture(graph, files.png, "png");
}

}  // namespace lockstep::cli
