// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "tests/kinds/shelf.hpp"
#include "tla/model_constants.hpp"
#include "tla/module.hpp"
#include "unbounded/prove.hpp"

namespace lockstep::testing {

/// A toy with objects that are allocated and freed, and a question of it that asks nothing yet.
/// What becomes of a tag stays open: Life, a parameter.
struct ShelfSubject {
  std::unique_ptr<Model> model;
  unbounded::Question question;

  explicit ShelfSubject(const std::string& size) {
    model = shelf::protocol<shelf::Lifetime::type_safe>().model(Size::parse(size), "holds");
    question.world = &model->world();
    question.automata = model->automata(Parameters::open);
    question.sets = {{"Readers", "r1"}, {"Nodes", "n1"}, {"Tags", "t1"}, {"Shelves", "k1"}};
  }

  /// In the words of Shelf.tla.
  tla::Expr formula(const std::string& text) const {
    static const tla::Module module =
        tla::Module::read("Shelf", {LOCKSTEP_SOURCE_DIR "/conformance/tests/kinds"});
    tla::Constants constants = tla::ModelConstants::of(model->constants()).constants;
    constants.integers.erase("Life");
    constants.parameters.insert("Life");
    return module.expand_text(text, "a test's formula", constants);
  }
};

}  // namespace lockstep::testing
