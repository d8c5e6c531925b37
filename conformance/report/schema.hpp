// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "report/document.hpp"

namespace lockstep::report {

/// What of a document does not fit its JSON schema (draft 2020-12), each with its place:
/// `/checks/3/verdict: "GOOD" is not one of "PASS", "FAIL", "UNKNOWN"`. Empty when it fits.
///
/// Of the draft: type, enum, const, properties, required, additionalProperties, items, minItems,
/// minimum, pattern, anyOf, $ref to `#/$defs/...`. Throws std::logic_error for a schema with
/// another keyword, since a rule that is not understood must not pass for one that is kept.
std::vector<std::string> misfits(const Json& schema, const Json& document);

}  // namespace lockstep::report
