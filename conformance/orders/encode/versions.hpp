// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace lockstep::orders {

/// "1.5.3": of the second solver.
std::string cadical_version();

}  // namespace lockstep::orders
