// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "claims/manifest.hpp"

namespace lockstep::testing {

using Sites = std::set<std::string>;

/// The texts in which a protocol's sites stand, by file name; a test alters copies of them.
struct Texts {
  std::map<std::string, std::string> modules, traces;

  static Texts of(const Manifest& manifest, const ManifestProtocol& protocol);
};

/// The actions of a module: what Next consists of, and what is defined like one but is not in it.
struct Actions {
  Sites in_next, beside_next;
};
/// `known`: the sites of the reference.
Actions actions_of(std::string_view module, const Sites& known);

/// The sites of the steps of a trace.
Sites sites_of_trace(const std::string& text, const std::string& name);

/// The sites of the reference: of today's form, and of any variant; and fences and points, which
/// are no actions, but a question about orders may begin at them.
struct ReferenceSites {
  Sites holds, all, no_actions;
};
ReferenceSites reference_sites(const ManifestProtocol& protocol);
/// The sites of the events of the manifest's questions about memory orders; SITE.cell is SITE.
Sites order_sites(const Manifest& manifest, const std::string& protocol);

/// Where a protocol's sites stand that are not in a text.
struct Known {
  ReferenceSites reference;
  Sites orders;
};

/// What has drifted apart, a line each: which site, and where it is missing.
std::vector<std::string> drift(const Texts& texts, const Known& known);

}  // namespace lockstep::testing
