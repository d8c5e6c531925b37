// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "book/linked.hpp"

#include <algorithm>
#include <filesystem>

#include "book/frame.hpp"

namespace lockstep::book {

std::string linked(const Report& report, const std::string& from, const std::string& file) {
  const std::size_t hash = std::min(file.find('#'), file.size());
  const std::filesystem::path path = file.substr(0, hash);
  const std::string folder = path.parent_path().filename().string();
  const auto there = [&](const ProtocolPage& p) { return p.stated->name == folder; };
  const auto protocol = std::ranges::find_if(report.protocols, there);
  const bool known = protocol != report.protocols.end();
  std::string to;
  if (path.filename() == "README.md" && (known || report.told.contains(folder))) {
    to = protocol_path(folder);
  }
  if (path.filename() == "PROOF.md" && known && !protocol->proof.empty()) to = proof_path(folder);
  return to.empty() ? to : relative(from, to) + file.substr(hash);
}

report::MarkdownOptions told_in_page(const Report& report, const std::string& from,
                                     const std::string& folder, report::Anchors& anchors) {
  const auto link = [&report, from, folder](const std::string& to) {
    if (to.starts_with('#')) return to;
    if (to.find(':') != std::string::npos) return std::string{};
    const auto whole = (std::filesystem::path("spec") / folder / to).lexically_normal();
    return linked(report, from, whole.string());
  };
  return {link, 1, &anchors};
}

}  // namespace lockstep::book
