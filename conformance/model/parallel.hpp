// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>

namespace lockstep {

/// Calls `work(item, worker)` for every item below `items`, in their order, at most `jobs` at a
/// time. A worker is a thread, numbered from 0, which is the caller's own. The first exception ends
/// the work: nothing begins any more, what has begun ends, and it is thrown again.
void parallel_for(unsigned jobs, std::size_t items,
                  const std::function<void(std::size_t item, unsigned worker)>& work);

}  // namespace lockstep
