// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/told.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "report/anchors.hpp"
#include "report/suggest.hpp"

namespace lockstep {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_word(char c) {
  return is_digit(c) || is_lower(c) || is_upper(c) || c == '_';
}

/// Length of the id that begins at `at`: S22, D18, O03, O14b; 0 where none does.
std::size_t id_at(const std::string& text, std::size_t at) {
  if (at > 0 && (is_word(text[at - 1]) || text[at - 1] == '-')) return 0;
  if (at + 2 >= text.size()) return 0;
  const char letter = text[at];
  if (letter != 'S' && letter != 'D' && letter != 'O') return 0;
  if (!is_digit(text[at + 1]) || !is_digit(text[at + 2])) return 0;
  std::size_t end = at + 3;
  if (letter == 'O' && end < text.size() && is_lower(text[end])) ++end;
  return end < text.size() && is_word(text[end]) ? 0 : end - at;
}

}  // namespace

std::map<std::string, std::string> told_in(const std::string& text, const std::string& file,
                                           const std::vector<std::string>& known) {
  std::map<std::string, std::string> out;
  report::Anchors anchors;
  std::string anchor, line;
  bool fenced = false;
  std::istringstream in(text);
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.starts_with("```")) fenced = !fenced;
    if (fenced) continue;
    const std::size_t hashes = line.find_first_not_of('#');
    const bool heading =
        line.starts_with('#') && hashes != std::string::npos && line[hashes] == ' ';
    if (heading) anchor = anchors.of(line.substr(hashes + 1));
    bool bold = heading;
    for (std::size_t at = 0; at < line.size(); ++at) {
      if (!heading && line.compare(at, 2, "**") == 0) {
        bold = !bold;
        ++at;
        continue;
      }
      const std::size_t length = bold ? id_at(line, at) : 0;
      if (length == 0) continue;
      const std::string id = line.substr(at, length);
      if (std::ranges::find(known, id) == known.end()) {
        throw InputError(
            file, number, at + 1,
            "'" + id + "' is no scenario and no statement" + report::suggestion(id, known));
      }
      out.emplace(id, anchor);
    }
  }
  return out;
}

Told told(const Manifest& manifest, const std::vector<std::string>& known) {
  Told out;
  for (const ManifestProtocol& p : manifest.protocols) {
    if (p.foreign) continue;  // it is asked nothing of what the mails ask
    const auto path = p.directories.front() / "README.md";
    std::ifstream in(path, std::ios::binary);
    if (!in) continue;
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    for (const auto& [id, anchor] : told_in(text, path.string(), known)) {
      out[p.name][id] = "spec/" + p.name + "/README.md" + (anchor.empty() ? "" : "#" + anchor);
    }
  }
  return out;
}

}  // namespace lockstep
