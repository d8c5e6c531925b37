// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "claims/manifest.hpp"

namespace lockstep {

/// What a verdict about a protocol is of, as one number in 16 digits: its specification, questions
/// and records, its golden traces, the reference and the registrations. Any other byte of these, or
/// another name, is another number.
std::string mark_of_texts(const Manifest& manifest, const ManifestProtocol& protocol);

}  // namespace lockstep
