// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>
#include <vector>

namespace lockstep {

/// The object that stands for the calling thread. A waker may have read the reference to a waiting
/// thread just before that one goes on, and ends; so such an object is never given back, only to
/// the next thread. That one may be woken by mistake, which every wait expects.
template <class Object>
class NativeTask {
 public:
  static Object& self() {
    thread_local const NativeTask mine;
    return *mine.object_;
  }

  NativeTask(const NativeTask&) = delete;
  NativeTask& operator=(const NativeTask&) = delete;

 private:
  struct Pool {
    std::mutex mutex;
    std::vector<Object*> unused;
  };

  NativeTask() {
    Pool& all = pool();
    const std::scoped_lock hold(all.mutex);
    if (all.unused.empty()) {
      object_ = new Object;
    } else {
      object_ = all.unused.back();
      all.unused.pop_back();
    }
  }
  ~NativeTask() {
    Pool& all = pool();
    const std::scoped_lock hold(all.mutex);
    all.unused.push_back(object_);
  }

  /// Threads may end after the static objects have: this one stays.
  static Pool& pool() {
    static Pool& all = *new Pool;
    return all;
  }

  Object* object_;
};

}  // namespace lockstep
