// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "book/pages.hpp"
#include "cli/common.hpp"

/// What a report shows that is judged while it is made: each gives what is told of it, and its
/// page.
namespace lockstep::cli {

struct WalkMade {
  std::optional<book::Walk> walk;  ///< none: no broken variant shows the scenario
  std::optional<book::Page> page;
};
WalkMade walk_of(Session& session, const Manifest& manifest, const ManifestScenario& scenario);

struct QuestionMade {
  book::QuestionPage question;
  book::Page page;
};
/// The questions of a protocol, and how many there are.
QuestionMade question_of(Session& session, const Manifest& manifest, const std::string& protocol,
                         const std::string& question);
std::vector<std::string> questions_of(const Manifest& manifest, const std::string& protocol);

/// Who judges here, and in which version.
std::vector<book::Tool> tools();

}  // namespace lockstep::cli
