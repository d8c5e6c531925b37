// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "claims/manifest.hpp"

namespace lockstep {

struct Check;
struct Outcome;

/// Sets what has been recorded of a protocol: states and transitions of its sizes, and of each
/// variant what every judge is expected to say. What a judge must say follows from what the variant
/// breaks, by the people's word alone; recorded is only in how many steps, and where the proof
/// fails. Without the file nothing has been recorded yet. What nothing measures any more is stale
/// (ManifestProtocol::is_stale). Throws InputError.
void read_recorded(const std::filesystem::path& file, ManifestProtocol& protocol);

/// The needed orders of the record that none of the protocol's checks measures, each with its
/// place: see ManifestProtocol::is_stale.
std::vector<InputError> stale_orders(const ManifestProtocol& p, const std::vector<Check>& all);

/// What a run of all checks measured of a protocol, as the text of its verdicts.json.
/// `kept` stands for what was not measured; of it, needed orders go that none of `all` measures.
/// `all`: each check of the manifest, also those that were not made.
std::string recorded_text(const ManifestProtocol& kept, const std::vector<Check>& all,
                          const std::vector<std::pair<const Check*, const Outcome*>>& measured);

}  // namespace lockstep
