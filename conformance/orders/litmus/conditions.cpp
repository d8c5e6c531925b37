// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/context.hpp"

namespace lockstep::orders::litmus {

namespace {

class ConditionReader {
 public:
  ConditionReader(const std::vector<Registers>& registers, Context& context)
      : registers_{registers}, context_{context} {}

  Term term(const Condition& c) {
    switch (c.kind) {
      case Condition::Kind::truth: return term::constant(c.positive ? 1 : 0);
      case Condition::Kind::negation: return term::negate(term(c.args[0]));
      case Condition::Kind::compare: {
        const Term right = c.right_register ? observed(*c.right_register) : value(c.right);
        const Term left = observed(c.left);
        return c.positive ? term::eq(left, right) : term::ne(left, right);
      }
      case Condition::Kind::both:
      case Condition::Kind::either: break;
    }
    const bool both = c.kind == Condition::Kind::both;
    Term all = term::constant(both ? 1 : 0);
    for (const Condition& part : c.args) {
      const Term next = term(part);
      all = context_.bounded(both ? term::both(all, next) : term::either(all, next), c.place);
    }
    return all;
  }

 private:
  Term value(const Value& v) {
    if (v.address.empty()) return context_.number(v.number);
    if (context_.arrays.contains(v.address)) {
      context_.source.unsupported(v.place, "the address of the array '" + v.address + "'");
    }
    return context_.address(v.address);
  }
  Term observed(const Observable& o) {
    if (o.thread < 0) return last_value(o);
    if (o.thread >= static_cast<int>(registers_.size())) {
      context_.source.wrong(o.place, "there is no thread P" + std::to_string(o.thread));
    }
    const Registers& all = registers_[o.thread];
    const auto found = all.find(o.name);
    if (found != all.end()) return found->second;
    if (context_.variables.contains(o.name)) {
      context_.source.wrong(o.place,
                            "P" + std::to_string(o.thread) + " has no variable '" + o.name + "'");
    }
    context_.note_unassigned(o.thread, o.name);
    return term::constant(0);
  }
  Term last_value(const Observable& o) {
    const auto array = context_.arrays.find(o.name);
    const bool is_array = array != context_.arrays.end();
    if (is_array != o.index.has_value()) {
      context_.source.unsupported(
          o.place, is_array ? "the value of a whole array" : "an element of what is no array");
    }
    if (is_array && *o.index >= array->second) {
      context_.source.wrong(
          o.place, "no such element; '" + o.name + "' has " + std::to_string(array->second));
    }
    const std::string name = o.name + (is_array ? "[" + std::to_string(*o.index) + "]" : "");
    for (const Program::Final& known : context_.program().finals) {
      if (known.value->name == name) return known.value;
    }
    const Term index = is_array ? term::constant(static_cast<Atom>(*o.index)) : nullptr;
    context_.program().finals.push_back({context_.cell(o.name, index), term::variable(name)});
    return context_.program().finals.back().value;
  }

  const std::vector<Registers>& registers_;
  Context& context_;
};

}  // namespace

Term translate(const Condition& condition, const std::vector<Registers>& registers,
               Context& context) {
  return ConditionReader{registers, context}.term(condition);
}

}  // namespace lockstep::orders::litmus
