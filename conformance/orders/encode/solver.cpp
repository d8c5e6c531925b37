// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/solver.hpp"

#include <z3++.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

namespace lockstep::orders {

namespace {

/// What all solvers of a thread share: making a context of Z3 takes longer than most questions.
struct Shared {
  z3::context context;
  std::vector<z3::expr> positive, negative;  ///< by variable

  const z3::expr& expr(Lit lit) {
    const auto variable = static_cast<std::size_t>(lit > 0 ? lit : -lit);
    while (positive.size() <= variable) {
      const std::string name = "l" + std::to_string(positive.size());
      positive.push_back(context.bool_const(name.c_str()));
      negative.push_back(!positive.back());
    }
    return lit > 0 ? positive[variable] : negative[variable];
  }
  static Shared& mine() {
    static thread_local Shared shared;
    return shared;
  }
};

class Z3 : public Solver {
 public:
  explicit Z3(unsigned milliseconds) : shared_{Shared::mine()}, solver_{shared_.context, "QF_FD"} {
    z3::params p{shared_.context};
    // Not its timer: in Z3 4.8.12 one that runs out beside another thread's corrupts the heap. Its
    // own steps are the same on every machine; 0 would be no limit.
    constexpr std::uint64_t in_a_millisecond = 12'000;  // about, for questions of a protocol
    constexpr std::uint64_t most = std::numeric_limits<unsigned>::max();
    p.set("rlimit", static_cast<unsigned>(
                        std::clamp<std::uint64_t>(milliseconds * in_a_millisecond, 1, most)));
    p.set("ctrl_c", false);  // a signal is the program's; Z3 would take it for the query alone
    solver_.set(p);
  }

  void add(std::span<const Lit> clause) override {
    asts_.clear();
    for (const Lit lit : clause) asts_.push_back(shared_.expr(lit));
    if (asts_.empty()) {
      solver_.add(shared_.context.bool_val(false));
    } else if (asts_.size() == 1) {
      Z3_solver_assert(shared_.context, solver_, asts_.front());
    } else {
      const z3::expr any{
          shared_.context,
          Z3_mk_or(shared_.context, static_cast<unsigned>(asts_.size()), asts_.data())};
      Z3_solver_assert(shared_.context, solver_, any);
    }
  }

  Result check(std::span<const Lit> assumptions) override {
    model_.reset();
    assumed_.assign(assumptions.begin(), assumptions.end());
    asts_.clear();
    for (const Lit lit : assumptions) asts_.push_back(shared_.expr(lit));
    const Z3_lbool r = Z3_solver_check_assumptions(
        shared_.context, solver_, static_cast<unsigned>(asts_.size()), asts_.data());
    if (r == Z3_L_TRUE) model_ = solver_.get_model();
    return r == Z3_L_TRUE ? Result::sat : r == Z3_L_FALSE ? Result::unsat : Result::unknown;
  }

  bool value(Lit lit) override { return model_->eval(shared_.expr(lit), true).is_true(); }

  std::vector<Lit> core() override {
    const z3::expr_vector found = solver_.unsat_core();
    std::vector<Lit> out;
    for (const Lit lit : assumed_) {
      for (unsigned i = 0; i < found.size(); ++i) {
        if (!z3::eq(found[i], shared_.expr(lit))) continue;
        out.push_back(lit);
        break;
      }
    }
    return out;
  }

  std::string reason() override { return "the solver gave up: " + solver_.reason_unknown(); }

 private:
  Shared& shared_;
  z3::solver solver_;
  std::optional<z3::model> model_;
  std::vector<Z3_ast> asts_;
  std::vector<Lit> assumed_;
};

}  // namespace

std::unique_ptr<Solver> z3_solver(unsigned milliseconds) {
  return std::make_unique<Z3>(milliseconds);
}

}  // namespace lockstep::orders
