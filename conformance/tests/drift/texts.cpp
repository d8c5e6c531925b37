// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "sites.hpp"
#include "tests/process.hpp"

namespace lockstep::testing {

namespace {

namespace fs = std::filesystem;

/// The files of a folder with this ending. A link is another protocol's module.
std::map<std::string, std::string> files_of(const fs::path& folder, std::string_view ending) {
  std::map<std::string, std::string> out;
  if (!fs::is_directory(folder)) return out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_symlink() && name.ends_with(ending)) out[name] = text_of(entry.path().string());
  }
  return out;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::istringstream in{std::string{text}};
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

/// The definitions of a module with their bodies; comments are no part of them.
std::map<std::string, std::string> definitions_of(std::string_view module) {
  static const std::regex head(R"(^([A-Za-z]\w*)(\([^)]*\))? ==)");
  std::map<std::string, std::string> out;
  std::string current;
  for (std::string line : lines_of(module)) {
    line = line.substr(0, line.find("\\*"));
    std::smatch match;
    if (std::regex_search(line, match, head)) {
      current = match[1];
      line = match.suffix();
    }
    if (!current.empty()) out[current] += line + "\n";
  }
  return out;
}

/// A site of the reference, or what is called as sites are where several functions have them.
bool is_site(const std::string& name, const Sites& known) {
  static const std::regex form(R"([A-Z][A-Za-z]*_[A-Z][A-Za-z]*)");
  return known.contains(name) || std::regex_match(name, form);
}

}  // namespace

Texts Texts::of(const Manifest& manifest, const ManifestProtocol& protocol) {
  Texts out;
  const fs::path spec = protocol.directories.front();
  out.modules = files_of(spec, ".tla");
  std::erase_if(out.modules, [](const auto& file) { return file.first.starts_with("MC"); });
  out.traces = files_of(manifest.root / "traces" / protocol.name, ".itf.json");
  return out;
}

Actions actions_of(std::string_view module, const Sites& known) {
  const auto definitions = definitions_of(module);
  static const std::regex word(R"([A-Za-z]\w*)");
  Actions out;
  Sites seen;
  std::vector<std::string> open{"Next"};
  while (!open.empty()) {
    const auto found = definitions.find(open.back());
    open.pop_back();
    if (found == definitions.end() || !seen.insert(found->first).second) continue;
    const std::string& body = found->second;
    for (std::sregex_iterator at(body.begin(), body.end(), word), end; at != end; ++at) {
      const std::string name = at->str();
      if (is_site(name, known)) {
        out.in_next.insert(name);
      } else {
        open.push_back(name);
      }
    }
  }
  for (const auto& [name, body] : definitions) {
    if (is_site(name, known) && !out.in_next.contains(name)) out.beside_next.insert(name);
  }
  // What Next mentions must also be there.
  std::erase_if(out.in_next, [&](const auto& name) { return !definitions.contains(name); });
  return out;
}

Sites sites_of_trace(const std::string& text, const std::string& name) {
  const auto document = nlohmann::json::parse(text, nullptr, false);
  if (document.is_discarded() || !document.contains("states")) return {name + " is no trace"};
  Sites out;
  for (const auto& state : document["states"]) {
    const auto meta = state.find("#meta");
    if (meta != state.end() && meta->contains("site")) out.insert((*meta)["site"]);
  }
  return out;
}

}  // namespace lockstep::testing
