// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "claims/manifest.hpp"
#include "claims/part.hpp"
#include "tla/module.hpp"

namespace lockstep {

/// The specification that the member `spec` of a protocol.json names. Throws InputError with the
/// member's place where there is no such module, or no such definition in it.
tla::Module named_module(const Part& spec, const std::vector<std::filesystem::path>& directories);

/// Is whatever else a protocol.json names there, in the code or beside it? Sizes and their claims,
/// variants, the proof's module and sizes. `from` is the document that `p` was read of. Throws
/// InputError with the place.
void check_named(const Part& from, const ManifestProtocol& p);

}  // namespace lockstep
