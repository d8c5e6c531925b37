// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/verify_update.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "claims/derived.hpp"
#include "claims/recorded.hpp"
#include "cli/common.hpp"
#include "report/line_diff.hpp"
#include "traces/atomic_file.hpp"

namespace lockstep::cli {

namespace {

void write_changed(Session& session, const std::filesystem::path& file, const std::string& after) {
  std::ifstream in(file, std::ios::binary);
  const std::string before{std::istreambuf_iterator<char>{in}, {}};
  if (before == after) return;
  write_file(file, after);
  session.print(file.string() + "\n" + report::line_diff(before, after) + "\n");
}

}  // namespace

void update_recorded(Session& session, const std::shared_ptr<const Manifest>& manifest,
                     const std::vector<Check>& checks,
                     const std::vector<std::optional<Checked>>& results) {
  const std::vector<Check> all = all_checks(manifest);
  for (const ManifestProtocol& protocol : manifest->protocols) {
    std::vector<InputError> dropped = protocol.dropped;
    std::ranges::copy(stale_orders(protocol, all), std::back_inserter(dropped));
    for (const InputError& entry : dropped) session.print(std::string{entry.what()} + "\n");
    std::vector<std::pair<const Check*, const Outcome*>> measured;
    for (std::size_t i = 0; i < checks.size(); ++i) {
      if (checks[i].protocol == protocol.name && results[i]) {
        measured.emplace_back(&checks[i], &results[i]->outcome);
      }
    }
    if (measured.empty() && dropped.empty()) continue;
    const auto file = protocol.directories.front() / "verdicts.json";
    write_changed(session, file, recorded_text(protocol, all, measured));
  }
  // What is derived follows from what has been recorded now.
  const auto now = read_manifest();
  for (const ManifestProtocol& protocol : now->protocols) {
    const auto& asked = manifest->protocols;
    if (std::ranges::find(asked, protocol.name, &ManifestProtocol::name) == asked.end()) continue;
    const auto& folder = protocol.directories.front();
    const std::vector<DerivedFile> derived = derived_files(*now, protocol, folder);
    for (const DerivedFile& file : derived) write_changed(session, file.path, file.text);
    for (const auto& surplus : surplus_files(derived, folder)) {
      std::filesystem::remove(surplus);
      session.print(surplus.string() + ": removed; nothing gives it\n\n");
    }
  }
}

}  // namespace lockstep::cli
