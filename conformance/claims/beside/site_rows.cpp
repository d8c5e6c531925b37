// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/beside/site_rows.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "claims/beside/sites.hpp"

namespace lockstep::beside {
namespace {

/// Where the actions of a specification are defined: `VmaRefcnt.tla:151`.
class Definitions {
 public:
  explicit Definitions(const std::filesystem::path& folder) {
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() == ".tla") files.insert(entry.path());
    }
    for (const auto& path : files) {
      std::ifstream in(path);
      std::string line;
      for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.find("==") == std::string::npos) continue;
        places_.emplace(line.substr(0, line.find('(')),
                        path.filename().string() + ":" + std::to_string(number));
      }
    }
  }
  std::string of(const std::string& action) const {
    const auto found = places_.find(action);
    return found == places_.end() ? "" : found->second;
  }

 private:
  std::map<std::string, std::string> places_;
};

/// What the text of the reference says of a site; nothing where there is none.
void add_reference(SiteRow& row, const Site* site) {
  if (site == nullptr) return;
  const Place& at = site->literal->place;
  row.kernel = site->kernel;
  row.primitive = site->primitive;
  row.reference =
      std::filesystem::path(at.file).filename().string() + ":" + std::to_string(at.line);
}

}  // namespace

std::vector<SiteRow> site_rows(const Manifest& manifest, const ManifestProtocol& protocol) {
  const Definitions spec(protocol.directories.front());
  const Sites beside(manifest, protocol.name);
  const auto model =
      Protocol::find(protocol.name).model(Size::parse(protocol.default_size()), "holds");
  std::vector<SiteRow> out;
  for (const Automaton& automaton : model->automata()) {
    for (const Node& node : automaton.nodes) {
      if (node.type == Node::Type::point) continue;
      SiteRow row{node.name,
                  automaton.role,
                  std::string{name_of(node.kind)},
                  node.cell.field,
                  std::string{name_of(node.order)},
                  "",
                  "",
                  spec.of(node.name),
                  ""};
      add_reference(row, beside.find(node.name));
      out.push_back(std::move(row));
    }
  }
  return out;
}

}  // namespace lockstep::beside
