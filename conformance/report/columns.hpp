// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "lockstep/order.hpp"
#include "model/layout.hpp"
#include "model/step.hpp"

namespace lockstep::report {

/// A task as a column: its name in the steps, the words above it, the variables that are its own.
struct TaskColumn {
  std::string name;              ///< "r1"
  std::string title;             ///< "reader r1: page fault"
  std::set<std::string> locals;  ///< "rvma", "rseq": told as what was read, or as `rvma = v1`
};

/// What the columns may know of a site. Without it a step shows the state's changes alone.
struct SiteNote {
  Kind kind = Kind::load;
  std::string cell;    ///< the variable: "vm_lock_seq"
  std::string object;  ///< the local that names whose it is: "rvma"; "self"; or empty
  std::string index;   ///< of an array, the local that names the element: "raddr"; or empty
  std::string result;  ///< the local that receives what was read: "rseq"; or empty
};

struct Columns {
  std::vector<TaskColumn> tasks;          ///< from left to right; without steps, they are left out
  std::map<std::string, SiteNote> sites;  ///< by name
  std::set<std::string> hidden = {"pc"};  ///< variables that nobody wants to see
  std::size_t width = 44;                 ///< of a column, before its text goes on in the next line
};

/// A behaviour: steps[i] leads from states[i] to states[i + 1]. A lasso's last step leads back to
/// state `back_to`, a lasso with no step of its own stays in its last state.
struct Behaviour {
  const Layout& layout;
  std::span<const State> states;
  std::span<const Step> steps;
  std::optional<std::size_t> back_to;
};

/// What is wrong at the end: the property, and the slots whose last values show it.
struct Ending {
  std::string property;  ///< "RefcntOK"; empty when nothing is wrong
  std::vector<std::size_t> slots;
  std::string remark;  ///< "v2 was freed, generation 1": what a state cannot show
};

/// The interleaving as a reviewer writes it: a column a task, a row a step,
///
///     1  Lookup_Walk  tree[m1][s1] -> v1
///     2                                     Dup_SetRefcnt  vm_refcnt[v2] = 1
///     3  StartRead_IncRef  vm_refcnt[v1]: 1 -> 2
///
/// `x -> 1` for what is read, `x = 1` for what is written, `x: 0 -> 1` where both matter; at the
/// end the property that is violated, with its values.
std::string columns(const Behaviour& behaviour, const Columns& how, const Ending& ending);

}  // namespace lockstep::report
