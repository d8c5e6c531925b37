// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "claims/proof.hpp"
#include "tla/module.hpp"

namespace lockstep::testing {

/// What there is to prove of a variant of vma_refcnt, by the manifest.
ProofSubject subject_of(const std::string& variant);

/// A formula in the words of the proof's module, for the variant "holds": Limit and Flag are open.
tla::Expr formula(const std::string& text);

}  // namespace lockstep::testing
