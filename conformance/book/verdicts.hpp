// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "claims/manifest.hpp"
#include "report/document.hpp"

namespace lockstep::book {

/// What a `verify --json FILE` found, held against the tree that is told of. It counts for a
/// protocol only if it was asked about the same texts; and where it does not ask all that there is
/// to ask, the rest is unknown.
class Verdicts {
 public:
  struct Judged {
    std::string id, protocol, scenario, claim, judge, tool, variant, model, got;
    Verdict verdict = Verdict::unknown;
  };
  struct Standing {
    std::size_t all = 0, asked = 0, passed = 0, failed = 0;
    bool stale = false;  ///< the texts have changed since: nothing counts
    /// PASS only if all were asked and passed; no check at all is UNKNOWN.
    Verdict verdict() const;
  };

  Verdicts() = default;
  /// Throws InputError for what is no such document by its schema, and for one that speaks of a
  /// protocol that is not here.
  static Verdicts read(const std::string& file, const std::shared_ptr<const Manifest>& manifest);

  bool given() const { return !file_.empty(); }
  const std::string& file() const { return file_; }
  /// Of a protocol of the manifest.
  const Standing& of(const std::string& protocol) const;
  /// Those that count, in the order of the document.
  const std::vector<Judged>& all() const { return judged_; }

 private:
  std::string file_;
  std::map<std::string, Standing> standings_;
  std::vector<Judged> judged_;
};

}  // namespace lockstep::book
