// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>

#include "claims/judges.hpp"
#include "orders/witness/judge.hpp"

namespace lockstep::orders {

/// The reference's own automata, and the questions of a protocol about them.
struct QuestionSubject : OrderSubject {
  /// model, weakening: what is recorded
  std::map<std::string, std::map<std::string, std::string>> orders_needed;

  explicit QuestionSubject(const std::string& name)
      : QuestionSubject(Manifest::read(LOCKSTEP_SOURCE_DIR), name) {}

  static const QuestionSubject& vma_refcnt() {
    static const QuestionSubject subject{"vma_refcnt"};
    return subject;
  }

  const Question& question(const std::string& name) const {
    for (const Question& q : questions) {
      if (q.name == name) return q;
    }
    throw std::out_of_range{"no question " + name};
  }
  Judgement ask(const std::string& name, const char* memory,
                const Overrides& overrides = {}) const {
    return judge(question(name), automata, builtin_model(memory), symbols, overrides);
  }

 private:
  QuestionSubject(const Manifest& manifest, const std::string& name)
      : OrderSubject(OrderSubject::of(manifest, name)),
        orders_needed(manifest.protocol(name).orders_needed) {}
};

}  // namespace lockstep::orders
