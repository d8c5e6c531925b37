// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include "book/book.hpp"

namespace lockstep::book {

/// A graph as SVG, or "" where nobody can draw.
using Draw = std::function<std::string(const std::string& dot)>;

/// All of a protocol but its questions, which are judged elsewhere.
ProtocolPage gather(const Manifest& manifest, const ManifestProtocol& protocol, const Draw& draw);

/// The README of each folder of spec/ that is no protocol, by the folder.
std::map<std::string, std::string> told_besides(const Manifest& manifest);

/// SVG as Graphviz writes it, as it may stand in a page: the element alone.
std::string inner_svg(const std::string& svg);

}  // namespace lockstep::book
