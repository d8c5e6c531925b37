// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "orders/litmus/writing/form.hpp"
#include "orders/litmus/writing/names.hpp"

namespace lockstep::orders::litmus::writing {

/// Without the parentheses around all of it.
std::string bare(const std::string& text);

/// One function of a test: the events of a task, and what its final condition asks about it.
class ThreadWriter {
 public:
  ThreadWriter(const Form& form, const Names& names, int thread,
               std::map<std::string, std::string> guesses);

  /// The register that holds a term at the end, `1:r2`; computes it where no read gave it.
  std::string at_end(const Term& t);
  /// Executions in which a register of this name is not 1 do not count.
  const std::vector<std::string>& required() const { return required_; }
  std::string text() const;

 private:
  /// The C text of a term, after lines that compute what no expression can say.
  std::string expression(const Term& t);
  std::string condition(const Term& t);
  std::string chosen(const Term& t);
  std::string in_register(const std::string& kind, const std::string& value);

  void write(const Event& e);
  void access(const Event& e);
  void statement(const Event& e, const Variable& v);
  std::string call(const Event& e, const std::string& place);
  void fence(const Event& e);
  void srcu(const Event& e);

  void stand_under(const std::vector<Term>& conditions);
  void open(const Term& condition);
  void close();
  void line(const std::string& code, const std::string& comment = {});
  std::string declare(const std::string& kind);
  std::string result(const Event& e);

  const Form& form_;
  const Program& program_;
  const Names& names_;
  int thread_;
  std::map<std::string, std::string> guesses_;  ///< registers, by the variable's name
  std::map<int, std::string> registers_;        ///< by read
  std::vector<std::string> declared_;
  std::set<std::string> somewhere_;  ///< registers given a value on some ways only
  std::set<std::string> parameters_;
  std::vector<std::pair<Term, std::string>> ends_;  ///< what was computed at the end
  std::vector<Term> open_;
  std::vector<std::string> required_;
  std::string body_, start_;
  std::map<std::string, int> count_;
  int depth_ = 1;
};

}  // namespace lockstep::orders::litmus::writing
