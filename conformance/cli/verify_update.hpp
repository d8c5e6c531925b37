// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "claims/check.hpp"
#include "cli/frame/session.hpp"

namespace lockstep::cli {

/// Writes what the checks measured to the verdicts.json of each protocol that they are of, and
/// prints what changes, as a diff; what nothing measures any more is dropped, and named. What a
/// judge must say of a property is not recorded, so nothing that fails becomes right by this. Then
/// writes the files that follow from what is stated and recorded now (see derived.hpp), and names
/// each that changes; a .cfg that nothing gives is removed.
void update_recorded(Session& session, const std::shared_ptr<const Manifest>& manifest,
                     const std::vector<Check>& checks,
                     const std::vector<std::optional<Checked>>& results);

}  // namespace lockstep::cli
