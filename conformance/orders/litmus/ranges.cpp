// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/ranges.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "orders/encode/domains.hpp"

namespace lockstep::orders::litmus {

namespace {

bool computes(Op op) {
  switch (op) {
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::band:
    case Op::bor:
    case Op::bxor:
    case Op::lt:
    case Op::le: return true;
    default: return false;
  }
}
bool is_constant(const Term& t) {
  return t->op == Op::constant;
}

/// Which cells and terms may hold the address of a variable.
class Addresses {
 public:
  explicit Addresses(const Program& program) : program_{program} {
    for (bool more = true; more;) {
      more = false;
      known_.clear();
      for (const Event& e : program.events) {
        if (e.act != Act::write || e.value == nullptr || !may_be(e.value)) continue;
        if (!is_constant(e.cell.object)) {
          more = more || !everywhere_;
          everywhere_ = true;
        } else if (cells_.insert(e.cell.object->value).second) {
          more = true;
        }
      }
    }
    known_.clear();
  }

  bool may_be(const Term& t) {
    if (is_constant(t)) return is_symbol(t->value);
    if (t->op == Op::variable) return may_be_read(t->value - 1);
    if (t->op != Op::ite) return false;
    if (const auto found = known_.find(t.get()); found != known_.end()) return found->second;
    const bool result = may_be(t->args[1]) || may_be(t->args[2]);
    known_[t.get()] = result;
    return result;
  }

 private:
  bool may_be_read(int id) const {
    if (id < 0 || program_.events[id].act != Act::read) return false;
    const Term& object = program_.events[id].cell.object;
    if (is_constant(object)) return everywhere_ || cells_.contains(object->value);
    return everywhere_ || !cells_.empty();
  }

  const Program& program_;
  std::set<Atom> cells_;
  bool everywhere_ = false;
  std::unordered_map<const TermNode*, bool> known_;
};

/// |t| <= times * (largest number in memory) + plus
struct Bound {
  double times = 0, plus = 0;
};

class Numbers {
 public:
  Bound of(const Term& t) {
    if (is_constant(t)) return {0, is_symbol(t->value) ? 0.0 : std::abs(double{1} * t->value)};
    if (t->op == Op::variable) return {1, 0};
    if (const auto found = known_.find(t.get()); found != known_.end()) return found->second;
    const Bound result = compute(t);
    known_[t.get()] = result;
    return result;
  }

 private:
  Bound compute(const Term& t) {
    switch (t->op) {
      case Op::add:
      case Op::sub:
      case Op::bor:
      case Op::bxor: {
        const Bound a = of(t->args[0]), b = of(t->args[1]);
        return {a.times + b.times, a.plus + b.plus + (t->op == Op::add ? 0 : 1)};
      }
      case Op::band:
        for (const Term& mask : t->args) {
          if (is_constant(mask) && mask->value >= 0) return {0, double{1} * mask->value};
        }
        return {of(t->args[0]).times + of(t->args[1]).times,
                of(t->args[0]).plus + of(t->args[1]).plus + 1};
      case Op::mul: {
        const Bound a = of(t->args[0]), b = of(t->args[1]);
        if (a.times == 0) return {a.plus * b.times, a.plus * b.plus};
        if (b.times == 0) return {b.plus * a.times, b.plus * a.plus};
        return {0, 1e18};
      }
      case Op::ite: {
        const Bound a = of(t->args[1]), b = of(t->args[2]);
        return {std::max(a.times, b.times), std::max(a.plus, b.plus)};
      }
      default: return {0, 1};
    }
  }

  std::unordered_map<const TermNode*, Bound> known_;
};

}  // namespace

void check_ranges(const Program& program, const std::vector<Computed>& computed, bool beyond,
                  const Source& source) {
  if (computed.empty()) return;
  Addresses addresses{program};
  for (const Computed& c : computed) {
    if (!computes(c.term->op)) continue;
    // What is taken from itself is 0, whatever it was.
    if ((c.term->op == Op::bxor || c.term->op == Op::sub) &&
        term::equal(c.term->args[0], c.term->args[1])) {
      continue;
    }
    if (std::ranges::any_of(c.term->args, [&](const Term& a) { return addresses.may_be(a); })) {
      source.unsupported(
          c.place, std::string{"arithmetic on what may be an address"} +
                       (beyond ? ", or a number beyond " + std::to_string(limits::number) : ""));
    }
  }
  // Where all values can be followed one by one, they have been.
  if (domains_of(program)) return;
  // Else: nothing comes out of thin air, so a chain of values passes each write at most once.
  Numbers numbers;
  double start = 1, sum = 0, factor = 1;
  for (const Event& e : program.events) {
    if (e.act != Act::write || e.value == nullptr) continue;
    const Bound b = numbers.of(e.value);
    if (b.times == 0) {
      start = std::max(start, b.plus);
    } else {
      sum += b.plus;
      factor *= std::max(1.0, b.times);
    }
  }
  const double largest = (start + sum) * factor;
  const auto is_written = [&](const Term& t) {
    return std::ranges::any_of(program.events, [&](const Event& e) {
      return e.act == Act::write && e.value != nullptr && term::equal(e.value, t);
    });
  };
  for (const Computed& c : computed) {
    const Bound b = numbers.of(c.term);
    // What is written is the end of such a chain.
    if (largest <= limits::number && is_written(c.term)) continue;
    if (b.times * largest + b.plus > limits::number) {
      source.unsupported(c.place, "a value that may go beyond " + std::to_string(limits::number));
    }
  }
}

}  // namespace lockstep::orders::litmus
