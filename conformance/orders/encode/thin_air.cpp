// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/thin_air.hpp"

namespace lockstep::orders {

namespace {

class Copies {
 public:
  explicit Copies(const Program& program)
      : program_{program}, needed_(program.events.size()), next_(program.events.size()) {
    std::vector<std::vector<int>> copied(program.events.size());  // by write: reads
    for (const Event& e : program.events) {
      need(e.guard);
      need(e.cell.object);
      need(e.cell.index);
      if (e.act == Act::write) copies(e.value, copied[e.id]);
    }
    for (const Term& a : program.assumptions) need(a);
    for (const Event& w : program.events) {
      for (const int from : copied[w.id]) {
        for (const Event& to : program.events) {
          const bool meets = to.act == Act::read && !needed_[from] && !needed_[to.id] &&
                             !term::is_constant(same_cell(w.cell, to.cell), 0);
          if (meets) next_[from].push_back(to.id);
        }
      }
    }
  }

  std::vector<bool> run() const {
    std::vector<bool> out(next_.size());
    for (std::size_t r = 0; r < next_.size(); ++r) {
      const std::vector<bool> reached = reach(static_cast<int>(r));
      if (!reached[r]) continue;
      for (std::size_t to = 0; to < next_.size(); ++to) out[to] = out[to] || reached[to];
    }
    return out;
  }

 private:
  void need(const Term& t) {
    if (t == nullptr) return;
    const auto id = static_cast<std::size_t>(t->value - 1);
    if (t->op == Op::variable && t->value > 0 && id < needed_.size()) needed_[id] = true;
    for (const Term& arg : t->args) need(arg);
  }

  /// The reads of which a term is a mere copy; those that it tests or calculates with are needed.
  void copies(const Term& t, std::vector<int>& out) {
    if (t->op == Op::variable) {
      if (t->value > 0) out.push_back(t->value - 1);
    } else if (t->op == Op::ite) {
      need(t->args[0]);
      copies(t->args[1], out);
      copies(t->args[2], out);
    } else {
      for (const Term& arg : t->args) need(arg);
    }
  }

  std::vector<bool> reach(int from) const {
    std::vector<bool> reached(next_.size());
    std::vector<int> todo{from};
    while (!todo.empty()) {
      const int at = todo.back();
      todo.pop_back();
      for (const int to : next_[at]) {
        if (reached[to]) continue;
        reached[to] = true;
        todo.push_back(to);
      }
    }
    return reached;
  }

  const Program& program_;
  std::vector<bool> needed_;
  std::vector<std::vector<int>> next_;  ///< by read: the reads that a copy of it may come to
};

}  // namespace

std::vector<bool> may_be_undetermined(const Program& program) {
  return Copies{program}.run();
}

}  // namespace lockstep::orders
