// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "claims/check.hpp"
#include "claims/proof.hpp"

namespace lockstep {

/// The prover of the form that holds, for all checks that ask what states its invariant has: made
/// by the first of them. They are one group, so they come one after another.
class OneProver {
 public:
  unbounded::Prover& of(const Manifest& manifest, const std::string& protocol) {
    if (!prover_) {
      subject_ = ProofSubject::of(manifest, protocol, "holds");
      prover_.emplace(subject_.question);
    }
    return *prover_;
  }
  const unbounded::Question& question() const { return subject_.question; }
  static std::string group(const std::string& protocol) { return protocol + "/invariant"; }

 private:
  ProofSubject subject_;
  std::optional<unbounded::Prover> prover_;
};

/// The workshop's wishes, for a prover. The workshop has to outlive them.
inline unbounded::Options prover_options(const Workshop& workshop) {
  unbounded::Options out;
  out.stop = workshop.stop;
  out.on_progress = [&workshop](std::uint64_t done, std::uint64_t, const std::string&) {
    if (workshop.on_progress) workshop.on_progress(done);
  };
  return out;
}

}  // namespace lockstep
