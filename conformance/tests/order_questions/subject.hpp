// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>

#include "claims/judges.hpp"
#include "orders/witness/judge.hpp"
#include "tests/toys/described.hpp"

namespace lockstep::orders {

/// The reference's own automata, and the questions of a protocol about them.
struct QuestionSubject : OrderSubject {
  /// model, weakening: what is recorded
  std::map<std::string, std::map<std::string, std::string>> orders_needed;

  QuestionSubject(const Manifest& manifest, const std::string& name)
      : OrderSubject(OrderSubject::of(manifest, name)),
        orders_needed(manifest.protocol(name).orders_needed) {}

  /// Every protocol of the tree that has questions.
  static const std::vector<QuestionSubject>& all() {
    static const std::vector<QuestionSubject> subjects = [] {
      const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
      std::vector<QuestionSubject> out;
      for (const ManifestProtocol& protocol : manifest.protocols) {
        if (!protocol.questions.empty()) out.emplace_back(manifest, protocol.name);
      }
      return out;
    }();
    return subjects;
  }
  /// The toy.
  static const QuestionSubject& toy() {
    static const QuestionSubject subject{testing::toy_manifest(), "door"};
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
};

}  // namespace lockstep::orders
