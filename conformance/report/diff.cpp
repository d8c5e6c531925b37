// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/diff.hpp"

#include "report/table.hpp"
#include "report/values.hpp"

namespace lockstep::report {

std::string three_way_diff(const Layout& layout, const ThreeStates& states) {
  Table table({"variable", "before", "specification", "reference"});
  const StateView other = states.reference.value_or(states.before);
  for (const std::size_t slot : changed(states.specification, other)) {
    table.row({layout[slot].text(), value_text(layout, slot, states.before[slot]),
               value_text(layout, slot, states.specification[slot]),
               states.reference ? value_text(layout, slot, other[slot]) : "no such step"});
  }
  return table.empty() ? "" : table.text();
}

}  // namespace lockstep::report
