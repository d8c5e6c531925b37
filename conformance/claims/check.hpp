// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "claims/manifest.hpp"
#include "explore/search.hpp"
#include "model/verdict.hpp"

namespace lockstep {

/// What a judge said.
struct Outcome {
  std::string got;      ///< in the words of the manifest: "violates RefcntOK"
  bool decided = true;  ///< else `got` says why not, and the verdict is UNKNOWN
  std::optional<std::uint64_t> states = {}, transitions = {}, steps = {};
  double seconds = 0;
  std::string tool = {};  ///< who was the judge, with its version: "TLC 2.18"; or ""
  /// What is recorded besides, by name; every member of it, and no other.
  std::map<std::string, std::string> table = {};
};

/// How a check may work: where to put files, how to tell how far it is, when to stop.
struct Workshop {
  std::filesystem::path scratch;                          ///< for TLC's files
  std::uint64_t heap_bytes = 0;                           ///< of TLC; 0 = as Java decides
  unsigned workers = 1;                                   ///< of TLC
  unsigned jobs = 1;                                      ///< threads of our own engines
  std::function<void(std::uint64_t states)> on_progress;  ///< may throw to stop
  std::function<void(const SearchProgress&)> on_search;   ///< of the explorer, before that
  std::stop_token stop;                                   ///< for what is slow to ask
};

/// One line of `verify`: a claim, a judge, and what the manifest expects.
struct Check {
  std::string id;  ///< "S39/tlc/dup_copies_refcnt"
  std::string protocol;
  std::optional<std::string> scenario;
  std::string claim, judge;
  std::string variant = "holds";
  std::optional<std::string> model;  ///< the memory model, where the judge is z3
  std::string size;                  ///< of the model, "" where it has none
  std::string site;  ///< of orders-needed: "Put_Dec=once"; of killed: where the property stands
  std::string bounds;
  Expected expected;
  bool quick = false;
  std::function<Outcome(const Workshop&)> run;
  /// Checks of one group share their work, so one worker does them, one after another; "": alone.
  std::string group = {};
};

struct Checked {
  Outcome outcome;     ///< as the judge gave it
  std::string remark;  ///< what was counted otherwise, or has not been recorded; ""
  Verdict verdict = Verdict::unknown;

  /// What the judge said, and the remark.
  std::string got() const { return remark.empty() ? outcome.got : outcome.got + ", " + remark; }
};

/// Compares what a judge said with what it was expected to say.
Checked judged(const Check& check, Outcome outcome);

/// Runs a check and compares. Undecided becomes UNKNOWN; InputError and Interrupted go through.
Checked perform(const Check& check, const Workshop& workshop);

/// Throws InputError where two checks have one id: each is said, and looked for, by it alone.
void hold_apart(const std::vector<Check>& checks);

/// Every check of the protocols that are asked for, the dearest first. Throws InputError with the
/// place of what does not fit together in one of their descriptions; last of all, of what is
/// recorded and nothing measures.
std::vector<Check> all_checks(
    std::shared_ptr<const Manifest> manifest,
    const std::function<bool(const ManifestProtocol&)>& is_asked = [](const auto&) {
      return true;
    });

}  // namespace lockstep
