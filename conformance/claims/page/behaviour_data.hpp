// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "claims/judges.hpp"
#include "explore/neighbourhood.hpp"
#include "report/columns.hpp"
#include "report/document.hpp"

namespace lockstep {

/// A behaviour that a page is to show, and what is said of it there.
struct BehaviourShown {
  const Manifest& manifest;
  const Subject& subject;
  const report::Columns& style;
  std::string violated;            ///< at the end; or ""
  std::vector<std::size_t> slots;  ///< whose last values show it
  std::optional<std::size_t> back_to;
  std::string title;
  std::vector<std::pair<std::string, std::string>> about;  ///< "source", "Vlastimil Babka, ..."
  std::string command;  ///< makes the page; `--after` and `--take` can be added
  std::size_t given;    ///< how many of the steps it gives if none is added
};

/// What the page knows: each state near the behaviour, the steps that are enabled there, and which
/// properties do not hold. As near as fits into `bytes`; all that is enabled along the behaviour is
/// there in any case. behaviour.js says what the members are.
report::Json behaviour_data(Neighbourhood& near, const BehaviourShown& shown, std::size_t bytes);

}  // namespace lockstep
