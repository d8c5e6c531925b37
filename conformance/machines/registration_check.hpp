// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "machines/discovery.hpp"
#include "machines/registration.hpp"

namespace lockstep {

/// A mistake in a registration, at the place in the file where it stands.
ProtocolError mistake(const Registration& registration, const std::string& what);

/// Does each name in a registration stand for something? Kinds, counts, fields, prefixes.
/// Throws ProtocolError.
void check_names(const Registration& registration);

/// Is everything in it used by the code, of which `roles` were learned: one a role, of all forms?
/// Throws ProtocolError for a field that no site accesses, and for a rest that is no point.
void check_used(const Registration& registration, const std::vector<Discovery>& roles);

}  // namespace lockstep
