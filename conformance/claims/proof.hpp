// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "claims/manifest.hpp"
#include "machines/protocol.hpp"
#include "tla/module.hpp"
#include "unbounded/prove.hpp"

namespace lockstep {

/// What there is to prove of a protocol's variant: the relation from the reference's code, the
/// invariant and the properties from the specification's text.
struct ProofSubject {
  const ManifestProtocol* protocol = nullptr;
  std::string variant;
  std::unique_ptr<Model> model;  ///< of the smallest size, which the proof does not know
  unbounded::Question question;
  std::vector<const ManifestProperty*> left_out;  ///< that no induction shows: liveness, refinement

  /// `assumption`: instead of the manifest's. `extra`: properties besides. Throws InputError, also
  /// where the manifest has no proof of the protocol.
  static ProofSubject of(const Manifest& manifest, const std::string& protocol,
                         const std::string& variant,
                         const std::optional<std::string>& assumption = {},
                         const std::vector<ManifestProof::Extra>& extra = {});

  /// "any number of readers, VMAs and write sections": the sets that the question leaves open, and
  /// what the automata that are proved do not bound.
  std::string any_number() const;
  /// The same, with what is bounded, "; sequentially consistent".
  std::string bounds() const;
};

/// The module that the manifest's proof names, with all that it extends.
tla::Module proof_module(const ManifestProtocol& protocol);
/// The specification's constants as a proof has them: sets stay sets, some numbers stay open.
tla::Constants proof_constants(const Model& model, const ManifestProof& proof);
/// The objects of each constant set in a model: Readers, r1 and r2.
std::map<std::string, std::vector<std::string>> objects_of_sets(const Model& model);

/// A constant set of the model that is not all objects of a kind, nor all tasks of a role: a proof
/// takes each for that. Its name, or "".
std::string partial_set(const Model& model);

/// Random walks of the reference's code beside its automaton, at each of the manifest's sizes: the
/// first difference, in words. What a task hides from its automaton would be hidden from the proof.
/// `on_walk` is called before each, and may throw to stop.
std::optional<std::string> walk(const ProofSubject& subject, const std::function<void()>& on_walk);
/// The same of the code that `at` gives for a size.
std::optional<std::string> walk(const ProofSubject& subject,
                                const std::function<std::unique_ptr<Model>(const Size&)>& at,
                                const std::function<void()>& on_walk);
/// How many walks that are.
std::size_t walks_of(const ProofSubject& subject);

}  // namespace lockstep
