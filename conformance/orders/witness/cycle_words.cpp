// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/witness/cycle.hpp"

namespace lockstep::orders {

namespace {

class Words {
 public:
  Words(const Program& program, const Execution& x, const Program* stronger, const Symbols& symbols)
      : program_{program},
        judge_{stronger == nullptr ? program : *stronger},
        x_{x},
        symbols_{symbols} {}

  std::string sentence(const CycleStep& step, int next) const {
    const std::string a = name(step.event), b = name(next);
    if (step.to_next == "rf") {
      return b + " reads what " + a + " wrote (rf): " + value(written(step.event));
    }
    if (step.to_next == "co") {
      return "what " + a + " wrote, " + value(written(step.event)) + ", " + b +
             " overwrites later (co)";
    }
    if (step.to_next == "fr") {
      return a + " reads " + value(step.event) + ", which " + b + " overwrites later (fr)";
    }
    if (step.to_next == "...") return a + " comes before " + b;
    return ordered(step, next);
  }

 private:
  std::string name(int e) const { return name_of_event(program_, e); }
  std::string value(int e) const {
    return cell_in(x_, program_.events[e].cell, symbols_) + " = " + symbols_.text(x_.values[e]);
  }
  /// What the others see of an event: of an RMW, its write.
  int written(int e) const {
    const Event& event = program_.events[e];
    const bool changes = event.in_rmw && event.act == Act::read && x_.happened[event.partner];
    return changes ? event.partner : e;
  }

  /// ` (mb)`, and what it is here where that is less.
  std::string order(int e) const {
    const Order there = judge_.events[e].order, here = program_.events[e].order;
    const std::string out{lockstep::name_of(there)};
    if (there == here) return out;
    return "declared " + out + ", here " + std::string{spoken(program_.events[e], here)};
  }

  /// Of two events of one thread: what the model keeps them in order for.
  std::string ordered(const CycleStep& step, int next) const {
    const std::string a = name(step.event), b = name(next);
    const int e = step.cause.event;
    const std::string by = e < 0 ? "" : judge_.events[e].site;
    switch (step.cause.kind) {
      case Cause::Kind::fence:
        return "the fence " + by + " (" + order(e) + ") orders " + a + " before " + b;
      case Cause::Kind::grace: return "the grace period " + by + " orders " + a + " before " + b;
      case Cause::Kind::between:
        return by + " (" + order(e) + ") between them orders " + a + " before " + b;
      case Cause::Kind::first: return a + " (" + order(e) + ") keeps " + b + " behind it";
      case Cause::Kind::second: return b + " (" + order(e) + ") keeps " + a + " before it";
      case Cause::Kind::address: return "the address of " + b + " depends on " + a + " (addr)";
      case Cause::Kind::data: return "what " + b + " writes depends on " + a + " (data)";
      case Cause::Kind::control: return "whether " + b + " happens depends on " + a + " (ctrl)";
      case Cause::Kind::po: break;
    }
    return a + " comes before " + b + " in the program (po)";
  }

  const Program &program_, &judge_;
  const Execution& x_;
  const Symbols& symbols_;
};

}  // namespace

std::string name_of_event(const Program& program, int e) {
  const Event& event = program.events[e];
  return event.thread == initial_thread ? "init" : program.threads[event.thread] + "." + event.site;
}

std::string cell_in(const Execution& x, const CellTerm& cell, const Symbols& symbols) {
  std::string out = cell.field;
  for (const Term& part : {cell.object, cell.index}) {
    if (part == nullptr) continue;
    const std::string name = symbols.text(value_in(x, part));
    out += out.empty() ? name : "[" + name + "]";  // a variable of a litmus test has no field
  }
  return out;
}

std::vector<std::string> in_words(const Program& program, const Execution& execution,
                                  const std::vector<CycleStep>& steps, const Program* stronger,
                                  const Symbols& symbols) {
  const Words words{program, execution, stronger, symbols};
  std::vector<std::string> out;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    out.push_back(words.sentence(steps[i], steps[(i + 1) % steps.size()].event));
  }
  return out;
}

}  // namespace lockstep::orders
