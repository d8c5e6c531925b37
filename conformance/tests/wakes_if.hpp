// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>
#include <utility>

#include "protocols/vma_refcnt_variants.hpp"

namespace lockstep::vma_refcnt {

/// A form that wakes the writer only where `wakes()` of the form says so. Where that is decided by what
/// an automaton does not have, the code loses wake-ups and the automaton need not.
template <class M, class Self>
struct WakesIf : VmaRefcnt<M, Self> {
  using Base = VmaRefcnt<M, Self>;
  using Base::Base;
  using Number = std::remove_const_t<typename Base::Number>;
  using Truth = decltype(std::declval<const Number&>() == 1);
  bool only_writer_left(const auto& count) {
    return Base::only_writer_left(count) && static_cast<Self&>(*this).wakes();
  }
};

}  // namespace lockstep::vma_refcnt
