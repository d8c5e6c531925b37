// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/lower.hpp"

#include <algorithm>
#include <optional>

#include "model/verdict.hpp"

namespace lockstep::tla {
namespace {

using Op = LowNode::Op;

/// More than any property needs that quantifies over a handful of objects.
constexpr std::size_t most_nodes = 2'000'000;

const Cells* below(const Cells& cells, Atom key) {
  const auto i = static_cast<std::size_t>(key) - first_symbol;
  const std::int32_t next = i < cells.next.size() ? cells.next[i] : -1;
  return next < 0 ? nullptr : &cells.below[static_cast<std::size_t>(next)];
}

std::optional<Atom> arithmetic(Form form, std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  switch (form) {
    case Form::add: out = a + b; break;
    case Form::subtract: out = a - b; break;
    case Form::multiply: out = a * b; break;
    default:
      if (b <= 0) return std::nullopt;
      out = (a % b + b) % b;
  }
  if (out >= first_symbol || out < -first_symbol) return std::nullopt;
  return static_cast<Atom>(out);
}

Op op_of(Form form) {
  switch (form) {
    case Form::less: return Op::less;
    case Form::less_equal: return Op::less_equal;
    case Form::add: return Op::add;
    case Form::subtract: return Op::subtract;
    case Form::multiply: return Op::multiply;
    default: return Op::modulo;
  }
}

}  // namespace

NodeId Lowered::lower(const Code& code, const std::vector<Atom>& bound) {
  std::ranges::copy(bound, frame_.begin());
  here_ = code.source;
  return build(code);
}

NodeId Lowered::make(LowNode node) {
  auto key = std::tuple{node.op, node.kind, node.primed, node.atom, node.cells, node.args};
  const auto [at, is_new] = known_.try_emplace(std::move(key), static_cast<NodeId>(nodes_.size()));
  if (is_new) {
    if (nodes_.size() >= most_nodes) {
      const Place& place = here_->place;
      throw InputError{place.file, place.line, place.column,
                       "too large with its quantifiers unrolled; expected fewer objects"};
    }
    nodes_.push_back(std::move(node));
    sources_.push_back(here_);
  }
  return at->second;
}

NodeId Lowered::constant(Atom atom, Kind kind) {
  return make({.op = Op::constant, .kind = kind, .atom = atom, .args = {}});
}

NodeId Lowered::negation(NodeId a) {
  if (is_constant(a)) return constant(nodes_[a].atom == 0 ? 1 : 0, Kind::boolean);
  if (nodes_[a].op == Op::negation) return nodes_[a].args[0];
  return make({.op = Op::negation, .args = {a}});
}

bool Lowered::as_set(NodeId id, NodeId& of, std::vector<Atom>& set) const {
  const LowNode& node = nodes_[id];
  if (node.op == Op::in) {
    of = node.args[0];
    set = sets_[static_cast<std::size_t>(node.atom)];
    return true;
  }
  if (node.op != Op::equal) return false;
  const std::size_t c = is_constant(node.args[1]) ? 1 : 0;
  const LowNode& side = nodes_[node.args[c]];
  if (!is_constant(node.args[c]) || side.kind == Kind::boolean || !is_symbol(side.atom)) {
    return false;
  }
  of = node.args[1 - c];
  set = {side.atom};
  return true;
}

NodeId Lowered::member(NodeId a, std::vector<Atom> set) {
  std::ranges::sort(set);
  const auto again = std::ranges::unique(set);
  set.erase(again.begin(), again.end());
  if (is_constant(a)) {
    return constant(std::ranges::binary_search(set, nodes_[a].atom) ? 1 : 0, Kind::boolean);
  }
  const auto [at, is_new] = set_numbers_.try_emplace(set, static_cast<Atom>(sets_.size()));
  if (is_new) sets_.push_back(std::move(set));
  return make({.op = Op::in, .atom = at->second, .args = {a}});
}

bool Lowered::are_total(const std::vector<NodeId>& ids) const {
  return std::ranges::all_of(ids, [this](NodeId id) { return is_total(id); });
}

bool Lowered::is_total(NodeId id) const {
  switch (nodes_[id].op) {
    case Op::cell:
    case Op::no_cell:
    case Op::undefined:
    case Op::strict:
    case Op::less:
    case Op::less_equal:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::modulo: return false;
    default: return are_total(nodes_[id].args);
  }
}

NodeId Lowered::staying(NodeId id) {
  LowNode node = nodes_[id];
  here_ = sources_[id];
  node.primed = false;
  for (NodeId& arg : node.args) arg = staying(arg);
  switch (node.op) {
    case Op::negation: return negation(node.args[0]);
    case Op::conjunction:
    case Op::disjunction: return junction(node.op, node.args);
    case Op::same:
    case Op::equal:
      if (node.args[0] == node.args[1] && is_total(node.args[0])) {
        return constant(1, Kind::boolean);
      }
      return make(std::move(node));
    default: return make(std::move(node));
  }
}

/// Of /\ and \/. Neighbours that say of one value in which set of names it is are made one.
NodeId Lowered::junction(Op op, const std::vector<NodeId>& args) {
  const bool neutral = op == Op::conjunction;
  std::vector<NodeId> kept;
  const auto add = [&](NodeId id) {
    NodeId of = 0, other = 0;
    std::vector<Atom> a, b;
    const auto said = [&](NodeId node, NodeId& what, std::vector<Atom>& set) {
      if (!neutral) return as_set(node, what, set);
      return nodes_[node].op == Op::negation && as_set(nodes_[node].args[0], what, set);
    };
    if (!kept.empty() && said(kept.back(), of, a) && said(id, other, b) && of == other) {
      a.insert(a.end(), b.begin(), b.end());
      kept.back() = neutral ? negation(member(of, std::move(a))) : member(of, std::move(a));
    } else if (std::ranges::find(kept, id) == kept.end()) {
      kept.push_back(id);  // what has been found to hold need not be asked twice
    }
  };
  for (const NodeId arg : args) {
    if (is(arg, neutral)) continue;
    if (is(arg, !neutral)) {
      if (are_total(kept)) return arg;
      kept.push_back(arg);
      break;  // decided; what comes before it may stop
    }
    if (nodes_[arg].op == op) {
      const std::vector<NodeId> inner = nodes_[arg].args;
      for (const NodeId one : inner) add(one);
    } else {
      add(arg);
    }
  }
  if (kept.empty()) return constant(neutral ? 1 : 0, Kind::boolean);
  // p and ~p.
  const auto has_opposite = [&](NodeId id) {
    return nodes_[id].op == Op::negation &&
           std::ranges::find(kept, nodes_[id].args[0]) != kept.end();
  };
  if (std::ranges::any_of(kept, has_opposite) && are_total(kept)) {
    return constant(neutral ? 0 : 1, Kind::boolean);
  }
  if (kept.size() == 1) return kept.front();
  return make({.op = op, .args = std::move(kept)});
}

NodeId Lowered::equal(const Code& code, NodeId a, NodeId b) {
  if (code.strict) return make({.op = Op::strict, .args = {a, b}});
  if (is_constant(a) && is_constant(b)) {
    return constant(nodes_[a].atom == nodes_[b].atom ? 1 : 0, Kind::boolean);
  }
  const bool truth = nodes_[a].kind == Kind::boolean && nodes_[b].kind == Kind::boolean;
  return make({.op = truth ? Op::same : Op::equal, .args = {a, b}});
}

NodeId Lowered::variable(const Code& code) {
  const auto slot = [&](std::size_t index) {
    return make({.op = Op::slot,
                 .kind = code.kind,
                 .primed = code.primed,
                 .atom = static_cast<Atom>(index),
                 .args = {}});
  };
  if (code.cells == nullptr) return slot(code.frame);
  std::vector<NodeId> keys;
  for (const Code& key : code.args) keys.push_back(build(key));
  here_ = code.source;
  const auto outside = [&] {
    return make({.op = Op::no_cell, .kind = code.kind, .primed = code.primed, .args = {}});
  };
  const Cells* cells = code.cells;
  for (std::size_t k = 0; k < keys.size(); ++k) {
    if (!is_constant(keys[k])) {
      return make({.op = Op::cell,
                   .kind = code.kind,
                   .primed = code.primed,
                   .cells = cells,
                   .args = {keys.begin() + static_cast<std::ptrdiff_t>(k), keys.end()}});
    }
    const Atom key = nodes_[keys[k]].atom;
    if (cells->below.empty()) {
      const auto i = static_cast<std::size_t>(key) - first_symbol;
      const std::int32_t next = i < cells->next.size() ? cells->next[i] : -1;
      return next < 0 ? outside() : slot(static_cast<std::size_t>(next));
    }
    cells = below(*cells, key);
    if (cells == nullptr) return outside();
  }
  return outside();
}

NodeId Lowered::over(const Code& code) {
  std::vector<NodeId> args;
  for (const Atom member : *code.set) {
    frame_[code.frame] = member;
    args.push_back(build(code.args[0]));
  }
  here_ = code.source;
  if (code.form == Form::for_all) return junction(Op::conjunction, args);
  if (code.form == Form::exists) return junction(Op::disjunction, args);
  const auto decided = [this](NodeId id) { return is_constant(id); };
  if (std::ranges::all_of(args, decided)) {
    const auto holds = std::ranges::count_if(args, [this](NodeId id) { return is(id, true); });
    return constant(static_cast<Atom>(holds), Kind::number);
  }
  return make({.op = Op::count, .kind = Kind::number, .args = std::move(args)});
}

NodeId Lowered::build(const Code& code) {
  here_ = code.source;
  switch (code.form) {
    case Form::boolean:
    case Form::integer:
    case Form::string:
    case Form::model_value:
    case Form::parameter: return constant(code.constant, code.kind);
    case Form::bound: return constant(frame_[code.frame], code.kind);
    case Form::variable: return variable(code);
    case Form::undefined:
      return make({.op = Op::undefined,
                   .kind = code.kind,
                   .atom = static_cast<Atom>(nodes_.size()),  // no two are the same
                   .args = {}});
    case Form::for_all:
    case Form::exists:
    case Form::cardinality: return over(code);
    default: break;
  }
  std::vector<NodeId> args;
  for (const Code& arg : code.args) args.push_back(build(arg));
  here_ = code.source;
  switch (code.form) {
    case Form::negation: return negation(args[0]);
    case Form::conjunction: return junction(Op::conjunction, args);
    case Form::disjunction: return junction(Op::disjunction, args);
    case Form::implies: return junction(Op::disjunction, {negation(args[0]), args[1]});
    case Form::equal: return equal(code, args[0], args[1]);
    case Form::if_then_else:
      if (is_constant(args[0])) return is(args[0], true) ? args[1] : args[2];
      return make({.op = Op::choice, .kind = code.kind, .args = std::move(args)});
    case Form::member:
      if (code.args[0].kind == Kind::boolean ||
          (code.set == nullptr && code.args[0].kind != Kind::number)) {
        return member(args[0], {});  // never: but what is asked about may stop
      }
      if (code.set != nullptr) return member(args[0], *code.set);
      if (is_constant(args[0])) {
        return constant(is_symbol(nodes_[args[0]].atom) ? 0 : 1, Kind::boolean);
      }
      return make({.op = Op::is_number, .args = std::move(args)});
    default: break;
  }
  const LowNode &a = nodes_[args[0]], &b = nodes_[args[1]];
  if (is_constant(args[0]) && is_constant(args[1]) && !is_symbol(a.atom) && !is_symbol(b.atom)) {
    if (code.form == Form::less) return constant(a.atom < b.atom ? 1 : 0, Kind::boolean);
    if (code.form == Form::less_equal) return constant(a.atom <= b.atom ? 1 : 0, Kind::boolean);
    if (const auto out = arithmetic(code.form, a.atom, b.atom)) return constant(*out, Kind::number);
  }
  return make({.op = op_of(code.form), .kind = code.kind, .args = std::move(args)});
}

}  // namespace lockstep::tla
