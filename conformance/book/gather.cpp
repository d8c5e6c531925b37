// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "book/gather.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "book/lives.hpp"
#include "report/dot.hpp"
#include "report/text.hpp"

namespace lockstep::book {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>{in}, {}};
}

constexpr const char* not_drawn = "There is no Graphviz to draw it (package graphviz).";

Picture drawn(const std::string& title, const std::string& words, const std::string& dot,
              const Draw& draw) {
  const std::string svg = draw(dot);
  return {title, svg.empty() ? not_drawn : words, inner_svg(svg)};
}

/// The largest size that is looked through in a second.
const ManifestSize* size_of_lives(const ManifestProtocol& protocol, std::uint64_t most) {
  const ManifestSize* out = nullptr;
  for (const ManifestSize& size : protocol.sizes) {
    if (!size.states || *size.states > most) continue;
    if (out == nullptr || *size.states > *out->states) out = &size;
  }
  return out;
}

std::vector<Picture> lives(const Manifest& manifest, const ManifestProtocol& protocol,
                           const Draw& draw) {
  constexpr std::uint64_t most = 25'000;
  const ManifestSize* size = size_of_lives(protocol, most);
  if (size == nullptr) return {};
  const Subject subject = Subject::of(manifest, protocol.name, Size::parse(size->size), "holds");
  std::vector<Picture> out;
  // What is recorded is counted under the VIEW of the specification, and so are these.
  for (const Life& life : lives_of(subject, 2 * most)) {
    out.push_back(drawn(life.field,
                        "Every value of " + life.field +
                            (life.kind.empty() ? "" : " of a " + life.kind) +
                            " and the steps between two, in all states of " +
                            subject.model->bounds() + "; a double line is the start.",
                        life.dot, draw));
  }
  return out;
}

std::vector<Picture> automata(const Subject& subject, const Draw& draw) {
  const Symbols& symbols = subject.model->world().layout().symbols;
  std::vector<Picture> out;
  for (const Automaton& automaton : subject.model->automata()) {
    out.push_back(drawn(automaton.role,
                        "A box is a site with its access and order; a double line is the start, a "
                        "dashed arrow goes back to it.",
                        report::dot({automaton}, automaton.role, symbols), draw));
  }
  return out;
}

}  // namespace

std::string inner_svg(const std::string& svg) {
  const std::size_t at = svg.find("<svg");
  if (at == std::string::npos) return "";
  std::string out;
  for (std::size_t from = at; from < svg.size();) {
    // Names of nodes that nobody gave, as hints under the mouse, and comments.
    const std::size_t title = svg.find("<title>", from), comment = svg.find("<!--", from);
    const std::size_t next = std::min(title, comment);
    out += svg.substr(from, next - from);
    if (next == std::string::npos) break;
    const std::string end = next == title ? "</title>" : "-->";
    from = svg.find(end, next);
    from = from == std::string::npos ? svg.size() : from + end.size();
  }
  return out;
}

ProtocolPage gather(const Manifest& manifest, const ManifestProtocol& protocol, const Draw& draw) {
  ProtocolPage out;
  out.stated = &protocol;
  out.readme = text_of(protocol.directories.front() / "README.md");
  out.proof = text_of(protocol.directories.front() / "PROOF.md");
  const Subject subject =
      Subject::of(manifest, protocol.name, Size::parse(protocol.default_size()), "holds");
  if (subject.model->has_code()) {
    hold_against_code(*subject.model);
    out.sites = beside::site_rows(manifest, protocol);
    out.automata = automata(subject, draw);
  }
  out.lives = lives(manifest, protocol, draw);
  return out;
}

std::map<std::string, std::string> told_besides(const Manifest& manifest) {
  std::map<std::string, std::string> out;
  const std::filesystem::path spec = manifest.root / "spec";
  if (!std::filesystem::is_directory(spec)) return out;
  for (const auto& entry : std::filesystem::directory_iterator(spec)) {
    const std::string name = entry.path().filename().string();
    const auto same = [&](const ManifestProtocol& p) { return p.name == name; };
    if (std::ranges::any_of(manifest.protocols, same)) continue;
    std::string text = text_of(entry.path() / "README.md");
    if (!text.empty()) out[name] = std::move(text);
  }
  return out;
}

}  // namespace lockstep::book
