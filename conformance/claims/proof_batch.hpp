// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "claims/proof.hpp"
#include "model/verdict.hpp"

namespace lockstep {

/// One proof of many, and what came of it.
struct ProofTask {
  std::string variant = "holds";
  std::optional<std::string> assumption, without;
  std::vector<ManifestProof::Extra> extra;  ///< properties besides the manifest's
  bool first_only = false;
};

/// Proves them all, `jobs` at a time, each with a solver of its own; in the order of the tasks.
/// What is proved is held against the code by the walks. A proof that was not begun, or not ended,
/// when it had to stop says `stopped`. The first exception is rethrown. `on_done` is called from
/// any thread.
std::vector<unbounded::Proof> prove_all(
    const Manifest& manifest, const std::string& protocol, const std::vector<ProofTask>& tasks,
    unsigned jobs, std::stop_token stop,
    const std::function<void(std::size_t task, const unbounded::Proof&)>& on_done);

/// "StartRead_IncRef -> StartRead_CheckMm / Count", "UseOK"
std::string text(const unbounded::Failure& failure);
/// In the words of the manifest: "proved", or "fails at EDGE / CONJUNCT, ..."; of a proof that is
/// not decided, why not.
std::string words(const unbounded::Proof& proof);
/// Does a proof come out as `expected` says: proved, or fails there, perhaps elsewhere too?
bool is_as_expected(const unbounded::Proof& proof, const std::string& expected);
/// What failed has failed, whatever else was not asked or not answered. UNKNOWN where the rest
/// could still come out as expected, and where nothing is expected.
Verdict judged(const unbounded::Proof& proof, const std::string& expected);
/// Where an expected failure is to be: "fails at EDGE / CONJUNCT".
unbounded::Options::Place place_of(const std::string& expected);
/// What the manifest expects: "proved" of what holds; "" where it says nothing.
std::string expected_proof(const ManifestProtocol& protocol, const std::string& variant);

}  // namespace lockstep
