// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

// The pages of a report, read by other means than they are written.
namespace lockstep::testing {

/// Every file of a folder, by its path in it.
inline std::map<std::string, std::string> files_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    out[std::filesystem::relative(entry.path(), folder).string()] = {
        std::istreambuf_iterator<char>{in}, {}};
  }
  return out;
}

/// The page without its scripts, whose strings are no elements.
inline std::string without_scripts(const std::string& page) {
  std::string out;
  for (std::size_t from = 0;;) {
    const std::size_t at = page.find("<script", from);
    out += page.substr(from, at - from);
    if (at == std::string::npos) return out;
    from = page.find("</script>", at);
  }
}

inline std::vector<std::string> attributes(const std::string& page, const std::string& name) {
  const std::regex pattern("[ \n]" + name + "=\"([^\"]*)\"");
  std::vector<std::string> out;
  for (std::sregex_iterator at(page.begin(), page.end(), pattern), end; at != end; ++at) {
    out.push_back((*at)[1]);
  }
  return out;
}

/// What is wrong with the links of a report: `index.html: no protocols/x.html`.
inline std::vector<std::string> wrong_links(const std::map<std::string, std::string>& files) {
  std::map<std::string, std::set<std::string>> ids;
  std::map<std::string, std::string> read;
  for (const auto& [path, text] : files) {
    read[path] = without_scripts(text);
    for (const std::string& id : attributes(read[path], "id")) ids[path].insert(id);
  }
  std::vector<std::string> out;
  for (const auto& [path, text] : read) {
    for (const char* name : {"href", "src", "xlink:href"}) {
      for (const std::string& to : attributes(text, name)) {
        // The first step, whose address the page's script reads.
        if (to == "#0" && path.ends_with("-walk.html")) continue;
        const std::size_t hash = std::min(to.find('#'), to.size());
        const std::filesystem::path folder = std::filesystem::path{path}.parent_path();
        const std::string target =
            hash == 0 ? path : (folder / to.substr(0, hash)).lexically_normal().string();
        const bool there = files.contains(target) && to.find(':') == std::string::npos;
        const bool place = hash == to.size() || ids[target].contains(to.substr(hash + 1));
        if (!there || !place) out.push_back(path + ": no " + to);
      }
    }
    if (text.find("url(") != std::string::npos) out.push_back(path + ": url(");
  }
  return out;
}

}  // namespace lockstep::testing
