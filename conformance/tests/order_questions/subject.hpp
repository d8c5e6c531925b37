// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <stdexcept>

#include "machines/protocol.hpp"
#include "orders/judge.hpp"
#include "tests/process.hpp"

namespace lockstep::orders {

/// The reference's own automata, and the questions of the manifest about them.
struct QuestionSubject {
  nlohmann::json protocol;  ///< its entry in the manifest
  std::unique_ptr<lockstep::Model> model;
  Symbols symbols;
  Automata automata;
  std::vector<Question> questions;

  explicit QuestionSubject(const std::string& name) {
    const auto manifest =
        nlohmann::json::parse(testing::text_of(LOCKSTEP_SOURCE_DIR "/spec/manifest.json"));
    for (const auto& p : manifest.at("protocols")) {
      if (p.at("name") == name) protocol = p;
    }
    const std::string size = protocol.at("sizes").at(0).at("size");
    model = lockstep::Protocol::find(name).model(Size::parse(size), "holds");
    symbols = model->world().layout().symbols;
    for (Automaton& automaton : model->automata()) {
      const std::string role = automaton.role;
      automata.emplace(role, std::move(automaton));
    }
    questions = parse_questions(protocol.at("questions"), symbols, "spec/manifest.json");
  }

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
};

}  // namespace lockstep::orders
