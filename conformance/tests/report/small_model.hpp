// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "model/layout.hpp"
#include "model/step.hpp"

namespace lockstep::testing {

/// Two boxes, a reader and a keeper: enough for a copy that takes the count along.
struct SmallModel {
  Layout layout;
  std::vector<State> states;
  std::vector<Step> steps;

  Atom name(const std::string& text) { return layout.symbols.intern(text); }

  SmallModel() {
    for (const char* box : {"b1", "b2"}) {
      layout.add({"nr_inside", {box}, Sort::integer, {}});
      layout.add({"turn_number", {box}, Sort::integer, {}});
    }
    layout.add({"shelf", {"k1", "s1"}, Sort::name, {}});
    layout.add({"rcu", {"r1"}, Sort::boolean, {}});
    layout.add({"pc", {"r1"}, Sort::string, {}});
    layout.add({"found", {"r1"}, Sort::name, {}});
    layout.add({"seen", {"r1"}, Sort::integer, {}});
    states.push_back({1, 0, 0, 0, name("b1"), 0, name("Idle"), null_atom, null_atom});
  }

  std::size_t slot(const std::string& text) const {
    for (std::size_t i = 0; i < layout.size(); ++i) {
      if (layout[i].text() == text) return i;
    }
    throw std::out_of_range(text);
  }

  struct Change {
    std::string slot;
    Atom value;
  };
  void step(const std::string& task, const std::string& site, const std::vector<std::string>& args,
            const std::vector<Change>& changes) {
    Step taken;
    taken.task = name(task);
    taken.site = name(site);
    for (const std::string& arg : args) taken.args[taken.arg_count++] = name(arg);
    steps.push_back(taken);
    State next = states.back();
    for (const Change& change : changes) next[slot(change.slot)] = change.value;
    states.push_back(next);
  }

  void play_copy() {
    step("r1", "Lock", {"k1", "s1"}, {{"rcu[r1]", 1}, {"pc[r1]", name("Find")}});
    step("r1", "Find", {}, {{"found[r1]", name("b1")}});
    step("r1", "LoadTurn", {}, {{"seen[r1]", 0}});
    step("r1", "Enter", {}, {{"nr_inside[b1]", 2}});
    step("k1", "Copy", {"b1", "b2"}, {{"nr_inside[b2]", 2}, {"turn_number[b2]", 1}});
    step("k1", "SetCount", {}, {{"nr_inside[b2]", 0}});
    step("r1", "Leave", {}, {{"nr_inside[b2]", -1}, {"found[r1]", null_atom}});
  }
};

}  // namespace lockstep::testing
