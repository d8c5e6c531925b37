// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

#include "claims/judges.hpp"
#include "report/document.hpp"

namespace lockstep::cli {

/// A behaviour, and what it shows.
struct Shown {
  Subject subject;
  Layout layout;
  Trace trace;
  std::string violated;
  report::Json scenario = nullptr;
  std::string refused;   ///< why it is no behaviour, or ""
  std::size_t kept = 0;  ///< how many steps are those that were read, where others follow
  bool another = false;  ///< do they?
};

/// A behaviour from a file in ITF, replayed on the reference; `refused` where it is none.
Shown shown_of_trace(const Manifest& manifest, const std::string& name);
/// The golden trace of a scenario's broken variant, the first or the one that is named; where there
/// is none, what the explorer finds. Throws Undecided where the scenario has no such variant.
Shown shown_of_scenario(const Manifest& manifest, const std::string& id, const std::string& wanted,
                        const Workshop& shop);
/// What makes a scenario's page, without `--after` and `--take`.
std::string explain_command(const std::string& scenario, const Shown& shown);

/// What would come instead: the first `after` steps, and then these, as Step::text() has them.
/// Throws InputError for one that is not enabled, with those that are.
void go_another_way(Shown& shown, std::size_t after, const std::vector<std::string>& steps);

/// What the states near a behaviour may take of a page. All else takes 50 kB.
inline constexpr std::size_t bytes_of_states = 1'200'000;

/// How a page of a behaviour is made.
struct BehaviourPage {
  std::string title;    ///< the first line is the page's
  std::string command;  ///< makes the behaviour
  std::string around;   ///< HTML: where the page stands among others; "" alone
  /// What is enabled along the behaviour is there even if it takes more.
  std::size_t bytes = bytes_of_states;
};

/// The behaviour and all that is enabled near it as one page that needs nothing else.
struct BehaviourPageMade {
  report::Json data;
  std::string html;
};
BehaviourPageMade behaviour_page(const Manifest& manifest, const Shown& shown,
                                 const BehaviourPage& page);

}  // namespace lockstep::cli
