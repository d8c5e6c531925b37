// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "machines/protocol.hpp"
#include "tla/module.hpp"

namespace lockstep::testing {

/// VmaRefcntProperties.tla, read once.
const tla::Module& vma_refcnt_properties();

/// Its constants; the sets stay as they are, and so do the parameters that are named.
tla::Constants constants_of(const std::string& variant, const std::set<std::string>& open);
tla::Constants constants_of(const Model& model);

/// Its definitions that are named ...OK or NoLost...: the invariants, TypeOK first.
std::vector<std::string> invariants();

}  // namespace lockstep::testing
