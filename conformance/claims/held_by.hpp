// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "claims/manifest.hpp"

namespace lockstep {

/// A sentence of a protocol's README that promises something ends with what holds it:
/// "no reader is inside then [`ExclOK`, `UseOK`]." Throws InputError with the place of a name in
/// such brackets that is no property of the protocol, nothing that must be possible or is refuted,
/// and no question. `file` stands for the text in errors.
void hold_held_by(const std::string& text, const std::string& file, const ManifestProtocol& p);

}  // namespace lockstep
