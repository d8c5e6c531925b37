// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/verify_update.hpp"

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "claims/derived.hpp"
#include "claims/recorded.hpp"
#include "cli/common.hpp"
#include "traces/atomic_file.hpp"

namespace lockstep::cli {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with(',')) line.pop_back();  // whether another one comes after is no change
    out.push_back(line);
  }
  return out;
}

/// The lines that only one of two texts has: `- ` of the first, `+ ` of the second.
std::string changes(const std::string& before, const std::string& after) {
  const auto old_lines = lines_of(before), new_lines = lines_of(after);
  const std::multiset<std::string> old_set(old_lines.begin(), old_lines.end()),
      new_set(new_lines.begin(), new_lines.end());
  std::string out;
  for (const std::string& line : old_lines) {
    if (!new_set.contains(line)) out += "- " + line + "\n";
  }
  for (const std::string& line : new_lines) {
    if (!old_set.contains(line)) out += "+ " + line + "\n";
  }
  return out;
}

void write_changed(Session& session, const std::filesystem::path& file, const std::string& after) {
  std::ifstream in(file, std::ios::binary);
  const std::string before{std::istreambuf_iterator<char>{in}, {}};
  if (before == after) return;
  write_file(file, after);
  session.print(file.string() + "\n" + changes(before, after) + "\n");
}

}  // namespace

void update_recorded(Session& session, const Manifest& manifest, const std::vector<Check>& checks,
                     const std::vector<std::optional<Checked>>& results) {
  for (const ManifestProtocol& protocol : manifest.protocols) {
    std::vector<std::pair<const Check*, const Outcome*>> measured;
    for (std::size_t i = 0; i < checks.size(); ++i) {
      if (checks[i].protocol == protocol.name && results[i]) {
        measured.emplace_back(&checks[i], &results[i]->outcome);
      }
    }
    if (measured.empty()) continue;
    const auto file = manifest.root / "spec" / protocol.name / "verdicts.json";
    write_changed(session, file, recorded_text(protocol, measured));
  }
  // What is derived follows from what has been recorded now.
  const auto now = read_manifest();
  for (const ManifestProtocol& protocol : now->protocols) {
    const auto folder = manifest.root / "spec" / protocol.name;
    const std::vector<DerivedFile> derived = derived_files(*now, protocol, folder);
    for (const DerivedFile& file : derived) write_changed(session, file.path, file.text);
    for (const auto& surplus : surplus_files(derived, folder)) {
      std::filesystem::remove(surplus);
      session.print(surplus.string() + ": removed; nothing gives it\n\n");
    }
  }
}

}  // namespace lockstep::cli
