// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "report/columns.hpp"

namespace lockstep::report {

/// What one step did, piece by piece: `vm_lock_seq[v1] -> 0`, `tree[m1][s1] = v1`, `rvma = v1`.
std::vector<std::string> effects(const Behaviour& behaviour, std::size_t step, const Columns& how);

}  // namespace lockstep::report
