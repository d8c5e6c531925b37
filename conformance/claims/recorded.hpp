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
/// fails. Without the file nothing has been recorded yet. Throws InputError.
void read_recorded(const std::filesystem::path& file, ManifestProtocol& protocol);

/// What a run of all checks measured of a protocol, as the text of its verdicts.json.
/// `kept` stands for what was not measured.
std::string recorded_text(const ManifestProtocol& kept,
                          const std::vector<std::pair<const Check*, const Outcome*>>& measured);

}  // namespace lockstep
