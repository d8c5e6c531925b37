// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/decided.hpp"

#include <algorithm>
#include <optional>

namespace lockstep::tla {
namespace {

using Op = LowNode::Op;
/// None: it may be either, or stop.
using Truth = std::optional<bool>;

class Decision {
 public:
  Decision(const Lowered& lowered, const KnownCell& known) : lowered_(lowered), known_(known) {}

  Truth truth(NodeId id) const {
    const LowNode& node = lowered_[id];
    switch (node.op) {
      case Op::constant:
      case Op::slot: {
        const auto atom = value(id);
        return atom ? Truth(*atom != 0) : std::nullopt;
      }
      case Op::negation: {
        const Truth of = truth(node.args[0]);
        return of ? Truth(!*of) : std::nullopt;
      }
      case Op::conjunction: return junction(node, true);
      case Op::disjunction: return junction(node, false);
      case Op::same: {
        const Truth a = truth(node.args[0]), b = truth(node.args[1]);
        return a && b ? Truth(*a == *b) : std::nullopt;
      }
      case Op::equal: {
        if (stays(node)) return true;
        const auto a = value(node.args[0]), b = value(node.args[1]);
        return a && b ? Truth(*a == *b) : std::nullopt;
      }
      case Op::in: {
        const auto atom = value(node.args[0]);
        if (!atom) return std::nullopt;
        const std::vector<Atom>& set = lowered_.set(node.atom);
        return is_symbol(*atom) && std::ranges::find(set, *atom) != set.end();
      }
      case Op::choice: {
        const Truth condition = truth(node.args[0]);
        return condition ? truth(node.args[*condition ? 1 : 2]) : std::nullopt;
      }
      default: return std::nullopt;
    }
  }

 private:
  /// The first that is not `neutral` decides, if nothing before it can stop.
  Truth junction(const LowNode& node, bool neutral) const {
    bool open = false, total = true;
    for (const NodeId arg : node.args) {
      const Truth one = truth(arg);
      if (!one) {
        open = true;
        total = total && lowered_.is_total(arg);
      } else if (*one != neutral) {
        return total ? Truth(!neutral) : std::nullopt;
      }
    }
    return open ? std::nullopt : Truth(neutral);
  }

  std::optional<Atom> value(NodeId id) const {
    const LowNode& node = lowered_[id];
    if (node.op == Op::constant) return node.atom;
    const bool here = is_slot(node) && known_.of != KnownCell::Of::stays &&
                      node.primed == (known_.of == KnownCell::Of::after);
    return here ? std::optional(known_.value) : std::nullopt;
  }
  bool is_slot(const LowNode& node) const {
    return node.op == Op::slot && static_cast<std::size_t>(node.atom) == known_.slot;
  }
  /// Is the cell set against itself, before the step and after?
  bool stays(const LowNode& equal) const {
    const LowNode &a = lowered_[equal.args[0]], &b = lowered_[equal.args[1]];
    return known_.of == KnownCell::Of::stays && is_slot(a) && is_slot(b);
  }

  const Lowered& lowered_;
  const KnownCell& known_;
};

}  // namespace

bool holds_by(const Lowered& lowered, NodeId root, const KnownCell& known) {
  return Decision(lowered, known).truth(root).value_or(false);
}

}  // namespace lockstep::tla
