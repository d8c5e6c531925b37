// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "orders/witness/cycle.hpp"

namespace lockstep::orders {

namespace {

class Words {
 public:
  Words(const Program& program, const Execution& x, const Program* stronger, const Symbols& symbols)
      : program_{program}, judge_{stronger == nullptr ? program : *stronger}, x_{x}, symbols_{symbols} {}

  std::string sentence(const CycleStep& step, int next) const {
    const std::string a = name(step.event), b = name(next);
    if (step.to_next == "rf") {
      return b + " reads what " + a + " wrote (rf): " + value(written(step.event));
    }
    if (step.to_next == "co") {
      return "what " + a + " wrote, " + value(written(step.event)) + ", " + b + " overwrites later (co)";
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
    return "declared " + out + ", here " + std::string{lockstep::name_of(here)};
  }

  /// A fence of the stronger program between two events, or -1.
  int fence(int a, int b) const {
    if (!precedes(judge_, a, b)) return -1;
    for (int e = judge_.events[b].previous; e >= 0 && e != a; e = judge_.events[e].previous) {
      if (judge_.events[e].act == Act::fence && judge_.events[e].order != Order::none) return e;
    }
    return -1;
  }

  std::string ordered(const CycleStep& step, int next) const {
    const std::string a = name(step.event), b = name(next);
    const int between = step.fence >= 0 ? step.fence : fence(step.event, next);
    if (between >= 0) {
      return "the fence " + judge_.events[between].site + " (" + order(between) + ") orders " + a + " before " + b;
    }
    const Event &first = judge_.events[step.event], &second = judge_.events[next];
    const auto reads = [&](const std::vector<Dependency>& all) {
      return std::ranges::any_of(all, [&](const Dependency& d) { return d.read == step.event; });
    };
    const bool reading = first.act == Act::read || first.in_rmw;
    if (reading && (first.order == Order::acquire || first.order == Order::full)) {
      return a + " (" + order(step.event) + ") keeps " + b + " behind it";
    }
    const bool writing = second.act == Act::write || second.in_rmw;
    if (writing && (second.order == Order::release || second.order == Order::full)) {
      return b + " (" + order(next) + ") keeps " + a + " before it";
    }
    if (reads(second.address)) return "the address of " + b + " depends on " + a + " (addr)";
    if (reads(second.data)) return "what " + b + " writes depends on " + a + " (data)";
    if (reads(second.control)) return "whether " + b + " happens depends on " + a + " (ctrl)";
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
