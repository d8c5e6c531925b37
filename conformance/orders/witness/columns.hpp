// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "orders/encode/execution.hpp"

namespace lockstep::orders {

/// A witness as a reviewer would write it: one column a task, `x -> 0` for a read and `x = 1` for
/// a write, where each read got its value from, and what a stronger model or order says to it.
struct Columns {
  struct Row {
    int task = 0;
    std::string site;
    std::string order;
    std::string text;        ///< `vm_refcnt[v1] -> 2 = 3`
    std::string reads_from;  ///< `writer.Attach_Publish`, `init`, or empty
    bool matters = true;     ///< false: of a cell through which no two tasks meet
  };
  struct Cell {
    std::string name;
    std::vector<std::string> writes;  ///< in the order of the cell, where several tasks write it
  };
  std::vector<std::string> tasks;
  std::vector<Row> rows;
  std::vector<Cell> cells;
  std::string under;               ///< the stronger side: `the declared orders`, `sc`
  std::string law;                 ///< `happens_before`: what that side has against it
  std::vector<std::string> cycle;  ///< the events that break it, as `task.SITE`
  std::vector<std::string>
      steps;  ///< from each to the next, from the last to the first: `po`, `rf`
  std::vector<std::string> words;  ///< each of these steps as a sentence
  std::string dot;                 ///< all of it as a picture, in Graphviz' language
};

/// `against` is what the execution breaks under stronger orders or a stronger model, or nothing;
/// `stronger` is the program with those orders.
Columns columns(const Program& program, const Execution& execution, const Breach& against,
                const Symbols& symbols, const Program* stronger = nullptr);
/// Only the rows that matter, and how many others there are; long ones are folded, so that all
/// columns stand side by side on a page.
std::string text(const Columns& columns);
nlohmann::json to_json(const Columns& columns);

}  // namespace lockstep::orders
