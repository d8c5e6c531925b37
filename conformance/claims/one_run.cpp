// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/one_run.hpp"

#include <algorithm>

#include "claims/judges.hpp"
#include "claims/proof.hpp"
#include "claims/proof_check.hpp"

namespace lockstep {

OneRun::OneRun(std::shared_ptr<const Manifest> manifest, std::string protocol, Size size,
               std::vector<std::string> claims)
    : manifest_(std::move(manifest)),
      protocol_(std::move(protocol)),
      size_(std::move(size)),
      claims_(std::move(claims)) {}

tlc::CheckResult OneRun::ask(const std::vector<std::string>& claims,
                             const Workshop& workshop) const {
  const Subject subject = Subject::of(*manifest_, protocol_, size_, "holds");
  std::vector<std::string> kinds;
  for (const std::string& claim : claims) {
    for (std::string& kind : kinds_of(claim)) kinds.push_back(std::move(kind));
  }
  Layout layout = subject.model->world().layout();
  tlc::ModelRun run = question_of(subject, properties_of(*subject.protocol, kinds));
  if (std::ranges::find(claims, "inductive") != claims.end()) {
    run.spec_module = subject.protocol->proof->module;
    const auto conjuncts =
        proof_module(*subject.protocol).conjuncts(subject.protocol->proof->invariant);
    for (const std::string& conjunct : conjuncts) {
      if (std::ranges::find(run.invariants, conjunct) == run.invariants.end()) {
        run.invariants.push_back(conjunct);
      }
    }
  }
  if (run.invariants.empty() && run.properties.empty()) {
    throw Undecided("no property is asked about; TLC would find nothing wrong in anything");
  }
  run.own_next = true;
  return tlc::check(run, layout, options_of(subject, run, workshop));
}

Outcome OneRun::of(const std::string& claim, const Workshop& workshop) {
  const std::lock_guard lock(mutex_);
  double seconds = 0;
  if (!together_) {
    together_ = ask(claims_, workshop);
    seconds = together_->seconds;
  }
  const bool alone = !together_->holds() && claims_.size() > 1;
  const tlc::CheckResult result = alone ? ask({claim}, workshop) : *together_;
  if (alone) seconds += result.seconds;
  Outcome out = outcome_of(result);
  out.seconds = seconds;
  return out;
}

}  // namespace lockstep
