// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "claims/judges.hpp"
#include "claims/manifest.hpp"

namespace lockstep {

/// What is asked of the whole, and whether it has an answer: the ids of the mails' properties and
/// statements about order, in our words, and their numbers (spec/answers.json), held against what
/// the protocols say.
struct Answers {
  /// A name that holds something: `P/Property`, `P/question/Q`, `P/variant/V` or `test/FOLDER:
  /// CASE`.
  using HeldBy = std::vector<std::string>;

  struct Property {
    std::string id, words;
    HeldBy held_by;
    std::string not_here;  ///< why nobody does; or ""
    bool answered = false;
  };
  struct Asked {
    std::string name;                       ///< `P/Q`
    std::map<std::string, bool> reachable;  ///< by model
  };
  struct Statement {
    std::string id, words;
    std::vector<Asked> questions;
    std::string where;     ///< `spec/P/README.md#anchor`; or ""
    std::string not_here;  ///< which protocol has to answer it, and is not there; or ""
    bool answered() const { return !questions.empty() || !where.empty(); }
  };
  struct Number {
    std::string value, words;
    HeldBy held_by;
    std::string not_here;
    bool answered() const { return not_here.empty(); }
  };
  struct Scenario {
    std::string answer;  ///< judged, documented, measured
    std::pair<const ManifestProtocol*, const ManifestVariant*> broken{}, holds{};
    bool itself = false;  ///< does the protocol as it is hold?
    std::vector<Asked> questions;
    std::string where, not_here;
    bool answered = false;
  };

  std::vector<Property> properties;
  std::vector<Statement> statements;
  std::vector<Number> numbers;
  std::map<std::string, Scenario> scenarios;  ///< by id

  /// Throws InputError with the place of what is not known, not there or no longer needed.
  static Answers of(const Manifest& manifest);
};

}  // namespace lockstep
