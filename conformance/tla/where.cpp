// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/where.hpp"

#include <algorithm>

#include "tla/fold.hpp"

namespace lockstep::tla {
namespace {

/// Both hold: what both allow. False if the second one says nothing: what comes after it may not be
/// looked at, for TLC may stop at it.
bool narrow(Allowed& out, const Allowed& also) {
  for (const auto& [cell, values] : also) {
    const auto [known, is_new] = out.try_emplace(cell, values);
    if (!is_new) std::erase_if(known->second, [&](const auto& v) { return !values.contains(v); });
  }
  return !also.empty();
}

/// One of the two holds.
void widen(Allowed& out, const Allowed& other) {
  std::erase_if(out, [&](const auto& entry) { return !other.contains(entry.first); });
  for (auto& [cell, values] : out) values.insert(other.at(cell).begin(), other.at(cell).end());
}

bool is_cell(const Expr& e, const std::string& variable) {
  return e->form == Form::variable && e->name == variable && !e->primed &&
         std::ranges::all_of(e->args, is_constant);
}

Allowed allowed(const Expr& e, const std::string& variable) {
  Allowed out;
  switch (e->form) {
    case Form::equal:
      for (const std::size_t i : {0U, 1U}) {
        if (is_cell(e->args[i], variable) && e->args[1 - i]->form == Form::string) {
          out[text(e->args[i])] = {e->args[1 - i]->name};
        }
      }
      return out;
    case Form::conjunction:
      for (const Expr& arg : e->args) {
        if (!narrow(out, allowed(arg, variable))) break;
      }
      return out;
    case Form::disjunction:
      for (std::size_t i = 0; i < e->args.size(); ++i) {
        const Allowed here = allowed(e->args[i], variable);
        if (i == 0) {
          out = here;
        } else {
          widen(out, here);
        }
      }
      return out;
    default: return out;
  }
}

}  // namespace

Allowed allowed(const ActionTree& tree, const std::string& variable) {
  Allowed out;
  for (const Expr& guard : tree.guards) {
    if (!narrow(out, allowed(guard, variable))) return out;
  }
  if (tree.kind != ActionTree::Kind::either || tree.next.empty()) return out;
  Allowed any = allowed(tree.next.front(), variable);
  for (std::size_t i = 1; i < tree.next.size(); ++i) widen(any, allowed(tree.next[i], variable));
  narrow(out, any);
  return out;
}

}  // namespace lockstep::tla
