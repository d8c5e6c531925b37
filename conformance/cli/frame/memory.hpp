// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace lockstep::cli {

/// The resident bytes of this process and of all processes that it started, as far as Linux tells.
std::uint64_t memory_in_use();

/// The bytes of memory that the machine has.
std::uint64_t memory_there_is();

}  // namespace lockstep::cli
