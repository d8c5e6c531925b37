// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "model/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace lockstep {

void parallel_for(unsigned jobs, std::size_t items,
                  const std::function<void(std::size_t item, unsigned worker)>& work) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto run = [&](unsigned worker) {
    for (std::size_t i = next++; i < items; i = next++) {
      try {
        work(i, worker);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
        next = items;
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t worker = 1; worker < std::min<std::size_t>(jobs, items); ++worker) {
      threads.emplace_back(run, static_cast<unsigned>(worker));
    }
    run(0);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace lockstep
