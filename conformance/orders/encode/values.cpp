// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/values.hpp"

#include <algorithm>

#include "model/verdict.hpp"

namespace lockstep::orders {

namespace {

// Without known domains: numbers lie in [-8191, 8191], names in [0x4000, 0x7fff]; of a program with
// large numbers, the numbers of an atom, and names far above. A counter cannot grow into the names
// within the visits that a bounded program has.
constexpr std::int64_t first_of_all_names = 0x4000;
constexpr std::int64_t first_above_large = std::int64_t{1} << 34;
constexpr std::int64_t all_names = 0x4000;

}  // namespace

Values::Values(Clauses& clauses, const std::optional<Domains>& domains, bool large)
    : clauses_{clauses},
      width_{large ? std::size_t{36} : 16},
      first_name_{large ? first_above_large : first_of_all_names},
      first_too_large_{large ? std::int64_t{first_symbol} : small_number + 1} {
  if (!domains) return;
  bounded_ = true;
  names_ = domains->names;
  first_name_ = std::int64_t{domains->highest} + 1;
  const std::int64_t highest = first_name_ + static_cast<std::int64_t>(names_.size());
  width_ = 1;
  const auto half = [this] { return std::int64_t{1} << (width_ - 1); };
  while (highest > half() || domains->lowest < -half()) ++width_;
}

std::int64_t Values::encode(Atom atom) const {
  if (is_symbol(atom)) {
    if (bounded_) {
      const auto found = std::ranges::lower_bound(names_, atom);
      if (found != names_.end() && *found == atom) {
        return first_name_ + (found - names_.begin());
      }
    } else if (atom - first_symbol < all_names) {
      return first_name_ + (atom - first_symbol);
    }
  } else if (bounded_ || (atom > -first_too_large_ && atom < first_too_large_)) {
    return atom;
  }
  throw Undecided{"the value " + std::to_string(atom) + " does not fit the " +
                  std::to_string(width_) +
                  " bits of the judge of orders; give the protocol smaller constants"};
}

Values::Bits Values::constant(std::int64_t value) const {
  Bits out;
  for (std::size_t i = 0; i < width_; ++i)
    out.push_back((value >> i & 1) != 0 ? lit_true : lit_false);
  return out;
}

const Values::Bits& Values::number(const Term& t) {
  if (t->op == Op::variable) {
    Bits& bits = variables_[{t->name, t->value}];
    while (bits.size() < width_) bits.push_back(clauses_.fresh());
    return bits;
  }
  if (const auto found = numbers_.find(t.get()); found != numbers_.end()) return found->second;
  Bits bits = calculated(t);
  kept_.push_back(t);
  return numbers_[t.get()] = std::move(bits);
}

Values::Bits Values::sum(const Bits& a, const Bits& b, Lit carry) {
  Bits out;
  for (std::size_t i = 0; i < width_; ++i) {
    const Lit differ = -clauses_.same(a[i], b[i]);
    out.push_back(-clauses_.same(differ, carry));
    carry = clauses_.choose(differ, carry, a[i]);
  }
  return out;
}

Values::Bits Values::calculated(const Term& t) {
  const auto by_bit = [&](auto&& f) {
    const Bits a = number(t->args[0]), b = number(t->args[1]);
    Bits out;
    for (std::size_t i = 0; i < width_; ++i) out.push_back(f(a[i], b[i]));
    return out;
  };
  switch (t->op) {
    case Op::constant: return constant(encode(t->value));
    case Op::add: return sum(Bits{number(t->args[0])}, number(t->args[1]), lit_false);
    case Op::sub: {
      const Bits a = number(t->args[0]);
      Bits b = number(t->args[1]);
      for (Lit& bit : b) bit = -bit;
      return sum(a, b, lit_true);
    }
    case Op::mul: {
      const Bits a = number(t->args[0]), b = number(t->args[1]);
      Bits out(width_, lit_false);
      for (std::size_t shift = 0; shift < width_; ++shift) {
        Bits part(width_, lit_false);
        for (std::size_t i = shift; i < width_; ++i) {
          part[i] = clauses_.both(b[shift], a[i - shift], true);
        }
        out = sum(out, part, lit_false);
      }
      return out;
    }
    case Op::band: return by_bit([this](Lit a, Lit b) { return clauses_.both(a, b, true); });
    case Op::bor: return by_bit([this](Lit a, Lit b) { return -clauses_.both(-a, -b, true); });
    case Op::bxor: return by_bit([this](Lit a, Lit b) { return -clauses_.same(a, b); });
    case Op::ite: {
      const Lit c = condition(t->args[0]);
      const Bits a = number(t->args[1]), b = number(t->args[2]);
      Bits out;
      for (std::size_t i = 0; i < width_; ++i) out.push_back(clauses_.choose(c, a[i], b[i]));
      return out;
    }
    default: {
      Bits out(width_, lit_false);
      out.front() = condition(t);
      return out;
    }
  }
}

Lit Values::equal(const Bits& a, const Bits& b) {
  Bits parts;
  for (std::size_t i = 0; i < width_; ++i) parts.push_back(clauses_.same(a[i], b[i]));
  return clauses_.all(parts);
}

/// Of two's complement: the sign bit counts the other way round.
Lit Values::less(const Term& left, const Term& right) {
  const Bits a = number(left), b = number(right);
  Lit out = lit_false;
  for (std::size_t i = 0; i < width_; ++i) {
    const bool sign = i + 1 == width_;
    out = clauses_.choose(clauses_.same(a[i], b[i]), out, sign ? a[i] : b[i]);
  }
  return out;
}

void Values::equate(Lit when, const Term& left, const Term& right) {
  const Bits a = number(left), b = number(right);
  for (std::size_t i = 0; i < width_; ++i) {
    clauses_.add({-when, -a[i], b[i]});
    clauses_.add({-when, a[i], -b[i]});
  }
}

Lit Values::condition(const Term& t) {
  if (t == nullptr) return lit_true;
  if (const auto found = conditions_.find(t.get()); found != conditions_.end()) {
    return found->second;
  }
  const auto arg = [&t](std::size_t i) -> const Term& { return t->args[i]; };
  Lit lit = lit_false;
  switch (t->op) {
    // Conjunctions keep their parts, so that a guard is known to imply the guard around it.
    case Op::logical_and: lit = clauses_.both(condition(arg(0)), condition(arg(1)), true); break;
    case Op::logical_or: lit = -clauses_.both(-condition(arg(0)), -condition(arg(1)), true); break;
    case Op::logical_not: lit = -condition(arg(0)); break;
    case Op::eq: lit = equal(Bits{number(arg(0))}, number(arg(1))); break;
    case Op::ne: lit = -equal(Bits{number(arg(0))}, number(arg(1))); break;
    case Op::lt: lit = less(arg(0), arg(1)); break;
    case Op::le: lit = -less(arg(1), arg(0)); break;
    default: lit = clauses_.any(Bits{number(t)}, true); break;
  }
  kept_.push_back(t);
  return conditions_[t.get()] = lit;
}

Atom Values::atom(const Term& t) {
  std::int64_t value = 0;
  const Bits& bits = number(t);
  for (std::size_t i = 0; i < width_; ++i) {
    if (clauses_.holds(bits[i])) value |= std::int64_t{1} << i;
  }
  if ((value >> (width_ - 1) & 1) != 0) value -= std::int64_t{1} << width_;
  const std::int64_t name = value - first_name_;
  if (name >= 0 && !bounded_) return static_cast<Atom>(first_symbol + name);
  if (name >= 0 && name < static_cast<std::int64_t>(names_.size())) return names_[name];
  // Of what no execution reads the solver may make up anything.
  return static_cast<Atom>(std::clamp<std::int64_t>(value, -first_symbol, first_symbol - 1));
}

}  // namespace lockstep::orders
