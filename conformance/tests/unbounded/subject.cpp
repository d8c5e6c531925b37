// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "subject.hpp"

#include <stdexcept>

namespace lockstep::testing {

const Manifest& manifest() {
  static const Manifest read = Manifest::read(LOCKSTEP_SOURCE_DIR);  // subjects point into it
  return read;
}

const ManifestProtocol& proved() {
  const ManifestProtocol* out = nullptr;
  for (const ManifestProtocol& protocol : manifest().protocols) {
    const bool more = out == nullptr || protocol.variants.size() > out->variants.size();
    if (protocol.proof && more) out = &protocol;
  }
  if (out == nullptr) throw std::logic_error("no protocol of the tree has a proof");
  return *out;
}

ProofSubject subject_of(const std::string& variant) {
  return ProofSubject::of(manifest(), proved().name, variant);
}

std::unique_ptr<Model> model_of(const std::string& size, const std::string& variant) {
  return Protocol::find(proved().name).model(Size::parse(size), variant);
}

tla::Expr formula(const std::string& text) {
  static const tla::Module module = proof_module(proved());
  static const ProofSubject subject = subject_of("holds");
  return module.expand_text(text, "a test's formula",
                            proof_constants(*subject.model, *proved().proof));
}

}  // namespace lockstep::testing
