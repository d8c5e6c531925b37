// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstdlib>

#include "tests/fuzz/litmus_input.hpp"

/// libFuzzer's target for the reader of litmus tests.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string complaint =
      lockstep::testing::read_litmus({reinterpret_cast<const char*>(data), size});
  if (!complaint.empty() && !lockstep::testing::has_place(complaint)) std::abort();
  return 0;
}
