// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>
#include <set>

#include "subject.hpp"
#include "unbounded/step.hpp"
#include "unbounded/translate.hpp"

// A part of a conjunct is not asked of a step that changes none of the functions in it. That hides
// nothing: what is not changed is the very same term after the step as before it, and no function
// stands in a part that it is not known to ask. So the part after the step is the part before it,
// which is known.
namespace lockstep::testing {

namespace {

using unbounded::Function;
using unbounded::Structure;
using unbounded::Way;

/// A question's relation, without the solver.
struct Terms {
  ProofSubject subject;
  std::vector<Way> ways;
  z3::context context;
  unbounded::Signature signature;
  Structure before;

  explicit Terms(const std::string& variant)
      : subject(subject_of(variant)),
        ways(unbounded::ways_of(subject.question.automata)),
        signature(context, *subject.question.world, subject.question.automata,
                  unbounded::places_of(subject.question.automata, ways), 0),
        before(signature) {}
};

void add_functions(const z3::expr& e, std::set<std::string>& out) {
  if (e.is_quantifier()) return add_functions(e.body(), out);
  if (!e.is_app()) return;
  if (e.decl().decl_kind() == Z3_OP_UNINTERPRETED && e.num_args() > 0) {
    out.insert(e.decl().to_string());
  }
  for (unsigned i = 0; i < e.num_args(); ++i) add_functions(e.arg(i), out);
}

}  // namespace

TEST_CASE("what a step is not known to change is the same term after it", "[quick]") {
  Terms terms("holds");
  std::size_t same = 0, changed = 0;
  for (const Way& way : terms.ways) {
    const unbounded::SymbolicStep step =
        unbounded::perform(terms.signature, terms.subject.question.automata[way.role], way);
    for (std::size_t f = 0; f < terms.signature.size(); ++f) {
      Structure::Arguments at;
      for (const z3::sort& sort : terms.signature.functions()[f].arguments) {
        at.push_back(terms.signature.fresh(sort, "x"));
      }
      const unbounded::Value then = terms.before.read(f, at), now = step.after.read(f, at);
      const bool is_same =
          z3::eq(then.term, now.term) && (!then.null || z3::eq(*then.null, *now.null));
      CAPTURE(way.name, terms.signature.functions()[f].variable);
      if (!step.after.changed(f)) CHECK(is_same);
      ++(is_same ? same : changed);
    }
  }
  CHECK(same > changed);
  CHECK(changed > terms.ways.size());
}

TEST_CASE("a conjunct asks for every function that stands in it", "[quick]") {
  Terms terms("holds");
  std::map<std::string, z3::sort> sorts;
  for (const auto& [set, object] : terms.subject.question.sets) {
    const Atom atom = terms.subject.question.world->layout().symbols.find(object);
    sorts.emplace(set, *terms.signature.sort_of(atom));
  }
  const unbounded::Translator translator(terms.signature, sorts);
  // In the place of a number of members: what membership of some task asks.
  const unbounded::Translator::Counts members = [&](const unbounded::CountedSet& set,
                                                    const std::vector<z3::expr>& arguments) {
    const z3::expr task = terms.signature.fresh(set.members, "t");
    return z3::ite(translator.is_member(set, arguments, task, terms.before),
                   terms.context.int_val(1), terms.context.int_val(0));
  };
  std::size_t counted = 0;
  for (const unbounded::Named& conjunct : terms.subject.question.conjuncts) {
    translator.forget();
    std::set<std::string> standing, asked;
    add_functions(translator.truth(conjunct.says, {terms.before, nullptr, members}, {}), standing);
    for (const std::size_t f : translator.asked()) {
      const Function& function = terms.signature.functions()[f];
      asked.insert(function.value.to_string());
      if (function.null) asked.insert(function.null->to_string());
    }
    for (const std::string& function : standing) {
      CAPTURE(conjunct.name, function);
      CHECK(asked.contains(function));
    }
    counted += standing.size();
  }
  CHECK(counted > terms.subject.question.conjuncts.size());
}

}  // namespace lockstep::testing
