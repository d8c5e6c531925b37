// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "claims/proof.hpp"
#include "tla/module.hpp"

namespace lockstep::testing {

/// That of the tree.
const Manifest& manifest();
/// The protocol whose proof these tests are about: of those of the tree, the one with the most
/// variants.
const ManifestProtocol& proved();
/// What there is to prove of a variant of it, by the manifest.
ProofSubject subject_of(const std::string& variant);
/// A model of it.
std::unique_ptr<Model> model_of(const std::string& size, const std::string& variant = "holds");

/// A formula in the words of the proof's module, for the variant "holds"; the parameters of the
/// proof are open.
tla::Expr formula(const std::string& text);

}  // namespace lockstep::testing
