// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/reads.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace lockstep::tla {
namespace {

using Op = LowNode::Op;

class Walk {
 public:
  Walk(const Lowered& lowered, const Layout& layout) : lowered_(lowered), layout_(layout) {
    out_.state.resize(layout.size());
    out_.after.resize(layout.size());
  }

  Reads take(NodeId root) {
    look(root);
    return std::move(out_);
  }

 private:
  void look(NodeId id) {
    if (!seen_.insert(id).second) return;
    const LowNode& node = lowered_[id];
    if (node.op == Op::equal && is_of_view(node.args[0], node.args[1])) {
      in_view_ = true;
      slots_of(node.args[0]);
      slots_of(node.args[1]);
      in_view_ = false;
      // What is looked at to find the cells is looked at in any case.
      for (const NodeId side : node.args) {
        for (const NodeId key : lowered_[side].args) look(key);
      }
      return;
    }
    if (const auto test = test_of(node)) {
      slots_of(test->slot, &test->atoms);
      return;
    }
    slots_of(id);
    for (const NodeId arg : node.args) look(arg);
  }

  /// Does the node ask only whether the atom of a slot is in a set?
  struct Test {
    NodeId slot;
    std::vector<Atom> atoms;
  };
  std::optional<Test> test_of(const LowNode& node) const {
    const auto is = [&](std::size_t arg, Op op) { return lowered_[node.args[arg]].op == op; };
    if (node.op == Op::in && is(0, Op::slot)) return Test{node.args[0], lowered_.set(node.atom)};
    if (node.op != Op::equal) return std::nullopt;
    for (const std::size_t c : {0, 1}) {
      if (is(c, Op::constant) && is(1 - c, Op::slot)) {
        return Test{node.args[1 - c], {lowered_[node.args[c]].atom}};
      }
    }
    return std::nullopt;
  }

  /// Calls `f` for each slot that the node itself may be.
  template <class F>
  void for_slots(NodeId id, const F& f) const {
    const LowNode& node = lowered_[id];
    if (node.op == Op::slot) f(static_cast<std::size_t>(node.atom));
    if (node.op == Op::cell) cells(*node.cells, node.args, 0, f);
  }
  template <class F>
  void cells(const Cells& here, const std::vector<NodeId>& keys, std::size_t k, const F& f) const {
    const LowNode& key = lowered_[keys[k]];
    for (std::size_t i = 0; i < here.next.size(); ++i) {
      if (here.next[i] < 0) continue;
      const bool fixed = key.op == Op::constant;
      if (fixed && static_cast<std::size_t>(key.atom) != first_symbol + i) continue;
      const auto next = static_cast<std::size_t>(here.next[i]);
      if (here.below.empty()) {
        f(next);
      } else {
        cells(here.below[next], keys, k + 1, f);
      }
    }
  }

  /// `test`: the set that the node's atom is looked for in; null if more is asked.
  void slots_of(NodeId id, const std::vector<Atom>* test = nullptr) {
    const bool primed = lowered_[id].primed;
    std::vector<bool>& read = primed ? out_.after : out_.state;
    for_slots(id, [&](std::size_t slot) {
      read[slot] = true;
      Tests& tests = (primed ? out_.after_tests : out_.state_tests)[slot];
      if (test == nullptr) {
        tests.more = true;
      } else {
        tests.sets.push_back(*test);
      }
      if (layout_[slot].relative_to && !in_view_) out_.beside_view = true;
    });
  }

  /// Is one side relative to the other, whichever cells they are?
  bool is_of_view(NodeId a, NodeId b) const {
    if (lowered_[a].primed != lowered_[b].primed) return false;
    bool any = false, all = true;
    for_slots(a, [&](std::size_t x) {
      for_slots(b, [&](std::size_t y) {
        any = true;
        const auto &of_x = layout_[x].relative_to, &of_y = layout_[y].relative_to;
        all = all && (of_x == y || of_y == x);
      });
    });
    return any && all;
  }

  const Lowered& lowered_;
  const Layout& layout_;
  std::set<NodeId> seen_;
  Reads out_;
  bool in_view_ = false;
};

}  // namespace

bool Tests::tell_apart(Atom a, Atom b) const {
  return more || std::ranges::any_of(sets, [&](const std::vector<Atom>& set) {
           return (std::ranges::find(set, a) == set.end()) !=
                  (std::ranges::find(set, b) == set.end());
         });
}

Reads reads_of(const Lowered& lowered, NodeId root, const Layout& layout) {
  return Walk{lowered, layout}.take(root);
}

}  // namespace lockstep::tla
