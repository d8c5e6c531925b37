// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/flat.hpp"

#include <algorithm>

// The machine that runs a Program.
namespace lockstep::tla {

void Program::stop(const Instruction& at, const std::string& what) const {
  throw CannotEvaluate{lowered_.source(at.node).place, what};
}

void Program::no_number(const Instruction& at, NodeId of) const {
  throw CannotEvaluate{lowered_.source(lowered_[at.node].args[of]).place,
                       "a name; expected a number"};
}

template <bool notes>
Atom Program::run(const Atom* state, const Atom* after, std::vector<std::size_t>* read) const {
  using Op = Instruction::Op;
  if (after == nullptr && primed_) stop(code_.back(), "a prime where there is no state after");
  const Atom* const bases[] = {constants_.data(), state, after, registers_.data()};
  Atom* const registers = registers_.data();
  const auto note = [&](std::size_t slot) {
    if constexpr (notes) read->push_back(slot);
  };
  const auto load = [&](Operand operand) {
    if (notes && (operand.base == 1 || operand.base == 2)) note(operand.index);
    return bases[operand.base][operand.index];
  };
  const Instruction* at = code_.data();
  for (;;) {
    bool holds = false;
    switch (at->op) {
      case Op::truth: holds = load(at->a) != 0; break;
      case Op::equal_to: holds = load(at->a) == at->imm; break;
      case Op::equal: holds = load(at->a) == load(at->b); break;
      case Op::in: {
        const auto& table = tables_[static_cast<std::size_t>(at->imm)];
        const auto i = static_cast<std::size_t>(load(at->a)) - first_symbol;
        holds = i < table.size() && table[i] != 0;
        break;
      }
      case Op::is_number: holds = !is_symbol(load(at->a)); break;
      case Op::less:
      case Op::less_equal: {
        const Atom a = load(at->a), b = load(at->b);
        if (is_symbol(a)) no_number(*at, 0);
        if (is_symbol(b)) no_number(*at, 1);
        holds = at->op == Op::less ? a < b : a <= b;
        break;
      }
      case Op::strict: {
        // Of two kinds: a model value is equal to none of the other, TLC compares nothing else.
        const Atom a = load(at->a), b = load(at->b);
        const auto& args = lowered_[at->node].args;
        const Kind left = lowered_[args[0]].kind, right = lowered_[args[1]].kind;
        const auto is_name = [](Kind kind, Atom atom) {
          return kind == Kind::name || (kind == Kind::number && is_symbol(atom)) ||
                 (kind == Kind::string && atom == null_atom);
        };
        if (!is_name(left, a) && !is_name(right, b)) stop(*at, "values of two kinds are compared");
        holds = left != Kind::boolean && right != Kind::boolean && a == b;
        break;
      }
      case Op::jump: at = code_.data() + at->to; continue;
      case Op::move: registers[at->imm] = load(at->a); break;
      case Op::increment: ++registers[at->imm]; break;
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::modulo: {
        const Atom first = load(at->a), second = load(at->b);
        if (is_symbol(first)) no_number(*at, 0);
        if (is_symbol(second)) no_number(*at, 1);
        const std::int64_t a = first, b = second;
        std::int64_t out = 0;
        if (at->op == Op::add) {
          out = a + b;
        } else if (at->op == Op::subtract) {
          out = a - b;
        } else if (at->op == Op::multiply) {
          out = a * b;
        } else {
          if (b <= 0) stop(*at, "'%' by what is not above 0");
          out = (a % b + b) % b;
        }
        if (out >= first_symbol || out < -first_symbol) {
          stop(*at, "a number that no state can hold");
        }
        registers[at->imm] = static_cast<Atom>(out);
        break;
      }
      case Op::cell: {
        const Cells& cells = *cells_[at->to];
        const auto i = static_cast<std::size_t>(load(at->a)) - first_symbol;
        const std::int32_t slot = i < cells.next.size() ? cells.next[i] : -1;
        if (slot < 0) {
          stop(*at, "'" + lowered_.source(at->node).name + "' is applied outside of its domain");
        }
        note(static_cast<std::size_t>(slot));
        registers[at->imm] = (at->sense ? after : state)[slot];
        break;
      }
      case Op::deep_cell: {
        const Lookup& lookup = lookups_[at->to];
        const Cells* cells = lookup.cells;
        std::int32_t next = -1;
        for (const Operand key : lookup.keys) {
          const auto i = static_cast<std::size_t>(load(key)) - first_symbol;
          next = i < cells->next.size() ? cells->next[i] : -1;
          if (next < 0) {
            stop(*at, "'" + lowered_.source(at->node).name + "' is applied outside of its domain");
          }
          if (!cells->below.empty()) cells = &cells->below[static_cast<std::size_t>(next)];
        }
        note(static_cast<std::size_t>(next));
        registers[at->imm] = (lookup.primed ? after : state)[next];
        break;
      }
      case Op::stop: {
        const Expression& source = lowered_.source(at->node);
        if (source.form == Form::undefined) stop(*at, source.name);
        stop(*at, "'" + source.name + "' is applied outside of its domain");
      }
      case Op::end: return load(at->a);
    }
    if (at->op < Op::jump && holds == at->sense) {
      at = code_.data() + at->to;
    } else {
      ++at;
    }
  }
}

template Atom Program::run<false>(const Atom*, const Atom*, std::vector<std::size_t>*) const;

std::vector<std::size_t> Program::slots_read(const Atom* state, const Atom* after) const {
  std::vector<std::size_t> out;
  try {
    run<true>(state, after, &out);
  } catch (const CannotEvaluate&) {
    // What was read until then is what is wrong.
  }
  std::ranges::sort(out);
  const auto again = std::ranges::unique(out);
  out.erase(again.begin(), again.end());
  return out;
}

}  // namespace lockstep::tla
