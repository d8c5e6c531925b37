// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <cadical.hpp>
#include <chrono>

#include "orders/encode/solver.hpp"
#include "orders/encode/versions.hpp"

namespace lockstep::orders {

namespace {

/// Ends a search at its time.
class Deadline : public CaDiCaL::Terminator {
 public:
  explicit Deadline(unsigned milliseconds) : allowed_{milliseconds} {}
  void start() {
    end_ = Clock::now() + allowed_;
    missed_ = false;
  }
  bool missed() const { return missed_; }
  bool terminate() override { return missed_ = missed_ || Clock::now() > end_; }

 private:
  using Clock = std::chrono::steady_clock;
  std::chrono::milliseconds allowed_;
  Clock::time_point end_;
  bool missed_ = false;
};

class Cadical : public Solver {
 public:
  explicit Cadical(unsigned milliseconds) : deadline_{milliseconds} {
    solver_.set("quiet", 1);
    solver_.connect_terminator(&deadline_);
    solver_.add(lit_true);
    solver_.add(0);
  }
  ~Cadical() override { solver_.disconnect_terminator(); }

  void add(std::span<const Lit> clause) override {
    for (const Lit lit : clause) solver_.add(lit);
    solver_.add(0);
  }

  Result check(std::span<const Lit> assumptions) override {
    assumed_.assign(assumptions.begin(), assumptions.end());
    for (const Lit lit : assumptions) solver_.assume(lit);
    deadline_.start();
    const int r = solver_.solve();
    values_.clear();
    for (int v = 0; r == 10 && v <= solver_.vars(); ++v) {
      values_.push_back(v > 0 && solver_.val(v) > 0);
    }
    return r == 10 ? Result::sat : r == 20 ? Result::unsat : Result::unknown;
  }

  bool value(Lit lit) override {
    const auto variable = static_cast<std::size_t>(lit > 0 ? lit : -lit);
    return (variable < values_.size() && values_[variable]) == (lit > 0);
  }

  std::vector<Lit> core() override {
    std::vector<Lit> out;
    for (const Lit lit : assumed_) {
      if (solver_.failed(lit)) out.push_back(lit);
    }
    return out;
  }

  std::string reason() override { return "the solver gave up: out of time"; }

 private:
  CaDiCaL::Solver solver_;
  Deadline deadline_;
  std::vector<Lit> assumed_;
  std::vector<bool> values_;  ///< of the last check: clauses may come before somebody asks
};

}  // namespace

std::unique_ptr<Solver> cadical(unsigned milliseconds) {
  return std::make_unique<Cadical>(milliseconds);
}

std::string cadical_version() {
  return CaDiCaL::Solver::version();
}

}  // namespace lockstep::orders
