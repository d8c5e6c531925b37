// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/flat.hpp"

#include <algorithm>

namespace lockstep::tla {
namespace {

using Op = Instruction::Op;
using Low = LowNode::Op;

constexpr std::uint32_t from_constants = 0, from_state = 1, from_after = 2, from_registers = 3;
constexpr std::uint32_t open_label = ~0U;

Op arithmetic_op(Low op) {
  switch (op) {
    case Low::add: return Op::add;
    case Low::subtract: return Op::subtract;
    case Low::multiply: return Op::multiply;
    default: return Op::modulo;
  }
}

bool is_jump(Op op) {
  return op <= Op::jump;
}

}  // namespace

Program::Program(const Lowered& lowered, NodeId root, std::size_t symbols)
    : lowered_(lowered), symbols_(symbols) {
  if (lowered[root].kind == Kind::boolean) {
    const Label yes = label(), no = label();
    test(root, yes, no, true);
    place(yes);
    emit({.op = Op::end, .a = constant(1), .b = {}, .node = root});
    place(no);
    emit({.op = Op::end, .a = constant(0), .b = {}, .node = root});
  } else {
    const Operand out = value(root);
    emit({.op = Op::end, .a = out, .b = {}, .node = root});
  }
  for (Instruction& instruction : code_) {
    if (is_jump(instruction.op)) instruction.to = labels_[instruction.to];
  }
  // A jump to a jump goes where that one goes.
  for (Instruction& instruction : code_) {
    if (!is_jump(instruction.op)) continue;
    while (code_[instruction.to].op == Op::jump) instruction.to = code_[instruction.to].to;
  }
}

Program::Label Program::label() {
  labels_.push_back(open_label);
  return labels_.size() - 1;
}
void Program::place(Label label) {
  labels_[label] = static_cast<std::uint32_t>(code_.size());
}
void Program::emit(Instruction instruction) {
  code_.push_back(instruction);
}
void Program::jump_to(Label label) {
  emit({.op = Op::jump, .a = {}, .b = {}, .to = static_cast<std::uint32_t>(label)});
}

std::uint32_t Program::fresh() {
  registers_.push_back(0);
  return static_cast<std::uint32_t>(registers_.size() - 1);
}

Operand Program::constant(Atom atom) {
  const auto found = std::ranges::find(constants_, atom);
  const auto index = static_cast<std::uint32_t>(found - constants_.begin());
  if (found == constants_.end()) constants_.push_back(atom);
  return {from_constants, index};
}

/// How much code a node would be.
std::size_t Program::weight(NodeId id) const {
  std::size_t out = 1;
  for (const NodeId arg : lowered_[id].args) {
    out += weight(arg);
    if (out > 100) return out;
  }
  return out;
}

/// Goes to one of two labels, one of which is placed next.
void Program::branch(Instruction instruction, Label yes, Label no, bool yes_is_next) {
  instruction.sense = !yes_is_next;
  instruction.to = static_cast<std::uint32_t>(yes_is_next ? no : yes);
  emit(instruction);
}

void Program::test(NodeId id, Label yes, Label no, bool yes_is_next) {
  const LowNode& node = lowered_[id];
  Instruction out{.a = {}, .b = {}, .node = id};
  switch (node.op) {
    case Low::constant:
      if ((node.atom != 0) != yes_is_next) jump_to(node.atom != 0 ? yes : no);
      return;
    case Low::negation: return test(node.args[0], no, yes, !yes_is_next);
    case Low::conjunction:
    case Low::disjunction: return junction(id, yes, no, yes_is_next);
    case Low::same: return same(id, yes, no, yes_is_next);
    case Low::choice: {
      const Label then = label(), otherwise = label();
      test(node.args[0], then, otherwise, true);
      place(then);
      test(node.args[1], yes, no, yes_is_next);
      jump_to(yes_is_next ? yes : no);
      place(otherwise);
      return test(node.args[2], yes, no, yes_is_next);
    }
    case Low::equal: {
      const std::size_t c = lowered_[node.args[1]].op == Low::constant ? 1 : 0;
      if (lowered_[node.args[c]].op == Low::constant) {
        out.op = Op::equal_to;
        out.imm = lowered_[node.args[c]].atom;
        out.a = value(node.args[1 - c]);
        return branch(out, yes, no, yes_is_next);
      }
      out.op = Op::equal;
      break;
    }
    case Low::strict: out.op = Op::strict; break;
    case Low::less: out.op = Op::less; break;
    case Low::less_equal: out.op = Op::less_equal; break;
    case Low::is_number: out.op = Op::is_number; break;
    case Low::in: {
      out.op = Op::in;
      out.imm = static_cast<Atom>(tables_.size());
      std::vector<std::uint8_t> table(symbols_, 0);
      for (const Atom member : lowered_.set(node.atom)) {
        const auto i = static_cast<std::size_t>(member) - first_symbol;
        if (is_symbol(member) && i < symbols_) table[i] = 1;
      }
      tables_.push_back(std::move(table));
      break;
    }
    default:
      out.op = Op::truth;
      out.a = value(id);
      return branch(out, yes, no, yes_is_next);
  }
  out.a = value(node.args[0]);
  if (node.args.size() > 1) out.b = value(node.args[1]);
  branch(out, yes, no, yes_is_next);
}

void Program::junction(NodeId id, Label yes, Label no, bool yes_is_next) {
  const LowNode& node = lowered_[id];
  const bool both = node.op == Low::conjunction;
  for (std::size_t i = 0; i < node.args.size(); ++i) {
    if (i + 1 == node.args.size()) {
      test(node.args[i], yes, no, yes_is_next);
    } else {
      const Label next = label();
      if (both) {
        test(node.args[i], next, no, true);
      } else {
        test(node.args[i], yes, next, false);
      }
      place(next);
    }
  }
}

/// Both sides are looked at in any case.
void Program::same(NodeId id, Label yes, Label no, bool yes_is_next) {
  const NodeId a = lowered_[id].args[0], b = lowered_[id].args[1];
  if (weight(b) > 8) {
    Instruction out{.op = Op::equal, .a = {}, .b = {}, .node = id};
    out.a = value(a);
    out.b = value(b);
    return branch(out, yes, no, yes_is_next);
  }
  const Label first = label(), second = label();
  test(a, first, second, true);
  place(first);
  test(b, yes, no, yes_is_next);
  jump_to(yes_is_next ? yes : no);
  place(second);
  test(b, no, yes, !yes_is_next);
}

Operand Program::value(NodeId id) {
  const LowNode& node = lowered_[id];
  if (node.op == Low::constant) return constant(node.atom);
  if (node.op == Low::slot) {
    primed_ = primed_ || node.primed;
    return {node.primed ? from_after : from_state, static_cast<std::uint32_t>(node.atom)};
  }
  const std::uint32_t reg = fresh();
  value_into(id, reg);
  return {from_registers, reg};
}

void Program::value_into(NodeId id, std::uint32_t reg) {
  const LowNode& node = lowered_[id];
  const auto imm = static_cast<Atom>(reg);
  Instruction out{.a = {}, .b = {}, .imm = imm, .node = id};
  switch (node.op) {
    case Low::constant:
    case Low::slot:
      out.op = Op::move;
      out.a = value(id);
      return emit(out);
    case Low::no_cell:
    case Low::undefined: out.op = Op::stop; return emit(out);
    case Low::cell:
      primed_ = primed_ || node.primed;
      out.sense = node.primed;
      if (node.args.size() == 1) {
        out.op = Op::cell;
        out.a = value(node.args[0]);
        out.to = static_cast<std::uint32_t>(cells_.size());
        cells_.push_back(node.cells);
      } else {
        Lookup lookup{node.cells, {}, node.primed};
        for (const NodeId key : node.args) lookup.keys.push_back(value(key));
        out.op = Op::deep_cell;
        out.to = static_cast<std::uint32_t>(lookups_.size());
        lookups_.push_back(std::move(lookup));
      }
      return emit(out);
    case Low::add:
    case Low::subtract:
    case Low::multiply:
    case Low::modulo:
      out.op = arithmetic_op(node.op);
      out.a = value(node.args[0]);
      out.b = value(node.args[1]);
      return emit(out);
    case Low::count:
      emit({.op = Op::move, .a = constant(0), .b = {}, .imm = imm, .node = id});
      for (const NodeId arg : node.args) {
        const Label yes = label(), no = label();
        test(arg, yes, no, true);
        place(yes);
        emit({.op = Op::increment, .a = {}, .b = {}, .imm = imm, .node = id});
        place(no);
      }
      return;
    case Low::choice:
      if (node.kind != Kind::boolean) {
        const Label then = label(), otherwise = label(), end = label();
        test(node.args[0], then, otherwise, true);
        place(then);
        value_into(node.args[1], reg);
        jump_to(end);
        place(otherwise);
        value_into(node.args[2], reg);
        place(end);
        return;
      }
      break;
    default: break;
  }
  // A truth value that is compared, or counted with.
  const Label yes = label(), no = label(), end = label();
  test(id, yes, no, true);
  place(yes);
  emit({.op = Op::move, .a = constant(1), .b = {}, .imm = imm, .node = id});
  jump_to(end);
  place(no);
  emit({.op = Op::move, .a = constant(0), .b = {}, .imm = imm, .node = id});
  place(end);
}

}  // namespace lockstep::tla
