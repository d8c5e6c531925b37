// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

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

/// What would come instead: the first `after` steps, and then these, as Step::text() has them.
/// Throws InputError for one that is not enabled, with those that are.
void go_another_way(Shown& shown, std::size_t after, const std::vector<std::string>& steps);

/// What the states near a behaviour may take of a page. All else takes 50 kB.
inline constexpr std::size_t bytes_of_states = 1'200'000;

/// The behaviour and all that is enabled near it as one page that needs nothing else. The first
/// line of `title` is its own; `command` makes the behaviour. What is enabled along the behaviour
/// is there even if it takes more than `bytes`.
std::string behaviour_page(const Manifest& manifest, const Shown& shown, const std::string& title,
                           const std::string& command, std::size_t bytes = bytes_of_states);

}  // namespace lockstep::cli
