// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "model/layout.hpp"
#include "model/step.hpp"

namespace lockstep::testing {

/// Two VMAs, a reader and a writer: enough to show S39, where a copy takes the refcount along.
struct SmallModel {
  Layout layout;
  std::vector<State> states;
  std::vector<Step> steps;

  Atom name(const std::string& text) { return layout.symbols.intern(text); }

  SmallModel() {
    for (const char* vma : {"v1", "v2"}) {
      layout.add({"vm_refcnt", {vma}, Sort::integer, {}});
      layout.add({"vm_lock_seq", {vma}, Sort::integer, {}});
    }
    layout.add({"tree", {"m1", "s1"}, Sort::name, {}});
    layout.add({"rcu", {"r1"}, Sort::boolean, {}});
    layout.add({"pc", {"r1"}, Sort::string, {}});
    layout.add({"rvma", {"r1"}, Sort::name, {}});
    layout.add({"rseq", {"r1"}, Sort::integer, {}});
    states.push_back({1, 0, 0, 0, name("v1"), 0, name("Idle"), null_atom, null_atom});
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

  void play_s39() {
    step("r1", "Lookup_RcuLock", {"m1", "s1"}, {{"rcu[r1]", 1}, {"pc[r1]", name("Lookup_Walk")}});
    step("r1", "Lookup_Walk", {}, {{"rvma[r1]", name("v1")}});
    step("r1", "StartRead_LoadSeq", {}, {{"rseq[r1]", 0}});
    step("r1", "StartRead_IncRef", {}, {{"vm_refcnt[v1]", 2}});
    step("m1", "Dup_Copy", {"v1", "v2"}, {{"vm_refcnt[v2]", 2}, {"vm_lock_seq[v2]", 1}});
    step("m1", "Dup_SetRefcnt", {}, {{"vm_refcnt[v2]", 0}});
    step("r1", "Put_Dec", {}, {{"vm_refcnt[v2]", -1}, {"rvma[r1]", null_atom}});
  }
};

}  // namespace lockstep::testing
